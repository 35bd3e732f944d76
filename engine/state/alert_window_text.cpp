// Windows as JSON.
#include <utility>
#include <variant>

#include "engine/state/alert_window.hpp"
#include "engine/state/members.hpp"
#include "engine/state/signal_text.hpp"

namespace picket {
namespace {

Value number_or_null(const std::optional<Time>& time) { return time ? Value(time->microseconds) : Value(); }

// Digests take all 64 bits: they are written as the signed numbers of the same bits.
Value distinct_of(const AlertWindow& window) {
  if (window.distinct == nullptr) return {};
  List digests;
  for (const std::uint64_t digest : *window.distinct) digests.emplace_back(static_cast<std::int64_t>(digest));
  return digests;
}

}  // namespace

std::string print_window(const AlertWindow& window) {
  const RuleFacts& rule = *window.rule->facts;
  Object body{{"rule_id", rule.id},
              {"fingerprint", rule.fingerprint},
              {"dedup", window.dedup},
              {"title", window.title},
              {"severity", spelling(window.severity)},
              {"start", window.start.microseconds},
              {"over", window.over.microseconds},
              {"first_event", number_or_null(window.first_event)},
              {"last_event", number_or_null(window.last_event)},
              {"matches", count_value(window.matches)},
              {"told", count_value(window.told)},
              {"revision", count_value(window.revision)},
              {"distinct", distinct_of(window)},
              {"first", Value()}};
  return to_json(Value(std::move(body)));
}

std::string print_first(const AlertWindow& window) {
  return window.first != nullptr ? to_json(value_of(*window.first)) : std::string();
}

std::optional<SavedWindow> parse_window(std::string_view text, std::string_view first, const FindRule& find) {
  const Value value = read_object(text);
  const Object* object = value.object();
  if (object == nullptr) return std::nullopt;
  Members members(*object);
  SavedWindow saved{.window = {}, .rule = find(members.text("rule_id"))};
  if (saved.rule == nullptr || members.text("fingerprint") != saved.rule->fingerprint) return std::nullopt;
  AlertWindow& window = saved.window;
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
  const Value apart = first.empty() ? members.member("first") : read_object(first);
  if (const Object* match = apart.object()) window.first = signal_of(*match, find);
  const bool whole = members.sound() && (window.told > 0 || window.first != nullptr);
  return whole ? std::optional(std::move(saved)) : std::nullopt;
}

}  // namespace picket
