// The list of tests in a rule's file, as its author wrote it. Internal to engine/mutation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/edit/edit.hpp"
#include "engine/frontend/rule.hpp"

namespace picket {

// Of a file that is written.
constexpr std::size_t file_columns = 120;

// How the list of tests is written.
struct ListStyle {
  bool block = true;     // items behind `-`, not within brackets
  std::size_t dash = 2;  // columns before the `-`
};

[[nodiscard]] ListStyle list_style(std::string_view text, const TestHeading& first);

// Puts tests behind those that a rule has, in their style.
class TestList {
 public:
  // `text` outlives it.
  template <typename Test>
  TestList(std::string_view text, const std::vector<Test>& tests) : text_(text) {
    for (const Test& test : tests) names_.insert(test.name.value);
    if (tests.empty()) return;
    style_ = list_style(text_, tests.front());
    end_ = tests.back().span.end;
  }

  [[nodiscard]] const ListStyle& style() const { return style_; }

  // A name like this that no test has yet, as YAML.
  std::string new_name(const std::string& name);
  // The edit that adds items, written in the style of the list.
  [[nodiscard]] Edit add(std::string items) const;

 private:
  std::string_view text_;
  ListStyle style_;
  std::set<std::string> names_;
  std::optional<std::uint32_t> end_;  // of the last test
};

// The edits with CRLF for LF if that is how the first line of the text ends.
[[nodiscard]] std::vector<Edit> in_line_ends_of(std::string_view text, std::vector<Edit> edits);

}  // namespace picket
