#include "tests/agree/random_words.hpp"

#include <array>

namespace picket::tests {
namespace {

constexpr std::array<std::string_view, 20> key_words = {"a",    "A",    "ab",         "abc",  "ABC", "b",     "B",
                                                        "c",    "n",    "ip",         "user", "t",   "xs",    "obj",
                                                        "User", "name", "p_log_type", "x-y",  "",    "\u00e9"};
constexpr std::array<std::string_view, 15> plain_names = {"a", "A",    "ab", "abc", "ABC", "b",    "B",   "c",
                                                          "n", "user", "t",  "xs",  "obj", "User", "name"};

constexpr std::array<std::string_view, 34> text_words = {"x",
                                                         "X",
                                                         "abc",
                                                         "ABC",
                                                         "abd",
                                                         "ab",
                                                         "a",
                                                         "",
                                                         "root",
                                                         "Root",
                                                         "admin",
                                                         "abcabc",
                                                         "k",
                                                         "\u212a",
                                                         "\u017f",
                                                         "s",
                                                         "5",
                                                         "true",
                                                         "a\"b",
                                                         "a\\b",
                                                         "\\",
                                                         "c:\\x.exe",
                                                         "10.1.2.3",
                                                         "192.168.0.1",
                                                         "::1",
                                                         "8.8.8.8",
                                                         "x abc y",
                                                         "\u00e9",
                                                         "\U0001f600",
                                                         "stra\u00dfe",
                                                         "abc\n",
                                                         "powershell -enc x",
                                                         "2026-01-01T00:00:00Z",
                                                         "YWJjYWJjYWJjYWJjYWJjYWJj"};

constexpr std::array<std::string_view, 22> number_words = {"0",
                                                           "1",
                                                           "1",
                                                           "2",
                                                           "5",
                                                           "-1",
                                                           "1.0",
                                                           "0.5",
                                                           "1e3",
                                                           "1000",
                                                           "3",
                                                           "80",
                                                           "443",
                                                           "-0.0",
                                                           "9007199254740992",
                                                           "9007199254740993",
                                                           "9223372036854775807",
                                                           "9223372036854775808",
                                                           "18446744073709551616",
                                                           "1.5e300",
                                                           "1700000000",
                                                           "255"};

constexpr std::array<std::string_view, 20> regex_words = {
    "abc", "^abc", "abc$",   "^abc$",   "(?i)root", "^(root|admin)$", "a.c",         "x{2,}", "\\d+", ".{100,}",
    "^$",  "",     "[a-c]+", "colou?r", "(abc)?x",  "\\babc\\b",      "^\\S+@\\S+$", "a*",    "[^a]", "\\\\"};

constexpr std::array<std::string_view, 14> glob_words = {"*",      "abc",   "abc*", "*abc", "*abc*", "a?c",    "a*c",
                                                         "[a-c]*", "*.exe", "?",    "",     "r*t",   "*[\\]*", "x*y*"};

constexpr std::array<std::string_view, 8> network_words = {
    "10.0.0.0/8", "192.168.0.0/16", "0.0.0.0/0", "::/0", "10.1.2.3", "::1", "8.8.0.0/16", "2001:db8::/32"};

constexpr std::array<std::string_view, 8> times = {"2026-01-01T00:00:00Z",
                                                   "2025-12-31T23:59:59.5Z",
                                                   "2026-01-01",
                                                   "2026-01-01 00:00:00",
                                                   "2026-13-01T00:00:00Z",
                                                   "1767225600",
                                                   "soon",
                                                   "2026-01-01T01:00:00+01:00"};

constexpr std::array<std::string_view, 7> log_type_words = {"A", "A", "B", "A.B", "a", "C", "\u00e9"};

}  // namespace

std::string_view random_key(Chance& chance) { return chance.pick_uneven(key_words); }

std::string random_plain_path(Chance& chance) {
  std::string path(chance.pick_uneven(plain_names));
  if (path == "ABC") path = "$.ABC";  // without the event in front a name in capitals is a constant
  while (chance.one_in(3)) {
    switch (chance.below(8)) {
      case 0:
        path += "[0]";
        break;
      case 1:
        path += "[-1]";
        break;
      case 2:
        path += "[\"x-y\"]";
        break;
      default:
        path += "." + std::string(chance.pick_uneven(plain_names));
    }
  }
  return path;
}

std::string random_path(Chance& chance) {
  std::string path = random_plain_path(chance);
  if (chance.one_in(12) && !path.starts_with('$')) path = "$." + path;
  if (chance.one_in(12)) path += "[*]";
  if (chance.one_in(16)) path += "[*]." + std::string(chance.pick_uneven(plain_names));
  if (chance.one_in(40)) path += "[**]";
  if (chance.one_in(40)) path = "$[**]";
  if (chance.one_in(25)) path = "p_log_type";
  return path;
}

std::string random_text(Chance& chance) {
  if (chance.one_in(20)) return std::string(chance.pick(text_words)) + std::string(chance.pick(text_words));
  return std::string(chance.pick_uneven(text_words));
}

std::string random_long_text(Chance& chance) {
  constexpr std::array<std::string_view, 6> fillers = {"q", "\\", "\"", "ab", "\u00e9", "\n"};
  std::string text;
  const auto fill = [&] {
    const std::string_view filler = chance.pick(fillers);
    for (std::size_t count = chance.below(chance.one_in(4) ? 200 : 40); count > 0; --count) text += filler;
  };
  if (chance.one_in(2)) fill();
  text += random_text(chance);
  if (chance.one_in(2)) fill();
  if (chance.one_in(3)) text += random_text(chance);
  return text;
}

std::string_view random_number(Chance& chance) { return chance.pick_uneven(number_words); }
std::string_view random_regex(Chance& chance) { return chance.pick(regex_words); }
std::string_view random_glob(Chance& chance) { return chance.pick(glob_words); }
std::string_view random_network(Chance& chance) { return chance.pick(network_words); }
std::string_view random_time_text(Chance& chance) { return chance.pick(times); }
std::string_view random_log_type(Chance& chance) { return chance.pick(log_type_words); }

}  // namespace picket::tests
