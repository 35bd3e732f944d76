#include "engine/frontend/readers.hpp"
#include "grammar/text/backquoted.hpp"

namespace picket {
namespace {

constexpr std::int64_t default_dedup_minutes = 60;

// Exactly one kind of logic.
void check_logic(const Section& section) {
  const yaml::Mapping::Entry* logic = nullptr;
  for (const std::string_view key : {"Condition", "Detection", "Filename", "BaseDetection"}) {
    const auto* other = section.raw(key);
    if (other != nullptr && logic != nullptr) {
      section
          .say(Code::conflicting_keys, other->key_span,
               backquoted(key) + " and " + backquoted(logic->key) + " exclude each other", "take one of the two out")
          .related.push_back({section.source(), logic->key_span, backquoted(logic->key) + " is here"});
    }
    if (logic == nullptr) logic = other;
  }
  if (logic != nullptr || section.was_meant("Condition") || section.was_meant("Detection")) return;
  section.say(Code::missing_logic, section.place(), "the rule has no `Condition`",
              "write `Condition: |` and below it, indented, the lines that must hold");
}

Located<std::int64_t> read_dedup_minutes(const Section& section) {
  const auto minutes = section.integer("DedupPeriodMinutes");
  if (!minutes) return {default_dedup_minutes, {}};
  if (minutes->value < 0) {
    section.say(Code::bad_value, minutes->span, "`DedupPeriodMinutes` is negative", "write a number of minutes from 5");
  } else if (minutes->value == 0) {
    section.say(Code::ignored_value, minutes->span, "a `DedupPeriodMinutes` of 0 has no effect: 60 applies",
                "write a number of minutes from 5");
    return {default_dedup_minutes, minutes->span};
  } else if (minutes->value > longest_minutes) {
    section.say(Code::bad_value, minutes->span,
                "`DedupPeriodMinutes` is " + std::to_string(minutes->value) + ", which is too large",
                "write a number of minutes up to " + std::to_string(longest_minutes));
    return {default_dedup_minutes, minutes->span};
  } else if (minutes->value < least_dedup_minutes) {
    section.say(Code::ignored_value, minutes->span, "a `DedupPeriodMinutes` below 5 counts as 5",
                "write a number of minutes from 5");
    return {least_dedup_minutes, minutes->span};
  }
  return *minutes;
}

Located<std::int64_t> read_threshold(const Section& section) {
  const auto threshold = section.integer("Threshold");
  if (!threshold) return {1, {}};
  if (threshold->value < 0) {
    section.say(Code::bad_value, threshold->span, "`Threshold` is negative", "write a number from 1");
  } else if (threshold->value == 0) {
    section.say(Code::ignored_value, threshold->span, "a `Threshold` of 0 counts as 1", "write a number from 1");
    return {1, threshold->span};
  }
  return *threshold;
}

std::vector<Located<std::string>> read_log_types(const Section& section, RuleKind kind) {
  if (kind == RuleKind::policy) return section.texts("ResourceTypes");
  const auto* types = section.raw("LogTypes");
  const auto* queries = section.raw("ScheduledQueries");
  if (types != nullptr && queries != nullptr) {
    section
        .say(Code::conflicting_keys, queries->key_span, "`LogTypes` and `ScheduledQueries` exclude each other",
             "take one of the two out")
        .related.push_back({section.source(), types->key_span, "`LogTypes` is here"});
  }
  if (types == nullptr && queries == nullptr) {
    const std::string key = kind == RuleKind::rule ? "LogTypes" : "ScheduledQueries";
    if (!section.was_meant("LogTypes") && !section.was_meant("ScheduledQueries")) {
      section.say(Code::missing_key, section.place(), "the key " + backquoted(key) + " is missing",
                  "write `" + key + ": [...]`, a list of strings");
    }
    return {};
  }
  const std::string_view key = types != nullptr ? "LogTypes" : "ScheduledQueries";
  auto texts = section.texts(key);
  const auto* entry = section.raw(key);
  if (texts.empty() &&
      (entry->value->sequence() == nullptr ? entry->value->scalar() != nullptr && entry->value->value().is_null()
                                           : entry->value->sequence()->items.empty())) {
    section.say(Code::bad_value, place_of(*entry), backquoted(key) + " is empty: the rule would judge nothing",
                "name at least one");
  }
  return texts;
}

std::vector<Report> read_reports(const Section& section) {
  std::vector<Report> reports;
  const auto* entry = section.find("Reports");
  if (entry == nullptr || entry->value->mapping() == nullptr) return reports;
  for (const yaml::Mapping::Entry& framework : entry->value->mapping()->entries) {
    if (framework.value->sequence() == nullptr) continue;
    Report report{{framework.key, framework.key_span}, {}};
    for (const yaml::NodePtr& item : framework.value->sequence()->items) {
      if (item->scalar() != nullptr) report.items.push_back({item->scalar()->text, item->span});
    }
    reports.push_back(std::move(report));
  }
  return reports;
}

}  // namespace

void read_metadata(const Section& section, RuleKind kind, RuleMetadata& about) {
  about.source = section.source();
  about.kind = kind;
  about.id = section.text(id_key(section.holder())).value_or(Located<std::string>{});
  about.display_name = section.plain_text("DisplayName");
  if (const auto enabled = section.boolean("Enabled")) about.enabled = enabled->value;
  if (const auto word = section.text("Severity")) {
    about.severity = {severity_from_word(word->value).value_or(Severity::info), word->span};
  }
  about.description = section.plain_text("Description");
  about.reference = section.plain_text("Reference");
  about.runbook = section.plain_text("Runbook");
  about.created_by = section.plain_text("CreatedBy");
  about.status = section.plain_text("Status");
  about.tags = section.texts("Tags");
  about.reports = read_reports(section);
  about.summary_attributes = section.texts("SummaryAttributes");
  about.output_ids = section.texts("OutputIds");
  if (const auto create = section.boolean("CreateAlert")) about.create_alert = create->value;
}

void read_counting(const Section& section, Rule& rule) {
  rule.dedup_minutes = read_dedup_minutes(section);
  rule.threshold = read_threshold(section);
}

Rule read_rule(const Section& section, RuleKind kind, const FrontendOptions& options) {
  check_logic(section);
  Rule rule;
  read_metadata(section, kind, rule);
  rule.log_types = read_log_types(section, kind);
  if (kind == RuleKind::policy) check_policy(section);
  rule.output = section.texts("Output");
  read_counting(section, rule);
  rule.libraries = section.texts("Use");
  if (section.raw("Detection") != nullptr) rule.format = RuleFormat::panther;
  read_texts(section, options, rule);
  rule.remember = read_remember(section, options);
  rule.tests = read_tests(section, kind);
  return rule;
}

}  // namespace picket
