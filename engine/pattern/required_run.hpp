// RequiredRun: what a regex can be told not to stand in, without running it. Many regexes of rules ask for a long run
// of characters of one kind (`[A-Za-z0-9+/=]{40,}`, `.{1000,}`), which hardly any text has; a look at every fortieth
// byte tells so, where RE2 looks at each, and has a state for each of a thousand repetitions.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace picket {

using ByteSet = std::bitset<256>;

struct RequiredRun {
  // What the pattern of a regex that RE2 accepts says; of what is not understood, that nothing is required. `folded`:
  // it ignores case.
  [[nodiscard]] static RequiredRun of(std::string_view pattern, bool folded);

  enum class Answer : std::uint8_t { no, yes, unsure };
  // Whether the regex is found in a text. Takes time that is linear in it.
  [[nodiscard]] Answer found_in(std::string_view text) const;

  // What every text has in which the regex is found: so many bytes, and among them as many of `bytes`, one beside the
  // other, as `run` says.
  std::size_t least = 0;
  std::size_t run = 0;
  ByteSet bytes;
  // Such a run of bytes of these, all of them ASCII, is all that the regex asks for.
  ByteSet enough;
};

}  // namespace picket
