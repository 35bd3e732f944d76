#include "engine/sigma/rules_condition.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "engine/frontend/section.hpp"
#include "grammar/ast/expr.hpp"
#include "grammar/sigma/condition.hpp"
#include "grammar/text/backquoted.hpp"

namespace picket::sigma {
namespace {

std::vector<std::string> ids_of(const CorrelationRule& rule) {
  std::vector<std::string> ids;
  for (const CorrelationItem& item : rule.items) ids.push_back(item.id.value);
  return ids;
}

class RulesCondition {
 public:
  RulesCondition(SigmaDocument& document, SourceText text, CorrelationRule& rule)
      : document_(document), text_(std::move(text)), rule_(rule), ids_(ids_of(rule)) {}

  void read(const Condition& condition) {
    auto requirement = demand_of(condition);
    if (!sound_) return;
    if (!requirement) {
      refuse(whole(), "nothing but `not`: no signal could make this correlation fire",
             "name a rule that must be there");
      return;
    }
    for (const std::size_t item : absent_) {
      if (!present_.contains(item)) continue;
      refuse(whole(), backquoted(ids_[item]) + " must be there and must not be there", "take one of the two out");
      return;
    }
    if (rule_.ordered && chooses(*requirement)) {
      refuse(whole(), "an order of rules knows no `or`", "write `type: temporal`, or join the rules with `and`");
      return;
    }
    arrange_items();
    if (rule_.ordered || !chooses(*requirement)) return;  // all that are no absences
    renumber(*requirement);
    rule_.requirement = std::move(requirement);
  }

 private:
  [[nodiscard]] SourceSpan whole() const { return text_.span(0, text_.text.size()); }

  void refuse(SourceSpan span, std::string message, std::string help) {
    document_.say(Code::impossible_correlation, span, std::move(message), std::move(help));
    sound_ = false;
  }

  static Requirement item_of(std::size_t item) { return {.kind = Requirement::Kind::item, .item = item, .parts = {}}; }
  static Requirement joined(bool any, std::vector<Requirement> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    return {.kind = any ? Requirement::Kind::any : Requirement::Kind::all, .item = 0, .parts = std::move(parts)};
  }

  std::vector<std::size_t> items_of(const Named& named) {
    const auto found = std::find(ids_.begin(), ids_.end(), named.name);
    if (found != ids_.end()) return {static_cast<std::size_t>(found - ids_.begin())};
    document_.say_unknown(Code::unknown_item, {named.name, text_.span(named.span.begin, named.span.end)},
                          backquoted(named.name) + " is none of the `rules`", ids_, "write it as it stands in `rules`");
    sound_ = false;
    return {};
  }
  std::vector<std::size_t> items_of(const Quantified& quantified) {
    std::vector<std::size_t> items;
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      if (quantified.pattern.empty() || fits_pattern(ids_[i], quantified.pattern)) items.push_back(i);
    }
    if (!items.empty()) return items;
    document_.say(Code::unknown_item, text_.span(quantified.pattern_span.begin, quantified.pattern_span.end),
                  "none of the `rules` fits " + backquoted(quantified.pattern), "write their names with a `*`");
    sound_ = false;
    return {};
  }

  Requirement present(const std::vector<std::size_t>& items, bool any) {
    present_.insert(items.begin(), items.end());
    std::vector<Requirement> parts;
    for (const std::size_t item : items) parts.push_back(item_of(item));
    return joined(any, std::move(parts));
  }

  // What must be there; nothing if it is only said what must not. What must not stands beside it, joined by `and`.
  std::optional<Requirement> demand_of(const Condition& condition) {
    const auto* negated = std::get_if<Negated>(&condition.node);
    if (negated != nullptr) {
      forbid(negated->operand.front());
      return std::nullopt;
    }
    const auto* all = std::get_if<Joined>(&condition.node);
    if (all == nullptr || all->any) return positive(condition);
    std::vector<Requirement> parts;
    for (const Condition& operand : all->operands) {
      if (auto part = demand_of(operand)) parts.push_back(*std::move(part));
    }
    if (parts.empty()) return std::nullopt;
    return joined(false, std::move(parts));
  }

