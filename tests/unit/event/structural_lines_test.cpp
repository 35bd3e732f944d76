#include "engine/event/structural_index.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"
#include "tests/unit/event/padded.hpp"

namespace picket {
namespace {

using bench::Chance;
using tests::Padded;

// What a look at one byte after the other tells.
struct Look {
  std::size_t end = 0;
  bool has_escapes = false;
  bool escapes_are_valid = true;
  std::vector<bool> odd;  // by byte of the text: beyond ASCII, or of an escape that escape() would write otherwise
};

// The unit of `\uXXXX` at a place.
std::optional<unsigned> unit_at(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "\\u" || text.size() < at + 6) return std::nullopt;
  unsigned unit = 0;
  for (const char digit : text.substr(at + 2, 4)) {
    const std::size_t value = std::string_view("0123456789abcdef0123456789ABCDEF").find(digit);
    if (value == std::string_view::npos) return std::nullopt;
    unit = unit * 16 + static_cast<unsigned>(value % 16);
  }
  return unit;
}

// The length of the escape at a place, both halves of a pair; 0 if it is none.
std::size_t escape_length(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "\\u") return std::string_view("\"\\/bfnrt").find(text[at + 1]) < 8 ? 2 : 0;
  const auto unit = unit_at(text, at);
  if (!unit || (*unit >= 0xDC00 && *unit < 0xE000)) return 0;
  if (*unit < 0xD800 || *unit >= 0xE000) return 6;
  const auto other = unit_at(text, at + 6);
  return other && *other >= 0xDC00 && *other < 0xE000 ? 12 : 0;
}

Look look(std::string_view text, std::size_t from, bool beyond_lines) {
  Look seen;
  seen.odd.resize(text.size());
  std::size_t at = from;
  while (at < text.size() && (beyond_lines || text[at] != '\n')) {
    std::size_t length = 1;
    bool is_odd = static_cast<unsigned char>(text[at]) >= 0x80;
    if (text[at] == '\\') {
      seen.has_escapes = true;
      length = escape_length(text, at);
      is_odd = length > 2 || (length == 2 && text[at + 1] == '/');
      if (length == 0) seen.escapes_are_valid = false;
      length = length == 0 ? 2 : length;
    }
    for (std::size_t i = at; i < at + length; ++i) seen.odd[i] = is_odd;
    at += length;
  }
  seen.end = at;
  return seen;
}

// Compares all that is known of a line.
void check_line(const EventPlace& found, std::size_t from, std::string_view text, bool beyond_lines, Chance& chance) {
  const Look seen = look(text, from, beyond_lines);
  CAPTURE(text, text.size(), from);
  REQUIRE(found.begin == from);
  REQUIRE(found.end.at == seen.end);
  REQUIRE(found.end.has_escapes == seen.has_escapes);
  REQUIRE(found.end.escapes_are_valid == seen.escapes_are_valid);
  if (!seen.escapes_are_valid) return;  // then nobody reads what stands there
  bool any_odd = false;
  for (std::size_t i = from; i < seen.end; ++i) {
    if (!seen.odd[i]) continue;
    any_odd = true;
    REQUIRE_FALSE(found.end.is_plain(i, i + 1));
    const std::size_t begin = i - chance.below(i - from + 1);
    const std::size_t end = i + 1 + chance.below(seen.end - i);
    REQUIRE_FALSE(found.end.is_plain(begin, end));
  }
  if (!any_odd) REQUIRE(found.end.is_plain(from, seen.end));
}

// A text of strings, one a line, from one that may be anything: without what would end or control a string.
std::string lines_of_strings(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string line(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    std::erase_if(line, [](char byte) { return byte == '"' || static_cast<unsigned char>(byte) < ' '; });
    std::size_t backslashes = 0;
    while (backslashes < line.size() && line[line.size() - 1 - backslashes] == '\\') ++backslashes;
    if (backslashes % 2 == 1) line += '"';
    text.append(1, '"').append(line).append(bytes.empty() ? "\"" : "\"\n");
  }
  return text;
}

// Looks at every line, as a reader of a block does, and at the whole, by every kernel.
void check_text(std::string_view bytes, Chance& chance) {
  static std::vector<StructuralIndex> indices = [] {
    std::vector<StructuralIndex> all;
    for (const StructuralIndex::Kernel kernel : StructuralIndex::kernels()) all.emplace_back(kernel);
    return all;
  }();
  const Padded padded(lines_of_strings(bytes), "\n x\xC3"[chance.below(4)]);
  const std::string_view text = padded.view();
  for (StructuralIndex& index : indices) {
    CAPTURE(text, &index - indices.data());
    REQUIRE(index.build(text));
    std::size_t from = 0;
    for (const EventPlace& line : index.lines()) {
      check_line(line, from, text, false, chance);
      REQUIRE(*line.places == from);
      from = line.end.at + 1;
    }
    REQUIRE(from >= text.size());
    if (text.empty()) continue;
    REQUIRE(index.build_one(text));
    REQUIRE(index.lines().size() == 1);
    check_line(index.lines().front(), 0, text, true, chance);
  }
}

TEST_CASE("a line ends at its line end or at the end of the text, wherever they stand") {
  Chance chance(1);
  for (std::size_t length = 0; length <= 200; ++length) {
    const std::string line(length, 'x');
    check_text(line, chance);
    check_text(line + "\n", chance);
    check_text(line + "\r\n\n" + line, chance);
    check_text(line + "\n" + std::string(chance.below(70), 'y') + "\n\\\\", chance);
  }
}

