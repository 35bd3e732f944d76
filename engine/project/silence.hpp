// Comments that silence diagnostics where they do not apply:
//
//     # picket: ignore unknown-field the vendor's documents have it, our samples do not
//
// On the line of something it silences what is said of that line; on a line of its own what is said of the next line
// that holds more than a comment; before the first key of a file what is said of the file. Errors are never silenced.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/frontend/rule.hpp"
#include "grammar/text/diagnostic.hpp"
#include "grammar/text/source.hpp"

namespace picket {

// One comment that silences.
struct Ignore {
  SourceSpan comment;
  std::vector<Located<std::string>> codes;
  bool has_reason = false;
  std::uint32_t line = 0;  // of which it speaks, from 1; 0: of the whole file
};

// The comments of a file that begin with `picket:`, those within conditions included: what they silence, and
// `bad-ignore` for those that are not well formed. A file that is no well-formed YAML has none.
[[nodiscard]] std::vector<Ignore> find_ignores(const SourcePtr& source, Diagnostics& diagnostics);

struct SilenceOptions {
  // Whether to tell of comments that silence nothing (unused-ignore): only where every diagnostic has been asked for.
  // Of a file with errors it is never told, because they end the search for more.
  bool tell_unused = true;
  std::size_t threads = 0;  // 0: as many as the machine has
};

// Drops the diagnostics that comments in their files silence, and adds what is wrong with those comments, there and in
// the other files of `sources`.
void silence(std::span<const SourcePtr> sources, const SilenceOptions& options, Diagnostics& diagnostics);

}  // namespace picket
