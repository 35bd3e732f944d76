// Windows as JSON.
#include <utility>
#include <variant>

#include "engine/event/json.hpp"
#include "engine/event/time.hpp"
#include "engine/state/alert_window.hpp"

namespace picket {
namespace {

Value number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

Value number_or_null(const std::optional<Time>& time) { return time ? Value(time->microseconds) : Value(); }

Value text_or_null(const std::optional<std::string>& text) { return text ? Value(*text) : Value(); }

Value value_of(const Signal& signal) {
  const AlertTexts& texts = signal.texts;
  Value destinations;
  if (texts.destinations) destinations = List(texts.destinations->begin(), texts.destinations->end());
  return Object{{"title", texts.title},
                {"dedup", texts.dedup},
                {"severity", spelling(texts.severity)},
                {"description", texts.description},
                {"reference", texts.reference},
                {"runbook", texts.runbook},
                {"unique", text_or_null(texts.unique)},
                {"destinations", destinations},
                {"context", texts.context},
                {"log_type", signal.log_type},
                {"time", number_or_null(signal.time)},
                {"input", signal.place.input},
                {"offset", number(signal.place.offset)},
                {"line", number(signal.place.line)},
                {"event", signal.event}};
}

// Reads an object's members. Whatever is not as it was written makes the whole of it unsound.
class Members {
 public:
  explicit Members(const Object& object) : object_(object) {}

  [[nodiscard]] bool sound() const { return sound_; }

  std::string text(std::string_view key) {
    const auto found = optional_text(key);
    return found ? *found : fault<std::string>();
  }
  std::optional<std::string> optional_text(std::string_view key) {
    const Value& value = member(key);
    if (value.is_null()) return std::nullopt;
    if (const auto* text = value.string()) return *text;
    return fault<std::optional<std::string>>();
  }
  std::optional<std::int64_t> optional_number(std::string_view key) {
    const Value& value = member(key);
    if (value.is_null()) return std::nullopt;
    if (const auto* number = value.integer()) return *number;
    return fault<std::optional<std::int64_t>>();
  }
  std::int64_t number(std::string_view key) {
    const auto found = optional_number(key);
    return found ? *found : fault<std::int64_t>();
  }
  std::uint64_t count(std::string_view key) { return static_cast<std::uint64_t>(number(key)); }
  std::optional<Time> time(std::string_view key) {
    const auto found = optional_number(key);
    return found ? time_at(*found) : std::nullopt;
  }
  Severity severity(std::string_view key) {
    const auto severity = severity_from_word(text(key));
    return severity ? *severity : fault<Severity>();
  }
  const Value& member(std::string_view key) {
    static const Value none;
    const Value* value = object_.find_exact(key);
    if (value == nullptr) sound_ = false;
    return value == nullptr ? none : *value;
  }

 private:
  template <typename T>
  T fault() {
    sound_ = false;
    return {};
  }

  const Object& object_;
  bool sound_ = true;
};

std::unique_ptr<Signal> signal_of(const Object& object, const std::shared_ptr<const RuleFacts>& rule) {
  Members members(object);
  auto signal = std::make_unique<Signal>();
  signal->rule = rule;
  AlertTexts& texts = signal->texts;
  texts.title = members.text("title");
  texts.dedup = members.text("dedup");
  texts.severity = members.severity("severity");
  texts.description = members.text("description");
  texts.reference = members.text("reference");
  texts.runbook = members.text("runbook");
  texts.unique = members.optional_text("unique");
  if (const List* destinations = members.member("destinations").list()) {
    texts.destinations.emplace();
    for (const Value& destination : *destinations) texts.destinations->push_back(to_text(destination));
  }
  texts.context = members.member("context");
  signal->log_type = members.text("log_type");
  signal->time = members.time("time");
  signal->place = {.input = members.text("input"), .offset = members.count("offset"), .line = members.count("line")};
  signal->event = members.member("event");
  return members.sound() ? std::move(signal) : nullptr;
}

// Digests take all 64 bits: they are written as the signed numbers of the same bits.
Value distinct_of(const AlertWindow& window) {
  if (window.distinct == nullptr) return {};
  List digests;
  for (const std::uint64_t digest : *window.distinct) digests.emplace_back(static_cast<std::int64_t>(digest));
  return digests;
}

}  // namespace

std::string print_window(const AlertWindow& window) {
  Object body{{"fingerprint", window.rule->fingerprint},
              {"dedup", window.dedup},
              {"title", window.title},
              {"severity", spelling(window.severity)},
              {"start", window.start.microseconds},
              {"over", window.over.microseconds},
              {"first_event", number_or_null(window.first_event)},
              {"last_event", number_or_null(window.last_event)},
              {"matches", number(window.matches)},
              {"told", number(window.told)},
              {"revision", number(window.revision)},
              {"distinct", distinct_of(window)},
              {"first", window.first != nullptr ? value_of(*window.first) : Value()}};
  return to_json(Value(std::move(body)));
}

std::optional<AlertWindow> parse_window(std::string_view text, std::shared_ptr<const RuleFacts> rule) {
  const auto read = read_json(text);
  const auto* value = std::get_if<Value>(&read);
  const Object* object = value == nullptr ? nullptr : value->object();
  if (object == nullptr) return std::nullopt;
  Members members(*object);
  if (members.text("fingerprint") != rule->fingerprint) return std::nullopt;
  AlertWindow window;
  window.rule = std::move(rule);
  window.dedup = members.text("dedup");
  window.title = members.text("title");
  window.severity = members.severity("severity");
  window.start = {members.number("start")};
  window.over = {members.number("over")};
  window.first_event = members.time("first_event");
  window.last_event = members.time("last_event");
  window.matches = members.count("matches");
  window.told = members.count("told");
  window.revision = members.count("revision");
  if (const List* digests = members.member("distinct").list()) {
    window.distinct = std::make_unique<std::unordered_set<std::uint64_t>>();
    for (const Value& digest : *digests) {
      if (const auto* number = digest.integer()) window.distinct->insert(static_cast<std::uint64_t>(*number));
    }
  }
  if (const Object* first = members.member("first").object()) window.first = signal_of(*first, window.rule);
  const bool whole = members.sound() && (window.told > 0 || window.first != nullptr);
  return whole ? std::optional(std::move(window)) : std::nullopt;
}

}  // namespace picket
