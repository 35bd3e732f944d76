#include "engine/analyse/correlations.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/analyse/count_range.hpp"
#include "engine/analyse/known_rules.hpp"
#include "engine/analyse/lints/lint.hpp"
#include "engine/analyse/messages.hpp"
#include "grammar/ast/expr.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {
namespace {

constexpr std::size_t most_remembered = 50'000;  // signals for one value, 16 bytes each

class CorrelationAnalysis {
 public:
  CorrelationAnalysis(const CorrelationRule& rule, const KnownRules& known, Diagnostics& diagnostics)
      : rule_(rule), known_(known), diagnostics_(diagnostics), sigma_(rule.format == RuleFormat::sigma) {}

  std::optional<CheckedCorrelation> run() {
    checked_.rule = &rule_;
    checked_.ordered = rule_.ordered;
    checked_.lookback = rule_.lookback.value;
    checked_.as_texts = sigma_;
    checked_.column_names = column_names(rule_);
    if (rule_.measure) {
      pool_items();
      read_measure();
    } else {
      read_items();
      checked_.requirement = rule_.requirement;
    }
    count_needed();
    if (rule_.ordered && !sigma_) {
      read_transitions();
    } else {
      read_criteria();
    }
    check_memory();
    check_tests();
    if (!sound_) return std::nullopt;
    return std::move(checked_);
  }

 private:
  Diagnostic& say(Code code, SourceSpan span, std::string message, std::string help) {
    Diagnostic& diagnostic = diagnostics_.add(code, rule_.source, span, std::move(message));
    diagnostic.help = std::move(help);
    if (diagnostic.level == Level::error) sound_ = false;
    return diagnostic;
  }
  void impossible(SourceSpan span, std::string message, std::string help) {
    say(Code::impossible_correlation, span, std::move(message), std::move(help));
  }

  void check_rule(const Located<std::string>& id) {
    using State = KnownRules::State;
    const auto found = known_.states.find(id.value);
    if (found == known_.states.end()) {
      if (!known_.complete) {
        Diagnostic& note =
            diagnostics_.add(Code::unknown_rule, rule_.source, id.span, "the rule `" + id.value + "` was not loaded");
        note.level = Level::note;
        note.help = "to see whether there is one, check the folder that holds both";
        return;
      }
      std::vector<std::string> ids = keys_of(known_.states);
      if (sigma_) ids.insert(ids.end(), known_.names.begin(), known_.names.end());
      Diagnostic& diagnostic =
          say(Code::unknown_rule, id.span,
              "no rule that was loaded has the id " + std::string(sigma_ ? "or name `" : "`") + id.value + "`",
              "load its file together with this one, or correct the " + std::string(sigma_ ? "name" : "id"));
      propose_nearest(diagnostic, id.span, id.value, ids, Certainty::if_alone);
      return;
    }
    switch (found->second) {
      case State::fine:
      case State::broken:  // which is an error already
        return;
      case State::disabled:
        say(Code::silent_rule, id.span, "the rule `" + id.value + "` is not enabled, and gives no signals",
            "enable it; with `CreateAlert: false` it gives signals without alerts");
        return;
      case State::skipped:
        say(Code::silent_rule, id.span,
            "the rule `" + id.value + "` is not judged by this version: it gives no signals",
            "write its logic as a `Condition`")
            .level = Level::note;
        return;
      case State::correlation:
        if (sigma_) return check_chain(id);
        impossible(id.span, "`" + id.value + "` is a correlation rule, and those give no signals",
                   "name a rule that judges events");
        return;
    }
  }

  void check_chain(const Located<std::string>& id) {
    const CorrelationRule& inner = *known_.chains.find(id.value);
    const CorrelationItem* cycle = known_.chains.cycle_of(rule_);
    if (cycle != nullptr && &cycle->rule == &id) {
      impossible(id.span, "this correlation would be made of its own firings",
                 "take this rule out, or correlate the rules that `" + inner.id.value + "` is made of");
    } else if (!inner.enabled) {
      say(Code::silent_rule, id.span, "the correlation `" + id.value + "` is not enabled, and never fires",
          "enable it");
    }
  }

  // All rules of a measure are one item.
  void pool_items() {
    CheckedCorrelation::Item& item = checked_.items.emplace_back();
    item.id = rule_.items.size() == 1 ? rule_.items.front().id.value : "signals";
    item.within = checked_.lookback;
    for (const CorrelationItem& one : rule_.items) {
      check_rule(one.rule);
      item.sources.push_back({one.rule.value, {}, {}});
    }
  }

