#include "engine/event/structural_index.hpp"

#include <array>
#include <string>
#include <vector>

#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"
#include "tests/unit/event/padded.hpp"

namespace picket {
namespace {

using bench::Chance;
using tests::Padded;
using Places = std::vector<std::uint32_t>;

// Each test is done by every kernel that this processor has.
StructuralIndex::Kernel any_kernel() {
  const std::vector<StructuralIndex::Kernel> kernels = StructuralIndex::kernels();
  const std::size_t which = GENERATE_COPY(range(std::size_t{0}, kernels.size()));
  INFO("kernel " << which);
  return kernels[which];
}

// What the index says, without its sentinels. REQUIRES: there is one.
Places places_of(StructuralIndex& index, std::string_view text) {
  const Padded padded(text, '"');
  REQUIRE(index.build(padded.view()));
  for (std::size_t i = 0; i < StructuralIndex::sentinels; ++i)
    REQUIRE(index.places()[index.count() + i] == text.size());
  return {index.places(), index.places() + index.count()};
}

// The same by a loop over the bytes of JSON texts.
Places looked_for(std::string_view text) {
  Places places;
  bool in_token = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    const bool is_mark = std::string_view("{}[],:").find(byte) != std::string_view::npos;
    const bool is_blank = std::string_view(" \t\r\n").find(byte) != std::string_view::npos;
    if (is_mark || (!is_blank && !in_token)) places.push_back(static_cast<std::uint32_t>(at));
    in_token = !is_mark && !is_blank;
    if (byte != '"') continue;
    for (++at; text[at] != '"'; ++at) at += text[at] == '\\' ? 1 : 0;
    in_token = false;
  }
  return places;
}

TEST_CASE("the places are those of brackets, commas, colons and of what begins a value") {
  StructuralIndex index(any_kernel());
  CHECK(places_of(index, R"({"a":1})") == Places{0, 1, 4, 5, 6});
  CHECK(places_of(index, R"( [ true , "x,]" ] )") == Places{1, 3, 8, 10, 16});
  CHECK(places_of(index, R"("\"{")") == Places{0});
  CHECK(places_of(index, "{}\n[]\n-1.5e3\n") == Places{0, 1, 3, 4, 6});
  CHECK(places_of(index, "7") == Places{0});
}

TEST_CASE("blank texts have an index without places and without lines") {
  StructuralIndex index(any_kernel());
  for (const std::string_view text : {"", " ", "\n\r\n\t "}) {
    CHECK(places_of(index, text).empty());
    CHECK(index.lines().empty());
  }
}

TEST_CASE("what is no UTF-8, is not closed or is controlled has no index") {
  StructuralIndex index(any_kernel());
  for (const std::string_view text :
       {std::string_view("\"\xff\""), std::string_view("\"\xC3\""), std::string_view("\"\xC0\x80\""),
        std::string_view("\"\xED\xA0\x80\""), std::string_view("\"\xF4\x90\x80\x80\""), std::string_view("{}\xE2\x82"),
        std::string_view("\""), std::string_view("{\"a"), std::string_view(R"({"a\"})"), std::string_view("\"a\nb\""),
        std::string_view("\"a\tb\""), std::string_view("\"a\0b\"", 5), std::string_view("\"\x1f\""),
        std::string_view("\"a\\\n\"")}) {
    INFO(text);
    const Padded padded(text, '"');
    CHECK_FALSE(index.build(padded.view()));
    CHECK(index.count() == 0);
    CHECK(index.lines().empty());
    CHECK(places_of(index, "{}") == Places{0, 1});  // the next text does not suffer from it
  }
}

TEST_CASE("one fault anywhere makes the whole index impossible") {
  StructuralIndex index(any_kernel());
  for (std::size_t before = 0; before < 200; ++before) {
    const std::string sound = "[" + std::string(before, ' ') + R"("x")";
    INFO(before);
    REQUIRE(places_of(index, sound + "]") == looked_for(sound + "]"));
    for (const std::string_view fault : {"\"\xff\"", "\"", "\"\x01\""}) {
      const Padded padded(sound + std::string(fault) + "]" + std::string(200 - before, ' '));
      REQUIRE_FALSE(index.build(padded.view()));
    }
  }
}

TEST_CASE("random texts are indexed as a simple loop does, whatever was indexed before") {
  constexpr std::array<std::string_view, 20> parts = {
      "{",        "}",
      "[",        "]",
      ",",        ":",
      " ",        "\n",
      "\"key\"",  R"("\"")",
      "12",       R"("\\")",
      "true",     "\r\n\t",
      "-0.5e7",   "null",
      "\"[{,:\"", "\"\xC3\xA9\"",
      "\"\"",     "\"a text of more than thirty-two bytes, with marks: {}\""};
  Chance chance(1);
  StructuralIndex index(any_kernel());
  for (int i = 0; i < 10'000; ++i) {
    std::string text = "[";
    for (std::size_t n = chance.below(100); n > 0; --n) {
      text += chance.pick(parts);
      text += chance.one_in(2) ? "," : " ";
    }
    INFO(text);
    REQUIRE(places_of(index, text) == looked_for(text));
  }
}

TEST_CASE("texts may be larger than any before") {
  StructuralIndex index(any_kernel());
  std::string text = R"({"a":[1,2]})";
  while (text.size() < 1'000'000) {
    text += "\n" + text;
    CHECK(places_of(index, text) == looked_for(text));
    CHECK(places_of(index, "[1]") == Places{0, 1, 2});
  }
  const std::string marks(300'000, '[');
  CHECK(places_of(index, marks).size() == marks.size());
}

}  // namespace
}  // namespace picket
