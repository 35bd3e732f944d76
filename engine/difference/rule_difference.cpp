#include "engine/difference/rule_difference.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "engine/difference/normal_form.hpp"
#include "engine/event/time.hpp"
#include "grammar/ast/print.hpp"

namespace picket {
namespace {

using Words = std::vector<Located<std::string>>;

std::vector<std::string> missing_from(const Words& values, const Words& others) {
  std::set<std::string_view> known;
  for (const auto& other : others) known.insert(other.value);
  std::vector<std::string> missing;
  for (const auto& value : values) {
    if (!known.contains(value.value)) missing.push_back(value.value);
  }
  return missing;
}

// Gathers the keys that differ.
class Keys {
 public:
  explicit Keys(const BothSources& sources) : sources_(sources) {}

  void word(std::string_view key, const std::string& before, const std::string& after) {
    put(key, before, after, false);
  }
  void prose(std::string_view key, const std::string& before, const std::string& after) {
    put(key, before, after, true);
  }
  void flag(std::string_view key, bool before, bool after) {
    put(key, before ? "true" : "false", after ? "true" : "false", false);
  }
  void number(std::string_view key, std::int64_t before, std::int64_t after) {
    put(key, std::to_string(before), std::to_string(after), false);
  }
  void set(std::string_view key, const Words& before, const Words& after);
  void parts(std::string_view key, std::vector<PartChange> changes) {
    if (!changes.empty()) keys_.push_back({std::string(key), {}, {}, false, std::move(changes)});
  }
  void text_template(std::string_view key, const std::optional<Expr>& before, const std::optional<Expr>& after);
  void expression(std::string_view key, const std::optional<Expr>& before, const std::optional<Expr>& after);
  void entries(std::string_view key, const std::optional<Expr>& before, const std::optional<Expr>& after);
  void reports(const std::vector<Report>& before, const std::vector<Report>& after);
  [[nodiscard]] std::vector<KeyChange> take() { return std::move(keys_); }

 private:
  void put(std::string_view key, const std::string& before, const std::string& after, bool prose) {
    if (before != after) keys_.push_back({std::string(key), before, after, prose, {}});
  }

