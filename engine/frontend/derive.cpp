#include "engine/frontend/derive.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "engine/frontend/readers.hpp"
#include "engine/frontend/section.hpp"
#include "grammar/ast/print.hpp"
#include "grammar/text/backquoted.hpp"

namespace picket {
namespace {

// --- what is inherited ---

// A base's trees, printed and parsed again so that each node stands at one place.
class Inheritance {
 public:
  Inheritance(SourcePtr source, SourceSpan span, const FrontendOptions& options)
      : source_(std::move(source)), span_(span), limits_(options.condition) {
    limits_.text_bytes = std::numeric_limits<std::size_t>::max();  // it was within them where it was written
  }

  [[nodiscard]] Rule rule(const Rule& base) const {
    Rule rule = base;
    rule.source = source_;
    rule.name.clear();
    place(rule.severity);
    place(rule.dedup_minutes);
    place(rule.threshold);
    for (auto* list :
         {&rule.log_types, &rule.tags, &rule.summary_attributes, &rule.output_ids, &rule.output, &rule.libraries}) {
      for (auto& item : *list) place(item);
    }
    for (Report& report : rule.reports) {
      place(report.framework);
      for (auto& item : report.items) place(item);
    }
    place(rule.condition);
    place(rule.definitions);
    if (rule.remember) place(*rule.remember);
    for (auto* text :
         {&rule.alert_title, &rule.dedup, &rule.alert_description, &rule.alert_reference, &rule.alert_runbook,
          &rule.unique, &rule.dynamic_severity, &rule.destinations, &rule.alert_context}) {
      if (*text) place(**text);
    }
    for (RuleTest& test : rule.tests) place(test);
    return rule;
  }

 private:
  template <typename T>
  void place(Located<T>& located) const {
    located.span = span_;
  }
  template <typename T>
  void place(std::optional<Located<T>>& located) const {
    if (located) located->span = span_;
  }

  [[nodiscard]] SourceText text(std::string printed) const {
    return SourceText::placed_at(source_, std::move(printed), span_);
  }

  // What is printed parses again.
  void place(Expr& expr) const {
    Diagnostics none;
    if (auto parsed = parse_expression(text(print(expr)), none, limits_)) expr = *std::move(parsed);
  }
  void place(Block& block) const {
    Diagnostics none;
    if (auto parsed = parse_condition(text(print(block)), none, limits_)) block = *std::move(parsed);
  }
  void place(std::vector<Definition>& definitions) const {
    Diagnostics none;
    if (auto parsed = parse_definitions(text(print(definitions)), none, limits_)) definitions = *std::move(parsed);
  }
  void place(Remember& remember) const {
    remember.span = span_;
    place(remember.key);
    if (remember.value) place(*remember.value);
    if (remember.when) place(*remember.when);
    place(remember.keep);
  }
  void place(RuleTest& test) const {
    place(test.name);
    test.span = span_;
    test.expected_span = span_;
    test.event_span = span_;
    for (RuleTest::Mock& mock : test.mocks) place(mock.name);
    place(test.now);
    place(test.memory);
    place(test.expected_alerts);
    place(test.expected_title);
    place(test.expected_severity);
    place(test.expected_dedup);
    place(test.expected_context);
    place(test.expected_memory);
  }

