#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "engine/frontend/readers.hpp"
#include "engine/shape/windows_event.hpp"
#include "engine/sigma/detection.hpp"
#include "engine/sigma/expressions.hpp"
#include "engine/sigma/sigma.hpp"
#include "engine/yaml/backquoted.hpp"
#include "grammar/ast/print.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/nearest.hpp"

namespace picket::sigma {
namespace {

constexpr std::array<std::pair<std::string_view, Severity>, 5> levels = {{{"informational", Severity::info},
                                                                          {"low", Severity::low},
                                                                          {"medium", Severity::medium},
                                                                          {"high", Severity::high},
                                                                          {"critical", Severity::critical}}};

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
        document_(document),
        mapping_(*document.mapping()),
        options_(options),
        diagnostics_(diagnostics) {}

  Analysis read() {
    const std::size_t before = error_count();
    Rule rule;
    read_metadata(rule);
    read_log_source(rule);
    read_detection(rule);
    const Section section(source_, mapping_, document_.span, Holder::rule, diagnostics_);
    rule.tests = read_tests(section, RuleKind::rule);
    for (RuleTest& test : rule.tests) {
      if (auto flat = flat_windows_event(test.event)) test.event = *std::move(flat);
    }
    if (error_count() > before) {
      return Unusable{.rule = true, .broken = true, .id = rule.id, .tests = rule.tests.size()};
    }
    return rule;
  }

 private:
  [[nodiscard]] std::size_t error_count() const {
    return static_cast<std::size_t>(std::ranges::count(diagnostics_.all(), Level::error, &Diagnostic::level));
  }

  Diagnostic& say(Code code, SourceSpan span, std::string message, std::string help) {
    Diagnostic& diagnostic = diagnostics_.add(code, source_, span, std::move(message));
    diagnostic.help = std::move(help);
    return diagnostic;
  }

  [[nodiscard]] SourceSpan first_key() const {
    return mapping_.entries.empty() ? SourceSpan{} : mapping_.entries.front().key_span;
  }

  // A text, or a number that was meant as one.
  [[nodiscard]] std::optional<Located<std::string>> text(std::string_view key) {
    const auto* entry = mapping_.find(key);
    if (entry == nullptr) return std::nullopt;
    if (entry->value->scalar() == nullptr) {
      say(Code::wrong_type, place_of(*entry),
          backquoted(key) + " must be a string, and this is " + std::string(entry->value->kind_in_words()),
          "write `" + std::string(key) + ": …`");
      return std::nullopt;
    }
    if (entry->value->value().is_null()) return std::nullopt;
    return Located<std::string>{entry->value->scalar()->text, entry->value->span};
  }

  [[nodiscard]] std::string plain(std::string_view key) {
    auto value = text(key);
    return value ? std::move(value->value) : std::string();
  }

  // Of a list, or of one text alone.
  [[nodiscard]] std::vector<Located<std::string>> texts(std::string_view key) const {
    std::vector<Located<std::string>> texts;
    const auto* entry = mapping_.find(key);
    if (entry == nullptr) return texts;
    const yaml::Sequence* list = entry->value->sequence();
    for (const yaml::NodePtr& item : list != nullptr ? list->items : std::vector{entry->value}) {
      if (item->scalar() != nullptr && !item->value().is_null()) texts.push_back({item->scalar()->text, item->span});
    }
    return texts;
  }

  [[nodiscard]] std::string joined_texts(std::string_view key, std::string_view between) const {
    std::string all;
    for (const auto& one : texts(key)) all += (all.empty() ? "" : std::string(between)) + one.value;
    return all;
  }

