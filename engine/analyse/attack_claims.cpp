#include "engine/analyse/attack_claims.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "engine/attack/attack_table.hpp"
#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

// The text within its quotes; all of the span if the text does not stand there as it reads (it has escapes, say).
SourceSpan text_span(const Source& source, const Located<std::string>& item) {
  const std::size_t at = source.text(item.span).find(item.value);
  if (at == std::string_view::npos) return item.span;
  const auto begin = static_cast<std::uint32_t>(item.span.begin + at);
  return {begin, begin + static_cast<std::uint32_t>(item.value.size())};
}

std::optional<AttackClaim> claim_of_item(const Source& source, const Located<std::string>& item) {
  const std::string_view text = item.value;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || !is_tactic_id(text.substr(0, colon)) ||
      !is_technique_id(text.substr(colon + 1))) {
    return std::nullopt;
  }
  const SourceSpan span = text_span(source, item);
  const bool verbatim = span.end - span.begin == text.size();
  const auto middle = static_cast<std::uint32_t>(span.begin + colon);
  return AttackClaim{.span = span,
                     .tactic = std::string(text.substr(0, colon)),
                     .technique = std::string(text.substr(colon + 1)),
                     .tactic_span = verbatim ? SourceSpan{span.begin, middle} : span,
                     .technique_span = verbatim ? SourceSpan{middle + 1, span.end} : span};
}

std::optional<AttackClaim> claim_of_tag(const Source& source, const Located<std::string>& tag) {
  const std::string text = ascii_upper(std::string(tag.value));
  constexpr std::string_view prefix = "ATTACK.";
  const std::size_t skipped = text.starts_with(prefix) ? prefix.size() : 0;
  const std::string id = text.substr(skipped);
  const bool tactic = is_tactic_id(id);
  if (!tactic && !is_technique_id(id)) return std::nullopt;
  SourceSpan span = text_span(source, tag);
  if (span.end - span.begin == text.size()) span.begin += static_cast<std::uint32_t>(skipped);
  return AttackClaim{.span = span,
                     .tactic = tactic ? id : "",
                     .technique = tactic ? "" : id,
                     .tactic_span = span,
                     .technique_span = span,
                     .tag = true};
}

}  // namespace

AttackClaims attack_claims(const RuleMetadata& rule) {
  AttackClaims result;
  for (const auto& tag : rule.tags) {
    if (auto claim = claim_of_tag(*rule.source, tag)) result.claims.push_back(*std::move(claim));
  }
  for (const Report& report : rule.reports) {
    if (ascii_upper(std::string(report.framework.value)).find("ATT&CK") == std::string::npos) continue;
    for (const auto& item : report.items) {
      if (auto claim = claim_of_item(*rule.source, item)) {
        result.claims.push_back(*std::move(claim));
      } else {
        result.malformed.push_back({item.value, text_span(*rule.source, item)});
      }
    }
  }
  std::ranges::stable_sort(result.claims, {}, [](const AttackClaim& claim) { return claim.span.begin; });
  return result;
}

}  // namespace picket