  // A part in which nothing is negated.
  Requirement positive(const Condition& condition) {
    return match(
        condition.node, [&](const Named& named) { return present(items_of(named), false); },
        [&](const Quantified& quantified) { return present(items_of(quantified), !quantified.all); },
        [&](const Joined& joint) {
          std::vector<Requirement> parts;
          for (const Condition& operand : joint.operands) parts.push_back(positive(operand));
          return joined(joint.any, std::move(parts));
        },
        [&](const Negated&) {
          refuse(whole(), "a `not` within an `or`: the correlation could fire without any signal",
                 "join what must not be there with `and`, outside of the parentheses");
          return Requirement{};
        });
  }

  // None of these may be there.
  void forbid(const Condition& condition) {
    match(
        condition.node,
        [&](const Named& named) {
          for (const std::size_t item : items_of(named)) absent_.insert(item);
        },
        [&](const Quantified& quantified) {
          const std::vector<std::size_t> items = items_of(quantified);
          if (quantified.all && items.size() > 1) return refuse_choice();
          absent_.insert(items.begin(), items.end());
        },
        [&](const Joined& joint) {
          if (!joint.any) return refuse_choice();
          for (const Condition& operand : joint.operands) forbid(operand);
        },
        [&](const Negated&) { refuse_choice(); });
  }
  void refuse_choice() {
    refuse(whole(), "behind `not` stands one rule, or several joined by `or`, none of which may be there",
           "write `not a and not b`");
  }

  static bool chooses(const Requirement& requirement) {
    return requirement.kind == Requirement::Kind::any ||
           std::any_of(requirement.parts.begin(), requirement.parts.end(), chooses);
  }

  // Leaves out what is not asked for, and puts the absences of an ordered rule at the end.
  void arrange_items() {
    std::vector<CorrelationItem> kept;
    std::vector<CorrelationItem> absences;
    places_.resize(ids_.size());
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      CorrelationItem& item = rule_.items[i];
      if (absent_.contains(i)) {
        item.absence = Located<bool>{true, whole()};
        if (rule_.ordered) {
          absences.push_back(std::move(item));
          continue;
        }
      } else if (!present_.contains(i)) {
        document_.say(Code::ignored_value, item.id.span,
                      "the condition says nothing of " + backquoted(item.id.value) + ", so its signals have no effect",
                      "take it out of `rules`, or name it in the condition");
        continue;
      }
      places_[i] = kept.size();
      kept.push_back(std::move(item));
    }
    std::move(absences.begin(), absences.end(), std::back_inserter(kept));
    rule_.items = std::move(kept);
  }

  void renumber(Requirement& requirement) const {
    if (requirement.kind == Requirement::Kind::item) requirement.item = places_[requirement.item];
    for (Requirement& part : requirement.parts) renumber(part);
  }

  SigmaDocument& document_;
  SourceText text_;
  CorrelationRule& rule_;
  std::vector<std::string> ids_;
  std::set<std::size_t> present_;
  std::set<std::size_t> absent_;
  std::vector<std::size_t> places_;  // of the items that are kept
  bool sound_ = true;
};

void collect_names(const Condition& condition, const SourceText& text, std::vector<Located<std::string>>& names) {
  match(
      condition.node,
      [&](const Named& named) {
        if (std::ranges::find(names, named.name, &Located<std::string>::value) == names.end()) {
          names.push_back({named.name, text.span(named.span.begin, named.span.end)});
        }
      },
      [](const Quantified&) {},
      [&](const Joined& joined) {
        for (const Condition& operand : joined.operands) collect_names(operand, text, names);
      },
      [&](const Negated& negated) { collect_names(negated.operand.front(), text, names); });
}

// --- comparisons ---

void read_bound(SigmaDocument& document, Relation relation, const yaml::Mapping::Entry& entry, Measure& measure) {
  const Value value = entry.value->value();
  const auto number = value.as_double();
  if (!number) {
    document.say(Code::wrong_type, place_of(entry),
                 backquoted(entry.key) + " must be a number, and this is " + std::string(entry.value->kind_in_words()),
                 "write `" + entry.key + ": 10`");
    return;
  }
  constexpr std::int64_t most = std::int64_t{1} << 53;
  if (counts(measure.kind) && (!value.as_index() || *value.as_index() < 0 || *value.as_index() > most)) {
    document.say(Code::bad_value, entry.value->span, "what is counted is a whole number, and this is none",
                 "write a number from 0 on");
    return;
  }
  measure.bounds.push_back({relation, *number, entry.value->span});
}

void read_percentile(SigmaDocument& document, const yaml::Mapping::Entry& entry, Measure& measure) {
  const auto number = entry.value->value().as_double();
  if (!number || *number <= 0 || *number > 100) {
    document.say(Code::bad_value, place_of(entry), "a percentile is a number above 0, at most 100",
                 "write `percentile: 95`");
    return;
  }
  measure.percentile = *number;
}