  void read_metadata(Rule& rule) {
    rule.source = source_;
    rule.kind = RuleKind::rule;
    rule.format = RuleFormat::sigma;
    const auto title = text("title");
    if (!title) {
      if (mapping_.find("title") == nullptr) {
        say(Code::missing_key, first_key(), "the key `title` is missing", "write `title: …`, what the rule finds");
      }
    } else {
      rule.display_name = title->value;
    }
    if (auto id = text("id")) {
      rule.id = *std::move(id);
    } else if (auto name = text("name")) {
      rule.id = *std::move(name);
    } else if (title) {
      rule.id = *title;
    }
    rule.name = plain("name");
    rule.status = plain("status");
    rule.description = plain("description");
    rule.created_by = plain("author");
    rule.reference = joined_texts("references", "\n");
    if (const std::string known = joined_texts("falsepositives", "\n- "); !known.empty()) {
      rule.runbook = "Known false positives:\n- " + known;
    }
    rule.tags = texts("tags");
    rule.output = texts("fields");
    read_level(rule);
  }

  // The specification lets a rule have no level: it is then of medium severity.
  void read_level(Rule& rule) {
    rule.severity = {Severity::medium, first_key()};
    const auto level = text("level");
    if (!level) return;
    const auto known = std::find_if(levels.begin(), levels.end(),
                                    [&](const auto& one) { return one.first == ascii_lower(level->value); });
    if (known != levels.end()) {
      rule.severity = {known->second, level->span};
      return;
    }
    Diagnostic& diagnostic = say(Code::bad_value, level->span, "there is no level " + backquoted(level->value),
                                 "write `informational`, `low`, `medium`, `high` or `critical`");
    std::vector<std::string_view> words;
    for (const auto& [word, severity] : levels) words.push_back(word);
    if (const auto meant = nearest(level->value, std::span<const std::string_view>(words))) {
      diagnostic.help = "did you mean " + backquoted(*meant) + "?";
      diagnostic.fixes.push_back({"write " + backquoted(*meant), level->span, std::string(*meant)});
    }
  }

  // A mapping that must be there; null, with an error, if it is not.
  const yaml::Mapping::Entry* section(std::string_view key, std::string_view example) {
    const auto* entry = mapping_.find(key);
    if (entry == nullptr) {
      say(Code::missing_key, first_key(), "the key " + backquoted(key) + " is missing", std::string(example));
      return nullptr;
    }
    if (entry->value->mapping() != nullptr) return entry;
    say(Code::not_a_mapping, place_of(*entry),
        backquoted(key) + " must be a mapping, and this is " + std::string(entry->value->kind_in_words()),
        std::string(example));
    return nullptr;
  }

  void read_log_source(Rule& rule) {
    const auto* entry = section("logsource", "write `logsource:` and below it `product: windows` or the like");
    if (entry == nullptr) return;
    log_source_span_ = cover(entry->key_span, entry->value->span);
    const LogSourceName& name = log_source_ = read_log_source_name(*entry->value->mapping());
    if (!name.category && !name.product && !name.service) {
      say(Code::missing_key, log_source_span_, "the log source has neither `category`, `product` nor `service`",
          "write `product: windows` or the like");
      return;
    }
    const auto mapped = options_.log_sources.find(name);
    if (!mapped) {
      mapped_ = false;
      say(Code::unmapped_log_source, log_source_span_,
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
        auto block =
            parse_condition(SourceText::placed_at(source_, when, log_source_span_), none, options_.frontend.condition);
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
        parse_definitions(SourceText::placed_at(source_, written, log_source_span_), none, options_.frontend.condition);
    const auto joined_by = applied.detection.condition(suffix);
    if (!definitions || !joined_by) return;
    auto kept = parse_expression(SourceText::placed_at(source_, print(*joined_by), log_source_span_), none,
                                 options_.frontend.condition);
    if (!kept) return;
    std::ranges::move(*definitions, std::back_inserter(rule.definitions));
    const SourceSpan span = condition.span;
    condition = joined(Connective::conjunction, {std::move(condition), *std::move(kept)}, span);
  }

  void read_detection(Rule& rule) {
    const auto* entry = section("detection", "write `detection:` and below it a selection and a `condition`");
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
  const yaml::Node& document_;
  const yaml::Mapping& mapping_;
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
  return RuleReader(source, document, options, diagnostics).read();
}

}  // namespace picket::sigma
