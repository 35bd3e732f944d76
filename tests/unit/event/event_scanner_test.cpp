#include "engine/event/event_scanner.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/event/escapes.hpp"
#include "engine/event/json.hpp"
#include "engine/event/structural_index.hpp"
#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"
#include "tests/unit/event/padded.hpp"
#include "tests/unit/event/scanner_fixture.hpp"

namespace picket {
namespace {

using bench::Chance;
using tests::Padded;
using tests::path;
using tests::ScannerFixture;

TEST_CASE("a field is a range of bytes, a text without its quotes and with its escapes") {
  ScannerFixture fixture({path({"text"}), path({"number"}), path({"list"}), path({"object"}), path({"object", "yes"}),
                          path({"nothing"}), path({"missing"})});
  const std::string event =
      R"( { "text" : "a\n" , "number" : -1.50 , "list" : [ 1 , {} ] , "object" : { "yes" : true } ,"nothing":null } )";
  REQUIRE(fixture.scan(event));
  const auto captured = [&](std::size_t index) { return fixture.fields()[fixture.node_of(index)].in(event); };
  CHECK(captured(0) == R"(a\n)");
  CHECK(captured(1) == "-1.50");
  CHECK(captured(2) == "[ 1 , {} ]");
  CHECK(captured(3) == R"({ "yes" : true })");
  CHECK(captured(4) == "true");
  CHECK(captured(5) == "null");
  CHECK(fixture.fields()[fixture.node_of(6)].kind == FieldKind::absent);
  CHECK(fixture.fields()[fixture.node_of(5)].kind == FieldKind::null);
}

TEST_CASE("fields that are listed come in the order in which they were met") {
  ScannerFixture fixture({path({"a"}), path({"b"}), path({"c"}), path({"d"})}, {true, false, true, true});
  REQUIRE(fixture.scan(R"({"d":1,"b":2,"a":3})"));
  const auto present = fixture.fields().present();
  CHECK(std::vector<FieldId>(present.begin(), present.end()) ==
        std::vector<FieldId>{fixture.node_of(3), fixture.node_of(0)});
}

TEST_CASE("an event keeps nothing of the one before") {
  ScannerFixture fixture({path({"a"}), path({"b", "c"}), path({"b"})});
  CHECK(fixture.scan(R"({"a":1,"b":{"c":2}})"));
  CHECK(fixture.scan(R"({"b":1})"));
  CHECK(fixture.scan(R"({})"));
  CHECK_FALSE(fixture.scan(R"({"a":1,"b":{"c":2})"));
  CHECK(fixture.scan(R"({"b":{"x":2}})"));
}

TEST_CASE("fields are those that the exact reader reads") {
  for (const auto* event :
       {// Duplicates: the last wins, with all that stands below it.
        R"({"a":1,"a":2})", R"({"a":{"b":1},"a":{}})", R"({"a":{"b":1},"a":{"c":2}})", R"({"a":{"b":1},"a":7})",
        R"({"a":7,"a":{"b":1}})", R"({"a":{"b":1,"b":2},"x":1,"a":{"b":3,"b":"4"}})",
        // The exact key before one equal up to case, else the first of those.
        R"({"A":1,"a":2})", R"({"a":2,"A":1})", R"({"A":1})", R"({"A":1,"A":2})", R"({"A":{"b":1},"a":{"c":2}})",
        R"({"a":{"c":2},"A":{"b":1}})", R"({"A":{"B":1},"A":{"b":2}})", R"({"A":{"B":1,"b":2,"B":3}})",
        R"({"LONGER":1,"Longer":2,"LONGER":3})", R"({"Longer":1,"longer":2})", R"({"longer":1,"LONGER":2})",
        // Spellings of the trie that differ by case.
        R"({"xy":1})", R"({"XY":1})", R"({"Xy":1})", R"({"Xy":1,"XY":2})", R"({"xY":1,"Xy":2,"xy":3,"Xy":4})",
        R"({"Xy":{"z":1},"xy":{"Z":2}})",
        // Only the very spelling.
        R"({"exact":1})", R"({"Exact":1})", R"({"Exact":1,"exact":2,"EXACT":3})", R"({"exact":1,"exact":2})",
        // Keys with escapes.
        R"({"\u0061":1})", R"({"\u0061":1,"a":2})", R"({"a":2,"\u0041":1})", R"({"\u0041":1,"A":2,"\u0041":3})",
        R"({"\u0041":{"\u0062":1},"A":{"b":2},"\u0041":{"\u0042":3}})", R"({"b\\s":1})", R"({"b\u005cs":1})",
        R"({"B\\S":1,"\u0042\\S":2})", R"({"\ud83d\ude00":1})", R"({"\u00e9":1})", R"({"\u00c9":1})",
        R"({"ex\u0061ct":1,"EXACT":2})", R"({"a\\":1,"a\"":2,"a\/":3})",
        // Paths that lead through what is no object.
        R"({"a":[{"b":1}],"xy":"z"})", R"({"a":null,"a":{"b":1}})", R"({"a":"b"})", R"({"a":{"b":{"c":{"b":1}}}})",
        // Blanks everywhere.
        "\r\n { \"a\" : { \"b\"\t:\n1 } , \"a\":\t{ \"B\" : [ ]\r\n} } \n", R"({"a" :1 ,"longer" : "x" ,"xy": 12 })",
        // Keys that stand elsewhere, too.
        R"({"x":{"a":1,"b":2},"y":["a",{"a":3}],"z":"\"a\":4"})", R"({"":1,"a":{"":2}})"}) {
    ScannerFixture fixture({path({"a"}), path({"a", "b"}), path({"A", "c"}), path({"longer"}), path({"xy"}),
                            path({"XY"}), path({"XY", "z"}), path({"exact"}, true), path({"Exact"}), path({"b\\s"}),
                            path({"\xF0\x9F\x98\x80"}), path({"\xC3\xA9"}), path({""}), path({"a", ""})});
    INFO(event);
    // Once as a new event and twice as one that is known.
    for (int i = 0; i < 3; ++i) CHECK(fixture.scan(event));
    CHECK(fixture.scan(R"({"xy":1,"longer":2,"b":3,"a":{"c":1,"b":2}})"));
    CHECK(fixture.scan(event));
  }
}

