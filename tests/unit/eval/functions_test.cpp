#include "engine/eval/functions.hpp"

#include <random>
#include <string>

#include "engine/eval/similarity.hpp"
#include "engine/event/time.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

Value called(Function function, const List& arguments, std::size_t steps = 1'000'000) {
  Budget budget(steps);
  Call call{.arguments = {}, .regex = nullptr, .model = nullptr, .budget = budget};
  for (const Value& argument : arguments) call.arguments.push_back(&argument);
  return call_function(function, call);
}

Value searched(Function function, std::string_view regex, const List& arguments) {
  const auto compiled = Regex::compile(regex, {});
  Budget budget(1'000'000);
  Call call{.arguments = {}, .regex = &std::get<Regex>(compiled), .model = nullptr, .budget = budget};
  for (const Value& argument : arguments) call.arguments.push_back(&argument);
  return call_function(function, call);
}

// A value of every kind, with the odd ones of each.
List sample_arguments() {
  List all = {Value(),
              true,
              false,
              0,
              -1,
              7,
              INT64_MAX,
              INT64_MIN,
              0.5,
              -2.5,
              1e308,
              -0.0,
              1e-300,
              "",
              "a",
              " x ",
              "10.5",
              "\xF0\x9F\x98\x80\xC3\xA9",
              "a.b[0]",
              "%",
              "'",
              "2026-01-31",
              std::string("\0", 1),
              std::string(300, 'a'),
              List{},
              List{1, "a", Value()},
              List{Value(List{Value(List{})})},
              List{Object{{"k", 1}}},
              Object{},
              Object{{"a", Object{{"b", 1}}}},
              *parse_time("2026-01-31"),
              Duration{0},
              Duration{INT64_MIN},
              Duration{INT64_MAX}};
  all.push_back(*Value::from_number("18446744073709551616"));
  all.push_back(*Value::from_number("-" + std::string(400, '9')));
  return all;
}

