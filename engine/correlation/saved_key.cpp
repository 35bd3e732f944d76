#include "engine/correlation/saved_key.hpp"

#include <algorithm>
#include <map>
#include <variant>

#include "engine/correlation/form.hpp"
#include "engine/event/json.hpp"

namespace picket {
namespace {

Value number(std::int64_t value) { return value; }

Value mark_value(const SignalMark& mark) {
  return List{number(mark.time.microseconds), number(static_cast<std::int64_t>(mark.id))};
}

List marks_value(const std::vector<SignalMark>& marks) {
  List list;
  for (const SignalMark& mark : marks) list.push_back(mark_value(mark));
  return list;
}

// --- chains are shared: each is written once, after the one before it, and named by its place ---

class ChainWriter {
 public:
  Value place_of(const std::shared_ptr<const Chain>& chain) {
    if (chain == nullptr) return nullptr;
    const auto known = places_.find(chain.get());
    if (known != places_.end()) return known->second;
    const Value before = place_of(chain->before);  // at most as deep as the rule has items
    list_.push_back(List{before, number(static_cast<std::int64_t>(chain->item)), number(chain->began.microseconds),
                         number(chain->completed.microseconds), marks_value(chain->signals)});
    const auto place = static_cast<std::int64_t>(list_.size() - 1);
    places_.emplace(chain.get(), place);
    return place;
  }
  [[nodiscard]] List take() { return std::move(list_); }

 private:
  std::map<const Chain*, std::int64_t> places_;
  List list_;
};

// --- reading: what is not there, or is something else, makes the whole unreadable ---

class StateReader {
 public:
  StateReader(const CheckedCorrelation& correlation, const Object& object)
      : correlation_(correlation), object_(object) {}

  std::optional<KeyState> read() {
    KeyState state(correlation_);
    if (text("form") != form_of(correlation_)) return std::nullopt;
    state.values = list(object_.find_exact("values"));
    if (state.values.size() != correlation_.columns) return std::nullopt;
    read_chains();
    const List items = list(object_.find_exact("items"));
    if (items.size() != correlation_.items.size()) return std::nullopt;
    for (std::size_t i = 0; i < items.size(); ++i) {
      for (const Value& memory : list(&items[i])) {
        const List fields = list(&memory);
        if (fields.size() != 3) return std::nullopt;
        state.pattern.restore(correlation_, i, {mark(memory), chain(fields[2])});
      }
    }
    if (const Value* measured = object_.find_exact("measured")) read_measured(*measured, state.pattern);
    std::vector<std::shared_ptr<const Chain>> latest;
    for (const Value& place : list(object_.find_exact("latest"))) latest.push_back(chain(place));
    if (!latest.empty() && latest.size() != correlation_.needed) return std::nullopt;
    state.pattern.restore_chains(std::move(latest));
    if (const Value* fired = object_.find_exact("fired")) state.fired = time(*fired);
    if (const Value* waiting = object_.find_exact("waiting")) state.waiting = completion(*waiting);
    return sound_ ? std::optional(std::move(state)) : std::nullopt;
  }

