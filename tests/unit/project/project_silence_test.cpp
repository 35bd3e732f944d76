// Comments that silence: where they are found, and what they speak of. What is wrong with them is shown by
// tests/golden/broken/silence.
#include "engine/project/silence.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

// "line: code code" of every comment; line 0 is the file.
std::vector<std::string> ignores_of(const std::string& text) {
  Diagnostics diagnostics;
  std::vector<std::string> found;
  for (const Ignore& ignore : find_ignores(std::make_shared<const Source>("a.yml", text), diagnostics)) {
    found.push_back(std::to_string(ignore.line) + ":");
    for (const auto& code : ignore.codes) found.back() += " " + code.value;
  }
  CHECK(diagnostics.size() == 0);
  return found;
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("a comment speaks of its line, the next, or the file") {
  const std::string comment = "# picket: ignore bare-value they are bools";
  CHECK(ignores_of(comment + "\nA: 1\n") == Found{"0: bare-value"});
  CHECK(ignores_of("A: 1 " + comment + "\n") == Found{"1: bare-value"});
  CHECK(ignores_of("A: 1\n" + comment + "\nB: 2\n") == Found{"3: bare-value"});
  CHECK(ignores_of("A: 1\n" + comment + "\n# and\n\nB: 2\n") == Found{"5: bare-value"});
  CHECK(ignores_of("A: 1\nCondition: |\n  x\n  " + comment + "\n  y\n") == Found{"5: bare-value"});
  CHECK(ignores_of("A: 1\nCondition: |\n  x  " + comment + "\n  y\n") == Found{"3: bare-value"});
  CHECK(ignores_of("A: 1\nLet: |\n  x = 1  " + comment + "\n") == Found{"3: bare-value"});
  CHECK(ignores_of("A: 1\nMappings:\n  - Name: a\n    Expression: |\n      x " + comment + "\n") ==
        Found{"5: bare-value"});
  CHECK(ignores_of("A: 1\nDescription: |\n  " + comment + "\n").empty());
  CHECK(ignores_of("A: 1\nAlertTitle: |\n  " + comment + "\n").empty());
  CHECK(ignores_of("A: [\n").empty());  // no YAML
}

TEST_CASE("codes are parted by commas, what follows is the reason") {
  CHECK(ignores_of("#picket:ignore a,b , c they are\nA: 1\n") == Found{"0: a b c"});
  Diagnostics diagnostics;
  const auto with = [&](const std::string& text) {
    return find_ignores(std::make_shared<const Source>("a.yml", text + "\nA: 1\n"), diagnostics).at(0).has_reason;
  };
  CHECK(with("# picket: ignore a because"));
  CHECK_FALSE(with("# picket: ignore a, b"));
  CHECK_FALSE(with("# picket: ignore a  "));
}

TEST_CASE("silenced are warnings and notes of the line, never errors") {
  const auto source = std::make_shared<const Source>(
      "a.yml", "A: 1\n# picket: ignore bare-value, plain-regex they are bools\nB: 2\nC: 3\n");
  const auto line = [&](std::uint32_t number) {
    const auto begin = static_cast<std::uint32_t>(source->line(number).data() - source->text().data());
    return SourceSpan{begin, begin + 1};
  };
  Diagnostics diagnostics;
  diagnostics.add(Code::bare_value, source, line(3), "silenced");
  diagnostics.add(Code::plain_regex, source, line(3), "silenced");
  diagnostics.add(Code::bare_value, source, line(4), "another line");
  diagnostics.add(Code::missing_else, source, line(3), "another code");
  silence(std::vector{SourcePtr(source)}, {}, diagnostics);
  REQUIRE(diagnostics.size() == 2);
  CHECK(diagnostics.all()[0].message == "another line");
  CHECK(diagnostics.all()[1].message == "another code");
}

TEST_CASE("what silences nothing is told where all has been asked, and nothing else is wrong") {
  const auto source =
      std::make_shared<const Source>("a.yml", "A: 1\nB: 2  # picket: ignore bare-value they are bools\n");
  const auto unused = [&](bool tell, bool broken) {
    Diagnostics diagnostics;
    if (broken) diagnostics.add(Code::unknown_key, source, {0, 1}, "an error");
    silence(std::vector{SourcePtr(source)}, {.tell_unused = tell}, diagnostics);
    return diagnostics.size() - (broken ? 1 : 0);
  };
  CHECK(unused(true, false) == 1);
  CHECK(unused(false, false) == 0);
  CHECK(unused(true, true) == 0);
}

}  // namespace picket
