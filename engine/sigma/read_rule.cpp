#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "engine/frontend/readers.hpp"
#include "engine/shape/windows_event.hpp"
#include "engine/sigma/detection.hpp"
#include "engine/sigma/expressions.hpp"
#include "engine/sigma/read_correlation.hpp"
#include "engine/sigma/read_log_source.hpp"
#include "engine/sigma/sigma.hpp"
#include "engine/sigma/sigma_document.hpp"
#include "grammar/text/backquoted.hpp"

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
  Detection detection;
};

// What the names of a reading's definitions end with, and those of each filter in it.
struct Suffixes {
  struct OfFilter {
    std::string suffix;
    std::string condition;  // the name of the definition that is the filter's condition
  };
  std::string own;
  std::vector<OfFilter> of_filters;
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
    log_source_ = sigma::read_log_source(document_);
    std::optional<MappedLogSource> mapped;
    if (log_source_) {
      const auto* entry = document_.mapping().find("logsource");
      log_source_span_ = cover(entry->key_span, entry->value->span);
      mapped = options_.log_sources.find(*log_source_);
    }
    if (!mapped) {
      mapped_ = false;
      readings_.push_back({.when = {}, .all_events = true, .fields = {}});
    }
    if (!mapped && log_source_) {
      document_.say(Code::unmapped_log_source, log_source_span_,
                    "nothing says which events are of the log source " + backquoted(log_source_->in_words()),
                    "the rule judges events without a log type; a file with `AnalysisType: log_sources` can say more");
    }
    if (!mapped) return;
    for (const std::string& log_type : mapped->log_types) rule.log_types.push_back({log_type, log_source_span_});
    events_ = mapped->events;
  }

  // Events whose fields stand in the same places, as far as the rule asks for them, are read in one way.
  void find_readings(const std::set<std::string>& asked) {
    for (const LogSource::Events& events : events_) {
      FieldNames fields;
      for (const std::string& name : asked) {
        if (const auto found = events.fields.find(name); found != events.fields.end()) fields.insert(*found);
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

  // Adds a choice for each kind of event that is read so.
  void add_events(const Reading& reading, std::vector<Expr>& any) const {
    if (reading.all_events) {
      any.push_back({BoolLiteral{true}, log_source_span_});
      return;
    }
    for (const std::string& when : reading.when) {
      Diagnostics none;  // the log source has been checked
      auto block =
          parse_condition(SourceText::placed_at(source_, when, log_source_span_), none, options_.frontend.condition);
      if (block) any.push_back(group(GroupKind::all, std::move(block->lines), log_source_span_));
    }
  }

  // Two lines: whether the event is of the log source, and the condition in the way that such an event is read. Events
  // of several readings are read in the first of them.
  void add_lines(std::vector<Expr> conditions, Rule& rule) const {
    std::vector<Expr> events;
    std::vector<Expr> of_each;
    for (const Reading& reading : readings_) {
      std::vector<Expr> any;
      add_events(reading, any);
      of_each.push_back(item(group(GroupKind::any, any, log_source_span_),
                             {.role = WrittenItem::Role::silent, .fields = {}, .values = {}}, log_source_span_));
      std::ranges::move(any, std::back_inserter(events));
    }
    const bool every_event = readings_.size() == 1 && readings_.front().all_events;
    if (!every_event) {
      rule.condition.lines.push_back(item(group(GroupKind::any, std::move(events), log_source_span_),
                                          {.role = WrittenItem::Role::premise, .fields = {}, .values = {}},
                                          log_source_span_));
    }
    Expr condition = std::move(conditions.back());
    const SourceSpan span = condition.span;
    for (std::size_t i = conditions.size() - 1; i-- > 0;) {
      condition = Expr{
          IfExpr{
              .condition = std::move(of_each[i]), .then = std::move(conditions[i]), .otherwise = std::move(condition)},
          span};
    }
    rule.condition.lines.push_back(std::move(condition));
  }

  // The filters that name the rule, or all rules of its log source.
  void find_filters(const Rule& rule) {
    for (const Filter& filter : options_.filters) {
      const bool named = filter.rules.empty() || std::ranges::any_of(filter.rules, [&](const auto& one) {
                           return one.value == rule.id.value || (!rule.name.empty() && one.value == rule.name) ||
                                  one.value == rule.display_name;
                         });
      if (!named || !log_source_ || !filter.log_source.holds(*log_source_)) continue;
      Diagnostics none;  // the filter has been checked
      const auto* entry = filter.document->mapping()->find("filter");
      filters_.push_back(
          {&filter, Detection(filter.source, *entry->value->mapping(), entry->key_span, {"rules"}, none)});
    }
  }

  // The filter's definitions stand in its own file, and so does its condition, which is one more of them.
  void add_filter(const AppliedFilter& applied, const Suffixes::OfFilter& names, const FieldPlaces& fields, Rule& rule,
                  Expr& condition) const {
    Diagnostics none;  // the filter has been checked
    const SourcePtr& source = applied.filter->source;
    const DetectionContext context{
        .source = source, .diagnostics = none, .fields = fields, .placeholders = options_.log_sources.placeholders()};
    auto kept = applied.detection.condition(names.suffix, {});
    if (!kept) return;
    std::vector<Definition> definitions = applied.detection.definitions(names.suffix, context);
    const SourceSpan place = kept->span;
    const SourceSpan key = applied.filter->document->mapping()->find("filter")->key_span;
    definitions.push_back({.name = names.condition,
                           .name_span = key,
                           .equals_span = key,
                           .has_parameters = false,
                           .parameters = {},
                           .body = item(*std::move(kept), {}, place),
                           .span = place});
    for (Definition& definition : definitions) {
      definition.source = source;
      rule.definitions.push_back(std::move(definition));
    }
    const SourceSpan span = condition.span;
    Expr asked = item({NameExpr{names.condition}, log_source_span_},
                      {.role = WrittenItem::Role::silent, .fields = {}, .values = {}}, log_source_span_);
    condition = joined(Connective::conjunction, {std::move(condition), std::move(asked)}, span);
  }

  // The suffix, made longer until no definition has the name of another: a rule may have selections `a` and `a_2`.
  std::string free_suffix(const Detection& detection, std::string suffix) {
    const auto clashes = [&] {
      const std::set<std::string> names = detection.names(suffix);
      return std::ranges::any_of(names, [this](const std::string& name) { return taken_.contains(name); });
    };
    while (clashes()) suffix += "_";
    taken_.merge(detection.names(suffix));
    return suffix;
  }

  // Names of all readings are taken before the first field is: a field that is called like any of them is `$.name`.
  std::vector<Suffixes> take_names(const Detection& detection) {
    std::vector<Suffixes> all(readings_.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::string number = i == 0 ? "" : "_" + std::to_string(i + 1);
      all[i].own = free_suffix(detection, number);
      for (std::size_t k = 0; k < filters_.size(); ++k) {
        const std::string suffix = free_suffix(filters_[k].detection, "_filter_" + std::to_string(k + 1) + number);
        std::string condition = suffix.substr(1);
        while (!taken_.insert(condition).second) condition += "_";
        all[i].of_filters.push_back({suffix, std::move(condition)});
      }
    }
    return all;
  }

  // Those that say what the first reading says already are left out; returns their names.
  static std::set<std::string> add_definitions(std::vector<Definition> definitions, const std::string& suffix,
                                               Rule& rule) {
    std::set<std::string> shared;
    for (Definition& definition : definitions) {
      const std::string name = definition.name.substr(0, definition.name.size() - suffix.size());
      const bool known = !suffix.empty() && std::ranges::any_of(rule.definitions, [&](const Definition& one) {
        return one.name == name && one.body == definition.body;
      });
      if (known) {
        shared.insert(name);
      } else {
        rule.definitions.push_back(std::move(definition));
      }
    }
    return shared;
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
    std::vector<Expr> conditions;
    const std::vector<Suffixes> suffixes = take_names(detection);
    for (std::size_t i = 0; i < readings_.size(); ++i) {
      const std::string& suffix = suffixes[i].own;
      const FieldPlaces fields(source_, readings_[i].fields, taken_, !mapped_);
      // The same mistakes need not be told for each of the readings.
      Diagnostics again;
      const DetectionContext context{.source = source_,
                                     .diagnostics = i == 0 ? diagnostics_ : again,
                                     .fields = fields,
                                     .placeholders = options_.log_sources.placeholders()};
      auto condition =
          detection.condition(suffix, add_definitions(detection.definitions(suffix, context), suffix, rule));
      if (!condition) return;
      for (std::size_t k = 0; k < filters_.size(); ++k) {
        add_filter(filters_[k], suffixes[i].of_filters[k], fields, rule, *condition);
      }
      conditions.push_back(*std::move(condition));
    }
    rule.condition.span = span;
    add_lines(std::move(conditions), rule);
  }

  const SourcePtr& source_;
  const yaml::Node& node_;
  SigmaDocument document_;
  const SigmaOptions& options_;
  Diagnostics& diagnostics_;
  SourceSpan log_source_span_;
  std::optional<LogSourceName> log_source_;  // nothing for one that is refused
  std::vector<AppliedFilter> filters_;
  std::set<std::string> taken_;  // by definitions
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
