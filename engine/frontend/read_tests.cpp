#include <string>
#include <unordered_map>

#include "engine/event/time.hpp"
#include "engine/frontend/readers.hpp"
#include "grammar/text/backquoted.hpp"

namespace picket {
namespace {

// A number of minutes, or a time.
std::optional<Time> time_of(const yaml::Node& node) {
  if (node.scalar() == nullptr) return std::nullopt;
  const Value value = node.value();
  if (value.string() != nullptr) return parse_time(*value.string());
  const auto minutes = value.as_double();
  if (!minutes || *minutes < 0 || *minutes > static_cast<double>(longest_minutes)) return std::nullopt;
  return Time{static_cast<std::int64_t>(*minutes * static_cast<double>(microseconds_per_minute))};
}

// `_mocked_lookup_data_` of an event: tables, keys, rows. Each on its way must be a mapping to say anything.
void check_mocked_tables(const Section& section, const yaml::Node& event) {
  const auto* mocked = event.mapping() == nullptr ? nullptr : event.mapping()->find("_mocked_lookup_data_");
  if (mocked == nullptr) return;
  const auto check = [&section](const yaml::Mapping::Entry& entry, std::string_view cure) {
    if (entry.value->mapping() != nullptr) return true;
    section.say(Code::wrong_type, place_of(entry),
                backquoted(entry.key) + " must be a mapping, and this is " + std::string(entry.value->kind_in_words()),
                std::string(cure));
    return false;
  };
  if (!check(*mocked, "write `_mocked_lookup_data_: {table: {key: {column: value}}}`")) return;
  for (const yaml::Mapping::Entry& table : mocked->value->mapping()->entries) {
    (void)check(table, "write the rows of the table by their keys: `key: {column: value}`");
  }
}

void read_event(const Section& section, RuleTest& test) {
  const auto* log = section.raw("Log");
  const auto* resource = section.raw("Resource");
  if (log != nullptr && resource != nullptr) {
    section
        .say(Code::conflicting_keys, resource->key_span, "`Log` and `Resource` exclude each other",
             "take one of the two out")
        .related.push_back({section.source(), log->key_span, "`Log` is here"});
  }
  const auto* event = log != nullptr ? log : resource;
  if (event == nullptr) {
    if (section.was_meant("Log") || section.was_meant("Resource")) return;
    section.say(Code::missing_key, section.place(), "the test has no event: the key `Log` is missing",
                "write `Log: {…}`, the event as JSON");
    return;
  }
  check_mocked_tables(section, *event->value);
  test.event = event->value->value();
  test.event_span = event->value->span;
}

void read_mocks(const Section& section, RuleTest& test) {
  const auto* entry = section.find("Mocks");
  std::unordered_map<std::string, SourceSpan> seen;
  for (const yaml::NodePtr& item : section.items("Mocks")) {
    auto mock = section_of(section, *item, Holder::mock, "a mock", "objectName", entry->key_span);
    if (!mock) continue;
    mock->check();
    auto name = mock->text("objectName");
    const auto* value = mock->raw("returnValue");
    if (!name || value == nullptr) continue;
    const auto [first, is_new] = seen.try_emplace(name->value, name->span);
    if (!is_new) {
      section
          .say(Code::duplicate_item, name->span, backquoted(name->value) + " is mocked twice in this test",
               "take one of the two out")
          .related.push_back({section.source(), first->second, "first mocked here"});
    }
    test.mocks.push_back({*std::move(name), value->value->value()});
  }
}

// How many alerts there must be, and when the event comes.
void read_alerts(const Section& section, RuleTest& test) {
  test.expected_alerts = section.integer("ExpectedAlerts");
  if (test.expected_alerts && test.expected_alerts->value < 0) {
    section.say(Code::bad_value, test.expected_alerts->span, "`ExpectedAlerts` is negative", "write a number from 0");
  }
  const auto* entry = section.find("At");
  if (entry == nullptr || entry->value->sequence() == nullptr) return;
  if (section.raw("ExpectedAlerts") == nullptr && !section.was_meant("ExpectedAlerts")) {
    section.say(Code::ignored_value, entry->key_span, "`At` has no effect: nothing is expected of the number of alerts",
                "write `ExpectedAlerts: …`, how many there must be");
  }
  const std::size_t size = entry->value->sequence()->items.size();
  if (size == 0 || size > most_times) {
    section.say(Code::bad_value, place_of(*entry),
                size == 0 ? "`At` is empty: the event would never come"
                          : "`At` has " + std::to_string(size) + " times, which is too many",
                "write from 1 to " + std::to_string(most_times) + " times");
    return;
  }
  test.times = read_times(section, *entry);
}

// What a test expects of an alert is never compared if its event is to give none.
void check_expectations(const Section& section, RuleKind kind, const RuleTest& test) {
  const bool alerts = (kind == RuleKind::policy) != test.expected;
  if (alerts) return;
  for (const std::string_view key :
       {"ExpectedAlerts", "ExpectedTitle", "ExpectedSeverity", "ExpectedDedup", "ExpectedContext"}) {
    const auto* entry = section.raw(key);
    if (entry == nullptr) continue;
    section.say(Code::ignored_value, entry->key_span,
                backquoted(key) + " has no effect: with this ExpectedResult there is no alert",
                "take it out, or correct the ExpectedResult");
  }
}

RuleTest read_test(const Section& section, SourceSpan span, RuleKind kind) {
  RuleTest test;
  static_cast<TestHeading&>(test) = read_heading(section, span);
  read_event(section, test);
  read_mocks(section, test);
  if (const auto now = section.text("Now")) {
    if (const auto time = parse_time(now->value)) test.now = Located<Time>{*time, now->span};
  }
  if (const auto* memory = section.find("Memory")) {
    test.memory = Located<Value>{memory->value->value(), memory->key_span};
  }
  if (const auto* memory = section.find("ExpectedMemory")) {
    test.expected_memory = Located<Value>{memory->value->value(), memory->key_span};
  }
  read_alerts(section, test);
  test.expected_title = section.text("ExpectedTitle");
  if (const auto word = section.text("ExpectedSeverity")) {
    if (const auto severity = severity_from_word(word->value))
      test.expected_severity = Located<Severity>{*severity, word->span};
  }
  test.expected_dedup = section.text("ExpectedDedup");
  if (const auto* context = section.find("ExpectedContext")) {
    test.expected_context = Located<Value>{context->value->value(), context->value->span};
  }
  if (section.boolean("ExpectedResult")) check_expectations(section, kind, test);
  return test;
}

}  // namespace

std::optional<Section> section_of(const Section& parent, const yaml::Node& item, Holder holder, std::string_view what,
                                  std::string_view begins, SourceSpan fallback) {
  if (const yaml::Mapping* mapping = item.mapping()) {
    return Section(parent.source(), *mapping, item.span, holder, parent.diagnostics());
  }
  const SourceSpan span = yaml::place_of(*parent.source(), item, fallback);
  parent.say(Code::not_a_mapping, span,
             std::string(what) + " must be a mapping, and this is " + std::string(item.kind_in_words()),
             "write `- " + std::string(begins) + ": …`");
  return std::nullopt;
}

TestHeading read_heading(const Section& test, SourceSpan span) {
  TestHeading heading;
  heading.span = span;
  heading.name = test.text("Name").value_or(Located<std::string>{{}, test.place()});
  if (const auto expected = test.boolean("ExpectedResult")) {
    heading.expected = expected->value;
    heading.expected_span = expected->span;
  }
  return heading;
}

std::vector<Time> read_times(const Section& section, const yaml::Mapping::Entry& list) {
  std::vector<Time> times;
  for (const yaml::NodePtr& node : list.value->sequence()->items) {
    if (const auto time = time_of(*node)) {
      times.push_back(*time);
      continue;
    }
    section.say(Code::bad_value, yaml::place_of(*section.source(), *node, list.key_span), "this is no time",
                "write a number of minutes, or a time like `2026-01-31T12:00:00Z`");
  }
  return times;
}

void TestNames::check(const Section& rule, const Section& test) {
  const auto name = test.text("Name");
  if (!name) return;
  const auto [first, is_new] = seen_.try_emplace(name->value, name->span);
  if (is_new) return;
  rule.say(Code::duplicate_test, name->span, "another test of this rule is called " + backquoted(name->value),
           "rename one of the two")
      .related.push_back({rule.source(), first->second, "the other is here"});
}

std::vector<RuleTest> read_tests(const Section& rule, RuleKind kind) {
  std::vector<RuleTest> tests;
  const auto* entry = rule.find("Tests");
  TestNames names;
  for (const yaml::NodePtr& item : rule.items("Tests")) {
    auto section = section_of(rule, *item, Holder::test, "a test", "Name", entry->key_span);
    if (!section) continue;
    section->check();
    names.check(rule, *section);
    tests.push_back(read_test(*section, item->span, kind));
  }
  return tests;
}

}  // namespace picket
