// What is written is read back as the same.
#include "engine/yaml/emit.hpp"

#include <memory>
#include <string>
#include <vector>

#include "engine/event/json.hpp"
#include "engine/yaml/node.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

Value read(const std::string& text) {
  Diagnostics diagnostics;
  const auto node = yaml::load(std::make_shared<const Source>("t.yml", text), diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) FAIL(text << ": " << diagnostic.message);
  REQUIRE(node != nullptr);
  return node->value();
}

Value value_of(const std::string& text) { return std::get<Value>(read_json(text)); }

}  // namespace

TEST_CASE("texts are plain, single or double quoted, as they need it") {
  CHECK(yaml::emit_text("create") == "create");
  CHECK(yaml::emit_text("ec2.amazonaws.com") == "ec2.amazonaws.com");
  CHECK(yaml::emit_text("two words") == "two words");
  CHECK(yaml::emit_text("one, but a is \"x\"", yaml::Context::block) == "one, but a is \"x\"");
  CHECK(yaml::emit_text("a: b", yaml::Context::block) == "\"a: b\"");
  CHECK(yaml::emit_text("true") == "\"true\"");
  CHECK(yaml::emit_text("No") == "\"No\"");
  CHECK(yaml::emit_text("1.09") == "\"1.09\"");
  CHECK(yaml::emit_text("a: b") == "\"a: b\"");
  CHECK(yaml::emit_text("") == "\"\"");
  CHECK(yaml::emit_text(R"(C:\Windows)") == R"('C:\Windows')");
  CHECK(yaml::emit_text(R"(a "quoted" one)") == R"('a "quoted" one')");
  CHECK(yaml::emit_text("it's \"both\"") == R"("it's \"both\"")");
}

TEST_CASE("every text is read back as itself, in brackets and outside") {
  std::vector<std::string> texts = {"",
                                    " ",
                                    "x ",
                                    " x",
                                    "-",
                                    "- a",
                                    "?",
                                    "? a",
                                    ":",
                                    "a:",
                                    "#",
                                    "a #b",
                                    "a#b",
                                    "&a",
                                    "*a",
                                    "!a",
                                    "|",
                                    ">",
                                    "%a",
                                    "@a",
                                    "`a`",
                                    "[a",
                                    "a]",
                                    "{a",
                                    "a}",
                                    "a,b",
                                    "null",
                                    "~",
                                    "Null",
                                    "yes",
                                    "0x1f",
                                    "1e3",
                                    "0o7",
                                    "1_000",
                                    "12:30",
                                    ".5",
                                    "2026-1-1",
                                    "<<",
                                    "=",
                                    "a\nb",
                                    "a\tb",
                                    "a\r\n",
                                    "\x01",
                                    "\x7f",
                                    "a\u0080b",
                                    "a, [b] {c} & *d",
                                    "b!c%d@e`f",
                                    "'",
                                    "''",
                                    "\"",
                                    "\\",
                                    "a'b\"",
                                    "\u00e9t\u00e9",
                                    "e\u0301",
                                    "\u2028",
                                    "\ufeff",
                                    "a: b",
                                    "a:b",
                                    "key: ",
                                    "a\\",
                                    "..."};
  for (const std::string& text : texts) {
    INFO(to_json(Value(text)));
    CHECK(to_json(read("k: " + yaml::emit_text(text) + "\n")) == to_json(Value(Object{{"k", text}})));
    CHECK(to_json(read("k: " + yaml::emit_text(text, yaml::Context::block) + "\n")) ==
          to_json(Value(Object{{"k", text}})));
    CHECK(to_json(read("k: [" + yaml::emit_text(text) + ", {x: " + yaml::emit_text(text) + "}]\n")) ==
          to_json(Value(Object{{"k", List{text, Object{{"x", text}}}}})));
  }
}

TEST_CASE("values of every kind are read back as themselves, on one line and on many") {
  const Value value = value_of(
      R"({"a": null, "b": true, "n": -5, "r": 1.5, "big": 123456789012345678901234567890, "s": "x", "e": {}, "l": [],
          "o": {"x y": [1, {"p": "q", "r": [["deep"]]}, "C:\\temp"], "true": "true"},
          "long": ["aaaaaaaaaaaaaaaaaaaaaaaaaaaa", {"k": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "m": {"z": 1}}]})");
  CHECK(to_json(read("v: " + yaml::emit_flow(value) + "\n")) == to_json(Value(Object{{"v", value}})));
  for (const std::size_t columns : {0U, 20U, 40U, 80U, 1000U}) {
    CHECK(to_json(read(yaml::emit_entries(*value.object(), 0, columns))) == to_json(value));
    CHECK(to_json(read("v:\n" + yaml::emit_entries(*value.object(), 4, columns))) ==
          to_json(Value(Object{{"v", value}})));
  }
}

}  // namespace picket::tests
