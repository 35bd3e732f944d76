#include "engine/edit/edit.hpp"

#include "tests/catch.hpp"

namespace picket::tests {

TEST_CASE("edits are applied in the order of the text, whatever order they are given in") {
  const Edited edited = apply_edits("one two three", {{{8, 13}, "3"}, {{0, 3}, "1"}, {{4, 4}, "and "}});
  CHECK(edited.text == "1 and two 3");
  CHECK(edited.left_out.empty());
  CHECK(apply_edits("same", {}).text == "same");
}

TEST_CASE("of edits that overlap the first given wins, the others are named") {
  const Edited edited = apply_edits("abcdef", {{{2, 4}, "X"}, {{0, 3}, "Y"}, {{3, 6}, "Z"}, {{4, 6}, "W"}});
  CHECK(edited.text == "abXW");
  CHECK(edited.left_out == std::vector<std::size_t>{1, 2});
  // One that holds another, and one that lies within it.
  CHECK(apply_edits("abcdef", {{{2, 4}, ""}, {{0, 6}, "all"}}).left_out == std::vector<std::size_t>{1});
  CHECK(apply_edits("abcdef", {{{0, 6}, "all"}, {{2, 4}, ""}}).text == "all");
}

TEST_CASE("edits may touch, insertions may not meet") {
  CHECK(apply_edits("ab", {{{0, 1}, "x"}, {{1, 2}, "y"}, {{1, 1}, "-"}, {{2, 2}, "."}}).text == "x-y.");
  const Edited edited = apply_edits("ab", {{{1, 1}, "1"}, {{1, 1}, "2"}});
  CHECK(edited.text == "a1b");
  CHECK(edited.left_out == std::vector<std::size_t>{1});
  CHECK(apply_edits("abc", {{{0, 3}, "x"}, {{1, 1}, "!"}}).left_out == std::vector<std::size_t>{1});
}

}  // namespace picket::tests
