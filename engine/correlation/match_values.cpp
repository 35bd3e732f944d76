#include "engine/correlation/match_values.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "engine/pattern/pattern.hpp"

namespace picket {
namespace {

constexpr std::string_view context_step = "p_alert_context";

void collect(const Value& value, std::span<const PathStep> path, std::vector<Value>& found);

void collect_all(const List& list, std::span<const PathStep> path, std::vector<Value>& found) {
  for (const Value& element : list) collect(element, path, found);
}

void collect(const Value& value, std::span<const PathStep> path, std::vector<Value>& found) {
  if (path.empty()) {
    if (const List* list = value.list()) return collect_all(*list, path, found);
    if (value.empty() || value.object() != nullptr) return;
    if (std::find(found.begin(), found.end(), value) == found.end()) found.push_back(value);
    return;
  }
  if (const auto* index = std::get_if<std::int64_t>(&path.front())) {
    const List* list = value.list();
    if (list == nullptr) return;
    const auto size = static_cast<std::int64_t>(list->size());
    const std::int64_t at = *index < 0 ? size + *index : *index;
    if (at >= 0 && at < size) collect((*list)[static_cast<std::size_t>(at)], path.subspan(1), found);
    return;
  }
  if (const List* list = value.list()) return collect_all(*list, path, found);
  if (const Object* object = value.object()) {
    const Value* member = object->find(std::get<std::string>(path.front()));
    if (member != nullptr) collect(*member, path.subspan(1), found);
  }
}

}  // namespace

std::vector<Value> values_at(const std::vector<PathStep>& path, const SignalView& signal) {
  std::vector<Value> found;
  const auto* first = path.empty() ? nullptr : std::get_if<std::string>(&path.front());
  const bool context = first != nullptr && *first == context_step && signal.context != nullptr;
  const Value* root = context ? signal.context : signal.event;
  if (root != nullptr) collect(*root, std::span(path).subspan(context ? 1 : 0), found);
  return found;
}

void append_key(std::string& key, const Value& value, bool as_texts) {
  const auto index = value.as_index();
  std::string text = index ? std::to_string(*index) : as_texts ? fold_case(to_text(value)) : to_json(value);
  key += std::to_string(text.size()) + ":" + text;  // so that no two lists of values read alike
}

namespace {

// The values at all places of a field, each once.
std::vector<Value> values_of(const FieldChoice& field, bool as_texts, const SignalView& signal) {
  if (field.size() == 1 && !as_texts) return values_at(field.front(), signal);
  std::vector<Value> found;
  std::vector<std::string> seen;
  for (const std::vector<PathStep>& path : field) {
    for (Value& value : values_at(path, signal)) {
      std::string text;
      append_key(text, value, as_texts);
      if (std::find(seen.begin(), seen.end(), text) != seen.end()) continue;
      seen.push_back(std::move(text));
      found.push_back(std::move(value));
    }
  }
  return found;
}

// In every combination one value of each field.
SignalKeys combined(const std::vector<FieldChoice>& fields, bool as_texts, const SignalView& signal, std::size_t most) {
  SignalKeys result;
  result.keys.emplace_back();
  for (const FieldChoice& field : fields) {
    const std::vector<Value> values = values_of(field, as_texts, signal);
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

std::optional<double> number_of(const Value& value) {
  if (value.boolean() != nullptr) return std::nullopt;
  if (value.string() != nullptr) {
    const auto number = Value::from_number(*value.string());
    return number ? number->as_double() : std::nullopt;
  }
  return value.as_double();
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
    for (const Value& value : values_of(source.measured.front(), false, signal)) {
      if (measure.numbers.size() < most) add_measured(correlation, {value}, measure);
    }
  } else {
    for (const std::vector<Value>& values : combined(source.measured, correlation.as_texts, signal, most).keys) {
      add_measured(correlation, values, measure);
    }
  }
  if (measure.values.empty() && measure.numbers.empty()) return std::nullopt;
  return measure;
}

}  // namespace picket