// How many of its rules must be there, of one without a measure.
void read_needed(SigmaDocument& document, const Measure& measure, CorrelationRule& rule) {
  const std::size_t all = rule.items.size();
  const MeasureBound& bound = measure.bounds.front();
  const double needed = bound.relation == Relation::above ? bound.number + 1 : bound.number;
  const bool sound =
      measure.bounds.size() == 1 && (bound.relation == Relation::at_least || bound.relation == Relation::above ||
                                     (bound.relation == Relation::equal && needed == static_cast<double>(all)));
  if (!sound) {
    document.say(Code::impossible_correlation, bound.span,
                 "of rules that must be there it can only be said how many at least",
                 "write `gte: " + std::to_string(all) + "`, or a text: `a and not b`");
  } else if (needed < 1 || needed > static_cast<double>(all) || (rule.ordered && needed != static_cast<double>(all))) {
    document.say(Code::impossible_correlation, bound.span,
                 rule.ordered ? "all " + std::to_string(all) + " rules must be there for an order of them"
                              : "there are " + std::to_string(all) + " rules",
                 rule.ordered ? "take the condition out" : "write a number from 1 to " + std::to_string(all));
  } else {
    rule.needed = Located<std::int64_t>{static_cast<std::int64_t>(needed), bound.span};
  }
}

}  // namespace

void read_rules_condition(SigmaDocument& document, const yaml::Node& node, CorrelationRule& rule) {
  SourceText text = yaml::source_text(document.source(), node);
  auto parsed = parse_condition(text.text);
  if (const auto* error = std::get_if<ConditionError>(&parsed)) {
    const SourceSpan span = text.span(error->span.begin, error->span.end);
    Diagnostic& diagnostic = document.say(error->aggregation ? Code::old_aggregation : Code::bad_sigma_condition, span,
                                          error->message, error->help);
    if (error->replacement) {
      diagnostic.fixes.push_back({"write " + backquoted(*error->replacement), span, *error->replacement});
    }
    return;
  }
  RulesCondition(document, std::move(text), rule).read(std::get<Condition>(parsed));
}

std::vector<Located<std::string>> names_in_condition(const SourcePtr& source, const yaml::Node& node) {
  const SourceText text = yaml::source_text(source, node);
  std::vector<Located<std::string>> names;
  const auto parsed = parse_condition(text.text);
  if (const auto* condition = std::get_if<Condition>(&parsed)) collect_names(*condition, text, names);
  return names;
}

void read_comparisons(SigmaDocument& document, const yaml::Mapping::Entry& condition, CorrelationRule& rule,
                      std::vector<Located<std::string>>& fields) {
  Measure measure = rule.measure.value_or(Measure{.kind = MeasureKind::count, .percentile = 95, .bounds = {}});
  const std::size_t before = document.error_count();
  std::vector<std::string> known = {"field", "percentile"};
  for (const Relation relation : relations) known.emplace_back(spelling(relation));
  for (const yaml::Mapping::Entry& entry : condition.value->mapping()->entries) {
    const auto* const relation =
        std::find_if(relations.begin(), relations.end(), [&](Relation one) { return spelling(one) == entry.key; });
    if (relation != relations.end()) {
      read_bound(document, *relation, entry, measure);
    } else if (entry.key == "field" && rule.measure && measure.kind != MeasureKind::count) {
      fields = document.names(entry);
    } else if (entry.key == "percentile" && measure.kind == MeasureKind::percentile) {
      read_percentile(document, entry, measure);
    } else if (entry.key == "field" || entry.key == "percentile") {
      document.say(Code::ignored_value, entry.key_span,
                   backquoted(entry.key) + " has no effect in this type of correlation",
                   "take it out, or write another `type`");
    } else {
      document.say_unknown(Code::unknown_key, {entry.key, entry.key_span},
                           "a condition has no key " + backquoted(entry.key), known,
                           "write `gte`, `gt`, `lte`, `lt`, `eq` or `neq`, and a number");
    }
  }
  if (document.error_count() > before) return;
  if (measure.bounds.empty()) {
    document.say(Code::missing_key, condition.key_span, "the condition compares nothing",
                 "write `gte: 10` or the like");
  } else if (rule.measure) {
    rule.measure = std::move(measure);
  } else {
    read_needed(document, measure, rule);
  }
}

}  // namespace picket::sigma
