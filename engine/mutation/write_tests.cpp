#include "engine/mutation/write_tests.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "engine/mutation/test_list.hpp"
#include "engine/ruletest/nearby.hpp"
#include "engine/ruletest/test_time.hpp"
#include "engine/yaml/emit.hpp"

namespace picket {
namespace {

constexpr std::ptrdiff_t most_named = 2;  // changes in a test's name
constexpr std::size_t value_bytes = 40;   // of a value in a test's name

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// The event of a test as it stands in the file.
struct EventText {
  std::size_t after_key = 0;  // behind `Log:`
  std::string anchor;         // `name` of `&name`
  std::string alias;          // `name` of `<<: *name`
  bool flow = false;
};

std::string name_at(std::string_view text, std::size_t at) {
  const std::size_t end = text.find_first_of(" \t\r\n,}]", at);
  return std::string(text.substr(at, (end == std::string_view::npos ? text.size() : end) - at));
}

// An alias means the last anchor of its name before it: only one that is there once is sure to be meant.
bool is_unique_anchor(std::string_view text, const std::string& name) {
  std::size_t count = 0;
  const std::string anchor = "&" + name;
  for (std::size_t at = text.find(anchor); at != std::string_view::npos; at = text.find(anchor, at + 1)) {
    count += name_at(text, at + 1) == name ? 1 : 0;
  }
  return count == 1;
}

std::optional<EventText> event_text(std::string_view text, const RuleTest& test) {
  const std::string_view before = text.substr(test.span.begin, test.event_span.begin - test.span.begin);
  std::size_t key = before.rfind("Log:");
  std::size_t length = 4;
  if (key == std::string_view::npos) {
    key = before.rfind("Resource:");
    length = 9;
  }
  if (key == std::string_view::npos) return std::nullopt;
  EventText event;
  event.after_key = test.span.begin + key + length;
  const std::string_view between = trimmed(before.substr(key + length));
  const std::string_view held = text.substr(test.event_span.begin, test.event_span.end - test.event_span.begin);
  if (between.starts_with('&')) event.anchor = name_at(between, 1);
  if (between.empty() && held.starts_with('&')) event.anchor = name_at(held, 1);
  if (!between.empty() && !between.starts_with('&')) return std::nullopt;
  if (const std::size_t merge = held.find("<<: *"); merge != std::string_view::npos) {
    event.alias = name_at(held, merge + 5);
  }
  event.flow = held.find('{') < held.find(':');
  if (!event.anchor.empty() && !is_unique_anchor(text, event.anchor)) return std::nullopt;
  if (!event.alias.empty() && !is_unique_anchor(text, event.alias)) event.alias.clear();
  return event;
}

// Entries of the event that those of another, merged into it, do not give; null where the other has one too many.
Object differing(const Object& event, const Object& merged) {
  Object entries;
  for (const auto& [key, value] : event.entries()) {
    const Value* same = merged.find_exact(key);
    if (same == nullptr || !(*same == value)) entries.set(key, value);
  }
  for (const auto& [key, value] : merged.entries()) {
    if (event.find_exact(key) == nullptr && !value.is_null()) entries.set(key, Value());
  }
  return entries;
}

// A value in a test's name. Of a long text what is new in it, to the next blank or separator: `"…excel.exe"`.
std::string named(const Value& value, const Value& before) {
  const std::string* text = value.string();
  const bool printable =
      text != nullptr && std::all_of(text->begin(), text->end(), [](unsigned char c) { return c >= ' '; });
  if (!printable) return short_json(value, value_bytes);
  if (text->size() <= value_bytes || before.string() == nullptr) {
    return text->size() <= value_bytes ? '"' + *text + '"' : short_json(value, value_bytes);
  }
  const std::string& old = *before.string();
  const auto ends = std::mismatch(text->begin(), text->end(), old.begin(), old.end());
  auto begin = static_cast<std::size_t>(ends.first - text->begin());
  std::size_t same = 0;
  while (same < std::min(text->size(), old.size()) - begin &&
         text->rbegin()[static_cast<std::ptrdiff_t>(same)] == old.rbegin()[static_cast<std::ptrdiff_t>(same)]) {
    ++same;
  }
  std::size_t end = text->size() - same;
  constexpr std::string_view separators = " \\/,;\"'";
  while (begin > 0 && separators.find((*text)[begin - 1]) == std::string_view::npos) --begin;
  while (end < text->size() && separators.find((*text)[end]) == std::string_view::npos) ++end;
  if (end - begin > value_bytes || end <= begin) return short_json(value, value_bytes);
  return std::string(begin > 0 ? "\"\u2026" : "\"") + text->substr(begin, end - begin) +
         (end < text->size() ? "\u2026\"" : "\"");
}

// "At: [0, 5]", over several lines if need be.
std::string emit_times(std::span<const Time> times, std::size_t indent) {
  std::string text = "At: [";
  std::size_t column = indent + text.size();
  std::string separator;
  for (const Time time : times) {
    const std::string one = yaml::emit_flow(written_time(time));
    const bool fits = separator.empty() || column + separator.size() + one.size() + 1 <= file_columns;
    const std::string before = fits ? separator : ",\n" + std::string(indent + 2, ' ');
    column = (fits ? column + before.size() : indent + 2) + one.size();
    text += before + one;
    separator = ", ";
  }
  text += "]";
  return text;
}

// A key that the event merged has can be taken out only by writing null for it.
bool takes_out_a_key(const KillingEvent& event) {
  return std::ranges::any_of(event.changes,
                             [](const EventChange& change) { return !change.value && change.path.size() == 1; });
}

class Writer {
 public:
  explicit Writer(const Rule& rule) : rule_(rule), text_(rule.source->text()), list_(text_, rule.tests) {}

