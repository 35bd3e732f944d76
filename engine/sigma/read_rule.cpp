#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/frontend/readers.hpp"
#include "engine/shape/windows_event.hpp"
#include "engine/sigma/detection.hpp"
#include "engine/sigma/expressions.hpp"
#include "engine/sigma/read_correlation.hpp"
#include "engine/sigma/sigma.hpp"
#include "engine/sigma/sigma_document.hpp"
#include "engine/yaml/backquoted.hpp"
#include "grammar/ast/print.hpp"

namespace picket::sigma {
namespace {

// The events of a log source that have their fields in the same places, and which those are.
struct Reading {
  std::vector<std::string> when;  // any of them; none: all events
  bool all_events = false;
  FieldNames fields;
};

struct AppliedFilter {
  const Filter* filter = nullptr;
  std::string suffix;  // of its definitions
  Detection detection;
};

class RuleReader {
 public:
  RuleReader(const SourcePtr& source, const yaml::Node& document, const SigmaOptions& options, Diagnostics& diagnostics)
      : source_(source),
        node_(document),
        document_(source, *document.mapping(), diagnostics),
        options_(options),
        diagnostics_(diagnostics) {}

  Analysis read() {
    const std::size_t before = document_.error_count();
    Rule rule;
    rule.kind = RuleKind::rule;
    document_.read_metadata(rule);
    rule.output = document_.texts("fields");
    read_log_source(rule);
    read_detection(rule);
    const Section section(source_, document_.mapping(), node_.span, Holder::rule, diagnostics_);
    rule.tests = read_tests(section, RuleKind::rule);
    for (RuleTest& test : rule.tests) {
      if (auto flat = flat_windows_event(test.event)) test.event = *std::move(flat);
    }
    if (document_.error_count() > before) {
      return Unusable{.rule = true, .broken = true, .id = rule.id, .tests = rule.tests.size()};
    }
    return rule;
  }

 private:
  void read_log_source(Rule& rule) {
    const auto* entry =
        document_.section("logsource", "write `logsource:` and below it `product: windows` or the like");
    if (entry == nullptr) return;
    log_source_span_ = cover(entry->key_span, entry->value->span);
    const LogSourceName& name = log_source_ = read_log_source_name(*entry->value->mapping());
    if (!name.category && !name.product && !name.service) {
      document_.say(Code::missing_key, log_source_span_,
                    "the log source has neither `category`, `product` nor `service`",
                    "write `product: windows` or the like");
      return;
    }
    const auto mapped = options_.log_sources.find(name);
    if (!mapped) {
      mapped_ = false;
      document_.say(Code::unmapped_log_source, log_source_span_,
                    "nothing says which events are of the log source " + backquoted(name.in_words()),
                    "the rule judges events without a log type; a file with `AnalysisType: log_sources` can say more");
      readings_.push_back({.when = {}, .all_events = true, .fields = {}});
      return;
    }
    for (const std::string& log_type : mapped->log_types) rule.log_types.push_back({log_type, log_source_span_});
    events_ = mapped->events;
  }

  // Events whose fields stand in the same places, as far as the rule asks for them, are read in one way.
  void find_readings(const std::set<std::string>& asked) {
    for (const LogSource::Events& events : events_) {
      FieldNames fields;
      for (const auto& [name, path] : events.fields) {
        if (asked.contains(name)) fields.emplace(name, path);
      }
      auto same = std::find_if(readings_.begin(), readings_.end(),
                               [&](const Reading& reading) { return reading.fields == fields; });
      if (same == readings_.end()) same = readings_.insert(readings_.end(), Reading{{}, false, std::move(fields)});
      if (events.when.empty()) {
        same->all_events = true;
      } else if (std::find(same->when.begin(), same->when.end(), events.when) == same->when.end()) {
        same->when.push_back(events.when);
      }
    }
  }

  // Which events are meant, and the condition for them.
  [[nodiscard]] std::vector<Expr> lines_of(const Reading& reading, Expr condition) const {
    std::vector<Expr> lines;
    if (!reading.all_events) {
      std::vector<Expr> any;
      for (const std::string& when : reading.when) {
        Diagnostics none;  // the log source has been checked
        auto block = parse_condition(placed_at(source_, when, log_source_span_), none, options_.frontend.condition);
        if (block) any.push_back(group(GroupKind::all, std::move(block->lines), log_source_span_));
      }
      lines.push_back(group(GroupKind::any, std::move(any), log_source_span_));
    }
    lines.push_back(std::move(condition));
    return lines;
  }