TEST_CASE("lines on which nothing stands are none, and one goes on up to its line end") {
  StructuralIndex index;
  for (std::size_t blanks = 0; blanks < 140; ++blanks) {
    const std::string blank(blanks, ' ');
    const Padded padded(blank + "\n[1]" + blank + "\r\n\n\t\n" + blank + "{}", '\n');
    REQUIRE(index.build(padded.view()));
    REQUIRE(index.lines().size() == 2);
    const EventPlace& first = index.lines().front();
    const EventPlace& second = index.lines().back();
    CHECK(first.begin == blanks + 1);
    CHECK(*first.places == blanks + 1);
    CHECK(first.end.at == 2 * blanks + 5);
    CHECK(*second.places == 3 * blanks + 9);
    CHECK(second.end.at == padded.view().size());
  }
}

TEST_CASE("one thing that matters is seen at every place around the borders of the words") {
  Chance chance(2);
  for (const std::string_view one :
       {"\n", "\\n", "\\\\", "\\\"", "\\/", "\\u0041", "\\ud83d\\ude00", "\xC3\xA9", "\xF0\x9F\x98\x80", "\\x", "\\u12",
        "\\ud83d", "\\ude00", "\\ude00\\ud83d", "\\u00g0", "\\ud83d\\u0041", "\\\\u0041", R"(\\\u0041)", "\\\\x"}) {
    for (std::size_t before = 0; before <= 140; ++before) {
      for (const unsigned behind : {0U, 1U, 7U, 40U, 90U}) {
        check_text(std::string(before, 'x') + std::string(one) + std::string(behind, 'y'), chance);
      }
    }
  }
}

TEST_CASE("runs of backslashes go over the borders of the words") {
  Chance chance(3);
  for (std::size_t before = 0; before <= 130; before += before % 16 == 2 ? 10 : 1) {
    for (std::size_t run = 1; run <= 140; run += run > 5 && run % 16 == 5 ? 10 : 1) {
      for (const std::string_view behind : {"\"", "n and more", "x", "u00e9.", "ud83d\\ude00", "\n\\n", "\\\n"}) {
        check_text(std::string(before, 'a') + std::string(run, '\\') + std::string(behind), chance);
      }
    }
  }
}

TEST_CASE("random texts are seen as a simple loop sees them") {
  constexpr std::array<std::string_view, 22> parts = {"x",
                                                      "some longer plain text",
                                                      "\n",
                                                      "\r\n",
                                                      "\\n",
                                                      "\\\\",
                                                      "\\\"",
                                                      "\\/",
                                                      "\"",
                                                      "\\u0041",
                                                      "\\ud83d\\ude00",
                                                      "\xC3\xA9",
                                                      "u0041",
                                                      R"(\\\\\\\\)",
                                                      "0123456789abcdef",
                                                      "\t",
                                                      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                                                      "{\"k\":1}",
                                                      "\\b",
                                                      "\xF0\x9F\x98\x80",
                                                      "\\\\u00e9",
                                                      "z"};
  constexpr std::array<std::string_view, 5> faults = {"\\x", "\\u12", "\\ud83d", "\\udc00", "\\u"};
  Chance chance(4);
  std::size_t sound = 0;
  constexpr std::size_t rounds = 20'000;
  for (std::size_t i = 0; i < rounds; ++i) {
    std::string text;
    // Few parts of the kinds, so that some texts have nothing odd.
    const std::size_t kinds = 1 + chance.below(parts.size());
    const std::size_t first = chance.below(parts.size());
    const std::size_t count = chance.below(25);
    const std::size_t fault = chance.one_in(3) ? chance.below(count + 1) : count;
    for (std::size_t n = 0; n < count; ++n) {
      text += n == fault ? chance.pick(faults) : parts[(first + chance.below(kinds)) % parts.size()];
    }
    check_text(text, chance);
    sound += look(text, 0, true).escapes_are_valid ? 1 : 0;
  }
  CHECK(sound > rounds / 4);
  CHECK(sound < rounds);
}

TEST_CASE("what is odd far from a part, or on another line, does not make the part odd") {
  for (const std::string_view odd : {"\xC3\xA9", "\\u0041", "\\/"}) {
    INFO(odd);
    const std::string before(1'000, 'x');
    const std::string behind(1'000, 'y');
    const Padded one_line("\"" + before + std::string(odd) + behind + "\"");
    StructuralIndex index;
    REQUIRE(index.build(one_line.view()));
    const LineEnd& line = index.lines().front().end;
    CHECK(line.is_plain(0, 800));
    CHECK(line.is_plain(1'200, 2'000));
    CHECK_FALSE(line.is_plain(0, 2'000));
    const Padded three_lines("\"x\"\n\"" + std::string(odd) + "\"\n\"y\"");
    REQUIRE(index.build(three_lines.view()));
    REQUIRE(index.lines().size() == 3);
    CHECK(index.lines()[0].end.is_plain(0, 3));
    CHECK_FALSE(index.lines()[1].end.is_plain(5, 6));
    CHECK(index.lines()[2].end.is_plain(three_lines.view().size() - 3, three_lines.view().size()));
  }
}

}  // namespace
}  // namespace picket