  std::vector<Edit> write(std::span<const Killer> killers) {
    std::string added;
    for (const Killer& killer : killers) {
      if (const auto* event = std::get_if<KillingEvent>(&killer)) added += item(*event);
      if (const auto* times = std::get_if<KillingTimes>(&killer)) added += item(*times);
    }
    edits_.push_back(list_.add(std::move(added)));
    return std::move(edits_);
  }

 private:
  std::string item(const KillingEvent& event) { return item(event, test_name(event), ""); }

  std::string item(const KillingTimes& times) {
    const KillingEvent event{.base = times.base,
                             .changes = {},
                             .event = times.base->event,
                             .verdict = times.base->expected,
                             .null_will_do = true};
    const std::string end = list_.style().block ? "\n" + std::string(list_.style().dash + 2, ' ') : ", ";
    return item(event, test_name(times),
                emit_times(times.times, list_.style().dash + 2) + end +
                    "ExpectedAlerts: " + std::to_string(times.alerts) + end);
  }

  std::string item(const KillingEvent& event, const std::string& named, const std::string& more) {
    const ListStyle& style = list_.style();
    const std::string name = list_.new_name(named);
    const std::string expected = event.verdict ? "true" : "false";
    const std::string key = rule_.kind == RuleKind::policy ? "Resource" : "Log";
    if (!style.block) {
      return ", {Name: " + name + ", ExpectedResult: " + expected + ", " + settings(event, ", ") + more + key + ": " +
             flow_event(event) + "}";
    }
    const std::string inner(style.dash + 2, ' ');
    return std::string(style.dash, ' ') + "- Name: " + name + "\n" + inner + "ExpectedResult: " + expected + "\n" +
           settings(event, "\n" + inner, inner) + inner + more + key + ":" + block_event(event, style.dash + 4);
  }

  // The mocks, the memory and the clock of the test that the event begins with.
  std::string settings(const KillingEvent& event, const std::string& end, const std::string& begin = "") const {
    if (event.base == nullptr) return {};
    std::string text;
    const auto add = [&](const std::string& entry) { text += (text.empty() ? begin : "") + entry + end; };
    if (!event.base->mocks.empty()) {
      List mocks;
      for (const RuleTest::Mock& mock : event.base->mocks) {
        mocks.emplace_back(Object{{"objectName", mock.name.value}, {"returnValue", mock.value}});
      }
      add("Mocks: " + yaml::emit_flow(Value(std::move(mocks))));
    }
    if (event.base->memory) add("Memory: " + yaml::emit_flow(event.base->memory->value));
    if (event.base->now) add("Now: " + std::string(rule_.source->text(event.base->now->span)));
    // The last end is a new line with the indentation of an entry, which the next one brings itself.
    if (!begin.empty() && !text.empty()) text.resize(text.size() - begin.size());
    return text;
  }

