#include "engine/correlation/match_values.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "engine/pattern/pattern.hpp"

namespace picket {
namespace {

constexpr std::string_view context_step = "p_alert_context";

std::optional<double> number_of(const Value& value) {
  if (value.boolean() != nullptr) return std::nullopt;
  if (value.string() != nullptr) {
    const auto number = Value::from_number(*value.string());
    return number ? number->as_double() : std::nullopt;
  }
  return value.as_double();
}

// Looks along paths until it has so many values, each once.
class ValueCollector {
 public:
  ValueCollector(ValueKind kind, std::size_t most) : kind_(kind), most_(most) {}

  void collect(const std::vector<PathStep>& path, const SignalView& signal) {
    const auto* first = path.empty() ? nullptr : std::get_if<std::string>(&path.front());
    const bool context = first != nullptr && *first == context_step && signal.context != nullptr;
    const Value* root = context ? signal.context : signal.event;
    if (root != nullptr) collect(*root, std::span(path).subspan(context ? 1 : 0));
  }
  [[nodiscard]] std::vector<Value> take() { return std::move(found_); }

 private:
  void collect(const Value& value, std::span<const PathStep> path) {
    if (path.empty()) return collect_end(value);
    if (const auto* index = std::get_if<std::int64_t>(&path.front())) {
      const List* list = value.list();
      if (list == nullptr) return;
      const auto size = static_cast<std::int64_t>(list->size());
      const std::int64_t at = *index < 0 ? size + *index : *index;
      if (at >= 0 && at < size) collect((*list)[static_cast<std::size_t>(at)], path.subspan(1));
      return;
    }
    if (const List* list = value.list()) return collect_all(*list, path);
    if (const Object* object = value.object()) {
      const Value* member = object->find(std::get<std::string>(path.front()));
      if (member != nullptr) collect(*member, path.subspan(1));
    }
  }
  void collect_all(const List& list, std::span<const PathStep> path) {
    for (const Value& element : list) {
      if (found_.size() >= most_) return;
      collect(element, path);
    }
  }
  void collect_end(const Value& value) {
    if (const List* list = value.list()) return collect_all(*list, {});
    if (value.empty() || value.object() != nullptr || found_.size() >= most_) return;
    if (kind_ == ValueKind::numbers && !number_of(value)) return;
    if (is_new(value)) found_.push_back(value);
  }
  [[nodiscard]] bool is_new(const Value& value) {
    if (kind_ != ValueKind::texts) return std::find(found_.begin(), found_.end(), value) == found_.end();
    std::string text;
    append_key(text, value, true);
    if (std::find(texts_.begin(), texts_.end(), text) != texts_.end()) return false;
    texts_.push_back(std::move(text));
    return true;
  }

  ValueKind kind_;
  std::size_t most_;
  std::vector<Value> found_;
  std::vector<std::string> texts_;  // of what was found, if they are compared
};

}  // namespace

std::vector<Value> values_of(const FieldChoice& field, ValueKind kind, const SignalView& signal, std::size_t most) {
  ValueCollector collector(kind, most);
  for (const std::vector<PathStep>& path : field) collector.collect(path, signal);
  return collector.take();
}

void append_key(std::string& key, const Value& value, bool as_texts) {
  const auto index = value.as_index();
  std::string text = index ? std::to_string(*index) : as_texts ? fold_case(to_text(value)) : to_json(value);
  key += std::to_string(text.size()) + ":" + text;  // so that no two lists of values read alike
}

namespace {

// By one more it is told that there are more.
std::size_t one_more(std::size_t most) { return most == std::numeric_limits<std::size_t>::max() ? most : most + 1; }

// In every combination one value of each field.
SignalKeys combined(const std::vector<FieldChoice>& fields, bool as_texts, const SignalView& signal, std::size_t most) {
  SignalKeys result;
  result.keys.emplace_back();
  for (const FieldChoice& field : fields) {
    const std::vector<Value> values =
        values_of(field, as_texts ? ValueKind::texts : ValueKind::values, signal, one_more(most));
    std::vector<std::vector<Value>> longer;
    for (const std::vector<Value>& key : result.keys) {
      for (const Value& value : values) {
        if (longer.size() == most) {
          result.cut = true;
          break;
        }
        longer.push_back(key);
        longer.back().push_back(value);
      }
    }
    result.keys = std::move(longer);
  }
  return result;
}

}  // namespace

Value event_of(const Firing& firing) {
  Object event;
  for (std::size_t i = 0; i < firing.values.size(); ++i) {
    event.set(firing.correlation->column_names[i], firing.values[i]);
  }
  return event;
}

SignalKeys keys_of_signal(const SignalSource& source, bool as_texts, const SignalView& signal, std::size_t most) {
  return combined(source.fields, as_texts, signal, most);
}

void add_measured(const CheckedCorrelation& correlation, const std::vector<Value>& values, SignalMeasure& measure) {
  if (!correlation.measure) {
    std::string& text = measure.values.emplace_back();
    for (const Value& value : values) append_key(text, value, correlation.as_texts);
  } else if (const auto number = number_of(values.front())) {
    measure.numbers.push_back(*number);
  }
}

std::optional<SignalMeasure> measure_of_signal(const CheckedCorrelation& correlation, const SignalSource& source,
                                               const SignalView& signal, std::size_t most) {
  SignalMeasure measure;
  if (source.measured.empty()) return measure;
  if (correlation.measure) {
    std::vector<Value> values = values_of(source.measured.front(), ValueKind::numbers, signal, one_more(most));
    measure.cut = values.size() > most;
    if (measure.cut) values.resize(most);
    for (const Value& value : values) add_measured(correlation, {value}, measure);
  } else {
    const SignalKeys found = combined(source.measured, correlation.as_texts, signal, most);
    measure.cut = found.cut;
    for (const std::vector<Value>& values : found.keys) add_measured(correlation, values, measure);
  }
  if (measure.values.empty() && measure.numbers.empty()) return std::nullopt;
  return measure;
}

}  // namespace picket
