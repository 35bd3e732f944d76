#include "tests/agree/random_scenario.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "tests/agree/draft.hpp"
#include "tests/agree/random_conditions.hpp"
#include "tests/agree/random_words.hpp"

namespace picket::tests {
namespace {

// The definitions that all rules of a set may use: a library's, a model's.
struct Shared {
  std::vector<NamedExpression> mappings;
  std::string library;
  KnownNames names;  // as rules write them
};

Shared random_shared(Chance& chance) {
  Shared shared;
  const KnownNames none;
  RandomTexts texts(chance, none);
  for (const char* name : {"actor", "target", "deep"}) {
    shared.mappings.push_back({name, chance.one_in(2) ? random_plain_path(chance) : texts.value({}, 2)});
    shared.names.values.push_back("udm." + std::string(name));
  }
  shared.library = "is_first = " + texts.atom() + "\nis_second = " + texts.condition(2) +
                   "\nthird = " + texts.value({}, 2) +
                   "\nLIST = [\"abc\", \"Root\", 5]\nlike_it(it) = it eq \"abc\" or it in LIST\n" +
                   "outer(it, other = third) = it eq other\n";
  shared.names.values.emplace_back("lib.third");
  shared.names.truths = {"lib.is_first", "lib.is_second"};
  shared.names.lists = {"lib.LIST"};
  shared.names.predicates = {"lib.like_it", "lib.outer"};
  return shared;
}

std::vector<std::string> random_log_types(Chance& chance) {
  std::vector<std::string> log_types;
  if (chance.one_in(8)) return log_types;
  for (std::size_t count = 1 + chance.below(2); count > 0; --count) log_types.emplace_back(random_log_type(chance));
  return log_types;
}

void add_texts(RuleDraft& draft, RandomTexts& texts, Chance& chance) {
  if (chance.one_in(2)) draft.alert_title = texts.text_template();
  if (chance.one_in(4)) draft.dedup = texts.text_template();
  if (chance.one_in(8)) draft.alert_description = texts.text_template();
  if (chance.one_in(8)) draft.unique = texts.text_template();
  if (chance.one_in(4)) draft.dynamic_severity = texts.severity();
  if (chance.one_in(6)) draft.destinations = texts.destinations();
  if (chance.one_in(4)) draft.alert_context = texts.context_entries();
}

// Few keys, so that rules meet their own and each other's.
std::string random_key_of_memory(Chance& chance, RandomTexts& texts) {
  constexpr std::array<const char*, 3> constant{"one", "two", "three"};
  switch (chance.below(4)) {
    case 0:
      return constant[chance.below(constant.size())];
    case 1:
      return "of {" + random_plain_path(chance) + "}";
    case 2:
      return "{" + random_plain_path(chance) + "} and {" + random_plain_path(chance) + "}";
    default:
      return "of {" + texts.value({}, 1) + "}";
  }
}

// `names` are those of the rule's other texts, which may use what is remembered, too.
void add_remember(RuleDraft& draft, KnownNames& names, Chance& chance) {
  const KnownNames without = names;
  RandomTexts texts(chance, without);
  draft.remember_key = random_key_of_memory(chance, texts);
  names.values.insert(names.values.end(), {"previous", "previous", "recall(\"one\")"});
  names.truths.insert(names.truths.end(), {"previous", "previous is null", "(previous ?? 0) lt 3"});
  names.lists.emplace_back("previous");
  RandomTexts with(chance, names);
  constexpr std::array<const char*, 4> values{"(previous ?? 0) + 1", "union(previous, [a])", "now", "a"};
  if (!chance.one_in(4)) draft.remember_value = values[chance.below(values.size())];
  if (chance.one_in(3)) draft.remember_value = with.value({}, 2);
  if (!chance.one_in(4)) draft.remember_when = chance.one_in(2) ? with.atom() : with.rule_condition();
  if (chance.one_in(2)) draft.remember_for = {static_cast<std::int64_t>(1 + chance.below(7'200)) * 1'000'000};
}

RuleDraft random_rule(Chance& chance, const Shared& shared, std::size_t number) {
  RuleDraft draft;
  draft.id = "r" + std::to_string(number);
  draft.kind = chance.one_in(8) ? RuleKind::policy : chance.one_in(8) ? RuleKind::scheduled_rule : RuleKind::rule;
  draft.enabled = !chance.one_in(16);
  draft.log_types = random_log_types(chance);
  KnownNames names = shared.names;
  // Names of a data model are errors in a rule that has none.
  bool has_model = false;
  for (const std::string& log_type : draft.log_types) has_model |= log_type == "A";
  if (!has_model) names.values.erase(names.values.begin(), names.values.begin() + 3);
  if (chance.one_in(3)) {
    const KnownNames others = names;
    RandomTexts texts(chance, others);
    draft.let = "mine = " + texts.value({}, 2) + "\nholds = " + texts.condition(1) + "\nWORDS = [\"abc\", \"x\"]\n" +
                "near(it, other = WORDS) = it in other or it starts_with~ \"r\"\n";
    names.values.emplace_back("mine");
    names.truths.emplace_back("holds");
    names.lists.emplace_back("WORDS");
    names.predicates.emplace_back("near");
  }
  draft.libraries = {"lib"};
  if (chance.one_in(6)) add_remember(draft, names, chance);
  RandomTexts texts(chance, names);
  draft.condition = chance.one_in(4) ? texts.condition(4) : texts.rule_condition();
  if (chance.one_in(40)) draft.condition = "";
  if (chance.one_in(2)) add_texts(draft, texts, chance);
  return draft;
}

// What no path leads to but `$[**]`, and what looks like an event's own log type.
Value decoy(Chance& chance) {
  return Object{{"p_log_type", std::string(random_log_type(chance))}, {"a", random_text(chance)}};
}

Value random_number_value(Chance& chance) {
  const auto number = Value::from_number(random_number(chance));
  return number ? *number : Value();
}

void set_log_type(Object& event, Chance& chance) {
  switch (chance.below(16)) {
    case 0:
      return;
    case 1:
      event.set("p_log_type", random_json_value(chance, 1));
      return;
    case 2:
      event.set("P_log_type", std::string(random_log_type(chance)));
      return;
    case 3:
      event.set("p_log_type", "Unknown");
      return;
    case 4:
      event.set("p_log_type", "");
      return;
    default:
      event.set("p_log_type", std::string(random_log_type(chance)));
  }
}

}  // namespace

Value random_json_value(Chance& chance, std::size_t depth) {
  const std::size_t kinds = depth == 0 ? 12 : 18;
  switch (chance.below(kinds)) {
    case 0:
      return nullptr;
    case 1:
      return chance.one_in(2);
    case 2:
    case 3:
      return random_number_value(chance);
    case 4:
      return random_long_text(chance);
    case 5:
      return chance.one_in(2) ? std::string(random_network(chance)) : std::string(random_time_text(chance));
    case 12:
    case 13:
    case 14: {
      List list;
      for (std::size_t count = chance.below(5); count > 0; --count)
        list.push_back(random_json_value(chance, depth - 1));
      return list;
    }
    case 15:
    case 16: {
      Object object;
      for (std::size_t count = chance.below(5); count > 0; --count) {
        object.set(std::string(random_key(chance)), random_json_value(chance, depth - 1));
      }
      return object;
    }
    case 17:
      return decoy(chance);
    default:
      return random_text(chance);
  }
}

Value random_event(Chance& chance) {
  Object event;
  const bool log_type_first = chance.one_in(4);
  if (log_type_first) set_log_type(event, chance);
  const std::size_t members = chance.one_in(10) ? chance.below(60) : chance.below(12);
  for (std::size_t i = 0; i < members; ++i) {
    // A few of the many members have keys that no rule knows.
    const std::string key = i < 14 ? std::string(random_key(chance)) : "unknown" + std::to_string(i);
    event.set(key, random_json_value(chance, 3));
  }
  if (!log_type_first) set_log_type(event, chance);
  return event;
}

RandomScenario random_rules(Chance& chance, std::size_t rules) {
  RandomScenario made;
  Scenario& scenario = made.scenario;
  Shared shared;
  do {  // what rules lean on must be free of errors
    shared = random_shared(chance);
    scenario.pack.libraries = {parse_library("lib", shared.library)};
    scenario.pack.data_models = {parse_data_model("model", {"A"}, shared.mappings)};
  } while (scenario.pack.libraries.front().definitions.empty() || has_errors(scenario.pack));
  std::vector<RuleDraft> drafts;
  for (std::size_t number = 0; number < rules; ++number) drafts.push_back(random_rule(chance, shared, number));
  made.drafted = drafts.size();
  (void)add_rules(scenario.pack, drafts);
  scenario.options.steps = 50'000'000;
  scenario.options.memo = !chance.one_in(4);
  if (chance.one_in(2)) scenario.options.log_type = std::string(random_log_type(chance));
  scenario.now = Time{1'767'225'600'000'000 + static_cast<std::int64_t>(chance.below(1'000'000'000))};
  return made;
}

}  // namespace picket::tests