  // The filters that name the rule, or all rules of its log source.
  void find_filters(const Rule& rule) {
    for (const Filter& filter : options_.filters) {
      const bool named = filter.rules.empty() || std::ranges::any_of(filter.rules, [&](const auto& one) {
                           return one.value == rule.id.value || (!rule.name.empty() && one.value == rule.name) ||
                                  one.value == rule.display_name;
                         });
      if (!named || !filter.log_source.holds(log_source_)) continue;
      Diagnostics none;  // the filter has been checked
      const auto* entry = filter.document->mapping()->find("filter");
      filters_.push_back({&filter, "_filter_" + std::to_string(filters_.size() + 1),
                          Detection(filter.source, *entry->value->mapping(), entry->key_span, {"rules"}, none)});
    }
  }

  // The filter's expressions stand in another file: here they all stand at the rule's log source.
  void add_filter(const AppliedFilter& applied, const std::string& reading, const FieldPlaces& fields, Rule& rule,
                  Expr& condition) const {
    Diagnostics none;
    const DetectionContext context{.source = applied.filter->source,
                                   .diagnostics = none,
                                   .fields = fields,
                                   .placeholders = options_.log_sources.placeholders()};
    const std::string suffix = applied.suffix + reading;
    const std::string written = print(applied.detection.definitions(suffix, context));
    auto definitions =
        parse_definitions(placed_at(source_, written, log_source_span_), none, options_.frontend.condition);
    const auto joined_by = applied.detection.condition(suffix);
    if (!definitions || !joined_by) return;
    auto kept =
        parse_expression(placed_at(source_, print(*joined_by), log_source_span_), none, options_.frontend.condition);
    if (!kept) return;
    std::ranges::move(*definitions, std::back_inserter(rule.definitions));
    const SourceSpan span = condition.span;
    condition = joined(Connective::conjunction, {std::move(condition), *std::move(kept)}, span);
  }

  void read_detection(Rule& rule) {
    const auto* entry = document_.section("detection", "write `detection:` and below it a selection and a `condition`");
    if (entry == nullptr) return;
    const Detection detection(source_, *entry->value->mapping(), entry->key_span, {}, diagnostics_);
    std::set<std::string> asked = detection.fields();
    find_filters(rule);
    for (const AppliedFilter& applied : filters_) asked.merge(applied.detection.fields());
    find_readings(asked);
    const SourceSpan span = cover(entry->key_span, entry->value->span);
    std::vector<Expr> choices;
    std::vector<Expr> only;
    for (std::size_t i = 0; i < readings_.size(); ++i) {
      const std::string suffix = i == 0 ? "" : "_" + std::to_string(i + 1);
      const std::set<std::string> taken = detection.names(suffix);
      const FieldPlaces fields(source_, readings_[i].fields, taken, !mapped_);
      // The same mistakes need not be told for each of the readings.
      Diagnostics again;
      const DetectionContext context{.source = source_,
                                     .diagnostics = i == 0 ? diagnostics_ : again,
                                     .fields = fields,
                                     .placeholders = options_.log_sources.placeholders()};
      auto definitions = detection.definitions(suffix, context);
      std::ranges::move(definitions, std::back_inserter(rule.definitions));
      auto condition = detection.condition(suffix);
      if (!condition) return;
      for (const AppliedFilter& applied : filters_) add_filter(applied, suffix, fields, rule, *condition);
      only = lines_of(readings_[i], *std::move(condition));
      choices.push_back(group(GroupKind::all, only, span));
    }
    if (readings_.empty()) return;  // there is no log source
    rule.condition.span = span;
    if (readings_.size() == 1) {
      rule.condition.lines = std::move(only);
    } else {
      rule.condition.lines.push_back(group(GroupKind::any, std::move(choices), span));
    }
  }

  const SourcePtr& source_;
  const yaml::Node& node_;
  SigmaDocument document_;
  const SigmaOptions& options_;
  Diagnostics& diagnostics_;
  SourceSpan log_source_span_;
  LogSourceName log_source_;
  std::vector<AppliedFilter> filters_;
  std::vector<LogSource::Events> events_;
  std::vector<Reading> readings_;
  bool mapped_ = true;
};

}  // namespace

Analysis read_sigma(const SourcePtr& source, const yaml::Node& document, const SigmaOptions& options,
                    Diagnostics& diagnostics) {
  if (is_correlation(document)) return read_correlation(source, document, options, diagnostics);
  return RuleReader(source, document, options, diagnostics).read();
}

}  // namespace picket::sigma
