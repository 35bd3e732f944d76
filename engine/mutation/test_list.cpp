#include "engine/mutation/test_list.hpp"

#include <algorithm>
#include <utility>

#include "engine/yaml/emit.hpp"

namespace picket {
namespace {

// The list of tests that is there and holds none: `Tests: []`, or nothing behind the colon; its value.
std::optional<SourceSpan> empty_list(std::string_view text) {
  std::size_t key = text.starts_with("Tests:") ? 0 : text.find("\nTests:");
  if (key == std::string_view::npos) return std::nullopt;
  key += text[key] == '\n' ? 7 : 6;
  const std::size_t value = text.find_first_not_of(" \t", key);
  const bool brackets = value != std::string_view::npos && text.substr(value).starts_with("[]");
  return SourceSpan{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(brackets ? value + 2 : key)};
}

}  // namespace

// The `-` of an item may stand on a line of its own, or before an anchor.
ListStyle list_style(std::string_view text, const TestHeading& first) {
  std::size_t dash = text.find_last_not_of(" \t\r\n", first.span.begin == 0 ? 0 : first.span.begin - 1);
  if (dash != std::string_view::npos && text[dash] != '-' && text[dash] != '[' && text[dash] != ',') {
    const std::size_t word = text.find_last_of(" \t\r\n", dash);
    if (word != std::string_view::npos && text[word + 1] == '&') dash = text.find_last_not_of(" \t\r\n", word);
  }
  if (dash == std::string_view::npos || text[dash] != '-') return {.block = false, .dash = 2};
  const std::size_t line = dash == 0 ? 0 : text.rfind('\n', dash - 1) + 1;
  return {.block = true, .dash = dash - line};
}

std::string TestList::new_name(const std::string& name) {
  std::string unique = name;
  for (int number = 2; !names_.insert(unique).second; ++number) unique = name + " (" + std::to_string(number) + ")";
  return yaml::emit_text(unique, style_.block ? yaml::Context::block : yaml::Context::flow);
}

Edit TestList::add(std::string items) const {
  const auto end = static_cast<std::uint32_t>(text_.size());
  if (!end_) {
    if (const auto list = empty_list(text_)) {
      items.pop_back();  // the line ends already
      return {.span = *list, .replacement = "\n" + items};
    }
    const bool complete = text_.empty() || text_.ends_with('\n');
    return {.span = {end, end}, .replacement = (complete ? "" : "\n") + std::string("Tests:\n") + items};
  }
  std::uint32_t at = *end_;
  if (style_.block) {
    // A span can end with its line.
    if (at == 0 || text_[at - 1] != '\n') at = static_cast<std::uint32_t>(std::min(text_.find('\n', at), text_.size()));
    const bool complete = at > 0 && text_[at - 1] == '\n';
    if (!complete && at < text_.size()) ++at;
    if (!complete && at == text_.size() && !text_.ends_with('\n')) items = "\n" + items;
  }
  return {.span = {at, at}, .replacement = std::move(items)};
}

std::vector<Edit> in_line_ends_of(std::string_view text, std::vector<Edit> edits) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos || end == 0 || text[end - 1] != '\r') return edits;
  for (Edit& edit : edits) {
    std::string lines;
    for (const char c : edit.replacement) {
      if (c == '\n') lines += '\r';
      lines += c;
    }
    edit.replacement = std::move(lines);
  }
  return edits;
}

}  // namespace picket
