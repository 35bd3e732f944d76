// What Picket says to the author of a rule: a Diagnostic is a value with a code, a place, our own words and, where
// there is one, a cure. Nothing here prints; tools/ renders diagnostics for a terminal, JSON, SARIF or a code host.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/text/source.hpp"

namespace picket {

// How much a diagnostic matters to the run. (Severity is a word for rules.)
enum class Level : std::uint8_t { error, warning, note };

[[nodiscard]] std::string_view spelling(Level level);

// One enumerator per row of diagnostic_codes.def. Codes are stable words: `unknown-operator`.
enum class Code : std::uint16_t {
#define PICKET_CODE(name, word, level, title) name,
#include "grammar/text/diagnostic_codes.def"
#undef PICKET_CODE
};

struct CodeRow {
  Code code;
  std::string_view word;   // what users see and type
  Level level;             // the level a diagnostic of this code has
  std::string_view title;  // one line, no full stop
};

// Every code, in the table's order.
[[nodiscard]] std::span<const CodeRow> diagnostic_codes();
[[nodiscard]] const CodeRow& row_of(Code code);
[[nodiscard]] std::optional<Code> code_from_word(std::string_view word);

// A replacement of bytes of the source that cures the problem.
struct Fix {
  std::string title;  // "write `eq`"
  SourceSpan span;
  std::string replacement;
  bool certain = false;  // nothing else can have been meant: `picket check --fix` writes it without asking

  friend bool operator==(const Fix&, const Fix&) = default;
};

// A second place that helps to understand the first: "first defined here".
struct Related {
  SourcePtr source;
  SourceSpan span;
  std::string message;
};

struct Diagnostic {
  Code code{};
  Level level = Level::error;
  SourcePtr source;  // never null
  SourceSpan span;
  std::string message;     // a sentence without its full stop; quotes what the author wrote in backquotes
  std::string help;        // what to do about it, or empty
  std::vector<Fix> fixes;  // the likeliest first
  std::vector<Related> related;
};

// Collects the diagnostics of a run. Not shared between threads: each worker has its own and they are appended in
// order.
class Diagnostics {
 public:
  // Adds a diagnostic of the code's own level and returns it for `help`, `fixes` and `related`; the reference lives
  // until the next call.
  Diagnostic& add(Code code, SourcePtr source, SourceSpan span, std::string message);
  void append(Diagnostics other);
  // Adds one that is made already; gives all away, and has none left.
  void put(Diagnostic diagnostic);
  [[nodiscard]] std::vector<Diagnostic> take();

  [[nodiscard]] const std::vector<Diagnostic>& all() const { return items_; }
  [[nodiscard]] bool has_errors() const;
  [[nodiscard]] std::size_t size() const { return items_.size(); }

  // By file name, then place, then code: the order in which every report shows them. Stable; what is said twice of one
  // place is said once.
  void sort();

 private:
  std::vector<Diagnostic> items_;
};

}  // namespace picket