  std::string flow_event(const KillingEvent& event) const { return yaml::emit_flow(event.event); }

  std::string block_event(const KillingEvent& event, std::size_t indent) {
    const std::string whole = yaml::emit_flow(event.event);
    const auto* merged = event.base == nullptr ? nullptr : event.base->event.object();
    const auto base = event.base == nullptr ? std::nullopt : event_text(text_, *event.base);
    const bool short_flow =
        indent + 4 + whole.size() <= file_columns && (!base || base->flow || event.event.object()->empty());
    if (short_flow) return " " + whole + "\n";
    if (!base || merged == nullptr || (takes_out_a_key(event) && !event.null_will_do)) {
      return "\n" + yaml::emit_entries(*event.event.object(), indent, file_columns);
    }
    std::string anchor = base->anchor;
    if (anchor.empty() && !base->alias.empty()) {
      // The event that this one repeats; what it says beyond it is said again.
      const RuleTest* named = test_with_anchor(base->alias);
      if (named != nullptr) {
        anchor = base->alias;
        merged = named->event.object();
      }
    }
    if (anchor.empty()) anchor = new_anchor(*event.base, *base);
    const Object more = differing(*event.event.object(), *merged);
    if (more.empty()) return " *" + anchor + "\n";
    return "\n" + std::string(indent, ' ') + "<<: *" + anchor + "\n" + yaml::emit_entries(more, indent, file_columns);
  }

  const RuleTest* test_with_anchor(const std::string& anchor) const {
    for (const RuleTest& test : rule_.tests) {
      const auto event = event_text(text_, test);
      if (event && event->anchor == anchor) return &test;
    }
    return nullptr;
  }

  // Gives the event of the test an anchor, once.
  std::string new_anchor(const RuleTest& test, const EventText& event) {
    const auto [known, added] = anchors_.emplace(&test, "");
    if (!added) return known->second;
    std::string name = "event";
    for (int number = 2; text_.find("&" + name) != std::string_view::npos || taken(name); ++number) {
      name = "event" + std::to_string(number);
    }
    known->second = name;
    const auto at = static_cast<std::uint32_t>(event.after_key);
    edits_.push_back({.span = {at, at}, .replacement = " &" + name});
    return name;
  }

  bool taken(const std::string& name) const {
    return std::any_of(anchors_.begin(), anchors_.end(), [&](const auto& one) { return one.second == name; });
  }

  const Rule& rule_;
  std::string_view text_;
  TestList list_;
  std::map<const RuleTest*, std::string> anchors_;
  std::vector<Edit> edits_;
};

}  // namespace

std::string test_name(const KillingEvent& event) {
  std::string name = event.base == nullptr ? "An event" : event.base->name.value;
  Value before = event.base == nullptr ? Value() : event.base->event;
  bool first = true;
  for (const EventChange& change : event.changes) {
    if (&change - event.changes.data() >= most_named) return name + " and more";
    name += first ? (event.base == nullptr ? " whose " : ", but ") : " and ";
    first = false;
    name += change.value ? print_path(change.path) + " is " + named(*change.value, value_at(before, change.path))
                         : "without " + print_path(change.path);
    before = changed(before, change);
  }
  return name;
}

std::string test_name(const KillingTimes& killer) {
  const std::string times = killer.times.size() == 1 ? "once" : std::to_string(killer.times.size()) + " times";
  std::string name = killer.base->name.value + ", " + times;
  if (killer.times.front() != killer.times.back()) {
    const std::int64_t span = killer.times.back().microseconds - killer.times.front().microseconds;
    name += " within " + std::to_string(span / microseconds_per_minute) + " minutes";
  }
  return name;
}

std::vector<Edit> test_edits(const Rule& rule, std::span<const Killer> killers) {
  return killers.empty() ? std::vector<Edit>() : in_line_ends_of(rule.source->text(), Writer(rule).write(killers));
}

}  // namespace picket
