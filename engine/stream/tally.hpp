// What a run has seen.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/state/alert.hpp"
#include "engine/state/signal.hpp"

namespace picket {

// What one rule has come to.
struct RuleTally {
  std::uint64_t matches = 0;                   // signals; of a correlation rule, firings
  std::uint64_t alerts = 0;                    // that were created
  std::array<std::uint64_t, 5> by_severity{};  // the same, in the order of Severity
  std::optional<Time> first;  // the earliest and the latest of the events matched that say when they happened
  std::optional<Time> last;
};

// How long it takes to judge an event: events by the mean of the batch that they were judged in.
struct EvaluationTimes {
  static constexpr std::array<double, 9> bounds = {2.5e-7, 5e-7, 1e-6, 2e-6, 5e-6, 1e-5, 1e-4, 1e-3, 1e-2};  // seconds

  std::array<std::uint64_t, bounds.size() + 1> counts{};  // up to each bound, and beyond the last
  double seconds = 0;                                     // of all

  void add(std::uint64_t events, double batch_seconds);
};

struct Tally {
  std::uint64_t events = 0;                      // objects that were judged
  std::uint64_t bytes = 0;                       // of text, unpacked
  std::map<std::string, std::uint64_t> invalid;  // dead letters by reason
  std::uint64_t without_log_type = 0;            // events judged by the rules that name none
  // Events of log types that no rule judges, by log type. Beyond a bound of distinct ones they are filed under "…".
  std::map<std::string, std::uint64_t, std::less<>> unjudged;
  std::map<std::string, std::uint64_t, std::less<>> judged;  // events of the others, by log type
  std::map<std::string, RuleTally, std::less<>> rules;       // that matched, by id
  std::uint64_t matches = 0;
  std::uint64_t alerts = 0;   // that were created
  std::uint64_t updates = 0;  // of alerts
  EvaluationTimes evaluation;
  std::uint64_t given_up = 0;  // rules that ran out of steps on an event

  [[nodiscard]] std::uint64_t invalid_count() const;
};

// Counts words, in the order in which they are first seen. Fast where few of them come again and again, in one count
// and in the next: words are kept for that, up to a bound.
class WordCounts {
 public:
  struct Entry {
    std::string word;
    std::uint64_t count = 0;
  };

  void count(std::string_view word);
  // Calls take(entry) for each word, in that order.
  template <typename Take>
  void for_each(const Take& take) const {
    for (const std::size_t index : seen_) take(entries_[index]);
  }
  void clear();

 private:
  [[nodiscard]] std::size_t index_of(std::string_view word);

  std::vector<Entry> entries_;     // those that are only kept have a count of 0
  std::vector<std::size_t> seen_;  // the others, of entries_
  std::map<std::string, std::size_t, std::less<>> indices_;
  // Where a word was found last, by what it looks like; 0 is none, else the index plus one.
  std::vector<std::size_t> recent_;
  std::size_t bytes_ = 0;  // of the words
};

// What the events of one batch add to a tally, beside their alerts and dead letters.
struct BatchCounts {
  std::uint64_t events = 0;
  std::uint64_t without_log_type = 0;
  std::uint64_t given_up = 0;
  double seconds = 0;  // that judging took
  WordCounts unjudged;
  WordCounts judged;
  std::string_view last_event;  // the text of the last event, in the batch; empty for none

  void clear();
};

void count_match(Tally& tally, const Signal& signal);
// Of a correlation rule: a match of it that no event is.
void count_firing(Tally& tally, const Signal& signal);
void count_alert(Tally& tally, const Alert& alert);

// At most `log_types` distinct words in Tally::unjudged: which ones depends only on the order of events.
void add_counts(Tally& tally, const BatchCounts& counts, std::size_t log_types);

}  // namespace picket