  SourcePtr source_;
  SourceSpan span_;
  Limits limits_;
};

// --- what the rule says otherwise ---

struct Override {
  std::string_view key;
  void (*take)(Rule& rule, Rule& own);
};

template <auto member>
void take(Rule& rule, Rule& own) {
  rule.*member = std::move(own.*member);
}

void take_filters(Rule& rule, Rule& own) {
  std::vector<Expr>& lines = rule.condition.lines;
  lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(rule.filters));
  lines.insert(lines.begin(), own.condition.lines.begin(), own.condition.lines.end());
  rule.filters = own.filters;
}

constexpr std::array overrides{Override{"DisplayName", take<&Rule::display_name>},
                               Override{"Enabled", take<&Rule::enabled>},
                               Override{"Severity", take<&Rule::severity>},
                               Override{"Status", take<&Rule::status>},
                               Override{"CreatedBy", take<&Rule::created_by>},
                               Override{"Description", take<&Rule::description>},
                               Override{"Runbook", take<&Rule::runbook>},
                               Override{"Reference", take<&Rule::reference>},
                               Override{"Reports", take<&Rule::reports>},
                               Override{"Tags", take<&Rule::tags>},
                               Override{"InlineFilters", take_filters},
                               Override{"AlertTitle", take<&Rule::alert_title>},
                               Override{"AlertDescription", take<&Rule::alert_description>},
                               Override{"AlertReference", take<&Rule::alert_reference>},
                               Override{"AlertRunbook", take<&Rule::alert_runbook>},
                               Override{"DynamicSeverity", take<&Rule::dynamic_severity>},
                               Override{"DynamicSeverities", take<&Rule::dynamic_severity>},
                               Override{"Dedup", take<&Rule::dedup>},
                               Override{"GroupBy", take<&Rule::dedup>},
                               Override{"DedupPeriodMinutes", take<&Rule::dedup_minutes>},
                               Override{"Threshold", take<&Rule::threshold>},
                               Override{"Unique", take<&Rule::unique>},
                               Override{"AlertContext", take<&Rule::alert_context>},
                               Override{"Destinations", take<&Rule::destinations>},
                               Override{"OutputIds", take<&Rule::output_ids>},
                               Override{"CreateAlert", take<&Rule::create_alert>},
                               Override{"Output", take<&Rule::output>},
                               Override{"SummaryAttributes", take<&Rule::summary_attributes>},
                               Override{"Tests", take<&Rule::tests>}};

// Two keys of one meaning are one override: the one that is not there says nothing.
void apply_overrides(const Section& section, Rule& rule, Rule own) {
  for (const Override& one : overrides) {
    if (section.raw(one.key) != nullptr) one.take(rule, own);
  }
}

// Keys that are only the base's to say, taken out, each with an error.
yaml::Mapping without_logic(const SourcePtr& source, const yaml::Mapping& mapping, Diagnostics& diagnostics) {
  constexpr std::array<std::string_view, 5> logic = {"LogTypes", "ScheduledQueries", "Use", "Let", "Remember"};
  const auto* base = mapping.find("BaseDetection");
  yaml::Mapping rest;
  for (const yaml::Mapping::Entry& entry : mapping.entries) {
    if (std::ranges::find(logic, entry.key) == logic.end()) {
      rest.entries.push_back(entry);
      continue;
    }
    Diagnostic& diagnostic = diagnostics.add(Code::conflicting_keys, source, entry.key_span,
                                             backquoted(entry.key) + " belongs to the logic, which is inherited");
    diagnostic.help = "take it out; the rule reads what its base reads";
    diagnostic.related.push_back({source, base->key_span, "`BaseDetection` is here"});
  }
  return rest;
}

// Whether it reads logs or rows of queries follows from the base, so there is one kind of derived rules, as in Panther.
void check_kind(const SourcePtr& source, const yaml::Mapping& mapping, Diagnostics& diagnostics) {
  const auto* type = mapping.find("AnalysisType");
  const auto word = string_of(*type->value);
  if (word == "rule") return;
  Diagnostic& diagnostic =
      diagnostics.add(Code::bad_value, source, place_of(*type),
                      "a rule that derives from another is a `rule`, and this is a " + backquoted(word.value_or("")));
  diagnostic.help = "write `AnalysisType: rule`; what the rule reads is what its base reads";
  diagnostic.fixes.push_back({"write `rule`", type->value->span, "rule"});
}

// What can be said of the texts of a rule whose base is not known, and with it whether the holes of its title are
// paths or expressions.
void check_without_base(const SourcePtr& source, yaml::Mapping mapping, SourceSpan span, const FrontendOptions& options,
                        Diagnostics& diagnostics) {
  std::erase_if(mapping.entries, [](const yaml::Mapping::Entry& entry) { return entry.key == "AlertTitle"; });
  const Section section(source, mapping, span, Holder::derived_rule, diagnostics);
  Rule own;
  read_counting(section, own);
  read_texts(section, options, own);
  (void)read_tests(section, own.kind);
}

Rule derive(const Section& section, const Rule& base, const FrontendOptions& options) {
  const auto* entry = section.raw("BaseDetection");
  Rule rule = Inheritance(section.source(), place_of(*entry), options).rule(base);
  Rule own;
  own.format = base.format;
  read_metadata(section, base.kind, own);
  own.output = section.texts("Output");
  read_counting(section, own);
  read_texts(section, options, own);
  own.tests = read_tests(section, base.kind);
  rule.id = own.id;
  apply_overrides(section, rule, std::move(own));
  rule.descent = Descent{place_of(*entry), {base.source}};
  if (base.descent) {
    rule.descent->bases.insert(rule.descent->bases.end(), base.descent->bases.begin(), base.descent->bases.end());
  }
  return rule;
}

}  // namespace

Analysis read_derived(const SourcePtr& source, const yaml::Node& root, const Rule* base, const FrontendOptions& options,
                      Diagnostics& diagnostics) {
  Diagnostics own;
  const yaml::Mapping mapping = without_logic(source, *root.mapping(), own);
  Section section(source, mapping, root.span, Holder::derived_rule, own);
  section.check();
  check_kind(source, mapping, own);
  Unusable unusable{
      .rule = true, .broken = false, .id = section.text("RuleID"), .tests = section.items("Tests").size()};
  Analysis analysis = unusable;
  if (base != nullptr) {
    if (section.raw("Tests") == nullptr) unusable.tests = base->tests.size();
    analysis = derive(section, *base, options);
  } else {
    check_without_base(source, mapping, root.span, options, own);
  }
  unusable.broken = own.has_errors();
  if (unusable.broken) analysis = std::move(unusable);
  diagnostics.append(std::move(own));
  return analysis;
}

}  // namespace picket
