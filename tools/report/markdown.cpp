#include "tools/report/markdown.hpp"

#include <algorithm>
#include <cstddef>

#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::string_view unseen = "\u200b";  // ZERO WIDTH SPACE: parts what must not be read together

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Whether a `&` here begins a character reference, `&lt;`, `&#64;`.
bool begins_reference(std::string_view text, std::size_t at) {
  const std::size_t first = at + 1;
  std::size_t end = first;
  while (end < text.size() && (is_word(text[end]) || text[end] == '#')) ++end;
  return end > first && end < text.size() && text[end] == ';';
}

// Runners of workflows read commands from what is printed: `::error …` where a line begins, `##[error]…` anywhere.
std::string without_commands(std::string_view text) {
  std::string result;
  bool beginning = true;  // nothing but blanks on this line yet
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '[' && result.ends_with("##")) result += unseen;
    if (beginning && text.substr(i).starts_with("::")) result += unseen;
    beginning = c == '\n' || (beginning && (c == ' ' || c == '\t'));
    result += c;
  }
  return result;
}

}  // namespace

std::string markdown_text(std::string_view text) {
  const std::string safe = without_commands(escape_controls(text));
  std::string escaped;
  for (std::size_t i = 0; i < safe.size(); ++i) {
    const char c = safe[i];
    const bool markup = std::string_view("\\`*_[]<>|#~").find(c) != std::string_view::npos;
    if (markup || (c == '&' && begins_reference(safe, i))) escaped += '\\';
    escaped += c;
    // A backslash is gone when mentions are looked for.
    if (c == '@') escaped += unseen;
  }
  return escaped;
}

std::string html_text(std::string_view text) {
  std::string escaped;
  for (const char c : without_commands(escape_controls(text))) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      default:
        escaped += c;
    }
    if (c == '@') escaped += unseen;
  }
  return escaped;
}

std::string markdown_block(std::string_view language, std::string_view text) {
  std::size_t longest = 2;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  std::string block = fence + std::string(language) + "\n" + without_commands(text);
  if (!block.ends_with('\n')) block += '\n';
  return block + fence + "\n";
}

}  // namespace picket
