// unknown-field, wrong-case-field: a path that no known event of the log type has is most often a typing error, and a
// comparison on it is silently false.
#include <set>

#include "engine/analyse/lints/lint.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {

namespace {

// Where step `index` of a path stands in the text of the path.
SourceSpan step_span(const LintInput& input, const FieldUse& use, std::size_t index) {
  const std::string_view text = input.source->text(use.span);
  std::size_t at = 0;
  for (std::size_t i = 0; i <= index; ++i) {
    const auto* key = std::get_if<std::string>(&use.path[i]);
    if (key == nullptr) continue;
    const std::size_t found = text.find(*key, at);
    if (found == std::string_view::npos) return use.span;
    if (i == index) {
      const auto begin = static_cast<std::uint32_t>(use.span.begin + found);
      return {begin, begin + static_cast<std::uint32_t>(key->size())};
    }
    at = found + key->size();
  }
  return use.span;
}

std::string log_types_text(const Rule& rule) {
  std::string text;
  for (const auto& log_type : rule.log_types) text += (text.empty() ? "" : ", ") + log_type.value;
  return text;
}

}  // namespace

void lint_unknown_field(const LintInput& input, Diagnostics& diagnostics) {
  if (input.rule == nullptr || input.fields == nullptr) return;
  std::set<std::uint32_t> said;
  for (const FieldUse& use : input.field_uses) {
    const FieldLookup lookup = input.fields->look_up(input.rule->log_types, use.path);
    if (lookup.verdict != FieldLookup::Verdict::unknown && lookup.verdict != FieldLookup::Verdict::wrong_case) continue;
    const SourceSpan span = step_span(input, use, lookup.step);
    if (!said.insert(span.begin).second) continue;
    const auto& written = std::get<std::string>(use.path[lookup.step]);
    if (lookup.verdict == FieldLookup::Verdict::wrong_case) {
      Diagnostic& diagnostic = diagnostics.add(
          Code::wrong_case_field, input.source, span,
          "events of " + log_types_text(*input.rule) + " write `" + written + "` as `" + lookup.actual + "`");
      diagnostic.help = "it works, but every look-up first misses";
      diagnostic.fixes.push_back(
          {.title = "write `" + lookup.actual + "`", .span = span, .replacement = lookup.actual});
      continue;
    }
    const auto whole = use.path.begin() + static_cast<std::ptrdiff_t>(lookup.step);
    if (lookup.in_elements) {
      const std::string list = path_text({use.path.begin(), whole});
      diagnostics
          .add(Code::unknown_field, input.source, span,
               list + " is a list in the test events, and it is its elements that have `" + written + "`")
          .help = "write `any " + list + " { ." + written + " … }`";
      continue;
    }
    Diagnostic& diagnostic = diagnostics.add(Code::unknown_field, input.source, span,
                                             "no test event of " + log_types_text(*input.rule) + " has the field " +
                                                 path_text({use.path.begin(), whole + 1}));
    if (!propose_nearest(diagnostic, span, written, lookup.siblings)) {
      diagnostic.help = "if the field is right, add a test whose event has it";
    }
  }
}

}  // namespace picket
