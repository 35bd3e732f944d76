#include "engine/mutation/correlation_mutants.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "engine/frontend/correlation_rule.hpp"

namespace picket {
namespace {

using Item = CheckedCorrelation::Item;

// One more and one less; twice and half.
std::array<std::int64_t, 2> next_to(std::int64_t number) { return {number - 1, number + 1}; }
std::array<std::int64_t, 2> other_lengths(std::int64_t minutes) { return {minutes / 2, minutes * 2}; }

class CorrelationMutator {
 public:
  explicit CorrelationMutator(const CheckedCorrelation& correlation)
      : original_(correlation), rule_(*correlation.rule) {}

  std::vector<CorrelationMutant> mutants() {
    for (std::size_t i = 0; i < rule_.items.size(); ++i) {
      count_otherwise(i);
      leave_out_item(i);
      want_what_is_absent(i);
    }
    need_otherwise();
    look_back_otherwise();
    for (const CorrelationTransition& transition : rule_.transitions) follow_otherwise(transition);
    for (std::size_t k = 0; k < original_.columns; ++k) leave_out_column(k);
    if (original_.ordered && original_.items.size() > 1) {
      CheckedCorrelation changed = original_;
      changed.ordered = false;
      add(Mistake::order, rule_.detection_span, "Group", std::move(changed));
    }
    std::ranges::stable_sort(mutants_, {}, [](const CorrelationMutant& mutant) { return mutant.span.begin; });
    return std::move(mutants_);
  }

 private:
  void add(Mistake mistake, SourceSpan span, std::string replacement, CheckedCorrelation changed,
           std::vector<SourceSpan> also = {}) {
    mutants_.push_back({mistake, span, std::move(replacement), std::move(also), std::move(changed)});
  }

  static std::size_t present_in(const CheckedCorrelation& correlation) {
    return static_cast<std::size_t>(
        std::ranges::count_if(correlation.items, [](const Item& item) { return !item.absence; }));
  }

  void count_otherwise(std::size_t i) {
    const CorrelationItem& written = rule_.items[i];
    if (written.least) {
      for (const std::int64_t number : next_to(written.least->value)) {
        if (number < 1 || (written.most && number > written.most->value)) continue;
        CheckedCorrelation changed = original_;
        changed.items[i].least = static_cast<std::size_t>(number);
        if (changed.items[i].absence) changed.items[i].too_many = changed.items[i].least;
        add(Mistake::threshold, written.least->span, std::to_string(number), std::move(changed));
      }
    }
    if (written.most) {
      for (const std::int64_t number : next_to(written.most->value)) {
        if (number < static_cast<std::int64_t>(original_.items[i].least)) continue;
        CheckedCorrelation changed = original_;
        changed.items[i].too_many = static_cast<std::size_t>(number) + 1;
        add(Mistake::threshold, written.most->span, std::to_string(number), std::move(changed));
      }
    }
  }

  void leave_out_item(std::size_t i) {
    CheckedCorrelation changed = original_;
    changed.items.erase(changed.items.begin() + static_cast<std::ptrdiff_t>(i));
    const std::size_t present = present_in(changed);
    if (present == 0 || (rule_.needed && present < changed.needed)) return;
    if (!rule_.needed) changed.needed = present;
    add(Mistake::dropped, rule_.items[i].span, "", std::move(changed));
  }

  void want_what_is_absent(std::size_t i) {
    if (!original_.items[i].absence) return;
    CheckedCorrelation changed = original_;
    changed.items[i].absence = false;
    changed.items[i].too_many.reset();
    if (!rule_.needed) changed.needed = present_in(changed);
    add(Mistake::negated, rule_.items[i].absence->span, "false", std::move(changed));
  }

  void need_otherwise() {
    if (!rule_.needed) return;
    for (const std::int64_t number : next_to(rule_.needed->value)) {
      if (number < 1 || number > static_cast<std::int64_t>(present_in(original_))) continue;
      CheckedCorrelation changed = original_;
      changed.needed = static_cast<std::size_t>(number);
      add(Mistake::threshold, rule_.needed->span, std::to_string(number), std::move(changed));
    }
  }

  // The transition that leads to the item.
  [[nodiscard]] const CorrelationTransition* to(const Item& item) const {
    const auto found = std::ranges::find_if(
        rule_.transitions, [&](const CorrelationTransition& transition) { return transition.to.value == item.id; });
    return found == rule_.transitions.end() ? nullptr : &*found;
  }

  void look_back_otherwise() {
    if (rule_.lookback.span.begin == rule_.lookback.span.end) return;
    for (const std::int64_t minutes : other_lengths(original_.lookback.microseconds / microseconds_per_minute)) {
      CheckedCorrelation changed = original_;
      changed.lookback = {minutes * microseconds_per_minute};
      bool possible = minutes > 0;
      for (Item& item : changed.items) {
        const CorrelationTransition* transition = to(item);
        if (transition != nullptr && transition->minutes) {
          possible = possible && transition->minutes->value <= minutes;
        } else {
          item.within = changed.lookback;
        }
      }
      if (!possible) continue;
      add(Mistake::window, rule_.lookback.span, std::to_string(minutes), std::move(changed));
    }
  }

  void follow_otherwise(const CorrelationTransition& transition) {
    if (!transition.minutes) return;
    for (const std::int64_t minutes : other_lengths(transition.minutes->value)) {
      const Duration within{minutes * microseconds_per_minute};
      if (minutes < 1 || within > original_.lookback) continue;
      CheckedCorrelation changed = original_;
      for (Item& item : changed.items) {
        if (to(item) == &transition) item.within = within;
      }
      add(Mistake::window, transition.minutes->span, std::to_string(minutes), std::move(changed));
    }
  }

  // Where it says which values must be equal: a criterion, or a match of every transition.
  [[nodiscard]] std::vector<SourceSpan> places_of_column(std::size_t k) const {
    if (!original_.ordered) return {rule_.criteria[k].span};
    std::vector<SourceSpan> places;
    for (const CorrelationTransition& transition : rule_.transitions) {
      if (k < transition.matches.size()) places.push_back(transition.matches[k].span);
    }
    return places;
  }

  void leave_out_column(std::size_t k) {
    CheckedCorrelation changed = original_;
    for (Item& item : changed.items) {
      for (SignalSource& source : item.sources) {
        source.fields.erase(source.fields.begin() + static_cast<std::ptrdiff_t>(k));
      }
    }
    --changed.columns;
    if (k < changed.column_names.size()) {
      changed.column_names.erase(changed.column_names.begin() + static_cast<std::ptrdiff_t>(k));
    }
    std::vector<SourceSpan> places = places_of_column(k);
    const SourceSpan first = places.front();
    places.erase(places.begin());
    add(Mistake::dropped, first, "", std::move(changed), std::move(places));
  }

  const CheckedCorrelation& original_;
  const CorrelationRule& rule_;
  std::vector<CorrelationMutant> mutants_;
};

}  // namespace

std::vector<CorrelationMutant> correlation_mutants(const CheckedCorrelation& correlation) {
  return CorrelationMutator(correlation).mutants();
}

}  // namespace picket