  void read_measure() {
    const Measure& measure = *rule_.measure;
    for (const CorrelationCriterion& field : rule_.measured) {
      for (std::size_t i = 0; i < field.parts.size(); ++i) {
        source_of(i).measured.push_back(choice_of(i, field.parts[i].field));
      }
    }
    if (!counts(measure.kind)) {
      checked_.measure = measure;
      return;
    }
    const CountReading reading = count_range(measure);
    const SourceSpan span = measure.bounds.front().span;
    if (reading.fault == CountFault::nothing_fits) {
      impossible(span, "no number of signals, from 1 on, is within these bounds",
                 "correct the numbers; a window without signals is not judged");
    } else if (reading.fault == CountFault::two_ranges) {
      impossible(span, "`neq` leaves two ranges of numbers that both end",
                 "write two correlations, one for each range");
    }
    CheckedCorrelation::Item& item = checked_.items.front();
    item.least = reading.range.least;
    item.too_many = reading.range.too_many;
    item.enough = reading.range.enough;
    item.distinct = measure.kind == MeasureKind::distinct;
  }

  // Where the signals of an item of the rule come from.
  SignalSource& source_of(std::size_t item) {
    return rule_.measure ? checked_.items.front().sources[item] : checked_.items[item].sources.front();
  }

  // The places of a field in the signals of an item. Those of a correlation have what it groups by, and nothing else.
  FieldChoice choice_of(std::size_t item, const CorrelationField& field) {
    const CorrelationRule* inner = known_.chains.find(rule_.items[item].rule.value);
    if (inner != nullptr && sigma_) {
      const std::vector<std::string> names = column_names(*inner);
      if (std::find(names.begin(), names.end(), field.written.value) != names.end()) return {{field.written.value}};
      std::string has;
      for (const std::string& name : names) has += (has.empty() ? "`" : "`, `") + name;
      impossible(field.written.span,
                 "the firings of `" + rule_.items[item].id.value + "` have no field `" + field.written.value + "`",
                 has.empty() ? "give it a `group-by`" : "they have what it groups by: " + has + "`");
      return {};
    }
    FieldChoice choice = {steps_of(field.path)};
    for (const Expr& path : field.other_paths) {
      std::vector<PathStep> steps = steps_of(path);
      if (std::find(choice.begin(), choice.end(), steps) == choice.end()) choice.push_back(std::move(steps));
    }
    return choice;
  }

  void read_items() {
    for (const CorrelationItem& item : rule_.items) {
      check_rule(item.rule);
      CheckedCorrelation::Item checked;
      checked.id = item.id.value;
      checked.sources.push_back({item.rule.value, {}, {}});
      checked.absence = item.absence && item.absence->value;
      checked.least = item.least ? static_cast<std::size_t>(item.least->value) : 1;
      checked.within = checked_.lookback;
      if (checked.absence) checked.too_many = checked.least;
      if (item.most && checked.absence) {
        impossible(item.most->span, "`MaxMatchCount` makes no sense beside `Absence`",
                   "take one of the two out: an absence is broken by `MinMatchCount` signals, 1 unless told");
      } else if (item.most) {
        checked.too_many = static_cast<std::size_t>(item.most->value) + 1;
        if (checked.least >= *checked.too_many) {
          impossible(item.most->span,
                     "at least " + plural(checked.least, "signal") + " and at most " +
                         std::to_string(item.most->value) + ": that cannot be",
                     "make `MaxMatchCount` at least as large as `MinMatchCount`");
        }
      }
      if (checked.absence && rule_.ordered && !sigma_) {
        impossible(item.absence->span, "a `Sequence` cannot wait for an absence",
                   "write a `Group`, in which the order of signals does not matter");
      }
      checked_.items.push_back(std::move(checked));
    }
  }

  void count_needed() {
    const auto present = static_cast<std::size_t>(
        std::count_if(checked_.items.begin(), checked_.items.end(), [](const auto& item) { return !item.absence; }));
    if (present == 0 && !rule_.ordered && !rule_.items.empty()) {
      impossible(rule_.detection_span, "every item is an `Absence`: nothing could make the rule fire",
                 "add an item whose signals must be there");
    }
    checked_.needed = present;
    if (!rule_.needed) return;
    if (static_cast<std::size_t>(rule_.needed->value) > present) {
      impossible(rule_.needed->span,
                 std::to_string(rule_.needed->value) + " items must hold, and there are only " +
                     std::to_string(present) + " that are no `Absence`",
                 "write a number from 1 to " + std::to_string(present));
    }
    checked_.needed = static_cast<std::size_t>(rule_.needed->value);
  }

