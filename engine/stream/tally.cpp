#include "engine/stream/tally.hpp"

#include <algorithm>
#include <functional>

namespace picket {
namespace {

constexpr std::string_view many_log_types = "…";
constexpr std::size_t recent_words = 1024;
constexpr std::size_t most_kept = 1024;
constexpr std::size_t most_bytes_kept = std::size_t{64} * 1024;  // an event may name a log type as long as it likes

std::size_t look_of(std::string_view word) { return std::hash<std::string_view>()(word) % recent_words; }

}  // namespace

std::uint64_t Tally::invalid_count() const {
  std::uint64_t sum = 0;
  for (const auto& [reason, count] : invalid) sum += count;
  return sum;
}

void WordCounts::count(std::string_view word) {
  if (recent_.empty()) recent_.resize(recent_words);
  std::size_t& recent = recent_[look_of(word)];
  if (recent == 0 || entries_[recent - 1].word != word) recent = index_of(word) + 1;
  if (entries_[recent - 1].count++ == 0) seen_.push_back(recent - 1);
}

std::size_t WordCounts::index_of(std::string_view word) {
  const auto found = indices_.find(word);
  if (found != indices_.end()) return found->second;
  entries_.push_back({std::string(word)});
  bytes_ += word.size();
  return indices_.emplace(word, entries_.size() - 1).first->second;
}

void WordCounts::clear() {
  for (const std::size_t index : seen_) entries_[index].count = 0;
  seen_.clear();
  if (entries_.size() <= most_kept && bytes_ <= most_bytes_kept) return;
  bytes_ = 0;
  entries_.clear();
  indices_.clear();
  recent_.clear();
}

void BatchCounts::clear() {
  events = without_log_type = given_up = 0;
  seconds = 0;
  unjudged.clear();
  judged.clear();
  last_event = {};
}

void EvaluationTimes::add(std::uint64_t events, double batch_seconds) {
  if (events == 0) return;
  const double mean = batch_seconds / static_cast<double>(events);
  const auto* const bound = std::lower_bound(bounds.begin(), bounds.end(), mean);
  counts.at(static_cast<std::size_t>(bound - bounds.begin())) += events;
  seconds += batch_seconds;
}

void count_match(Tally& tally, const Signal& signal) {
  ++tally.matches;
  count_firing(tally, signal);
}

void count_firing(Tally& tally, const Signal& signal) {
  RuleTally& rule = tally.rules[signal.rule->id];
  ++rule.matches;
  if (!signal.time) return;
  const Time began = signal.began.value_or(*signal.time);
  rule.first = rule.first ? std::min(*rule.first, began) : began;
  rule.last = rule.last ? std::max(*rule.last, *signal.time) : *signal.time;
}

void count_alert(Tally& tally, const Alert& alert) {
  if (alert.status == AlertStatus::updated) {
    ++tally.updates;
    return;
  }
  ++tally.alerts;
  RuleTally& rule = tally.rules[alert.rule->id];
  ++rule.alerts;
  ++rule.by_severity.at(static_cast<std::size_t>(alert.texts.severity));
}

// Log types come from events, so their number is an attacker's to choose.
void add_counts(Tally& tally, const BatchCounts& counts, std::size_t log_types) {
  tally.events += counts.events;
  tally.evaluation.add(counts.events, counts.seconds);
  tally.without_log_type += counts.without_log_type;
  tally.given_up += counts.given_up;
  counts.judged.for_each([&tally](const WordCounts::Entry& log_type) {
    const auto found = tally.judged.find(log_type.word);
    (found != tally.judged.end() ? found : tally.judged.emplace(log_type.word, 0).first)->second += log_type.count;
  });
  counts.unjudged.for_each([&tally, log_types](const WordCounts::Entry& log_type) {
    auto found = tally.unjudged.find(log_type.word);
    if (found == tally.unjudged.end()) {
      const bool room = tally.unjudged.size() < log_types;
      found = tally.unjudged.emplace(room ? std::string_view(log_type.word) : many_log_types, 0).first;
    }
    found->second += log_type.count;
  });
}

}  // namespace picket
