#include "engine/event/json.hpp"

#include <random>
#include <string>
#include <vector>

#include "tests/catch.hpp"

namespace picket {
namespace {

Value read(std::string_view text) {
  auto result = read_json(text);
  INFO(text);
  REQUIRE(std::holds_alternative<Value>(result));
  return std::get<Value>(std::move(result));
}

std::string reason(std::string_view text) {
  auto result = read_json(text);
  return std::holds_alternative<Value>(result) ? "none" : std::get<JsonError>(result).reason;
}

TEST_CASE("JSON texts of every kind") {
  CHECK(read(" null\r\n\t") == Value());
  CHECK(read("true") == Value(true));
  CHECK(read("-12") == Value(-12));
  CHECK(read("-0").integer() != nullptr);
  CHECK(read("1.0").real() != nullptr);
  CHECK(read(R"("a\u00e9\ud83d\ude00\n\/")") == Value("a\xC3\xA9\xF0\x9F\x98\x80\n/"));
  CHECK(read(R"("a\u0000b")") == Value(std::string("a\0b", 3)));
  CHECK(to_json(read(R"( { "b" : [ 1 , { } , [ ] ] , "a" : "x" } )")) == R"({"b":[1,{},[]],"a":"x"})");
}

TEST_CASE("of duplicate keys the last value wins, at the place of the first") {
  CHECK(to_json(read(R"({"a":1,"b":2,"a":3})")) == R"({"a":3,"b":2})");
  CHECK(to_json(read(R"({"a":1,"b":2,"a":3,"n":18446744073709551616})")) ==
        R"({"a":3,"b":2,"n":18446744073709551616})");
}

TEST_CASE("integers keep every digit") {
  for (const auto* digits : {"9223372036854775807", "-9223372036854775808", "9223372036854775808",
                             "18446744073709551615", "18446744073709551616", "-9223372036854775809",
                             "123456789012345678901234567890123456789012345678901234567890"}) {
    CHECK(to_json(read(digits)) == digits);
    CHECK(to_json(read("[" + std::string(digits) + "]")) == "[" + std::string(digits) + "]");
  }
}

TEST_CASE("what is no JSON has a reason") {
  const std::string deep = std::string(129, '[') + std::string(129, ']');
  std::vector<std::pair<std::string, std::string>> faults = {{"", "unexpected end"},
                                                             {"  ", "unexpected end"},
                                                             {"{\"a\":1", "unexpected end"},
                                                             {"[1,", "unexpected end"},
                                                             {"\"abc", "unexpected end"},
                                                             {"nul", "unexpected text"},
                                                             {"[1,]", "unexpected text"},
                                                             {"{a:1}", "unexpected text"},
                                                             {"1 2", "unexpected text"},
                                                             {"{} x", "unexpected text"},
                                                             {"[1}", "unexpected text"},
                                                             {"NaN", "unexpected text"},
                                                             {"[Infinity]", "unexpected text"},
                                                             {"\xEF\xBB\xBF{}", "unexpected text"},
                                                             {"01", "unexpected text"},
                                                             {"-", "invalid number"},
                                                             {"1.", "invalid number"},
                                                             {"1e999", "number out of range"},
                                                             {"[-1e999]", "number out of range"},
                                                             {std::string(400, '9'), "number out of range"},
                                                             {"\"a\nb\"", "invalid string"},
                                                             {R"("\x")", "invalid string"},
                                                             {R"("\ud800")", "invalid string"},
                                                             {R"("\udc00")", "invalid string"},
                                                             {R"("\ud800\u0041")", "invalid string"},
                                                             {R"({"\udead":1})", "invalid string"},
                                                             {"\"\xff\"", "not UTF-8"},
                                                             {"\"\xC0\x80\"", "not UTF-8"},
                                                             {"\"\xED\xA0\x80\"", "not UTF-8"},
                                                             {"\xff", "not UTF-8"},
                                                             {deep, "nested too deep"},
                                                             {std::string(100'000, '['), "nested too deep"}};
  faults.emplace_back(std::string("1\0", 2), "unexpected text");
  faults.emplace_back(std::string("[1\0]", 4), "unexpected text");
  faults.emplace_back(std::string("\"a\0\"", 4), "invalid string");
  for (const auto& [text, expected] : faults) {
    INFO(text);
    CHECK(reason(text) == expected);
  }
}

TEST_CASE("an error says where it is") {
  const auto offset = [](std::string_view text) { return std::get<JsonError>(read_json(text)).offset; };
  CHECK(offset("{\"a\": xyz}") == 6);
  CHECK(offset("\"ab\xff\"") == 3);
  CHECK(offset(std::string(200, '[')) == 128);
  CHECK(offset("[\"[[\", " + std::string(200, '[')) == 7 + 127);
  CHECK(offset("[1, 2") == 5);
}

TEST_CASE("nesting is bounded by the limit, whatever it is") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + "1" + std::string(depth, ']'); };
  for (const std::size_t limit : std::vector<std::size_t>{1, 2, 128, 1000, 3000}) {
    INFO(limit);
    CHECK(std::holds_alternative<Value>(read_json(nested(limit), JsonLimits{limit})));
    CHECK(std::holds_alternative<JsonError>(read_json(nested(limit + 1), JsonLimits{limit})));
  }
}

TEST_CASE("nothing beyond the text is read") {
  const std::string longer = R"([1,2]garbage "unterminated)";
  CHECK(to_json(read(std::string_view(longer).substr(0, 5))) == "[1,2]");
  const std::string exact = R"({"k":"v"})";  // heap memory right behind it belongs to somebody else
  const std::vector<char> tight(exact.begin(), exact.end());
  CHECK(to_json(read(std::string_view(tight.data(), tight.size()))) == exact);
}

// Writes random JSON texts in random notation.
class RandomJson {
 public:
  explicit RandomJson(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_); }

  std::string text(int depth) {
    const std::string before = blank();
    switch (below(depth > 0 ? 8 : 6)) {
      case 0:
        return before + "null" + blank();
      case 1:
        return before + (below(2) == 0 ? "true" : "false") + blank();
      case 2:
      case 3:
        return before + number() + blank();
      case 4:
      case 5:
        return before + string() + blank();
      case 6:
        return before + sequence('[', ']', [&] { return text(depth - 1); }) + blank();
      default:
        return before + sequence('{', '}', [&] { return blank() + string() + blank() + ":" + text(depth - 1); }) +
               blank();
    }
  }

  // The text with some bytes changed, dropped, doubled or cut off.
  std::string damaged(std::string text) {
    for (std::size_t i = 0; i <= below(3) && !text.empty(); ++i) {
      const std::size_t at = below(text.size());
      switch (below(4)) {
        case 0:
          text[at] = static_cast<char>(below(256));
          break;
        case 1:
          text.erase(at, 1 + below(3));
          break;
        case 2:
          text.insert(at, text.substr(at, 1 + below(5)));
          break;
        default:
          text.resize(at);
          break;
      }
    }
    return text;
  }

 private:
  template <typename Element>
  std::string sequence(char open, char close, const Element& element) {
    std::string out(1, open);
    const std::size_t size = below(5);
    for (std::size_t i = 0; i < size; ++i) out += (i > 0 ? "," : "") + element();
    return out + (size == 0 ? blank() : "") + close;
  }
  std::string pick(std::initializer_list<const char*> choices) { return *(choices.begin() + below(choices.size())); }
  std::string blank() { return pick({"", "", "", " ", "\n", "\t", "\r\n  "}); }
  std::string digits(std::size_t most) {
    std::string out(1 + below(most), '0');
    for (char& c : out) c = static_cast<char>('0' + below(10));
    return out;
  }
  std::string number() {
    std::string whole = digits(below(4) == 0 ? 30 : 5);
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
    std::string out = (below(3) == 0 ? "-" : "") + whole;
    if (below(3) == 0) out += "." + digits(20);
    if (below(4) == 0) out += pick({"e", "E", "e+", "E-"}) + digits(3);
    return out;
  }
  std::string string() {
    std::string out = "\"";
    for (std::size_t i = below(6); i > 0; --i) {
      out += pick({"a", "B", "key", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u00e9", "\\ud83d\\ude00", "\\u0000",
                   "\xC3\xA9", "\xF0\x9F\x98\x80", "\xED\x9F\xBF", "\\ud800", "\\udc00x", "\x7f"});
    }
    return out + "\"";
  }

  std::mt19937 random_;
};

// The fast reader answers alone where it can. An integer of more than 64 bits makes it give up, so a text after such a
// number is read by the exact one.
TEST_CASE("both readers accept the same texts and read the same values") {
  const auto seed = std::random_device()();
  INFO("seed " << seed);
  RandomJson random(seed);
  std::size_t accepted = 0;
  constexpr std::size_t rounds = 20'000;
  for (std::size_t i = 0; i < rounds; ++i) {
    std::string text = random.text(5);
    if (random.below(2) == 0) text = random.damaged(text);
    const auto alone = read_json(text);
    if (std::holds_alternative<JsonError>(alone)) continue;
    ++accepted;
    const auto exact = read_json("[100000000000000000000," + text + "]");
    const bool agree = std::holds_alternative<Value>(exact) &&
                       to_json(std::get<Value>(exact).list()->at(1)) == to_json(std::get<Value>(alone));
    if (!agree) {
      CAPTURE(text);
      INFO("bytes " << to_json(Value(text)));
      FAIL("the readers disagree");
    }
  }
  CHECK(accepted > rounds / 4);
  CHECK(accepted < rounds);
}

TEST_CASE("a value that was printed reads back as it was") {
  const auto seed = std::random_device()();
  INFO("seed " << seed);
  RandomJson random(seed);
  for (int i = 0; i < 5'000; ++i) {
    const auto first = read_json(random.text(5));
    if (std::holds_alternative<JsonError>(first)) continue;
    const std::string printed = to_json(std::get<Value>(first));
    INFO(printed);
    const auto again = read_json(printed);
    REQUIRE(std::holds_alternative<Value>(again));
    REQUIRE(std::get<Value>(again) == std::get<Value>(first));
  }
}

TEST_CASE("a character is escaped alike wherever in a text it stands, and only where RFC 8259 asks for it") {
  for (int c = 0; c < 128; ++c) {
    const std::string alone = to_json(Value(std::string(1, static_cast<char>(c))));
    const std::string written = alone.substr(1, alone.size() - 2);
    CHECK((written.size() > 1) == (c < 0x20 || c == '"' || c == '\\'));
    for (std::size_t place = 0; place <= 17; ++place) {
      const std::string before(place, 'a');
      const std::string behind = "\u00e9" + std::string(17 - place, 'z');
      const std::string text = before + static_cast<char>(c) + behind;
      CAPTURE(c, place);
      CHECK(to_json(Value(text)) == '"' + before + written + behind + '"');
    }
  }
}

}  // namespace
}  // namespace picket
