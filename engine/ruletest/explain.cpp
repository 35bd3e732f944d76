#include "engine/ruletest/explain.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/pack/pack.hpp"
#include "engine/ruletest/lineage.hpp"
#include "engine/ruletest/nearby.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {
namespace {

constexpr std::size_t most_values = 3;  // shown of a comparison that was evaluated several times

std::string with_article(Kind kind) {
  const std::string_view word = spelling(kind);
  return (word == "object" ? "an " : "a ") + std::string(word);
}

std::string kinds_note(const Observation& seen) {
  std::string note = "the left side is " + with_article(seen.left.kind());
  const List* list = seen.right->list();
  if (list == nullptr) return note + ", the right side is " + with_article(seen.right->kind());
  if (!list->empty()) note += ", the list holds a value of type " + std::string(spelling(list->front().kind()));
  return note;
}

// Only where a false comparison asks for a value: a right side near to what is there.
std::string value_note(const Observation& seen) {
  if (!seen.right || seen.term == nullptr) return {};
  const Op op = seen.term->op;
  if (op != Op::eq && op != Op::in && op != Op::contains) return {};
  const bool left_is_list = seen.left.list() != nullptr;
  const auto near = left_is_list ? nearest_value(*seen.right, seen.left) : nearest_value(seen.left, *seen.right);
  if (!near) return {};
  if (left_is_list) return "the nearest element is " + *near;
  std::string note = "the nearest value is " + *near;
  if (ascii_equal_folded(to_json(seen.left), *near)) note += ", which differs in case only: `~` ignores case";
  return note;
}

// What the fields hold by which a premise knows the events that it means.
std::string premise_note(const Observation& premise) {
  std::vector<std::string> told;
  for (const Observation& one : premise.within) {
    if (one.path.empty()) continue;
    std::string text = one.left.is_null() ? "the event has no " + one.path : one.path + " is " + short_json(one.left);
    if (std::ranges::find(told, text) == told.end()) told.push_back(std::move(text));
  }
  std::string note = "the event is none that is meant";
  for (std::size_t i = 0; i < std::min(told.size(), most_values); ++i) note += (i == 0 ? ": " : ", ") + told[i];
  return note;
}

// The value of the event that a comparison within an item compares the item's value with, if it does.
const Value* compared_with(const Observation& one, const Observation& item) {
  const auto is_other = [&](const Term& side, const Value& value) {
    return !std::holds_alternative<ConstantTerm>(side.node) && !(value == item.left);
  };
  if (is_other(*one.term->right, *one.right)) return &*one.right;
  return is_other(*one.term->left, one.left) && *one.right == item.left ? &one.left : nullptr;
}

// What its value comes nearest to, of all that an item asks for (it has its own words for case); or the value of the
// event that it is compared with.
std::string item_note(const Observation& item) {
  for (const Observation& one : item.within) {
    if (one.term == nullptr || !one.right) continue;
    if (const Value* other = compared_with(one, item)) return "it is compared with " + short_json(*other);
    const bool equals = one.result != one.term->negated;
    const auto near = equals ? std::nullopt : nearest_value(one.left, *one.right);
    if (near) return "the nearest value is " + *near;
  }
  return {};
}

// Whether what is told as its path is one of the event, not of an element or of several.
bool is_of_event(const Observation& seen) {
  if (seen.item == nullptr) return true;
  return std::ranges::any_of(seen.item->fields, [&](const ItemField& field) {
    return field.name == seen.path && std::holds_alternative<FieldTerm>(field.value.node);
  });
}

std::string note_of(const Observation& seen, ComparisonState state, const Value& event) {
  if (seen.item != nullptr) {
    const bool premise = seen.item->role == WrittenItem::Role::premise;
    if (state == ComparisonState::is_false) return premise ? premise_note(seen) : item_note(seen);
    if (state == ComparisonState::wrong_type) return seen.item->lenient ? std::string() : kinds_note(*clash_of(seen));
    if (state == ComparisonState::is_true && seen.left.is_null() && !seen.path.empty() && is_of_event(seen)) {
      return "the event has no " + seen.path;
    }
  }
  switch (state) {
    case ComparisonState::missing: {
      if (seen.path.empty() || !is_of_event(seen)) return {};
      const auto path = nearest_path(event, seen.path);
      return path ? did_you_mean(*path) : std::string();
    }
    case ComparisonState::wrong_type:
      return kinds_note(seen);
    case ComparisonState::is_false:
      return value_note(seen);
    case ComparisonState::is_true:
    case ComparisonState::not_reached:
      return {};
  }
  return {};
}

// The left values of the observations that explain the state: the false ones if there are any.
std::string actual_of(const std::vector<const Observation*>& seen, bool result) {
  std::vector<std::string> texts;
  for (const Observation* one : seen) {
    if (one->result != result || one->left.is_null()) continue;
    std::string text = short_json(one->left);
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
  }
  std::string joined;
  for (std::size_t i = 0; i < std::min(texts.size(), most_values); ++i) joined += (i == 0 ? "" : ", ") + texts[i];
  if (texts.size() > most_values) joined += ", …";
  return joined;
}

// What stands at one place is one comparison, however often it has been unfolded or read in another way.
using Place = std::tuple<const Source*, std::uint32_t, std::uint32_t>;

Place place_of(const Site& site) { return {site.source.get(), site.span.begin, site.span.end}; }

bool inside(SourceSpan inner, SourceSpan outer) { return outer.begin <= inner.begin && inner.end <= outer.end; }

}  // namespace