TEST_CASE("every function is total: any arguments give a value of the kind that its row says, or null") {
  const auto seed = std::random_device()();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const List values = sample_arguments();
  const auto compiled = Regex::compile("(a)|b*", {});
  for (const FunctionRow& row : functions()) {
    for (int round = 0; round < 2'000; ++round) {
      List arguments;
      const std::size_t count = random() % 5;
      for (std::size_t i = 0; i < count; ++i) arguments.push_back(values[random() % values.size()]);
      Budget budget(100'000);
      Call call{.arguments = {}, .regex = &std::get<Regex>(compiled), .model = nullptr, .budget = budget};
      for (const Value& argument : arguments) call.arguments.push_back(&argument);
      const Value result = call_function(row.function, call);
      const auto bit = static_cast<Kinds::Bit>(1 << static_cast<int>(result.kind()));
      if (!result.is_null() && !row.result.has(bit)) {
        FAIL(row.spelling << to_json(Value(arguments)) << " gives " << to_json(result));
      }
    }
  }
}

TEST_CASE("an argument of another kind gives null, or the empty list") {
  CHECK(called(Function::lower, {5}).is_null());
  CHECK(called(Function::lower, {}).is_null());
  CHECK(called(Function::lower, {"a", "b"}).is_null());
  CHECK(to_json(called(Function::sort, {"a"})) == "[]");
  CHECK(to_json(called(Function::union_, {Value(), List{1, 1}})) == "[1]");
  CHECK(to_json(called(Function::except, {List{1, 1}, Value()})) == "[1]");
  CHECK(called(Function::len, {Value()}) == Value(0));
}

TEST_CASE("what would grow beyond bounds is null") {
  const std::string long_text(1 << 20, 'a');
  CHECK(called(Function::replace, {long_text, "a", std::string(100, 'b')}, SIZE_MAX).is_null());
  CHECK(called(Function::join, {List{1, 2, 3}, std::string(15 << 20, 'b')}, SIZE_MAX).is_null());
  CHECK(searched(Function::replace_re, "a", {long_text, std::string(100, 'b')}).is_null());
  CHECK(called(Function::similarity, {long_text, long_text}).is_null());
  List different;
  for (int i = 0; i < 20'000; ++i) different.emplace_back(List{i});
  CHECK(to_json(called(Function::distinct, {Value(different)})) == "[]");
}

TEST_CASE("sets of many scalars are quick") {
  List many;
  for (int i = 0; i < 100'000; ++i) many.emplace_back(i * 7919 % 50'000);
  CHECK(called(Function::distinct, {Value(many)}).list()->size() == 50'000);
  CHECK(called(Function::set, {Value(many)}).list()->at(1) == Value(1));
  CHECK(to_json(called(Function::intersect, {many, List{49'999, 2.0}})) == "[49999,2]");
}

TEST_CASE("split does as Python's") {
  CHECK(to_json(called(Function::split, {"  a b  c ", ","})) == R"(["  a b  c "])");
  CHECK(to_json(called(Function::split, {"  a b  c "})) == R"(["a","b","c"])");
  CHECK(to_json(called(Function::split, {"aXXbXX", "XX"})) == R"(["a","b",""])");
  CHECK(to_json(called(Function::split, {"a,b,c", ",", -1})) == R"(["a","b","c"])");
  CHECK(to_json(called(Function::split, {"a,b,c", ",", 1.5})) == "[]");
  CHECK(called(Function::split, {"a", ""}).is_null());
}

TEST_CASE("round is Python's, by the exact value of the double") {
  const auto rounded = [](std::string_view number, int digits) {
    return to_json(called(Function::round, {*Value::from_number(number), digits}));
  };
  // Computed by Python 3.11.
  CHECK(rounded("0.5", 0) == "0");
  CHECK(rounded("1.5", 0) == "2");
  CHECK(rounded("-1.5", 0) == "-2");
  CHECK(rounded("2.675", 2) == "2.67");
  CHECK(rounded("0.125", 2) == "0.12");
  CHECK(rounded("0.375", 2) == "0.38");
  CHECK(rounded("1e-300", 400) == "1e-300");
  CHECK(rounded("1e300", 2) == "1e+300");
  CHECK(rounded("25", -1) == "20");
  CHECK(rounded("25.1", -1) == "30");
  CHECK(rounded("35", -1) == "40");
  CHECK(rounded("-25.000001", -1) == "-30");
  CHECK(rounded("99", -2) == "100");
  CHECK(rounded("50", -2) == "0");
  CHECK(rounded("51", -2) == "100");
  CHECK(rounded("9", -1) == "10");
  CHECK(rounded("49", -3) == "0");
  CHECK(rounded("18446744073709551616", -1) == "18446744073709551620");
  CHECK(rounded("123", -400) == "0");
}

TEST_CASE("int keeps every digit") {
  CHECK(to_json(called(Function::int_, {" +0018446744073709551616\n"})) == "18446744073709551616");
  CHECK(to_json(called(Function::int_, {-1e19})) == "-10000000000000000000");
  CHECK(to_json(called(Function::int_, {"-0"})) == "0");
  CHECK(called(Function::int_, {"1_0"}).is_null());
  CHECK(called(Function::int_, {"\xD9\xA1"}).is_null());  // an Arabic digit
  CHECK(to_json(called(Function::number, {"007.50"})) == "7.5");
}

TEST_CASE("extract_all goes on behind empty matches") {
  CHECK(to_json(searched(Function::extract_all, "b*", {"ab\xC3\xA9"})) == R"(["","b","",""])");
  CHECK(to_json(searched(Function::extract_all, "(a)|b", {"ab"})) == R"(["a",null])");
}

TEST_CASE("matches that may go to the end of the text are paid for, each") {
  // To see how far a match goes, all that is left is looked at: a million times a million bytes.
  const Value found = searched(Function::extract_all, "a(.*b)?", {std::string(1'000'000, 'a')});
  CHECK(found.list()->size() < 2'000);
  const Value words = searched(Function::extract_all, "x(.)", {[] {
                                 std::string text;
                                 for (int i = 0; i < 10'000; ++i) text += "xa ";
                                 return text;
                               }()});
  CHECK(words.list()->size() == 10'000);
  CHECK(searched(Function::extract, "(a)", {"a", 2}).is_null());
  CHECK(searched(Function::extract, "(a)", {"a", "name"}).is_null());
}

TEST_CASE("get reads a path text") {
  const Value object(Object{{"a", List{Object{{"b.c", 1}}, 2}}});
  const auto get = [&](const char* path) { return to_json(called(Function::get, {object, path})); };
  CHECK(get("a[1]") == "2");
  CHECK(get("a[-1]") == "2");
  CHECK(get(R"(a[0]["b.c"])") == "1");
  CHECK(get(R"(["A"][1])") == "2");
  CHECK(get("") == to_json(object));
  for (const auto* path : {".a", "a.", "a..b", "a[", "a[]", "a[x]", "a[0", "a[\"", "a]", "[0]x", "a[0]b", R"(a["b)"}) {
    INFO(path);
    CHECK(get(path) == "null");
  }
}

TEST_CASE("Base64 with and without padding, in either alphabet") {
  CHECK(called(Function::base64, {"YQ"}) == Value("a"));
  CHECK(called(Function::base64, {"YQ=="}) == Value("a"));
  CHECK(called(Function::base64, {"=="}).is_null());
  CHECK(called(Function::base64, {"YQ="}).is_null());
  CHECK(called(Function::base64, {"YQ==="}).is_null());
  CHECK(called(Function::base64, {"Y=Q="}).is_null());
  CHECK(called(Function::base64, {"YWJj\n"}).is_null());
}

TEST_CASE("URLs are taken apart as RFC 3986 says") {
  const auto url = [](const char* text) { return to_json(called(Function::url, {text})); };
  CHECK(
      url("https://u:p@EXAMPLE.com:443/a?b=1&b=2&c&=x#f") ==
      R"({"scheme":"https","host":"example.com","port":443,"path":"/a","query":{"b":["1","2"],"c":"","":"x"},"fragment":"f"})");
  CHECK(url("mailto:a@b") == R"({"scheme":"mailto","path":"a@b"})");
  CHECK(url("//h:x/") == R"({"host":"h","path":"/"})");
  CHECK(url("http://h:70000") == R"({"scheme":"http","host":"h"})");
  CHECK(url("http://[::1]/") == R"({"scheme":"http","host":"::1","path":"/"})");
  CHECK(url("file:///etc/passwd") == R"({"scheme":"file","path":"/etc/passwd"})");
  CHECK(url("?q=%zz%41") == R"({"query":{"q":"%zzA"}})");
  CHECK(url("") == "{}");
}

TEST_CASE("words are those of a POSIX shell") {
  const auto words = [](const char* text) { return to_json(called(Function::words, {text})); };
  CHECK(words(R"(a"b"'c'\d)") == R"(["abcd"])");
  CHECK(words(R"("a\b\\\"")") == R"(["a\\b\\\""])");
  CHECK(words("'a\\'") == R"(["a\\"])");
  CHECK(words("\"\"") == R"([""])");
  CHECK(words("a\\") == "null");
  CHECK(words("#a") == R"(["#a"])");
}

TEST_CASE("similarity is difflib's") {
  const auto ratio = [](const std::string& a, const std::string& b) {
    Budget budget(10'000'000);
    return similarity_ratio(a, b, budget).value_or(-1);
  };
  std::string ab;
  std::string cab;
  for (int i = 0; i < 150; ++i) ab += "ab";
  for (int i = 0; i < 100; ++i) cab += "cab";
  // Computed by Python 3.11.
  CHECK(ratio("paypal.com", "paypa1.com") == 0.9);
  CHECK(ratio("the quick brown fox", "a quack brawn fix") == 0.7222222222222222);
  CHECK(ratio(ab, cab) == 0.0);
  CHECK(ratio("x" + ab, ab + "x") == 0.0033222591362126247);
  CHECK(ratio(cab + "unique", "unique" + cab) == 0.0196078431372549);
  CHECK(ratio("abxcd", "abcd") == 0.8888888888888888);
  CHECK(ratio("qabxcd", "abycdf") == 0.6666666666666666);
  CHECK(ratio(std::string(250, 'a') + "zq", "zq" + std::string(250, 'a')) == 0.007936507936507936);
  CHECK(ratio("", "") == 1);
}

}  // namespace
}  // namespace picket
