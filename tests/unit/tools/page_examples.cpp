#include "tests/unit/tools/page_examples.hpp"

#include <charconv>

namespace picket::tests {
namespace {

constexpr std::string_view opening = "«";
constexpr std::string_view closing = "»×";

std::string expand(std::string_view text) {
  std::string expanded;
  while (!text.empty()) {
    if (text.starts_with("\\x")) {
      unsigned byte = 0;
      std::from_chars(text.data() + 2, text.data() + 4, byte, 16);
      expanded += static_cast<char>(byte);
      text.remove_prefix(4);
    } else if (text.starts_with(opening)) {
      const std::size_t end = text.find(closing);
      const std::string_view repeated = text.substr(opening.size(), end - opening.size());
      text.remove_prefix(end + closing.size());
      std::size_t times = 0;
      const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), times);
      text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
      for (std::size_t i = 0; i < times; ++i) expanded += repeated;
    } else {
      expanded += text.front();
      text.remove_prefix(1);
    }
  }
  return expanded;
}

}  // namespace

PageExample example_of(std::string_view page, std::string_view section) {
  PageExample example;
  const std::string heading = "\n## " + std::string(section) + "\n";
  const std::size_t begin = page.find(heading);
  if (begin == std::string_view::npos) return example;
  page.remove_prefix(begin + heading.size());
  page = page.substr(0, page.find("\n## "));
  for (std::size_t fence = page.find("```"); fence != std::string_view::npos; fence = page.find("```")) {
    page.remove_prefix(fence + 3);
    const std::size_t line_end = page.find('\n');
    const std::string_view words = page.substr(0, line_end);
    const std::size_t end = page.find("```", line_end);
    const std::string_view body = page.substr(line_end + 1, end - line_end - 1);
    page.remove_prefix(end + 3);
    // A file that the others name: ```csv people.csv
    if (words.starts_with("csv ")) {
      example.files.emplace(words.substr(4), body);
      continue;
    }
    example.kind = words.substr(0, words.find(' '));
    example.texts.push_back(words.ends_with("shorthand") ? expand(body) : std::string(body));
  }
  return example;
}

}  // namespace picket::tests
