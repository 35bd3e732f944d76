// What a diagnostic proposes for a word that is not known: "did you mean".
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "grammar/text/diagnostic.hpp"

namespace picket {

// "did you mean `word`?"
[[nodiscard]] std::string did_you_mean(std::string_view word);

// The help asks whether the word was meant, and a fix puts it in the place of what stands at the span. `certain`: see
// Fix.
void propose(Diagnostic& diagnostic, SourceSpan span, std::string_view word, bool certain = false);

enum class Certainty : std::uint8_t {
  never,
  if_alone,  // if no other known word is near
};

// Offers a fix that writes the known word nearest to what was written, and leaves the help to say more. False if none
// is near.
bool offer_nearest(Diagnostic& diagnostic, SourceSpan span, std::string_view written,
                   std::span<const std::string_view> known, Certainty certainty);
bool offer_nearest(Diagnostic& diagnostic, SourceSpan span, std::string_view written,
                   std::span<const std::string> known, Certainty certainty);
// Proposes it: the help is the question. False if none is near; then the diagnostic stays as it is.
bool propose_nearest(Diagnostic& diagnostic, SourceSpan span, std::string_view written,
                     std::span<const std::string_view> known, Certainty certainty = Certainty::never);
bool propose_nearest(Diagnostic& diagnostic, SourceSpan span, std::string_view written,
                     std::span<const std::string> known, Certainty certainty = Certainty::never);

}  // namespace picket