  // The item's place in the list; nothing, with unknown-item, if there is none.
  std::optional<std::size_t> find(const Located<std::string>& name) {
    for (std::size_t i = 0; i < rule_.items.size(); ++i) {
      if (rule_.items[i].id.value == name.value) return i;
    }
    std::vector<std::string> names;
    for (const CorrelationItem& item : rule_.items) names.push_back(item.id.value);
    Diagnostic& diagnostic = say(Code::unknown_item, name.span, "there is no item `" + name.value + "`",
                                 "write the `ID` of one of the items");
    propose_nearest(diagnostic, name.span, name.value, names, Certainty::if_alone);
    return std::nullopt;
  }

  void read_criteria() {
    for (const CorrelationCriterion& criterion : rule_.criteria) {
      std::vector<const CorrelationCriterion::Part*> of_item(rule_.items.size());
      bool complete = true;
      for (const CorrelationCriterion::Part& part : criterion.parts) {
        const auto item = find(part.item);
        if (!item) {
          complete = false;
          continue;
        }
        if (of_item[*item] != nullptr) {
          say(Code::duplicate_item, part.item.span, "this criterion names `" + part.item.value + "` twice",
              "take one of the two out; for another pair of fields write another criterion");
        }
        of_item[*item] = &part;
      }
      ++checked_.columns;
      for (std::size_t i = 0; i < of_item.size(); ++i) {
        if (of_item[i] != nullptr) {
          source_of(i).fields.push_back(choice_of(i, of_item[i]->field));
        } else if (complete) {
          impossible(
              criterion.name.span,
              "the criterion `" + criterion.name.value + "` leaves out the item `" + rule_.items[i].id.value + "`",
              "name its field: `- GroupID: " + rule_.items[i].id.value + "` and a `Match`");
        }
      }
    }
  }

  // Transition i leads from item i to item i + 1.
  void read_transitions() {
    std::vector<const CorrelationTransition*> to(rule_.items.size());
    bool complete = true;
    for (const CorrelationTransition& transition : rule_.transitions) {
      const auto from = find(transition.from);
      const auto target = find(transition.to);
      if (!from || !target) {
        complete = false;
        continue;
      }
      if (*target != *from + 1) {
        impossible(transition.to.span,
                   "`" + transition.to.value + "` does not come directly after `" + transition.from.value + "`",
                   "write the items of the `Sequence` in their order, and a transition from each to the next");
        complete = false;
        continue;
      }
      if (to[*target] != nullptr) {
        say(Code::duplicate_item, transition.to.span,
            "another transition leads from `" + transition.from.value + "` to `" + transition.to.value + "`",
            "write one, with a list of matches");
      }
      to[*target] = &transition;
      read_within(transition, checked_.items[*target]);
    }
    if (complete) read_matches(to);
  }

  void read_within(const CorrelationTransition& transition, CheckedCorrelation::Item& item) {
    if (!transition.minutes) return;
    const std::int64_t lookback_minutes = rule_.lookback.value.microseconds / microseconds_per_minute;
    if (transition.minutes->value > lookback_minutes) {
      impossible(transition.minutes->span,
                 "the time frame of " + plural(static_cast<std::size_t>(transition.minutes->value), "minute") +
                     " is longer than the window of " + std::to_string(lookback_minutes),
                 "make `LookbackWindowMinutes` at least as long");
    }
    item.within = {transition.minutes->value * microseconds_per_minute};
  }

