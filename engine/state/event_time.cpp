#include "engine/state/event_time.hpp"

#include <array>
#include <span>
#include <utility>
#include <variant>

#include "engine/eval/access.hpp"
#include "engine/eval/interpret.hpp"
#include "engine/event/json.hpp"
#include "engine/event/time.hpp"

namespace picket {
namespace {

constexpr std::string_view mapping_name = "event_time";

// "audit(1701000000.123:42): …": seconds and milliseconds since 1970, and the number of the event.
std::optional<Time> time_of_audit(std::string_view text) {
  constexpr std::string_view opening = "audit(";
  if (!text.starts_with(opening)) return std::nullopt;
  text.remove_prefix(opening.size());
  const std::optional<Value> seconds = Value::from_number(text.substr(0, text.find(':')));
  const std::optional<double> number = seconds ? seconds->as_double() : std::nullopt;
  return number ? time_from_epoch(*number) : std::nullopt;
}

std::optional<Time> read_time(const Value& value) {
  if (const Time* time = value.time()) return *time;
  if (const std::string* text = value.string()) return parse_time(*text);
  if (const std::int64_t* number = value.integer()) return time_from_epoch(*number);
  if (const std::optional<double> number = value.as_double()) return time_from_epoch(*number);
  return std::nullopt;
}

std::optional<Time> time_at_path(ParsedEvent& event, const FieldTerm& field) {
  const EventReader::Reading reading = event.read(field);
  const Value* value = reading.value != nullptr ? reading.value : &event.event();
  for (const PathStep& step : std::span(field.path).subspan(reading.steps)) {
    const auto* key = std::get_if<std::string>(&step);
    value = key != nullptr ? &member_of(*value, *key) : &element_of(*value, std::get<std::int64_t>(step));
  }
  return read_time(*value);
}

std::optional<Time> time_in_usual_fields(ParsedEvent& event) {
  static constexpr std::array<std::string_view, 16> fields = {
      "p_event_time", "eventTime", "@timestamp",
      // Windows: as Sysmon says it, as shippers do, and NXLog.
      "TimeCreated", "UtcTime", "TimeCreated_SystemTime", "SystemTime", "EventTime", "timestamp", "time", "created_at",
      "published",
      // Kubernetes' audit, and Azure.
      "requestReceivedTimestamp", "stageTimestamp", "createdDateTime", "activityDateTime"};
  for (const std::string_view field : fields) {
    if (const std::optional<Time> time = read_time(event.member(field))) return time;
  }
  // Of many sources it is a message in words, or a number that is none of a time.
  const Value message = event.member("msg");
  return message.string() != nullptr ? time_of_audit(*message.string()) : std::nullopt;
}

}  // namespace

EventTimes::EventTimes(std::shared_ptr<const CheckedPack> pack, const Paths& paths) : pack_(std::move(pack)) {
  for (const auto& [log_type, path] : paths) fields_.emplace(log_type, FieldTerm{path});
}
EventTimes::EventTimes(EventTimes&&) noexcept = default;
EventTimes& EventTimes::operator=(EventTimes&&) noexcept = default;
EventTimes::~EventTimes() = default;

std::optional<Time> EventTimes::time_of(ParsedEvent& event, std::string_view log_type) {
  const auto settled = fields_.find(log_type);
  if (settled != fields_.end()) {
    if (const auto time = time_at_path(event, settled->second)) return time;
  }
  if (pack_ != nullptr) {
    const auto model = pack_->model_of_log_type.find(log_type);
    if (model != pack_->model_of_log_type.end()) {
      const auto& mappings = pack_->models[model->second].mappings;
      const auto mapping = mappings.find(mapping_name);
      if (mapping != mappings.end()) {
        if (interpreter_ == nullptr) interpreter_ = std::make_unique<Interpreter>(*pack_);
        EvaluationInput input;
        input.reader = &event;
        input.log_type = log_type;
        interpreter_->start(input);
        if (const auto time = read_time(interpreter_->evaluate(mapping->second))) return time;
      }
    }
  }
  return time_in_usual_fields(event);
}

std::optional<Time> EventTimes::time_of_text(std::string_view text, std::string_view log_type) {
  auto read = read_json(text);
  auto* value = std::get_if<Value>(&read);
  const Object* object = value == nullptr ? nullptr : value->object();
  if (object == nullptr) return std::nullopt;
  const Value* own = object->find_exact("p_log_type");
  const std::string named = own == nullptr || own->string() == nullptr ? std::string(log_type) : *own->string();
  ParsedEvent event;
  event.start(text, std::move(*value));
  return time_of(event, named);
}

}  // namespace picket