// Texts that are no events, each without a line end.
const std::vector<std::string>& broken_texts() {
  static const std::vector<std::string> texts = [] {
    std::vector<std::string> made = {
        "1", "\"a\"", "[]", "[{}]", "null", "x", "{", "}", "{}}", "{{}", "{}{}", "{} {}", "{},", ",{}", "{}[]", "{} 1",
        "{}\\", "\\{}", "{}x", R"({a:1})", R"({'a':1})", R"({1:1})", R"({true:1})", R"({[]:1})", R"({{}:1})", R"({,})",
        R"({:})", R"({"a"})", R"({"a":})", R"({"a":,})", R"({"a":1,})", R"({"a":1,,"b":2})", R"({,"a":1})",
        R"({"a":1 "b":2})", R"({"a" 1})", R"({"a"::1})", R"({"a":1:2})", R"({"a","b"})", R"({"a":"b":"c"})",
        R"({"a"x:1})", R"({"a":1x})", R"({"a":"b"x})", R"({"a":"b"1})", R"({"a":x"b"})", R"({"a":1"b"})", R"({"a"\:1})",
        R"({"a":[})", R"({"a":]})", R"({"a":[1})", R"({"a":1]})", R"({"a":[1,]})", R"({"a":[,1]})", R"({"a":[1 2]})",
        R"({"a":["b" "c"]})", R"({"a":["b":1]})", R"({"a":[1}])", R"({"a":{]})", R"({"a":[1,,2]})", R"({"a":[}]})",
        R"({"a":1}")", R"(["a":1})", R"({"a":1])", R"({"a":"b\x"})", R"({"a":"\u12"})", R"({"a":"\ud800"})",
        R"({"a":"\udc00"})", R"({"a":"\ud800\u0041"})", R"({"\ud800":1})", R"({"x":["\u00zz"]})",
        // Cut off.
        R"({"a)", R"({"a")", R"({"a":)", R"({"a":1)", R"({"a":1,)", R"({"a":1,")", R"({"a":"b)", R"({"a":"b\)",
        R"({"a":"b\")", R"({"a":"b")", R"({"a":tr)", R"({"a":[)", R"({"a":[1)", R"({"a":[1,)", R"({"a":{"b":1)",
        R"({"a":{"b":1})", R"({"a":{"b":1},)", R"({"a":-)"};
    for (const auto* word : {"01",
                             "-",
                             "1.",
                             "truee",
                             "nul",
                             "+1",
                             ".5",
                             "-.5",
                             "1.e5",
                             "1e",
                             "1e+",
                             "1e-",
                             "--1",
                             "-01",
                             "00",
                             "-00",
                             "0x10",
                             "1_0",
                             "1.2.3",
                             "1e5.0",
                             "True",
                             "TRUE",
                             "tru",
                             "fals",
                             "falsee",
                             "False",
                             "Null",
                             "nulll",
                             "nil",
                             "NaN",
                             "nan",
                             "Infinity",
                             "-Infinity",
                             "inf",
                             "12345678a",
                             "a1",
                             "1a",
                             "1-",
                             "1-2",
                             "12345678-",
                             "123456789012345678901234567890x",
                             "0123456789012345",
                             "1e999",
                             "-1e999",
                             "1E400",
                             "t",
                             "f",
                             "n",
                             "true1",
                             "null0",
                             "1\\",
                             "\\",
                             "true\\n",
                             "/",
                             "1/2",
                             ";",
                             "tRue",
                             "\x7f"}) {
      made.push_back(std::string("{\"a\":") + word + "}");
      made.push_back(std::string("{\"x\": ") + word + " }");
      made.push_back(std::string("{\"x\":[1,") + word + "]}");
      made.push_back(std::string(R"({"a":{"b":)") + word + ",\"c\":1}}");
    }
    made.push_back("{\"a\":" + std::string(400, '9') + "}");
    // A fault behind many sound values is not missed.
    std::string many = R"({"l":[)";
    for (int i = 0; i < 300; ++i) many += std::to_string(i) + ",";
    for (const auto* last : {"01]}", "nul]}", "-]}"}) made.push_back(many + last);
    for (const auto* first : {"01,", "nul,", "-,"})
      made.push_back(R"({"l":[)" + std::string(first) + many.substr(6) + "1]}");
    return made;
  }();
  return texts;
}

TEST_CASE("what is no object by RFC 8259 is refused") {
  ScannerFixture fixture({path({"a"}), path({"a", "b"})});
  for (const std::string& text : broken_texts()) {
    INFO(text);
    const auto read = read_json(text);
    const auto* value = std::get_if<Value>(&read);
    REQUIRE((value == nullptr || value->object() == nullptr));  // the exact reader agrees
    CHECK_FALSE(fixture.scan(text));
    CHECK(fixture.scan(R"({"a":{"b":1}})"));
  }
}

TEST_CASE("a broken line takes nothing with it of the lines around it, nor they of it") {
  ScannerFixture fixture({path({"a"}), path({"a", "b"})});
  StructuralIndex index;
  std::size_t tried = 0;
  for (const std::string& text : broken_texts()) {
    for (const auto* next : {R"({"a":1})", R"({"b":2}})", "}", "]}", R"("b":2})", "1}", R"(,"b":2})", R"(:1})", "\"}",
                             R"([1]})", R"({}]})"}) {
      const std::string block = R"({"a":7})"
                                "\n" +
                                text + "\n" + next +
                                "\n"
                                R"({"a":{"b":8}})";
      if (!index.build(Padded(block, '"').view())) continue;  // then each line stands alone
      ++tried;
      INFO(block);
      const auto answers = fixture.scan_lines(block);
      REQUIRE(answers.size() == 4);
      CHECK(answers[0] == true);
      CHECK(answers[1] == false);
      CHECK(answers[2] == (std::string_view(next) == R"({"a":1})"));
      CHECK(answers[3] == true);
    }
  }
  CHECK(tried > 1'000);
}

TEST_CASE("lines may be blank or end with a carriage return, and the last one may lack its end") {
  ScannerFixture fixture({path({"a"})});
  using Answers = std::vector<std::optional<bool>>;
  CHECK(fixture.scan_lines("{\"a\":1}\r\n\r\n \t\n{\"a\":2} \n\n{\"a\":3}") ==
        Answers{true, std::nullopt, std::nullopt, true, std::nullopt, true});
  CHECK(fixture.scan_lines("\n\n{}\n \n") == Answers{std::nullopt, std::nullopt, true, std::nullopt});
  CHECK(fixture.scan_lines("{}\n{} {}\n{\"a\":\n1}\n{}") == Answers{true, false, false, false, true});
}

TEST_CASE("numbers of every form and size are read") {
  ScannerFixture fixture({path({"a"}), path({"l"})});
  std::vector<std::string> numbers = {"0",   "-0",  "7",       "-7",     "0.0",     "-0.5",   "1e5",  "1E+5", "1e-5",
                                      "0e0", "1.5", "1.5e300", "1e-400", "123e-30", "1e0005", "0.10", "-0e-0"};
  for (std::size_t digits = 1; digits <= 40; ++digits) {
    numbers.push_back("1" + std::string(digits - 1, '0'));
    numbers.push_back("-" + std::string(digits, '9'));
    numbers.push_back("0." + std::string(digits, '3'));
  }
  numbers.push_back("1" + std::string(99, '7'));
  numbers.push_back("-1" + std::string(250, '7'));
  for (const std::string& number : numbers) {
    INFO(number);
    CHECK(fixture.scan("{\"a\":" + number + "}"));
    CHECK(fixture.scan("{\"a\" : " + number + "\t}"));
    CHECK(fixture.scan("{\"a\":" + number + ",\"l\":[" + number + "," + number + "]}"));
  }
}

TEST_CASE("a number that only an exact reader can judge is never taken for sound where it is none") {
  ScannerFixture fixture({path({"a"})});
  std::size_t refused = 0;
  for (std::size_t digits = 280; digits <= 320; ++digits) {
    const std::string event = "{\"a\":" + std::string(digits, '9') + "}";
    INFO(digits);
    const bool accepted = fixture.scan(event);
    if (accepted) CHECK(std::holds_alternative<Value>(read_json(event)));
    refused += accepted ? 0 : 1;
  }
  CHECK(refused > 10);
}

TEST_CASE("a trie without paths still checks the text") {
  ScannerFixture fixture({});
  CHECK(fixture.scan(R"({"a":{"b":[1,"\u0061",null]}})"));
  CHECK_FALSE(fixture.scan(R"({"a":{"b":[1,"\u0061",nul]}})"));
  CHECK_FALSE(fixture.scan(R"({"a":1}})"));
}

// Objects whose keys are much alike, in random notation.
class RandomEvent {
 public:
  explicit RandomEvent(Chance& chance) : chance_(chance) {}

  std::string object(std::size_t depth) {
    std::string out = "{" + blank();
    for (std::size_t i = chance_.below(7); i > 0; --i) {
      out += "\"" + key() + "\"" + blank() + ":" + blank() + value(depth) + blank() + (i > 1 ? "," + blank() : "");
    }
    return out + "}";
  }

 private:
  std::string blank() { return chance_.one_in(6) ? std::string(chance_.pick(all_blanks)) : ""; }
  std::string key() {
    std::string out;
    for (const char letter : chance_.pick(all_keys)) {
      if (chance_.one_in(12)) {
        constexpr std::string_view digits = "0123456789abcdef";
        out += "\\u00";
        out += digits[static_cast<unsigned char>(letter) / 16];
        out += digits[static_cast<unsigned char>(letter) % 16];
      } else {
        out += chance_.one_in(8) ? static_cast<char>(letter ^ 0x20) : letter;
      }
    }
    return out;
  }
  std::string value(std::size_t depth) {
    if (depth > 0 && chance_.one_in(2)) return object(depth - 1);
    if (depth > 0 && chance_.one_in(6)) return "[" + value(depth - 1) + blank() + "," + object(depth - 1) + "]";
    return std::string(chance_.pick(all_values));
  }

  static constexpr std::array<std::string_view, 4> all_blanks = {" ", "\t", "  ", "\r"};
  static constexpr std::array<std::string_view, 6> all_keys = {
      "a", "b", "c", "key", "aRatherLongKey", "aKeyOfMoreThanTwentyFourBytes"};
  static constexpr std::array<std::string_view, 14> all_values = {"1",
                                                                  "-2.5e3",
                                                                  "true",
                                                                  "false",
                                                                  "null",
                                                                  "\"\"",
                                                                  "\"text\"",
                                                                  R"("a\n\u00e9")",
                                                                  "[]",
                                                                  "{}",
                                                                  "[1,[2,{}]]",
                                                                  "12345678901234567890",
                                                                  "\"\xC3\xA9\"",
                                                                  "0"};

  Chance& chance_;
};

TEST_CASE("random events are read as the exact reader reads them, whatever keys came before") {
  constexpr std::array<std::string_view, 8> keys = {
      "a", "A", "b", "c", "key", "aRatherLongKey", "KEY", "aKeyOfMoreThanTwentyFourBytes"};
  Chance chance(1);
  std::size_t read = 0;
  std::size_t refused = 0;
  for (int round = 0; round < 200; ++round) {
    std::set<FieldPathKeys> paths;
    for (std::size_t i = 1 + chance.below(12); i > 0; --i) {
      std::vector<std::string> steps;
      for (std::size_t n = 1 + chance.below(3); n > 0; --n) steps.emplace_back(chance.pick(keys));
      paths.insert(path(std::move(steps), chance.one_in(8)));
    }
    std::vector<bool> listed;
    for (std::size_t i = 0; i < paths.size(); ++i) listed.push_back(chance.one_in(2));
    ScannerFixture fixture({paths.begin(), paths.end()}, listed);
    for (int i = 0; i < 40; ++i) {
      std::string event = RandomEvent(chance).object(3);
      CAPTURE(event);
      if (chance.one_in(4)) {
        event[chance.below(event.size())] = "{}[],:\"\\ 1a-\n"[chance.below(13)];
        const auto exact = read_json(event);
        const auto* value = std::get_if<Value>(&exact);
        const bool is_event = value != nullptr && value->object() != nullptr;
        REQUIRE(fixture.scan(event) == is_event);
        refused += is_event ? 0 : 1;
      } else {
        REQUIRE(fixture.scan(event));
        ++read;
      }
    }
  }
  CHECK(read > 4'000);
  CHECK(refused > 500);
}

}  // namespace
}  // namespace picket