 private:
  List list(const Value* value) {
    const List* found = value == nullptr ? nullptr : value->list();
    if (found == nullptr) sound_ = false;
    return found == nullptr ? List{} : *found;
  }
  std::string text(std::string_view key) const {
    const Value* value = object_.find_exact(key);
    return value == nullptr || value->string() == nullptr ? "" : *value->string();
  }
  std::int64_t integer(const Value& value) {
    if (value.integer() == nullptr) sound_ = false;
    return value.integer() == nullptr ? 0 : *value.integer();
  }
  Time time(const Value& value) { return Time{integer(value)}; }
  SignalMark mark(const Value& value) {
    const List fields = list(&value);
    if (fields.size() < 2) {
      sound_ = false;
      return {};
    }
    return {time(fields[0]), static_cast<std::uint64_t>(integer(fields[1]))};
  }
  std::vector<SignalMark> marks(const Value& value) {
    std::vector<SignalMark> result;
    for (const Value& one : list(&value)) result.push_back(mark(one));
    return result;
  }
  std::shared_ptr<const Chain> chain(const Value& place) {
    if (place.is_null()) return nullptr;
    const std::int64_t at = integer(place);
    if (at >= 0 && static_cast<std::size_t>(at) < chains_.size()) return chains_[static_cast<std::size_t>(at)];
    sound_ = false;
    return nullptr;
  }
  void read_measured(const Value& value, SignalPattern& pattern) {
    for (const Value& one : list(&value)) {
      const List fields = list(&one);
      const Value measured = fields.size() == 3 ? fields[2] : Value();
      if (correlation_.measure && measured.as_double()) {
        pattern.restore(correlation_, NumberWindow::Entry{mark(one), *measured.as_double()});
      } else if (!correlation_.measure && measured.string() != nullptr) {
        pattern.restore(correlation_, DistinctSignals::Seen{*measured.string(), mark(one)});
      } else {
        sound_ = false;
      }
    }
  }
  void read_chains() {
    for (const Value& value : list(object_.find_exact("chains"))) {
      const List fields = list(&value);
      const std::int64_t item = fields.size() == 5 ? integer(fields[1]) : -1;
      if (item < 0 || static_cast<std::size_t>(item) >= correlation_.items.size()) {
        sound_ = false;
        return;
      }
      chains_.push_back(std::make_shared<Chain>(
          Chain{time(fields[2]), time(fields[3]), static_cast<std::size_t>(item), marks(fields[4]), chain(fields[0])}));
    }
  }
  std::optional<Completion> completion(const Value& value) {
    const List fields = list(&value);
    if (fields.size() != 3) {
      sound_ = false;
      return std::nullopt;
    }
    Completion completion{time(fields[0]), time(fields[1]), {}, false, {}};
    for (const Value& signals : list(&fields[2])) completion.signals.push_back(marks(signals));
    return completion;
  }

  const CheckedCorrelation& correlation_;
  const Object& object_;
  std::vector<std::shared_ptr<const Chain>> chains_;
  bool sound_ = true;
};

List measured_value(const SignalPattern& pattern) {
  List measured;
  const auto add = [&](const SignalMark& mark, Value value) {
    measured.push_back(
        List{number(mark.time.microseconds), number(static_cast<std::int64_t>(mark.id)), std::move(value)});
  };
  if (pattern.distinct() != nullptr) {
    for (const auto& [value, mark] : pattern.distinct()->all()) add(mark, value);
  }
  if (pattern.numbers() != nullptr) {
    for (const auto& [mark, value] : pattern.numbers()->all()) add(mark, value);
  }
  return measured;
}

}  // namespace

std::string save_state(const CheckedCorrelation& correlation, const KeyState& state) {
  ChainWriter chains;
  List items;
  for (std::size_t i = 0; i < correlation.items.size(); ++i) {
    List memories;
    for (const SignalPattern::Memory& memory : state.pattern.memory(i)) {
      memories.push_back(List{number(memory.mark.time.microseconds), number(static_cast<std::int64_t>(memory.mark.id)),
                              chains.place_of(memory.before)});
    }
    items.emplace_back(std::move(memories));
  }
  List latest;
  for (const auto& chain : state.pattern.chains()) latest.push_back(chains.place_of(chain));
  Object object{{"form", form_of(correlation)},
                {"values", List(state.values)},
                {"chains", chains.take()},
                {"items", std::move(items)},
                {"latest", std::move(latest)}};
  if (correlation.measures_values()) object.set("measured", measured_value(state.pattern));
  if (state.fired) object.set("fired", number(state.fired->microseconds));
  if (state.waiting) {
    List signals;
    for (const auto& marks : state.waiting->signals) signals.emplace_back(marks_value(marks));
    object.set("waiting", List{number(state.waiting->began.microseconds), number(state.waiting->completed.microseconds),
                               std::move(signals)});
  }
  return to_json(Value(std::move(object)));
}

std::optional<KeyState> load_state(const CheckedCorrelation& correlation, const std::string& text) {
  const auto read = read_json(text);
  const auto* value = std::get_if<Value>(&read);
  if (value == nullptr || value->object() == nullptr) return std::nullopt;
  return StateReader(correlation, *value->object()).read();
}

}  // namespace picket