  const BothSources& sources_;
  std::vector<KeyChange> keys_;
};

void Keys::set(std::string_view key, const Words& before, const Words& after) {
  PartChange change;
  change.kind = ChangeKind::changed;
  change.values_added = missing_from(after, before);
  change.values_removed = missing_from(before, after);
  if (!change.values_added.empty() || !change.values_removed.empty()) parts(key, {std::move(change)});
}

void Keys::text_template(std::string_view key, const std::optional<Expr>& before, const std::optional<Expr>& after) {
  const bool same = before && after ? difference::normal_form(*before) == difference::normal_form(*after)
                                    : before.has_value() == after.has_value();
  if (same) return;
  put(key, before ? print_template(*before) : "", after ? print_template(*after) : "", false);
}

void Keys::expression(std::string_view key, const std::optional<Expr>& before, const std::optional<Expr>& after) {
  if (before && after) {
    parts(key, difference_of(*before, *after, sources_));
  } else {
    put(key, before ? print(*before) : "", after ? print(*after) : "", false);
  }
}

void Keys::entries(std::string_view key, const std::optional<Expr>& before, const std::optional<Expr>& after) {
  const Expr none{ObjectExpr{}, {}};
  parts(key, difference_of_entries(before.value_or(none), after.value_or(none), sources_));
}

void Keys::reports(const std::vector<Report>& before, const std::vector<Report>& after) {
  std::set<std::string> frameworks;
  for (const Report& report : before) frameworks.insert(report.framework.value);
  for (const Report& report : after) frameworks.insert(report.framework.value);
  const auto items_of = [](const std::vector<Report>& reports, const std::string& framework) {
    const auto found = std::find_if(reports.begin(), reports.end(),
                                    [&](const Report& report) { return report.framework.value == framework; });
    return found == reports.end() ? Words{} : found->items;
  };
  for (const std::string& framework : frameworks) {
    set("Reports: " + framework, items_of(before, framework), items_of(after, framework));
  }
}

void compare_head(const RuleMetadata& before, const RuleMetadata& after, Keys& keys) {
  keys.word("AnalysisType", std::string(in_words(before.kind)), std::string(in_words(after.kind)));
  keys.word("DisplayName", before.display_name, after.display_name);
  keys.flag("Enabled", before.enabled, after.enabled);
  const bool policy = after.kind == RuleKind::policy;
  keys.set(policy                                   ? "ResourceTypes"
           : after.kind == RuleKind::scheduled_rule ? "ScheduledQueries"
                                                    : "LogTypes",
           before.log_types, after.log_types);
  keys.word("Severity", std::string(spelling(before.severity.value)), std::string(spelling(after.severity.value)));
  keys.word("Status", before.status, after.status);
  keys.word("CreatedBy", before.created_by, after.created_by);
  keys.prose("Description", before.description, after.description);
  keys.prose("Runbook", before.runbook, after.runbook);
  keys.word("Reference", before.reference, after.reference);
  keys.reports(before.reports, after.reports);
  keys.set("Tags", before.tags, after.tags);
}

void compare_alert(const Rule& before, const Rule& after, Keys& keys) {
  keys.text_template("AlertTitle", before.alert_title, after.alert_title);
  keys.text_template("AlertDescription", before.alert_description, after.alert_description);
  keys.text_template("AlertReference", before.alert_reference, after.alert_reference);
  keys.text_template("AlertRunbook", before.alert_runbook, after.alert_runbook);
  keys.expression("DynamicSeverity", before.dynamic_severity, after.dynamic_severity);
  keys.text_template("Dedup", before.dedup, after.dedup);
  keys.number("DedupPeriodMinutes", before.dedup_minutes.value, after.dedup_minutes.value);
  keys.number("Threshold", before.threshold.value, after.threshold.value);
  keys.text_template("Unique", before.unique, after.unique);
  keys.entries("AlertContext", before.alert_context, after.alert_context);
  keys.expression("Destinations", before.destinations, after.destinations);
  keys.set("OutputIds", before.output_ids, after.output_ids);
  keys.flag("CreateAlert", before.create_alert, after.create_alert);
  keys.set("Output", before.output, after.output);
  keys.set("SummaryAttributes", before.summary_attributes, after.summary_attributes);
}

void compare_remember(const Rule& before, const Rule& after, const BothSources& sources, Keys& keys) {
  const Remember none;
  const Remember& was = before.remember ? *before.remember : none;
  const Remember& is = after.remember ? *after.remember : none;
  const auto key_of = [](const std::optional<Remember>& remember) {
    return remember ? std::optional<Expr>(remember->key) : std::nullopt;
  };
  const auto keep_of = [](const Remember& remember) {
    return remember.keep ? to_text(Value(remember.keep->value)) : std::string();
  };
  keys.text_template("Remember: Key", key_of(before.remember), key_of(after.remember));
  keys.expression("Remember: Value", was.value, is.value);
  keys.parts("Remember: When", difference_of(was.when.value_or(Block{}), is.when.value_or(Block{}), sources));
  keys.word("Remember: For", keep_of(was), keep_of(is));
}

// --- correlation rules: each entry of a list in one line of words ---

std::string counts_of(const CorrelationItem& item) {
  std::string text;
  if (item.least) text += ", MinMatchCount " + std::to_string(item.least->value);
  if (item.most) text += ", MaxMatchCount " + std::to_string(item.most->value);
  if (item.absence && item.absence->value) text += ", Absence";
  return text;
}

Words items_of(const CorrelationRule& rule) {
  Words items;
  for (std::size_t i = 0; i < rule.items.size(); ++i) {
    const CorrelationItem& item = rule.items[i];
    const std::string place = rule.ordered ? std::to_string(i + 1) + ". " : "";
    items.push_back({place + item.id.value + ": " + item.rule.value + counts_of(item), item.span});
  }
  return items;
}

Words transitions_of(const CorrelationRule& rule) {
  Words transitions;
  for (const CorrelationTransition& one : rule.transitions) {
    std::string text = one.from.value + " to " + one.to.value;
    if (one.minutes) text += " within " + std::to_string(one.minutes->value) + " minutes";
    for (const CorrelationTransition::Match& match : one.matches) {
      text += ", " + match.from.written.value + " = " + match.to.written.value;
    }
    transitions.push_back({std::move(text), one.span});
  }
  return transitions;
}

Words criteria_of(const CorrelationRule& rule) {
  Words criteria;
  for (const CorrelationCriterion& criterion : rule.criteria) {
    for (const CorrelationCriterion::Part& part : criterion.parts) {
      criteria.push_back(
          {criterion.name.value + ": " + part.item.value + " by " + part.field.written.value, part.item.span});
    }
  }
  return criteria;
}

// --- Sigma's correlations, likewise ---

std::string_view type_of(const CorrelationRule& rule) {
  if (rule.measure) return spelling(rule.measure->kind);
  return rule.ordered ? "temporal_ordered" : "temporal";
}

std::string demand_of(const CorrelationRule& rule, const Requirement& requirement) {
  if (requirement.kind == Requirement::Kind::item) return rule.items[requirement.item].id.value;
  std::string text;
  for (const Requirement& part : requirement.parts) {
    if (!text.empty()) text += requirement.kind == Requirement::Kind::all ? " and " : " or ";
    text += demand_of(rule, part);
  }
  return "(" + text + ")";
}

std::string demand_of(const CorrelationRule& rule) {
  if (!rule.measure) return rule.requirement ? demand_of(rule, *rule.requirement) : std::string();
  std::string text;
  for (const MeasureBound& bound : rule.measure->bounds) {
    text += (text.empty() ? "" : ", ") + std::string(spelling(bound.relation)) + " " +
            to_text(Value::from_double(bound.number));
  }
  if (rule.measure->kind == MeasureKind::percentile) {
    text += ", percentile " + to_text(Value::from_double(rule.measure->percentile));
  }
  return text;
}

Words fields_of(const std::vector<CorrelationCriterion>& fields) {
  Words words;
  for (const CorrelationCriterion& field : fields) {
    for (const CorrelationCriterion::Part& part : field.parts) {
      words.push_back({field.name.value + ": " + part.item.value + " by " + part.field.written.value, field.name.span});
    }
  }
  return words;
}

void compare_sigma(const CorrelationRule& before, const CorrelationRule& after, Keys& keys) {
  keys.word("type", std::string(type_of(before)), std::string(type_of(after)));
  keys.set("rules", items_of(before), items_of(after));
  keys.set("group-by", fields_of(before.criteria), fields_of(after.criteria));
  keys.set("field", fields_of(before.measured), fields_of(after.measured));
  keys.word("timespan", print_duration(before.lookback.value), print_duration(after.lookback.value));
  keys.word("condition", demand_of(before), demand_of(after));
  keys.flag("generate", before.generates, after.generates);
}

void compare_detection(const CorrelationRule& before, const CorrelationRule& after, Keys& keys) {
  if (after.format == RuleFormat::sigma) return compare_sigma(before, after, keys);
  keys.word("Detection", before.ordered ? "Sequence" : "Group", after.ordered ? "Sequence" : "Group");
  keys.set(after.ordered ? "Sequence" : "Group", items_of(before), items_of(after));
  keys.set("Transitions", transitions_of(before), transitions_of(after));
  keys.set("MatchCriteria", criteria_of(before), criteria_of(after));
  const auto needed = [](const CorrelationRule& rule) {
    return rule.needed ? std::to_string(rule.needed->value) : std::string();
  };
  keys.word("MinMatchCount", needed(before), needed(after));
  keys.number("LookbackWindowMinutes", before.lookback.value.microseconds / microseconds_per_minute,
              after.lookback.value.microseconds / microseconds_per_minute);
  keys.set("OutputIds", before.output_ids, after.output_ids);
  keys.flag("CreateAlert", before.create_alert, after.create_alert);
  keys.set("SummaryAttributes", before.summary_attributes, after.summary_attributes);
}

std::vector<Definition> definitions_of(const DataModel& model) {
  std::vector<Definition> definitions;
  for (const DataModel::MappingEntry& mapping : model.mappings) {
    const SourceSpan span = mapping.name.span;
    definitions.push_back({"udm." + mapping.name.value, span, span, false, {}, mapping.value, span});
  }
  return definitions;
}

// "Okta.SystemLog: actor.email", for each value that is looked up; of a log type without one its name alone.
Words selectors_of(const LookupTable& table) {
  Words words;
  for (const LookupTable::Association& association : table.log_types) {
    const Located<std::string>& log_type = association.log_type;
    if (association.selectors.empty()) words.push_back(log_type);
    for (const LookupTable::Selector& selector : association.selectors) {
      words.push_back({log_type.value + ": " + selector.written, log_type.span});
    }
  }
  return words;
}

std::string rows_in_words(const LookupTable& table) {
  if (table.rows_digest.empty()) return {};
  if (!table.row_count) return "a database";
  return std::to_string(*table.row_count) + (*table.row_count == 1 ? " row" : " rows");
}

void compare_rows(const LookupTable& before, const LookupTable& after, Keys& keys) {
  if (before.rows_digest == after.rows_digest) return;
  const std::string old = rows_in_words(before);
  const std::string now = rows_in_words(after);
  keys.word("rows", old, old == now ? "others, " + now : now);
}

}  // namespace

std::string_view in_words(RuleKind kind) {
  switch (kind) {
    case RuleKind::rule:
      return "rule";
    case RuleKind::scheduled_rule:
      return "scheduled rule";
    case RuleKind::policy:
      return "policy";
    case RuleKind::correlation_rule:
      return "correlation rule";
  }
  return "";
}

std::vector<KeyChange> difference_of(const Rule& before, const Rule& after) {
  const BothSources sources{*before.source, *after.source};
  Keys keys(sources);
  compare_head(before, after, keys);
  keys.parts("Let", difference_of(before.definitions, after.definitions, sources));
  keys.parts("Condition", difference_of(before.condition, after.condition, sources));
  compare_remember(before, after, sources, keys);
  compare_alert(before, after, keys);
  return keys.take();
}

std::vector<KeyChange> difference_of(const CorrelationRule& before, const CorrelationRule& after) {
  const BothSources sources{*before.source, *after.source};
  Keys keys(sources);
  compare_head(before, after, keys);
  compare_detection(before, after, keys);
  return keys.take();
}

std::vector<KeyChange> difference_of(const Library& before, const Library& after) {
  const BothSources sources{*before.source, *after.source};
  Keys keys(sources);
  keys.prose("Description", before.description, after.description);
  keys.parts("Let", difference_of(before.definitions, after.definitions, sources));
  return keys.take();
}

std::vector<KeyChange> difference_of(const DataModel& before, const DataModel& after) {
  const BothSources sources{*before.source, *after.source};
  Keys keys(sources);
  keys.word("DisplayName", before.display_name, after.display_name);
  keys.flag("Enabled", before.enabled, after.enabled);
  keys.set("LogTypes", before.log_types, after.log_types);
  keys.parts("Mappings", difference_of(definitions_of(before), definitions_of(after), sources));
  return keys.take();
}

std::vector<KeyChange> difference_of(const LookupTable& before, const LookupTable& after) {
  const BothSources sources{*before.source, *after.source};
  Keys keys(sources);
  keys.flag("Enabled", before.enabled, after.enabled);
  keys.word("PrimaryKey", before.primary_key.value, after.primary_key.value);
  keys.set("AssociatedLogTypes", selectors_of(before), selectors_of(after));
  compare_rows(before, after, keys);
  return keys.take();
}

std::vector<KeyChange> difference_of(const PackManifest& before, const PackManifest& after) {
  const BothSources sources{*before.source, *after.source};
  Keys keys(sources);
  keys.word("DisplayName", before.display_name, after.display_name);
  keys.prose("Description", before.description, after.description);
  keys.set("PackDefinition", before.ids, after.ids);
  return keys.take();
}

}  // namespace picket
