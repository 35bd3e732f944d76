#include "engine/state/window_table.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "engine/state/members.hpp"

namespace picket {
namespace {

SavedState state_of(std::string_view kind, const AlertWindow& window, std::string body) {
  return {std::string(kind), std::to_string(window.number), std::move(body)};
}

}  // namespace

WindowTable::WindowTable(WindowLimits limits) : limits_(limits) {}

std::uint64_t WindowTable::hash_of(std::string_view rule_id, std::string_view dedup) const {
  return hash_(std::string(rule_id).append(1, '\0').append(dedup));
}

void WindowTable::take(Signal signal, const std::shared_ptr<const RuleFacts>& in_force, Time at, Time clock,
                       const TakeAlert& tell) {
  const std::uint64_t hash = hash_of(in_force->id, signal.texts.dedup);
  Seat* found = find(*in_force, signal.texts.dedup, hash, at);
  if (found != nullptr) {
    join(*found, signal, tell);
  } else {
    Counted& rule = counted(in_force);
    AlertWindow window;
    window.number = ++last_number_;
    window.hash = hash;
    window.dedup = signal.texts.dedup;
    if (signal.texts.title != window.dedup) window.title = signal.texts.title;
    window.severity = signal.texts.severity;
    window.start = at;
    window.over = {std::max(at, clock).microseconds + rule.facts->dedup_period.microseconds};
    window.first = std::make_unique<Signal>(std::move(signal));
    Seat& opened = seat(std::move(window), rule);
    count(opened.window, *opened.window.first, limits_.distinct);
    if (opened.window.reached_threshold()) tell(create_alert(opened.window));
    changed(opened);
  }
  while (counts_.bytes > limits_.bytes && counts_.open > 1) {
    ++counts_.evicted;
    close(*first_to_be_over(), tell);
  }
}

// The window whose period holds the time; else one that began within a period after it: the match has come late.
WindowTable::Seat* WindowTable::find(const RuleFacts& rule, std::string_view dedup, std::uint64_t hash, Time at) {
  Seat* nearest = nullptr;
  const auto [begin, end] = seats_.equal_range(hash);
  for (auto entry = begin; entry != end; ++entry) {
    const AlertWindow& window = entry->second.window;
    if (window.dedup != dedup || window.rule->facts->id != rule.id) continue;
    if (at >= window.start && at <= window.end()) return &entry->second;
    const bool begins_soon =
        at < window.start && window.start.microseconds - at.microseconds <= rule.dedup_period.microseconds;
    if (begins_soon && (nearest == nullptr || window.start < nearest->window.start)) nearest = &entry->second;
  }
  return nearest;
}

void WindowTable::join(Seat& seat, const Signal& signal, const TakeAlert& tell) {
  AlertWindow& window = seat.window;
  count(window, signal, limits_.distinct);
  if (window.told == 0) {
    if (window.reached_threshold()) tell(create_alert(window));
  } else {
    ++counts_.joined;
    if (window.matches / 2 >= window.told) tell(update_alert(window, &signal, false));
  }
  changed(seat);
}

// All windows of a rule are counted by one version of it: the one in force, or of a rule that is gone the one under
// which its window was opened.
WindowTable::Counted& WindowTable::counted(const std::shared_ptr<const RuleFacts>& rule) {
  Counted& counted = rules_[rule->id];
  if (counted.seats.empty()) counted.facts = rule;
  return counted;
}

// Finds a window its places. Those restored may come in any order.
WindowTable::Seat& WindowTable::seat(AlertWindow window, Counted& rule) {
  const std::uint64_t hash = window.hash;
  window.rule = &rule;
  Seat& seat = seats_
                   .emplace(hash, Seat{.window = std::move(window),
                                       .rule = &rule,
                                       .in_rule = rule.seats.size(),
                                       .bytes = 0,
                                       .in_queue = {},
                                       .in_changed = {},
                                       .saved = false,
                                       .first_saved = false})
                   ->second;
  rule.seats.push_back(&seat);
  std::list<Seat*>& queue = queues_[rule.facts->dedup_period.microseconds];
  auto behind = queue.end();
  while (behind != queue.begin() && (*std::prev(behind))->window.over > seat.window.over) --behind;
  seat.in_queue = queue.insert(behind, &seat);
  ++counts_.open;
  return seat;
}

void WindowTable::changed(Seat& seat) {
  const std::size_t bytes = seat.window.memory();
  counts_.bytes += bytes - seat.bytes;
  seat.bytes = bytes;
  if (!keeps_changes_ || seat.in_changed) return;
  seat.in_changed = changed_.size();
  changed_.push_back(&seat);
}

WindowTable::Seat* WindowTable::first_to_be_over() const {
  Seat* first = nullptr;
  for (const auto& [period, queue] : queues_) {
    if (queue.empty()) continue;
    Seat* seat = queue.front();
    if (first == nullptr ||
        std::pair(seat->window.over, seat->window.number) < std::pair(first->window.over, first->window.number)) {
      first = seat;
    }
  }
  return first;
}

Time WindowTable::next_over() const {
  const Seat* const first = first_to_be_over();
  return first == nullptr ? Time{std::numeric_limits<std::int64_t>::max()} : first->window.over;
}

void WindowTable::advance(Time clock, const TakeAlert& tell) {
  for (Seat* seat = first_to_be_over(); seat != nullptr && seat->window.over < clock; seat = first_to_be_over()) {
    close(*seat, tell);
  }
}

void WindowTable::tell_rest(Seat& seat, bool final, const TakeAlert& tell) {
  AlertWindow& window = seat.window;
  if (window.told == 0 || window.told == window.matches) return;
  tell(update_alert(window, nullptr, final));
  changed(seat);
}

void WindowTable::close(Seat& seat, const TakeAlert& tell) {
  tell_rest(seat, true, tell);
  const AlertWindow& window = seat.window;
  if (window.told == 0) ++counts_.below;
  if (seat.in_changed) {
    changed_.back()->in_changed = seat.in_changed;
    std::swap(changed_[*seat.in_changed], changed_.back());
    changed_.pop_back();
  }
  if (seat.saved) gone_.push_back(state_of(window_kind, window, {}));
  if (seat.first_saved) gone_.push_back(state_of(first_match_kind, window, {}));
  queues_[seat.rule->facts->dedup_period.microseconds].erase(seat.in_queue);
  std::vector<Seat*>& of_rule = seat.rule->seats;
  of_rule.back()->in_rule = seat.in_rule;
  std::swap(of_rule[seat.in_rule], of_rule.back());
  of_rule.pop_back();
  --counts_.open;
  counts_.bytes -= seat.bytes;
  const auto [begin, end] = seats_.equal_range(window.hash);
  seats_.erase(std::find_if(begin, end, [&](const auto& entry) { return &entry.second == &seat; }));
}

std::vector<WindowTable::Seat*> WindowTable::in_order() {
  std::vector<Seat*> seats;
  seats.reserve(seats_.size());
  for (auto& [hash, seat] : seats_) seats.push_back(&seat);
  sort_by_number(seats);
  return seats;
}

void WindowTable::sort_by_number(std::vector<Seat*>& seats) {
  std::sort(seats.begin(), seats.end(),
            [](const Seat* a, const Seat* b) { return a->window.number < b->window.number; });
}

void WindowTable::settle(bool close_all, const TakeAlert& tell) {
  for (Seat* seat : in_order()) {
    if (close_all) {
      close(*seat, tell);
    } else {
      tell_rest(*seat, false, tell);
    }
  }
}

void WindowTable::adopt(const FindRule& find_rule, const TakeAlert& tell) {
  std::vector<Seat*> ended;
  for (auto& [id, rule] : rules_) {
    std::shared_ptr<const RuleFacts> next = find_rule(id);
    if (next != nullptr && next->fingerprint == rule.facts->fingerprint) {
      rule.facts = std::move(next);
    } else {
      ended.insert(ended.end(), rule.seats.begin(), rule.seats.end());
    }
  }
  sort_by_number(ended);
  for (Seat* seat : ended) close(*seat, tell);
  std::erase_if(rules_, [](const auto& entry) { return entry.second.seats.empty(); });
}

void WindowTable::save_changes(std::vector<SavedState>& to) {
  std::ranges::move(gone_, std::back_inserter(to));
  gone_.clear();
  for (Seat* seat : changed_) {
    seat->in_changed.reset();
    const AlertWindow& window = seat->window;
    const bool has_first = window.first != nullptr;
    if (has_first != seat->first_saved) to.push_back(state_of(first_match_kind, window, print_first(window)));
    to.push_back(state_of(window_kind, window, print_window(window)));
    seat->first_saved = has_first;
    seat->saved = true;
  }
  changed_.clear();
}

std::vector<SavedState> WindowTable::restore(const std::vector<SavedState>& saved, const FindRule& find_rule) {
  std::map<std::string_view, const SavedState*> firsts;  // by key
  for (const SavedState& state : saved) {
    if (state.kind == first_match_kind) firsts.emplace(state.key, &state);
  }
  std::vector<SavedState> meaningless;
  for (const SavedState& state : saved) {
    if (state.kind != window_kind) continue;
    const auto first = firsts.find(state.key);
    if (!restore_window(state, first == firsts.end() ? std::string_view() : first->second->body, find_rule)) {
      meaningless.push_back(state);
    } else if (first != firsts.end()) {
      firsts.erase(first);
    }
  }
  for (const auto& [key, first] : firsts) meaningless.push_back(*first);
  return meaningless;
}

bool WindowTable::restore_window(const SavedState& saved, std::string_view first, const FindRule& find_rule) {
  const auto number = read_number(saved.key);
  if (!number) return false;
  last_number_ = std::max(last_number_, *number);
  std::optional<SavedWindow> read = parse_window(saved.body, first, find_rule);
  if (!read) return false;
  read->window.number = *number;
  read->window.hash = hash_of(read->rule->id, read->window.dedup);
  Seat& restored = seat(std::move(read->window), counted(read->rule));
  restored.bytes = restored.window.memory();
  restored.saved = true;
  restored.first_saved = !first.empty();
  counts_.bytes += restored.bytes;
  return true;
}

}  // namespace picket
