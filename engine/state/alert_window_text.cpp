// Windows as JSON.
#include <utility>
#include <variant>

#include "engine/event/json_line.hpp"
#include "engine/state/alert_window.hpp"
#include "engine/state/members.hpp"
#include "engine/state/signal_text.hpp"

namespace picket {
namespace {

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
  std::string text;
  {
    JsonLine line(text);
    line.text("rule_id", rule.id);
    line.text("fingerprint", rule.fingerprint);
    line.text("dedup", window.dedup);
    line.text("title", window.title);
    line.text("severity", spelling(window.severity));
    line.number("start", window.start.microseconds);
    line.number("over", window.over.microseconds);
    write_time(line, "first_event", window.first_event);
    write_time(line, "last_event", window.last_event);
    write_count(line, "matches", window.matches);
    write_count(line, "told", window.told);
    write_count(line, "revision", window.revision);
    line.field("distinct", distinct_of(window));
  }
  return text;
}

std::string print_first(const AlertWindow& window) {
  std::string text;
  if (window.first == nullptr) return text;
  constexpr std::size_t about_texts = 2048;  // room for most, at once
  text.reserve(window.first->event.text().size() + about_texts);
  append_json(text, *window.first);
  return text;
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
  const Value apart = read_object(first);
  if (const Object* match = apart.object()) window.first = signal_of(*match, find);
  const bool whole = members.sound() && (window.told > 0 || window.first != nullptr);
  return whole ? std::optional(std::move(saved)) : std::nullopt;
}

}  // namespace picket