  // The values must be the same in all items, so every transition must say in which fields, and an item that stands in
  // two transitions must mean the same fields in both.
  void read_matches(const std::vector<const CorrelationTransition*>& to) {
    const auto matching =
        std::find_if(to.begin(), to.end(), [](const auto* one) { return one != nullptr && !one->matches.empty(); });
    if (matching == to.end()) return;
    checked_.columns = (*matching)->matches.size();
    for (std::size_t i = 1; i < to.size(); ++i) {
      if (to[i] == nullptr || to[i]->matches.size() != checked_.columns) {
        impossible(to[i] == nullptr ? rule_.items[i].id.span : to[i]->span,
                   "the other transitions match " + plural(checked_.columns, "value") +
                       ", and nothing says where in `" + rule_.items[i].id.value + "` " +
                       (checked_.columns == 1 ? "it stands" : "they stand"),
                   "write as many matches in the `Match` of every transition");
        return;
      }
      for (const CorrelationTransition::Match& match : to[i]->matches) {
        if (i == 1) source_of(0).fields.push_back(choice_of(0, match.from));
        source_of(i).fields.push_back(choice_of(i, match.to));
      }
      for (std::size_t k = 0; i > 1 && k < checked_.columns; ++k) {
        const CorrelationField& from = to[i]->matches[k].from;
        const FieldChoice& before = source_of(i - 1).fields[k];
        if (choice_of(i - 1, from) == before) continue;
        impossible(from.written.span,
                   "the transition before matches the field `" + print_path(before.front()) + "` of `" +
                       rule_.items[i - 1].id.value + "`, and this one `" + from.written.value + "`",
                   "the value must be the same in all items: match the same field in both transitions");
      }
    }
  }

  // What is remembered for each value: of an item as many signals as it counts; and in a Sequence with each of them the
  // signals of all items before, which may be others each time.
  void check_memory() {
    std::size_t remembered = 0;
    std::size_t before = 0;
    for (const CheckedCorrelation::Item& item : checked_.items) {
      if (checked_.measure) continue;
      remembered += std::max({item.least, item.too_many.value_or(0), item.enough.value_or(0)}) * (1 + before);
      if (rule_.ordered) before += item.least;
    }
    if (remembered <= most_remembered) return;
    impossible(rule_.detection_span,
               "for each value up to " + std::to_string(remembered) + " signals would have to be remembered",
               "count less: " + std::to_string(most_remembered) + " is the bound" +
                   (rule_.ordered && !sigma_ ? "; in a `Sequence` the counts of items multiply" : ""));
  }

  // Signals of a test that can count for nothing.
  void check_tests() {
    for (const CorrelationTest& test : rule_.tests) {
      for (const CorrelationTest::Signals& signals : test.outputs) {
        const auto item = find(signals.item);
        if (!item || !sound_ || (checked_.columns == 0 && source_of(*item).measured.empty())) continue;
        const SourceSpan* last = nullptr;
        for (const auto& occurrence : signals.occurrences) {
          if (last != nullptr && *last == occurrence.field.span) continue;
          last = &occurrence.field.span;
          check_test_field(occurrence.field, *item);
        }
      }
    }
  }

  void check_test_field(const Located<std::string>& field, std::size_t item) {
    std::string wanted;
    const auto is_among = [&](const std::vector<FieldChoice>& fields, const std::vector<CorrelationCriterion>& named) {
      for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::string path = print_path(fields[i].front());
        const std::string& name = sigma_ ? named[i].name.value : path;
        if (field.value == path || field.value == name) return true;
        wanted += (wanted.empty() ? "`" : " and `") + name + "`";
      }
      return false;
    };
    const SignalSource& source = source_of(item);
    if (is_among(source.fields, rule_.criteria) || is_among(source.measured, rule_.measured)) return;
    say(Code::ignored_value, field.span,
        "`" + field.value + "` has no effect: `" + rule_.items[item].id.value + "` is " +
            (source.measured.empty() ? "matched"
             : source.fields.empty() ? "measured"
                                     : "matched and measured") +
            " by " + wanted,
        "name the field as the rule does");
  }

  const CorrelationRule& rule_;
  const KnownRules& known_;
  Diagnostics& diagnostics_;
  CheckedCorrelation checked_;
  bool sigma_;
  bool sound_ = true;
};

}  // namespace

bool CheckedCorrelation::waits() const {
  return std::any_of(items.begin(), items.end(), [](const Item& item) { return item.too_many.has_value(); });
}

std::vector<CheckedCorrelation> analyse_correlations(const Pack& pack, const AttackTable* attack,
                                                     Diagnostics& diagnostics) {
  std::vector<CheckedCorrelation> checked;
  const KnownRules known(pack);
  for (const CorrelationRule& rule : pack.correlations) {
    if (auto one = CorrelationAnalysis(rule, known, diagnostics).run()) checked.push_back(*std::move(one));
    if (attack != nullptr) lint_attack_claims(rule, *attack, diagnostics);
  }
  return checked;
}

}  // namespace picket
