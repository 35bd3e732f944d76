#include "engine/site/logic_text.hpp"

#include <algorithm>

#include "engine/sigma/native_text.hpp"
#include "grammar/layout/layout.hpp"

namespace picket::site {
namespace {

// What stands at the place, its lines moved to the left by as much as the first is indented.
std::string without_indent(const Source& source, SourceSpan span) {
  const std::uint32_t indent = source.locate(span.begin).column - 1;
  std::string text;
  std::size_t blanks = indent;
  for (const char c : source.text(span)) {
    if (c == '\r') continue;
    if (blanks < indent && c == ' ') {
      ++blanks;
      continue;
    }
    blanks = c == '\n' ? 0 : indent;
    text += c;
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

// The text that stands there, if it is the language and not YAML's way to quote it.
std::optional<std::string> written(const Source& source, SourceSpan span, syntax::TextForm form) {
  if (span.begin >= span.end) return std::nullopt;
  std::string text = without_indent(source, span);
  if (!syntax::parse_tree(text, form)) return std::nullopt;
  return text;
}

std::string without_line_end(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

bool has_own_texts(const Rule& rule) {
  return rule.format == RuleFormat::picket && rule.filters == 0 && !rule.inherits(rule.condition.span);
}

}  // namespace

LogicText logic_text(const Rule& rule) {
  LogicText logic;
  if (has_own_texts(rule)) {
    if (auto text = written(*rule.source, rule.condition.span, syntax::TextForm::condition)) {
      logic.condition = lay_out(*text, syntax::TextForm::condition).value_or(*text);
      if (logic.condition == *text) logic.first_line = rule.source->locate(rule.condition.span.begin).line;
    }
    if (!rule.definitions.empty()) {
      const SourceSpan span{rule.definitions.front().span.begin, rule.definitions.back().span.end};
      if (auto text = written(*rule.source, span, syntax::TextForm::definitions)) {
        logic.definitions = lay_out(*text, syntax::TextForm::definitions).value_or(*text);
      }
    }
  }
  if (logic.condition.empty()) logic.condition = without_line_end(sigma::condition_text(rule));
  if (logic.definitions.empty()) logic.definitions = without_line_end(sigma::definitions_text(rule));
  return logic;
}

}  // namespace picket::site
