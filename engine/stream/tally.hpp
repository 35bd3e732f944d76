// What a run has seen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace picket {

struct Tally {
  std::uint64_t events = 0;                      // objects that were judged
  std::uint64_t bytes = 0;                       // of text, unpacked
  std::map<std::string, std::uint64_t> invalid;  // dead letters by reason
  std::uint64_t without_log_type = 0;            // events judged by the rules that name none
  // Events of log types that no rule judges, by log type. Beyond a bound of distinct ones they are filed under "…".
  std::map<std::string, std::uint64_t, std::less<>> unjudged;
  std::vector<std::uint64_t> matches;  // by RuleIndex
  std::uint64_t alerts = 0;
  std::uint64_t given_up = 0;  // rules that ran out of steps on an event

  [[nodiscard]] std::uint64_t invalid_count() const;
};

// Counts words, in the order in which they are first seen. Fast where few of them come again and again.
class WordCounts {
 public:
  void count(std::string_view word);
  [[nodiscard]] const std::vector<std::pair<std::string, std::uint64_t>>& counts() const { return counts_; }
  void clear();

 private:
  [[nodiscard]] std::size_t index_of(std::string_view word);

  std::vector<std::pair<std::string, std::uint64_t>> counts_;
  std::map<std::string, std::size_t, std::less<>> indices_;
  // Where a word was found last, by what it looks like; 0 is none, else the index plus one.
  std::vector<std::size_t> recent_;
};

// What the events of one batch add to a tally, beside their alerts and dead letters.
struct BatchCounts {
  std::uint64_t events = 0;
  std::uint64_t without_log_type = 0;
  std::uint64_t given_up = 0;
  WordCounts unjudged;

  void clear();
};

// At most `log_types` distinct words in Tally::unjudged: which ones depends only on the order of events.
void add_counts(Tally& tally, const BatchCounts& counts, std::size_t log_types);

}  // namespace picket
