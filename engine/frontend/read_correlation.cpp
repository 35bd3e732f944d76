// Correlation rules: the one `Group` or `Sequence` of their `Detection`.
#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "engine/frontend/readers.hpp"
#include "grammar/path/field_path.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {
namespace {

constexpr std::int64_t most_minutes = 366 * 24 * 60;  // of a window: what is older is no memory but an archive
constexpr std::int64_t most_signals = 1'000;          // that an item may count, each of which is remembered
constexpr std::array<std::string_view, 2> evaluation_orders = {"Chronological", "ReverseChronological"};

// A whole number of a key, if it lies in the bounds.
std::optional<Located<std::int64_t>> number(const Section& section, std::string_view key, std::int64_t least,
                                            std::int64_t most) {
  auto found = section.integer(key);
  if (!found || (found->value >= least && found->value <= most)) return found;
  section.say(Code::bad_value, found->span,
              backquoted(key) + " is " + std::to_string(found->value) + ", which is too " +
                  (found->value < least ? "small" : "large"),
              "write a number from " + std::to_string(least) + " to " + std::to_string(most));
  return std::nullopt;
}

std::optional<CorrelationField> field_of(const Section& section, std::string_view key) {
  auto text = section.text(key);
  if (!text) return std::nullopt;
  auto path = read_field_path(yaml::source_text(section.source(), *section.find(key)->value), section.diagnostics());
  if (!path) return std::nullopt;
  return CorrelationField{*std::move(text), *std::move(path), {}};
}

CorrelationItem read_item(const Section& section, SourceSpan span) {
  CorrelationItem item;
  item.span = span;
  item.id = section.text("ID").value_or(Located<std::string>{});
  item.rule = section.text("RuleID").value_or(Located<std::string>{});
  item.least = number(section, "MinMatchCount", 1, most_signals);
  item.most = number(section, "MaxMatchCount", 1, most_signals);
  item.absence = section.boolean("Absence");
  return item;
}

void read_items(const Section& section, std::string_view key, CorrelationRule& rule) {
  const auto* entry = section.raw(key);
  const auto items = section.items(key);
  if (items.empty() && (entry->value->sequence() != nullptr || section.find(key) == nullptr)) {
    section.say(Code::bad_value, place_of(*entry), backquoted(key) + " is empty: there is nothing to correlate",
                "name items: `- ID: …` and the `RuleID` whose signals they are");
  }
  std::unordered_map<std::string, SourceSpan> seen;
  for (const yaml::NodePtr& node : items) {
    auto item = section_of(section, *node, Holder::correlation_item, "an item", "ID", entry->key_span);
    if (!item) continue;
    item->check();
    rule.items.push_back(read_item(*item, node->span));
    const Located<std::string>& id = rule.items.back().id;
    if (id.value.empty()) continue;
    const auto [first, is_new] = seen.try_emplace(id.value, id.span);
    if (is_new) continue;
    section
        .say(Code::duplicate_item, id.span, "another item is called " + backquoted(id.value), "rename one of the two")
        .related.push_back({section.source(), first->second, "the other is here"});
  }
}

// Exactly one of `On`, and `From` and `To`.
std::optional<CorrelationTransition::Match> read_match(const Section& section, SourceSpan span) {
  const auto* on = section.raw("On");
  const auto* from = section.raw("From");
  const auto* to = section.raw("To");
  if (on != nullptr && (from != nullptr || to != nullptr)) {
    const auto* other = from != nullptr ? from : to;
    section
        .say(Code::conflicting_keys, other->key_span, backquoted(other->key) + " and `On` exclude each other",
             "write `On` for one field of both, or `From` and `To`")
        .related.push_back({section.source(), on->key_span, "`On` is here"});
    return std::nullopt;
  }
  if (on != nullptr) {
    auto field = field_of(section, "On");
    if (!field) return std::nullopt;
    return CorrelationTransition::Match{span, *field, *field};
  }
  for (const std::string_view key : {"From", "To"}) {
    if ((key == "From" ? from : to) != nullptr || section.was_meant(key) || section.was_meant("On")) continue;
    section.say(Code::missing_key, section.place(), "the match has neither `On` nor both of `From` and `To`",
                "write `On: field`, or `From: field` and `To: other_field`");
    return std::nullopt;
  }
  auto before = field_of(section, "From");
  auto after = field_of(section, "To");
  if (!before || !after) return std::nullopt;
  return CorrelationTransition::Match{span, *std::move(before), *std::move(after)};
}

// `Match` is one match, or a list of them.
void read_matches(const Section& section, CorrelationTransition& transition) {
  const auto* entry = section.find("Match");
  if (entry == nullptr) return;
  const yaml::Sequence* list = entry->value->sequence();
  const std::vector<yaml::NodePtr> nodes = list != nullptr ? list->items : std::vector{entry->value};
  for (const yaml::NodePtr& node : nodes) {
    auto match = section_of(section, *node, Holder::transition_match, "a match", "On", entry->key_span);
    if (!match) continue;
    match->check();
    if (auto read = read_match(*match, node->span)) transition.matches.push_back(*std::move(read));
  }
}

void read_transitions(const Section& section, CorrelationRule& rule) {
  const auto* entry = section.find("Transitions");
  std::unordered_map<std::string, SourceSpan> seen;
  for (const yaml::NodePtr& node : section.items("Transitions")) {
    auto read = section_of(section, *node, Holder::transition, "a transition", "ID", entry->key_span);
    if (!read) continue;
    read->check();
    CorrelationTransition transition;
    transition.span = node->span;
    if (const auto id = read->text("ID")) {
      const auto [first, is_new] = seen.try_emplace(id->value, id->span);
      if (!is_new) {
        section
            .say(Code::duplicate_item, id->span, "another transition is called " + backquoted(id->value),
                 "rename one of the two")
            .related.push_back({section.source(), first->second, "the other is here"});
      }
    }
    transition.from = read->text("From").value_or(Located<std::string>{});
    transition.to = read->text("To").value_or(Located<std::string>{});
    transition.minutes = number(*read, "WithinTimeFrameMinutes", 1, most_minutes);
    read_matches(*read, transition);
    rule.transitions.push_back(std::move(transition));
  }
}

void read_criteria(const Section& section, CorrelationRule& rule) {
  const auto* entry = section.find("MatchCriteria");
  if (entry == nullptr || entry->value->mapping() == nullptr) return;
  for (const yaml::Mapping::Entry& named : entry->value->mapping()->entries) {
    const yaml::Sequence* parts = named.value->sequence();
    if (parts == nullptr) {
      section.say(Code::wrong_type, place_of(named),
                  "the criterion " + backquoted(named.key) + " must be a list, and this is " +
                      std::string(named.value->kind_in_words()),
                  "write below it `- GroupID: …` and the `Match` of each item");
      continue;
    }
    CorrelationCriterion criterion{cover(named.key_span, named.value->span), {named.key, named.key_span}, {}};
    for (const yaml::NodePtr& node : parts->items) {
      auto part = section_of(section, *node, Holder::criterion, "a part of a criterion", "GroupID", named.key_span);
      if (!part) continue;
      part->check();
      auto item = part->text("GroupID");
      auto field = field_of(*part, "Match");
      if (item && field) criterion.parts.push_back({*std::move(item), *std::move(field)});
    }
    rule.criteria.push_back(std::move(criterion));
  }
}

void misplaced(const Section& section, std::string_view key, std::string_view belongs_to) {
  const auto* entry = section.raw(key);
  if (entry == nullptr) return;
  section.say(Code::conflicting_keys, entry->key_span,
              backquoted(key) + " belongs to a " + backquoted(belongs_to) + ", and there is none", "take it out");
}

// How often Panther looks, and in which order. It changes nothing here, but a rule that is wrong there is told so here.
void check_pace(const Section& section) {
  if (const auto order = section.text("EventEvaluationOrder");
      order && std::ranges::find(evaluation_orders, order->value) == evaluation_orders.end()) {
    propose_nearest(section.say(Code::bad_value, order->span, "there is no order " + backquoted(order->value),
                                "write `Chronological` or `ReverseChronological`"),
                    order->span, order->value, evaluation_orders);
  }
  const auto* entry = section.find("Schedule");
  if (entry == nullptr || entry->value->mapping() == nullptr) return;
  Section schedule(section.source(), *entry->value->mapping(), entry->value->span, Holder::schedule,
                   section.diagnostics());
  schedule.check();
  const auto* rate = schedule.raw("RateMinutes");
  const auto* cron = schedule.raw("CronExpression");
  if (rate != nullptr && cron != nullptr) {
    schedule
        .say(Code::conflicting_keys, cron->key_span, "`RateMinutes` and `CronExpression` exclude each other",
             "take one of the two out")
        .related.push_back({schedule.source(), rate->key_span, "`RateMinutes` is here"});
  } else if (rate == nullptr && cron == nullptr && !schedule.was_meant("RateMinutes") &&
             !schedule.was_meant("CronExpression")) {
    schedule.say(Code::missing_key, entry->key_span, "the schedule has neither `RateMinutes` nor a `CronExpression`",
                 "write `RateMinutes: 15`");
  }
}

void read_correlation_of(const Section& section, CorrelationRule& rule) {
  const auto* group = section.raw("Group");
  const auto* sequence = section.raw("Sequence");
  if (group != nullptr && sequence != nullptr) {
    section
        .say(Code::conflicting_keys, sequence->key_span, "`Group` and `Sequence` exclude each other",
             "take one of the two out, or write two rules")
        .related.push_back({section.source(), group->key_span, "`Group` is here"});
    return;
  }
  const auto* detection = group != nullptr ? group : sequence;
  if (detection == nullptr) {
    if (section.was_meant("Group") || section.was_meant("Sequence")) return;
    section.say(Code::missing_key, section.place(), "the detection has neither a `Group` nor a `Sequence`",
                "write `Group:` and below it items, `- ID: …` with a `RuleID`");
    return;
  }
  rule.ordered = detection == sequence;
  rule.detection_span = detection->key_span;
  read_items(section, rule.ordered ? "Sequence" : "Group", rule);
  if (rule.ordered) {
    misplaced(section, "MatchCriteria", "Group");
    misplaced(section, "MinMatchCount", "Group");
    read_transitions(section, rule);
  } else {
    misplaced(section, "Transitions", "Sequence");
    read_criteria(section, rule);
    rule.needed = number(section, "MinMatchCount", 1, std::numeric_limits<std::int64_t>::max());
  }
  if (const auto minutes = number(section, "LookbackWindowMinutes", 1, most_minutes)) {
    rule.lookback = {Duration{minutes->value * microseconds_per_minute}, minutes->span};
  }
  check_pace(section);
}

// `Detection` is a list of one.
void read_detection(const Section& section, CorrelationRule& rule) {
  const auto* entry = section.raw("Detection");
  if (entry == nullptr) return;
  const auto detections = section.items("Detection");
  if (detections.size() == 1) {
    auto detection =
        section_of(section, *detections.front(), Holder::correlation, "a detection", "Group", entry->key_span);
    if (!detection) return;
    detection->check();
    read_correlation_of(*detection, rule);
  } else if (entry->value->sequence() != nullptr || section.find("Detection") == nullptr) {
    section.say(Code::bad_value, entry->key_span,
                "a correlation rule has exactly one detection, and here are " + std::to_string(detections.size()),
                "write one `- Group:` or `- Sequence:`");
  }
}

}  // namespace

CorrelationRule read_correlation(const Section& section) {
  CorrelationRule rule;
  read_metadata(section, RuleKind::correlation_rule, rule);
  read_detection(section, rule);
  rule.tests = read_correlation_tests(section);
  return rule;
}

}  // namespace picket
