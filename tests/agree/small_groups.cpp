#include "tests/agree/small_groups.hpp"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "engine/event/json.hpp"
#include "grammar/ast/print.hpp"

namespace picket::tests {
namespace {

// REQUIRES: JSON.
Value from_json(std::string_view text) {
  auto read = read_json(text);
  return std::get<Value>(std::move(read));
}

std::vector<Value> from_json(std::initializer_list<std::string_view> texts) {
  std::vector<Value> values;
  for (const std::string_view text : texts) values.push_back(from_json(text));
  return values;
}

std::vector<Value> strings(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// What of every kind a field may hold, whatever it is compared with.
std::vector<Value> any_kind() {
  return from_json({"null", "true", "false", "0", "1", "1.0", "\"\"", "\"k\"", "\"5\"", "[]", "{}", "[null]", "[\"\"]",
                    "{\"k\":1}", R"([["abc"],"abc"])", R"({"abc":"abc","x":"abc"})"});
}

// The string, and what differs from it in the least.
void add_near(std::vector<Value>& values, const std::string& text) {
  values.emplace_back(text);
  values.emplace_back(upper(text));
  values.emplace_back(text + "z");
  values.emplace_back("z" + text);
  if (!text.empty()) values.emplace_back(text.substr(0, text.size() - 1) + "_");
  values.emplace_back(List{text});
  values.emplace_back(List{"other", upper(text)});
  values.emplace_back(Object{{text, 1}});
}

SmallGroup lengths() {
  constexpr std::string_view alphabet = "aBcdefghijklmnopqrst";
  SmallGroup group{.name = "lengths", .constants = {}, .values = any_kind()};
  for (std::size_t length = 0; length <= alphabet.size(); ++length) {
    const std::string text(alphabet.substr(0, length));
    group.constants.push_back(print_string(text));
    group.values.emplace_back(text);
    group.values.emplace_back(upper(text));
    if (length > 0) group.values.emplace_back(text.substr(0, length - 1) + "_");
  }
  return group;
}

// Every comparison of a few strings with what is nearly they.
SmallGroup near() {
  SmallGroup group{.name = "near", .constants = {}, .values = any_kind()};
  for (const char* text : {"abc", "Root", "a-b_c.d/e", "5", "true", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"}) {
    group.constants.push_back(print_string(text));
    add_near(group.values, text);
  }
  for (const std::size_t size : {15U, 16U, 17U, 31U, 32U, 33U, 63U, 64U, 65U, 300U}) {
    const std::string filler(size, 'a');
    group.values.emplace_back(filler + "abc");
    group.values.emplace_back("ABC" + filler);
    group.values.emplace_back(filler + "aBc" + filler + "b");
  }
  return group;
}

SmallGroup cases() {
  SmallGroup group{.name = "cases", .constants = {}, .values = any_kind()};
  // K and Å as signs, long s, dotted and dotless i, sharp s small and capital, the three sigmas, a titlecase digraph, a
  // letter whose folding is longer in UTF-8 (U+023A), Cherokee, Deseret.
  const std::vector<std::string> letters = {
      "k",      "K",      "\u212a",  "s",      "S",      "\u017f", "i",      "I",          "\u0130",    "\u0131",
      "\u00df", "\u1e9e", "ss",      "\u03c3", "\u03a3", "\u03c2", "\u00e5", "\u212b",     "\u01c5",    "\u01c6",
      "\u00c9", "\u00e9", "e\u0301", "\u023a", "\u2c65", "\u13a0", "\uab70", "\U00010400", "\U00010428"};
  for (const std::string& letter : letters) {
    group.constants.push_back(print_string(letter));
    group.values.emplace_back(letter);
    group.values.emplace_back("Ta" + letter + "E");
  }
  for (const char* word : {"ma\u017fk", "MASK", "\u212aelvin", "stra\u00dfe", "STRASSE", "STRA\u1e9eE"}) {
    group.constants.push_back(print_string(word));
    add_near(group.values, word);
  }
  return group;
}

SmallGroup escapes() {
  using namespace std::string_literals;
  SmallGroup group{.name = "escapes", .constants = {}, .values = any_kind()};
  const std::vector<std::string> texts = {"\"",           "\\",     "\\\\",   "\\\"",    "a\"b",         "a\\b",
                                          "c:\\Win\\x",   "\n",     "\t",     "\r\n",    "\0"s,          "a\0b"s,
                                          "\x1f",         "\x7f",   "/",      "</x>",    "\u00e9",       "\U0001f600",
                                          "a\U0001f600b", "\u2028", "\ufeff", "\\u0041", R"({"a":"b"})", "[1,2]",
                                          R"(","x":")",   "\b\f",   "%s",     "\uffff",  "\ufffd"};
  for (const std::string& text : texts) {
    group.constants.push_back(print_string(text));
    group.values.emplace_back(text);
    group.values.emplace_back("k" + text + "l");
    group.values.emplace_back(List{text});
    group.values.emplace_back(Object{{text, text}});
  }
  group.values.emplace_back(std::string(64, '\\'));
  group.values.emplace_back(std::string(63, '\\') + "\"");
  return group;
}

SmallGroup numbers() {
  const std::initializer_list<std::string_view> written = {"0",
                                                           "-0.0",
                                                           "1",
                                                           "-1",
                                                           "2",
                                                           "1.0",
                                                           "1e3",
                                                           "1000",
                                                           "0.1",
                                                           "0.30000000000000004",
                                                           "5e-324",
                                                           "1.5",
                                                           "-1.5",
                                                           "9007199254740991",
                                                           "9007199254740992",
                                                           "9007199254740993",
                                                           "9007199254740992.0",
                                                           "9223372036854775807",
                                                           "9223372036854775808",
                                                           "-9223372036854775808",
                                                           "-9223372036854775809",
                                                           "9223372036854775808.0",
                                                           "18446744073709551615",
                                                           "18446744073709551616",
                                                           "18446744073709551616.0",
                                                           "123456789012345678901234567890",
                                                           "1.7976931348623157e308",
                                                           "1e-400",
                                                           "2147483648",
                                                           "4294967296"};
  SmallGroup group{.name = "numbers", .constants = {}, .values = any_kind()};
  for (const std::string_view number : written) {
    group.constants.emplace_back(number);
    group.values.push_back(from_json(number));
  }
  for (const char* text : {"1", "1.0", "-1", "0", "1e3"}) group.values.emplace_back(text);
  group.values.emplace_back(from_json("[1,2.0,9007199254740993]"));
  return group;
}

SmallGroup others() {
  SmallGroup group{.name = "others",
                   .constants = {"null",
                                 "true",
                                 "false",
                                 "[]",
                                 "{}",
                                 "[null]",
                                 "[true]",
                                 "[[]]",
                                 "[0]",
                                 "{k: 1}",
                                 "{a: [1, {b: null}]}",
                                 "[1, \"1\", true, null, [1], {a: 1}]",
                                 "5m",
                                 "now",
                                 "o.y",
                                 "[x, \"abc\"]",
                                 "x",
                                 "[...o.y, \"k\"]",
                                 "udm.path",
                                 "f\"{o.y}\""},
                   .values = any_kind()};
  for (Value& value : from_json({R"({"a":[1,{"b":null}]})", "{\"a\":[1,{}]}", R"([1,"1",true,null,[1],{"a":1}])",
                                 "[true]", "[[]]", "[0]", "[0.0]", "{\"K\":1}", "\"y\"", "\"abc\"", "[\"abc\"]",
                                 "\"true\"", "\"null\"", R"(["y","k"])", "{\"y\":{}}", "300"})) {
    group.values.push_back(std::move(value));
  }
  return group;
}

SmallGroup lists() {
  SmallGroup group{.name = "lists",
                   .constants = {R"(["abc", "Abd", ""])", R"(["abc"])", R"(["ABC", "xyz", "abcd", "root", "k"])",
                                 R"(["abc", 5, null, true, 1.0])", R"(["a", "ab", "abc"])",
                                 R"([1, 2, 9007199254740993, 1e3])", R"(["abc", ["abc"]])", R"([null])",
                                 R"(["straße", "K", "ſ"])", R"(["a\"b", "\u0000", 'c:\d'])", R"([""])"},
                   .values = any_kind()};
  for (const char* text : {"abc", "xyz", "root", "", "ab", "abd", "stra\u00dfe", "\u212a", "a\"b", "c:\\d", "xabcdx"}) {
    add_near(group.values, text);
  }
  for (Value& value : from_json({"5", "1e3", "9007199254740992", "9007199254740993", "[5]", "[null]", "[\"abc\",5]",
                                 R"(["a","ab","abc"])", "[1,2]", "[[\"abc\"]]", R"({"abc":1,"5":2})"})) {
    group.values.push_back(std::move(value));
  }
  return group;
}

SmallGroup networks() {
  return {.name = "networks",
          .constants = {R"("10.0.0.0/8")", R"("192.0.2.7")", R"("0.0.0.0/0")", R"("::/0")", R"("2001:db8::/32")",
                        R"("::ffff:10.0.0.0/104")", R"(["10.0.0.0/8", "192.168.0.0/16", "fe80::/10"])",
                        R"(["127.0.0.0/8", "::1"])", R"("10.1.2.3/32")"},
          .values = strings({"10.1.2.3",
                             "10.0.0.0",
                             "9.255.255.255",
                             "11.0.0.0",
                             "192.0.2.7",
                             "192.0.2.8",
                             "127.0.0.1",
                             "::1",
                             "2001:db8::5",
                             "2001:DB8:0:0::5",
                             "::ffff:10.1.2.3",
                             "fe80::1",
                             "10.0.0.0/8",
                             "10.0.0.0/7",
                             "10.2.0.0/16",
                             "10.1.2.3/32",
                             "10.1.2",
                             "10.1.2.3 ",
                             " 10.1.2.3",
                             "010.1.2.3",
                             "10.1.2.3.4",
                             "256.1.1.1",
                             "fe80::1%eth0",
                             "",
                             "::",
                             "0.0.0.0",
                             "abc",
                             "192.168.255.255",
                             "172.16.0.1",
                             "8.8.8.8",
                             "100.64.0.1",
                             "169.254.1.1",
                             "1"})};
}

SmallGroup globs() {
  return {.name = "globs",
          .constants = {R"("*")",        R"("abc")",
                        R"("abc*")",     R"("*abc")",
                        R"("*abc*")",    R"("a*c")",
                        R"("a?c")",      R"("[a-c]bc")",
                        R"("[!a-c]bc")", R"("*a*b*c*")",
                        R"("?")",        R"("")",
                        R"("*.exe")",    R"("c:\\win*\\*.exe")",
                        R"("[*]")",      R"("**")",
                        R"("stra?e")",   R"(["x*", "*Z", "q"])",
                        R"("*K*")",      R"("a[[]b")"},
          .values = strings({"",
                             "abc",
                             "ABC",
                             "abcd",
                             "xabc",
                             "xabcx",
                             "ac",
                             "aXc",
                             "a\u00e9c",
                             "aXXc",
                             "bbc",
                             "dbc",
                             "a-b-c",
                             "x",
                             "\u00e9",
                             "run.exe",
                             "RUN.EXE",
                             "c:\\windows\\cmd.exe",
                             R"(c:\win\x\y.exe)",
                             "*",
                             "stra\u00dfe",
                             "STRASE",
                             "xyz",
                             "xyZ",
                             "Q",
                             "k",
                             "\u212a",
                             "a[b",
                             "a\nc",
                             "abc\n"})};
}

constexpr std::array<const char*, 34> regex_constants = {R"('abc')",
                                                         R"('^abc')",
                                                         R"('abc$')",
                                                         R"('^abc$')",
                                                         R"('(?i)abc')",
                                                         R"('^(?i)root$')",
                                                         R"('a.c')",
                                                         R"('.{100,}')",
                                                         R"('abc|xyz|root')",
                                                         R"('^(abc|abd)e?$')",
                                                         R"('(abc)?def')",
                                                         R"('colou?r')",
                                                         R"('[a-f0-9]{8}')",
                                                         R"('\d+')",
                                                         R"('\babc\b')",
                                                         R"('')",
                                                         R"('.*')",
                                                         R"('^$')",
                                                         R"('a*')",
                                                         R"('(?s)a.*z')",
                                                         R"('(?m)^abc$')",
                                                         R"('\.exe$')",
                                                         R"('C:\\Windows\\')",
                                                         R"('x{3}abc+d')",
                                                         R"('[kK]')",
                                                         R"('(?i)straße|ſ')",
                                                         R"('\x{1F600}')",
                                                         R"('^ab(c|d)(e|f)*g')",
                                                         R"(['abc', '^x', 'z$'])",
                                                         R"(['(?i)powershell', '-enc(odedcommand)?\s'])",
                                                         R"('(?:abc|abc|)x')",
                                                         R"('[^a]bc')",
                                                         R"('(a|b)(c|d)(e|f)')",
                                                         R"('abc\Q.*\Edef')"};

SmallGroup regexes() {
  SmallGroup group{
      .name = "regexes", .constants = {regex_constants.begin(), regex_constants.end()}, .values = any_kind()};
  for (const char* text : {"abc",
                           "root",
                           "abcde",
                           "xyz",
                           "colour",
                           "x abc y",
                           "xabcy",
                           "a\nc",
                           "aXXz",
                           "a\nz",
                           "dEf",
                           "abcdef",
                           "deadbeef",
                           "C:\\Windows\\cmd.exe",
                           "abc\n",
                           "x\nabc\ny",
                           "xxxabccd",
                           "k",
                           "\u212a",
                           "\u017f",
                           "STRA\u00dfE",
                           "\U0001f600",
                           "abcefefg",
                           "abdg",
                           "PowerShell -enc x",
                           "z",
                           "acf",
                           "abc.*def",
                           "a\u00e9c",
                           ".exe"}) {
    add_near(group.values, text);
  }
  group.values.emplace_back(std::string(99, 'q'));
  group.values.emplace_back(std::string(100, 'q'));
  group.values.emplace_back(std::string(200, 'q') + "abc");
  return group;
}

}  // namespace

std::vector<SmallGroup> small_groups() {
  return {lengths(), near(), cases(), escapes(), numbers(), others(), lists(), networks(), globs(), regexes()};
}

}  // namespace picket::tests
