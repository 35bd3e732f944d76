#include "engine/pattern/required_run.hpp"

#include <array>
#include <string>
#include <vector>

#include "engine/pattern/pattern.hpp"
#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

using bench::Chance;

// The ASCII characters of a set as they stand in a class, and a plus for bytes beyond.
std::string written(const ByteSet& set) {
  std::string text;
  for (std::size_t first = 0; first < 128; ++first) {
    if (!set.test(first)) continue;
    std::size_t last = first;
    while (last + 1 < 128 && set.test(last + 1)) ++last;
    const auto shown = [](std::size_t byte) {
      return byte > 32 && byte < 127 ? std::string(1, static_cast<char>(byte)) : "<" + std::to_string(byte) + ">";
    };
    text += first == last ? shown(first) : shown(first) + "-" + shown(last);
    first = last;
  }
  return text + (set.test(0x80) ? "+" : "");
}

struct Row {
  std::string pattern;
  bool folded;
  std::size_t least;
  std::size_t run;
  std::string bytes;
  std::string enough;
};

Regex compiled(const std::string& pattern, bool folded) {
  auto regex = Regex::compile(pattern, {.folded = folded});
  INFO(pattern);
  REQUIRE(std::holds_alternative<Regex>(regex));
  return std::get<Regex>(std::move(regex));
}

TEST_CASE("what a regex requires is read from its pattern") {
  const std::string any = "<0>-<127>+";
  const std::string any_in_line = "<0>-<9><11>-<127>+";
  const std::vector<Row> rows = {
      {".{1000,}", false, 1000, 1000, any_in_line, "<0>-<9><11>-<127>"},
      {"(?s).{1000,}", false, 1000, 1000, any, ""},
      {"[A-Za-z0-9+/=]{40,}", false, 40, 40, "+/-9=A-Za-z", "+/-9=A-Za-z"},
      {R"(\s-(e|ec|enc|encode7)\s+[A-Za-z0-9+/=]{40,})", true, 44, 40, "+/-9=A-Za-z+", ""},
      {"[0-9a-f]{32}", true, 32, 32, "0-9A-Fa-f", "0-9A-Fa-f"},
      {"[^\\\\/ ]{9}", false, 9, 9, "<0>-<31>!-.0-[]-<127>+", "<0>-<31>!-.0-[]-<127>"},
      {"[^k]{9}", true, 9, 9, "<0>-JL-jl-<127>+", "<0>-JL-jl-<127>"},
      {"^[a-c]{8}$", false, 8, 8, "a-c", ""},
      {"(?:[a-c]{8})", false, 8, 8, "a-c", "a-c"},
      {"([a-c]{9}|[d-e]{8}x)", false, 9, 8, "a-e", ""},
      {"([a-c]{9}|)", false, 0, 0, "", ""},
      {"(ab){4}c{0,9}d?e*f+", false, 9, 0, "", ""},
      {"x[[:alpha:]]{8}", false, 9, 8, "<0>-<127>", ""},
      {R"(\p{Greek}{8})", false, 8, 8, any, ""},
      {"\xC3\xA9{8}", false, 8, 8, "+", ""},
      {"\xC3\xA9{8}", true, 8, 8, "KSks+", ""},
      {R"(\x41{8}\x{42})", false, 9, 8, "A", ""},
      {"[]a-]{8}", false, 8, 8, "-]a", "-]a"},
      {R"([\d\-\x61-\x63]{8})", false, 8, 8, "-0-9a-c", "-0-9a-c"},
      {R"(\W{8})", false, 8, 8, "<0>-/:-@[-^`{-<127>+", "<0>-/:-@[-^`{-<127>"},
      {"(?:a{8}){2}", false, 16, 8, "a", ""},
      {"(?P<name>a{8})(?i:b)", false, 9, 8, "a", ""},
      {"{a}{,3}", false, 7, 0, "", ""},
      {R"(\Qa{8}\E)", false, 0, 0, "", ""},
      {"", false, 0, 0, "", ""},
  };
  for (const Row& row : rows) {
    INFO(row.pattern << (row.folded ? ", folded" : ""));
    (void)compiled(row.pattern, row.folded);
    const RequiredRun required = RequiredRun::of(row.pattern, row.folded);
    CHECK(required.least == row.least);
    CHECK(required.run == row.run);
    CHECK(written(required.bytes) == row.bytes);
    CHECK(written(required.enough) == row.enough);
  }
}