std::string definition_of(const Site& site, const CheckedPack& pack, const Rule& rule) {
  const auto search = [&](const std::vector<Definition>& definitions, const std::string& prefix,
                          const SourcePtr& home) -> std::string {
    for (const Definition& definition : definitions) {
      const SourcePtr& source = definition.source != nullptr ? definition.source : home;
      if (source != site.source || !inside(site.span, definition.span)) continue;
      // One that stands elsewhere has a name in the rule, and another there.
      if (definition.source != nullptr) return std::string(source->text(definition.name_span));
      return prefix + definition.name;
    }
    return {};
  };
  std::string name = search(rule.definitions, "", rule.source);
  if (name.empty()) name = search(rule.condition.definitions, "", rule.source);
  if (!name.empty()) return name;
  for (const Library& library : pack.pack->libraries) {
    if (library.source == site.source) return search(library.definitions, library.id.value + ".", library.source);
  }
  return {};
}

ComparisonReport report_on(const std::shared_ptr<const Site>& site, const std::vector<const Observation*>& seen,
                           const Value& event) {
  ComparisonReport report;
  report.site = site;
  report.text = written_at(*site);
  report.times = seen.size();
  report.times_true = static_cast<std::size_t>(
      std::count_if(seen.begin(), seen.end(), [](const Observation* one) { return one->result; }));
  if (seen.empty()) {
    report.state = ComparisonState::not_reached;
    return report;
  }
  const auto first_false = std::find_if(seen.begin(), seen.end(), [](const Observation* one) { return !one->result; });
  const bool all_true = first_false == seen.end();
  const Observation& telling = all_true ? *seen.front() : **first_false;
  report.state = state_of(telling);
  // What an element lacks, the event need not have.
  if (report.state != ComparisonState::missing || is_of_event(telling)) report.path = telling.path;
  report.actual = actual_of(seen, all_true);
  report.note = note_of(telling, report.state, event);
  return report;
}

std::vector<ComparisonReport> explain_verdict(Interpreter& interpreter, const CheckedPack& pack,
                                              const CheckedRule& rule, const EvaluationInput& input) {
  std::vector<ComparisonReport> reports;
  for (const OwnParts& own : parts_by_rule(pack, rule, input.mocks != nullptr)) {
    std::vector<Observation> observations;
    interpreter.start(input);
    interpreter.observe(&observations);
    static_cast<void>(interpreter.holds(own.rule->condition));
    interpreter.observe(nullptr);

    std::map<Place, std::vector<const Observation*>> by_place;
    for (const Observation& one : observations) {
      if (one.part == PartKind::comparison) by_place[place_of(*one.site)].push_back(&one);
    }
    for (const ConditionPart& part : own.parts) {
      if (part.kind != PartKind::comparison) continue;
      ComparisonReport report = report_on(part.site, by_place[place_of(*part.site)], *input.event);
      report.definition = definition_of(*part.site, pack, *own.rule->rule);
      if (report.definition.empty() && own.rule != &rule) report.definition = own.rule->rule->id.value;
      reports.push_back(std::move(report));
    }
  }
  // What was read and decided is asked for once more by callers: of the rule itself.
  interpreter.start(input);
  static_cast<void>(interpreter.holds(rule.condition));
  return reports;
}

}  // namespace picket
