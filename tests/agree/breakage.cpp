#include "tests/agree/breakage.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace picket::tests {
namespace {

using namespace std::string_view_literals;

// What is put in: quotes, brackets and signs, characters that JSON wants escaped, UTF-8 that is none (a lone
// continuation, overlong forms, a surrogate, beyond U+10FFFF, a cut sequence), escapes that are none, odd tokens.
constexpr std::array<std::string_view, 52> insertions = {"\""sv,
                                                         "\\"sv,
                                                         "{"sv,
                                                         "}"sv,
                                                         "["sv,
                                                         "]"sv,
                                                         ","sv,
                                                         ":"sv,
                                                         "\0"sv,
                                                         "\x01"sv,
                                                         "\x1f"sv,
                                                         "\t"sv,
                                                         "\r"sv,
                                                         "\x7f"sv,
                                                         "\x80"sv,
                                                         "\xbf"sv,
                                                         "\xc0\x80"sv,
                                                         "\xc1\xbf"sv,
                                                         "\xc3"sv,
                                                         "\xe2\x82"sv,
                                                         "\xe0\x80\x80"sv,
                                                         "\xed\xa0\x80"sv,
                                                         "\xf4\x90\x80\x80"sv,
                                                         "\xf0\x9f\x98"sv,
                                                         "\xff"sv,
                                                         "\xfe"sv,
                                                         "\xef\xbb\xbf"sv,
                                                         "\\u12"sv,
                                                         "\\ud800"sv,
                                                         "\\udc00"sv,
                                                         "\\u0000"sv,
                                                         "\\x41"sv,
                                                         "\\"sv,
                                                         "\\\\"sv,
                                                         "\\\""sv,
                                                         "0"sv,
                                                         "-"sv,
                                                         "."sv,
                                                         "e"sv,
                                                         "1e999"sv,
                                                         "NaN"sv,
                                                         "Infinity"sv,
                                                         "null"sv,
                                                         "tru"sv,
                                                         "/**/"sv,
                                                         "'"sv,
                                                         "{}"sv,
                                                         "[]"sv,
                                                         "\"a\":"sv,
                                                         R"(,"p_log_type":"A")"sv,
                                                         "\x0b"sv,
                                                         "\xc2\xa0"sv};

std::size_t place_in(const std::string& text, Chance& chance) { return chance.below(text.size() + 1); }

void break_once(std::string& line, Chance& chance) {
  const std::size_t at = place_in(line, chance);
  switch (chance.below(8)) {
    case 0:
      line.resize(at);
      return;
    case 1:
      if (at < line.size())
        line[at] = static_cast<char>(static_cast<unsigned char>(line[at]) ^ (1U << chance.below(8)));
      break;
    case 2:
      line.erase(at, 1 + chance.below(3));
      return;
    case 3:
      line.erase(at, chance.below(40));
      return;
    case 4:
      line.insert(at, line.substr(place_in(line, chance), chance.below(20)));
      return;
    case 5:
      if (at < line.size()) line[at] = static_cast<char>(chance.below(256));
      break;
    default:
      line.insert(at, chance.pick(insertions));
  }
  std::ranges::replace(line, '\n', ' ');
}

std::string repeated(std::string_view part, std::size_t count) {
  std::string text;
  for (; count > 0; --count) text += part;
  return text;
}

std::string nested(std::size_t depth) {
  return R"({"a":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
}
std::string nested_objects(std::size_t depth) { return repeated(R"({"a":)", depth) + "1" + std::string(depth, '}'); }

void add_nested(std::vector<std::string>& lines) {
  for (const std::size_t depth : {2U, 3U, 4U, 19U, 20U, 21U, 127U, 128U, 129U, 1023U, 1024U, 1025U, 5000U}) {
    lines.push_back(nested(depth));
    lines.push_back(nested_objects(depth));
    lines.push_back(R"({"b":"x","c":)" + nested(depth) + R"(,"a":"abc"})");
    lines.emplace_back(depth, '[');
    lines.push_back(R"({"a":)" + std::string(depth, '{'));
  }
}

void add_long(std::vector<std::string>& lines) {
  for (const std::size_t size : {63U, 64U, 65U, 127U, 128U, 4'095U, 70'000U, 300'000U}) {
    const std::string filler(size, 'a');
    lines.push_back(R"({"p_log_type":"A","a":")" + filler + R"(abc"})");
    lines.push_back(R"({"a":")" + filler + R"(","p_log_type":"A)");  // never closed
    lines.push_back(R"({"a":")" + std::string(size, '\\') + R"(","b":"abc"})");
    lines.push_back(R"({"a":")" + std::string(size, '\\') + R"(\","b":"abc"})");
    lines.push_back(std::string(size, ' ') + R"({"a":"abc"})" + std::string(size, '\t'));
    lines.push_back(R"({"a":[)" + repeated(R"("abc",)", size) + R"("x"],"b":"abc"})");
    lines.push_back("{" + repeated(R"("A":1,)", size) + R"("a":"abc"})");
    lines.emplace_back(size, '"');
    lines.push_back(R"({"n":)" + std::string(size, '1') + "}");
    lines.push_back(R"({"n":0.)" + std::string(size, '1') + "}");
    lines.push_back(R"({"n":1e)" + std::string(size, '0') + "1}");
  }
  std::string many = "{";
  for (int i = 0; i < 3'000; ++i) many += "\"key" + std::to_string(i) + "\":" + std::to_string(i) + ",";
  lines.push_back(many + R"("a":"abc","p_log_type":"A"})");
}

void add_numbers(std::vector<std::string>& lines) {
  for (const char* number : {"1e999",
                             "-1e999",
                             "1e308",
                             "1e309",
                             "1.7976931348623157e308",
                             "1.7976931348623159e308",
                             "1e-999",
                             "01",
                             "-01",
                             "1.",
                             ".5",
                             "+1",
                             "-",
                             "1e",
                             "1e+",
                             "1E+2",
                             "1e-2",
                             "-0",
                             "-0.0",
                             "0e0",
                             "0x10",
                             "1_000",
                             "NaN",
                             "Infinity",
                             "-Infinity",
                             "9223372036854775807",
                             "9223372036854775808",
                             "-9223372036854775809",
                             "18446744073709551616",
                             "123456789012345678901234567890",
                             "1 2",
                             "1,",
                             "00",
                             "1.0.0",
                             "1e5.5",
                             "2e400",
                             "0.0e999999",
                             "- 1",
                             "1\v"}) {
    for (const char* place : {R"({"n":@})", R"({"n":@,"a":"abc","p_log_type":"A"})", R"({"unknown":@,"a":"abc"})",
                              R"({"unknown":[[@]],"p_log_type":"A","a":"abc"})", "@"}) {
      std::string line = place;
      lines.push_back(line.replace(line.find('@'), 1, number));
    }
  }
}

// Lines that are no event, or a strange one.
constexpr std::array odd = {"{}"sv,
                            "{ }"sv,
                            "[]"sv,
                            "[{}]"sv,
                            "\"a\""sv,
                            "5"sv,
                            "null"sv,
                            "true"sv,
                            "{"sv,
                            "}"sv,
                            "["sv,
                            "]"sv,
                            "\""sv,
                            "\\"sv,
                            ","sv,
                            ":"sv,
                            "{}{}"sv,
                            "{} {}"sv,
                            "{},"sv,
                            "{},{}"sv,
                            "{}]"sv,
                            "{}}"sv,
                            "{}x"sv,
                            "{}\""sv,
                            R"({"a":"abc"}{"a":"abc"})"sv,
                            R"({"a":"abc"} {"b":"abc"})"sv,
                            R"([{"a":"abc"},{"a":"abc"}])"sv,
                            R"({"a":"abc",})"sv,
                            R"({,"a":"abc"})"sv,
                            R"({"a":"abc",,"b":1})"sv,
                            R"({"a"})"sv,
                            R"({"a":})"sv,
                            R"({:"abc"})"sv,
                            R"({"a":"abc" "b":1})"sv,
                            R"({"a":"abc";"b":1})"sv,
                            R"({a:"abc"})"sv,
                            R"({'a':'abc'})"sv,
                            R"({"a":abc})"sv,
                            R"({"a":truE})"sv,
                            R"({"a":true1})"sv,
                            R"({"a":nul})"sv,
                            R"({"a":nulll})"sv,
                            R"({"a":[1,]})"sv,
                            R"({"a":[,1]})"sv,
                            R"({"a":[1 2]})"sv,
                            R"({"a":[1}})"sv,
                            R"({"a":{]})"sv,
                            R"({"a":"abc"]})"sv,
                            R"({1:"abc"})"sv,
                            R"({null:1})"sv,
                            R"({"a":1)"sv,
                            R"({"a":"abc)"sv,
                            R"({"a":"abc\)"sv,
                            R"({"a":"abc\"})"sv,
                            R"({"a":"abc\\"})"sv,
                            R"({"a":"abc\\\"})"sv,
                            R"({"a":"\ud83d\ude00"})"sv,
                            R"({"a":"\ud83d"})"sv,
                            R"({"a":"\ude00\ud83d"})"sv,
                            R"({"a":"\ud83dx"})"sv,
                            R"({"a":"\ud83d\u0041"})"sv,
                            R"({"\ud83d":1})"sv,
                            R"({"a":"\u00e"})"sv,
                            R"({"a":"\uXYZW"})"sv,
                            R"({"a":"\q"})"sv,
                            R"({"a\u0062":"abc"})"sv,
                            R"({"\u0061":"abc","p_log\u005ftype":"A"})"sv,
                            R"({"unknown":"\q","a":"abc"})"sv,
                            "{\"a\":\"a\tc\"}"sv,
                            "{\"unknown\":\"a\x01\",\"a\":\"abc\"}"sv,
                            "{\"a\x02\":1}"sv,
                            "{\"a\":\"\0\"}"sv,
                            "{\"a\":1}\0"sv,
                            "\0{\"a\":1}"sv,
                            "{\"a\"\0:1}"sv,
                            "\xef\xbb\xbf{\"a\":\"abc\"}"sv,
                            "{\"a\":\"abc\"}\xef\xbb\xbf"sv,
                            "{\"a\":\"\xff\"}"sv,
                            "{\"\xc3\":1}"sv,
                            "{\"unknown\":\"\xed\xa0\x80\",\"a\":\"abc\"}"sv,
                            "{\"a\":1}\xff"sv,
                            "{\"a\":\xc3\xa9}"sv,
                            "{\"a\":\"abc\"}\x0b"sv,
                            "\x0c{\"a\":\"abc\"}"sv,
                            "\xc2\xa0{\"a\":\"abc\"}"sv,
                            "# comment"sv,
                            "{} # comment"sv,
                            "// {}"sv,
                            "{\"a\":1/**/}"sv,
                            R"({"p_log_type":"A","p_log_type":"B","a":"abc"})"sv,
                            R"({"p_log_type":"A","p_log_type":null,"a":"abc"})"sv,
                            R"({"p_log_type":"","a":"abc"})"sv,
                            R"({"p_log_type":1,"p_log_type":"A","a":"abc"})"sv,
                            R"({"x":{"p_log_type":"B"},"p_log_type":"A","a":"abc"})"sv,
                            R"({"x":"\"p_log_type\":\"B\"","p_log_type":"A"})"sv,
                            R"({"P_LOG_TYPE":"B","a":"abc"})"sv,
                            R"({"p_log_type":["A"],"a":"abc"})"sv,
                            R"({"p_log_type" : "A" , "a" : "abc" })"sv,
                            R"({"A":1,"a":2,"A":"abc"})"sv,
                            R"({"abc":1,"ABC":2,"Abc":"x"})"sv,
                            R"({"":"abc"," ":1})"sv,
                            "\r{\"a\":\"abc\"}\r"sv,
                            "\r\r\r"sv,
                            " \t "sv,
                            ""sv};

}  // namespace

std::string broken(std::string line, Chance& chance) {
  for (std::size_t faults = 1 + chance.below(3) * chance.below(2); faults > 0; --faults) break_once(line, chance);
  return line;
}

std::vector<std::string> odd_lines() {
  std::vector<std::string> lines;
  for (const std::string_view line : odd) {
    lines.emplace_back(line);
  }
  add_numbers(lines);
  add_nested(lines);
  add_long(lines);
  return lines;
}

}  // namespace picket::tests
