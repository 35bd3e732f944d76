#include "grammar/text/suggestion.hpp"

#include <vector>

#include "grammar/text/backquoted.hpp"
#include "grammar/text/nearest.hpp"

namespace picket {

std::string did_you_mean(std::string_view word) { return "did you mean " + backquoted(word) + "?"; }

void propose(Diagnostic& diagnostic, SourceSpan span, std::string_view word, bool certain) {
  diagnostic.help = did_you_mean(word);
  diagnostic.fixes.push_back({"write " + backquoted(word), span, std::string(word), certain});
}

bool offer_nearest(Diagnostic& diagnostic, SourceSpan span, std::string_view written,
                   std::span<const std::string_view> known, Certainty certainty) {
  const auto meant = nearest(written, known);
  if (!meant) return false;
  const bool certain = certainty == Certainty::if_alone && is_only_near(written, *meant, known);
  diagnostic.fixes.push_back({"write " + backquoted(*meant), span, *meant, certain});
  return true;
}

bool propose_nearest(Diagnostic& diagnostic, SourceSpan span, std::string_view written,
                     std::span<const std::string_view> known, Certainty certainty) {
  if (!offer_nearest(diagnostic, span, written, known, certainty)) return false;
  diagnostic.help = did_you_mean(diagnostic.fixes.back().replacement);
  return true;
}

bool offer_nearest(Diagnostic& diagnostic, SourceSpan span, std::string_view written,
                   std::span<const std::string> known, Certainty certainty) {
  const std::vector<std::string_view> views(known.begin(), known.end());
  return offer_nearest(diagnostic, span, written, std::span<const std::string_view>(views), certainty);
}

bool propose_nearest(Diagnostic& diagnostic, SourceSpan span, std::string_view written,
                     std::span<const std::string> known, Certainty certainty) {
  const std::vector<std::string_view> views(known.begin(), known.end());
  return propose_nearest(diagnostic, span, written, std::span<const std::string_view>(views), certainty);
}

}  // namespace picket