TEST_CASE("a run is found wherever it stands, and no shorter one") {
  const RequiredRun required = RequiredRun::of("[ab]{8,}", false);
  for (std::size_t before = 0; before < 40; ++before) {
    for (std::size_t length = 0; length < 20; ++length) {
      for (const std::string_view around : {"x", "aaax", "xbbbbbbbx"}) {
        std::string text;
        while (text.size() < before) text += around;
        text += "x" + std::string(length, 'a') + "x" + std::string(around);
        INFO(text);
        CHECK(required.found_in(text) == (length >= 8 ? RequiredRun::Answer::yes : RequiredRun::Answer::no));
      }
    }
  }
  CHECK(required.found_in("") == RequiredRun::Answer::no);
  CHECK(required.found_in(std::string(8, 'b')) == RequiredRun::Answer::yes);
}

TEST_CASE("five million bytes are looked through in linear time for the longest run") {
  const Regex regex = compiled(".{1000,}", false);
  std::string text;
  while (text.size() < 5'000'000) text += std::string(999, 'a') + "\n";
  CHECK_FALSE(regex.found_in(text));  // RE2 by itself takes minutes
  CHECK(regex.found_in(text + std::string(1000, 'a')));
}

// A regex of every construct that is understood and some that are not.
std::string random_pattern(Chance& chance, std::size_t depth) {
  static constexpr std::array<std::string_view, 34> atoms = {
      "a",       "k",    "K",     "[a-c]",   "[^a]",         ".",           "\\d",          "\\D",          "\\w",
      "\\W",     "\\s",  "\\S",   "[k-s]",   "[^k-s]",       "\xC3\xA9",    "[\xC3\xA9]",   "[^a\xC3\xA9]", "\\x41",
      "\\x{e9}", "\\pL", "\\PL",  "\\p{Lu}", "[\\d_-]",      "[[:alpha:]]", "[[:^digit:]]", "\\.",          "[]a]",
      "[a\\-z]", "\\n",  "(?i)k", "(?s).",   "\xE2\x84\xAA", "\\Q.\\E",     "[^\\W\\d]"};
  static constexpr std::array<std::string_view, 14> repetitions = {
      "", "", "", "", "*", "+", "?", "{8}", "{8,}", "{9,12}", "{10}", "{0,9}", "{1}", "{3}?"};
  static constexpr std::array<std::string_view, 5> places = {"^", "$", "\\b", "\\A", "\\z"};
  std::string pattern;
  for (std::size_t i = 0, count = 1 + chance.below(3); i < count; ++i) {
    const std::size_t kind = chance.below(20);
    std::string atom(chance.pick(atoms));
    if (kind < 3 && depth > 0) {
      atom = std::string(chance.one_in(2) ? "(" : "(?:") + random_pattern(chance, depth - 1) + "|" +
             random_pattern(chance, depth - 1) + ")";
    } else if (kind < 5 && depth > 0) {
      atom = "(" + random_pattern(chance, depth - 1) + ")";
    } else if (kind == 5) {
      atom = chance.pick(places);
    }
    pattern += atom;
    pattern += chance.pick(repetitions);
  }
  return pattern;
}

TEST_CASE("with what a regex requires it is found where RE2 finds it") {
  static constexpr std::array<std::string_view, 14> characters = {"a", "b", "k", "K",  "\xE2\x84\xAA", "s", "\xC5\xBF",
                                                                  "A", "0", " ", "\n", "\xC3\xA9",     "_", "-"};
  Chance chance(40);
  std::array<std::size_t, 3> answers{};
  for (int i = 0; i < 1'000; ++i) {
    const std::string pattern = random_pattern(chance, 1);
    const bool folded = chance.one_in(2);
    auto regex = Regex::compile(pattern, {.folded = folded});
    if (!std::holds_alternative<Regex>(regex)) continue;
    const RequiredRun required = RequiredRun::of(pattern, folded);
    for (int k = 0; k < 30; ++k) {
      std::string text;
      for (std::size_t runs = chance.below(4); runs > 0; --runs) {
        const std::string_view one = chance.pick(characters);
        for (std::size_t n = chance.below(14); n > 0; --n) text += chance.one_in(6) ? chance.pick(characters) : one;
      }
      ++answers[static_cast<std::size_t>(required.found_in(text))];
      INFO(pattern << (folded ? ", folded, in " : " in ") << text);
      REQUIRE(std::get<Regex>(regex).found_in(text) == !std::get<Regex>(regex).find(text).empty());
    }
  }
  for (const std::size_t count : answers) CHECK(count > 50);
}

}  // namespace
}  // namespace picket
