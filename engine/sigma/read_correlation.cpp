#include "engine/sigma/read_correlation.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "engine/frontend/correlation_rule.hpp"
#include "engine/frontend/readers.hpp"
#include "engine/frontend/section.hpp"
#include "engine/sigma/expressions.hpp"
#include "engine/sigma/field_places.hpp"
#include "engine/sigma/rules_condition.hpp"
#include "engine/sigma/sigma_document.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/nearest.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket::sigma {
namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t most_seconds = std::int64_t{366} * 24 * 60 * 60;  // of a window, as in rules of our own
constexpr std::array<std::pair<char, std::int64_t>, 5> units = {
    {{'s', 1}, {'m', 60}, {'h', 60 * 60}, {'d', 24 * 60 * 60}, {'w', 7 * 24 * 60 * 60}}};

struct Alias {
  Located<std::string> name;
  std::vector<std::pair<Located<std::string>, Located<std::string>>> fields;  // rule and field
  bool used = false;
  bool broken = false;  // it names something else than a rule, which is told
};

class CorrelationReader {
 public:
  CorrelationReader(const SourcePtr& source, const yaml::Node& node, const SigmaOptions& options,
                    Diagnostics& diagnostics)
      : node_(node), document_(source, *node.mapping(), diagnostics), options_(options), diagnostics_(diagnostics) {}

  Analysis read() {
    const std::size_t before = document_.error_count();
    rule_.kind = RuleKind::correlation_rule;
    rule_.generates = false;
    document_.read_metadata(rule_);
    const auto* entry = document_.section("correlation", "write `correlation:` and below it `type`, `rules` and more");
    if (entry != nullptr) {
      section_ = entry->value->mapping();
      key_span_ = entry->key_span;
      read_section();
    }
    rule_.tests = read_correlation_tests(
        Section(document_.source(), *node_.mapping(), node_.span, Holder::correlation_rule, diagnostics_));
    if (document_.error_count() > before)
      return Unusable{.rule = true, .broken = true, .id = rule_.id, .tests = rule_.tests.size()};
    return std::move(rule_);
  }

 private:
  void read_section() {
    check_keys();
    const bool typed = read_type();
    read_rules();
    read_timespan();
    read_aliases();
    read_generate();
    std::vector<Located<std::string>> measured;
    if (typed && !rule_.items.empty()) read_condition(measured);
    add_fields("group-by", grouped_by(), rule_.criteria);
    add_fields("field", measured, rule_.measured);
    for (const Alias& alias : aliases_) {
      if (alias.used) continue;
      document_.say(Code::ignored_value, alias.name.span, "nothing uses the alias " + backquoted(alias.name.value),
                    "name it in `group-by`, or take it out");
    }
  }

  void check_keys() {
    const std::vector<std::string> known = {"type",    "rules",     "group-by", "timespan",
                                            "aliases", "condition", "generate"};
    for (const yaml::Mapping::Entry& entry : section_->entries) {
      if (std::ranges::find(known, entry.key) != known.end()) continue;
      // The word of detections in older rules, too far from ours to be taken for a slip of the pen.
      const bool habit = entry.key == "timeframe" && section_->find("timespan") == nullptr;
      meant_.insert(habit ? "timespan" : nearest(entry.key, std::span<const std::string>(known)).value_or(""));
      document_.say_unknown(
          Code::unknown_key, {entry.key, entry.key_span}, "a correlation has no key " + backquoted(entry.key), known,
          habit ? did_you_mean("timespan")
                : "it has `type`, `rules`, `group-by`, `timespan`, `aliases`, `condition` and `generate`");
    }
  }

  // A scalar that must be there.
  std::optional<Located<std::string>> word(std::string_view key, std::string_view example) {
    const auto* entry = section_->find(key);
    if (entry == nullptr && meant_.contains(key)) return std::nullopt;
    if (entry == nullptr || entry->value->value().is_null()) {
      document_.say(Code::missing_key, entry == nullptr ? key_span_ : entry->key_span,
                    "the correlation has no " + backquoted(key), std::string(example));
      return std::nullopt;
    }
    if (entry->value->scalar() != nullptr)
      return Located<std::string>{entry->value->scalar()->text, entry->value->span};
    document_.say(Code::wrong_type, place_of(*entry),
                  backquoted(key) + " must be a word, and this is " + std::string(entry->value->kind_in_words()),
                  std::string(example));
    return std::nullopt;
  }

  bool read_type() {
    const auto type = word("type", "write `type: event_count` or the like");
    if (!type) return false;
    rule_.detection_span = type->span;
    rule_.ordered = type->value == "temporal_ordered";
    if (rule_.ordered || type->value == "temporal") return true;
    std::vector<std::string> known = {"temporal", "temporal_ordered"};
    for (const MeasureKind kind : measure_kinds) {
      if (type->value == spelling(kind)) rule_.measure = Measure{.kind = kind, .percentile = 95, .bounds = {}};
      known.emplace_back(spelling(kind));
    }
    if (rule_.measure) return true;
    std::string all;
    for (const std::string& one : known) all += (all.empty() ? "`" : "`, `") + one;
    document_.say_unknown(Code::bad_value, *type, "there is no type of correlation " + backquoted(type->value), known,
                          "write one of " + all + "`");
    return false;
  }

  // The rules, or those that the condition names where there are no `rules`.
  void read_rules() {
    const auto* entry = section_->find("rules");
    const auto* condition = section_->find("condition");
    std::vector<Located<std::string>> names;
    const std::size_t before = document_.error_count();
    if (entry != nullptr) {
      names = document_.names(*entry);
      if (document_.error_count() > before) return;
    } else if (condition != nullptr && condition->value->scalar() != nullptr && !rule_.measure) {
      names = names_in_condition(document_.source(), *condition->value);
    }
    if (names.empty() && (entry != nullptr || !meant_.contains("rules"))) {
      document_.say(entry == nullptr ? Code::missing_key : Code::bad_value,
                    entry == nullptr ? key_span_ : place_of(*entry),
                    entry == nullptr ? "the correlation has no `rules`" : "`rules` names no rules",
                    "write `rules:` and below it the ids or names of rules");
    }
    for (const Located<std::string>& name : names) {
      if (options_.references.is_ambiguous(name.value)) {
        document_.say(Code::bad_value, name.span, "several rules have the name " + backquoted(name.value),
                      "name the one that is meant by its `id`");
      }
      const Referenced* referenced = options_.references.find(name.value);
      const std::string& id = referenced == nullptr ? name.value : referenced->id;
      const auto same = std::ranges::find_if(rule_.items, [&](const auto& item) { return item.rule.value == id; });
      if (same != rule_.items.end()) {
        document_
            .say(Code::duplicate_item, name.span, "the rule " + backquoted(name.value) + " is named twice",
                 "take one of the two out")
            .related.push_back({document_.source(), same->rule.span, "the other is here"});
        continue;
      }
      rule_.items.push_back(
          {.span = name.span, .id = name, .rule = {id, name.span}, .least = {}, .most = {}, .absence = {}});
    }
  }

  void read_timespan() {
    const auto written = word("timespan", "write `timespan: 5m`");
    if (!written) return;
    const std::string& text = written->value;
    const std::string digits = text.substr(0, text.find_first_not_of("0123456789"));
    const auto* unit = std::ranges::find_if(
        units, [&](const auto& one) { return text.size() == digits.size() + 1 && text.back() == one.first; });
    if (digits.empty() || unit == units.end()) {
      const bool calendar = !digits.empty() && (text.ends_with('M') || text.ends_with('y'));
      document_.say(Code::bad_duration, written->span, backquoted(text) + " is no timespan",
                    calendar ? "months and years have no fixed length: write days, `30d`"
                             : "write a whole number and `s`, `m`, `h`, `d` or `w`: `90s`, `5m`, `1h`");
      return;
    }
    const std::int64_t number = digits.size() > 9 ? std::numeric_limits<std::int32_t>::max() : std::stoll(digits);
    if (number == 0 || number * unit->second > most_seconds) {
      document_.say(Code::bad_value, written->span,
                    "a timespan of " + text + " is too " + (number == 0 ? "short" : "long"),
                    "write a time from one second to 366 days");
      return;
    }
    rule_.lookback.value = {number * unit->second * second};
  }

  void read_aliases() {
    const auto* entry = section_->find("aliases");
    if (entry == nullptr || entry->value->value().is_null()) return;
    const char* example = "write `aliases:`, below it a name, and below that `rule: field`";
    if (entry->value->mapping() == nullptr) {
      document_.say(Code::not_a_mapping, place_of(*entry), "`aliases` must be a mapping", example);
      return;
    }
    for (const yaml::Mapping::Entry& named : entry->value->mapping()->entries) {
      if (named.value->mapping() == nullptr) {
        document_.say(Code::not_a_mapping, place_of(named),
                      "the alias " + backquoted(named.key) + " must be a mapping of rules to fields", example);
        continue;
      }
      Alias& alias = aliases_.emplace_back(Alias{{named.key, named.key_span}, {}, false, false});
      for (const yaml::Mapping::Entry& field : named.value->mapping()->entries) read_alias(field, alias);
    }
  }

  void read_alias(const yaml::Mapping::Entry& field, Alias& alias) {
    if (field.value->scalar() == nullptr || field.value->value().is_null() || field.value->scalar()->text.empty()) {
      document_.say(Code::wrong_type, place_of(field), "the field of " + backquoted(field.key) + " must be a name",
                    "write `" + field.key + ": field`");
      return;
    }
    std::vector<std::string> known;
    for (const CorrelationItem& item : rule_.items) known.push_back(item.id.value);
    if (!rule_.items.empty() && item_called(field.key) == rule_.items.end()) {
      document_.say_unknown(Code::unknown_item, {field.key, field.key_span},
                            backquoted(field.key) + " is none of the `rules`", known, "write the name of one of them");
      alias.broken = true;
      return;
    }
    alias.fields.push_back({{field.key, field.key_span}, {field.value->scalar()->text, field.value->span}});
  }

  // By what was written, or by another name of the same rule.
  std::vector<CorrelationItem>::iterator item_called(const std::string& name) {
    const Referenced* referenced = options_.references.find(name);
    return std::ranges::find_if(rule_.items, [&](const CorrelationItem& item) {
      return item.id.value == name || (referenced != nullptr && item.rule.value == referenced->id);
    });
  }

  void read_generate() {
    const auto* entry = section_->find("generate");
    if (entry == nullptr) return;
    const Value value = entry->value->value();
    if (value.boolean() != nullptr) {
      rule_.generates = *value.boolean();
      return;
    }
    document_.say(Code::wrong_type, place_of(*entry), "`generate` must be true or false",
                  "write `generate: true` if the rules shall give alerts of their own, too");
  }

  void read_condition(std::vector<Located<std::string>>& measured) {
    const auto* entry = section_->find("condition");
    const bool there = entry != nullptr && !entry->value->value().is_null();
    if (there && entry->value->scalar() != nullptr && !rule_.measure) {
      read_rules_condition(document_, *entry->value, rule_);
    } else if (there && entry->value->mapping() != nullptr) {
      const std::size_t before = document_.error_count();
      read_comparisons(document_, *entry, rule_, measured);
      if (document_.error_count() == before) check_measured(*entry, measured);
    } else if (there) {
      document_.say(Code::wrong_type, place_of(*entry),
                    "this `condition` must be a mapping, and this is " + std::string(entry->value->kind_in_words()),
                    "write `gte: 10` or the like below it");
    } else if (rule_.measure && (entry != nullptr || !meant_.contains("condition"))) {
      document_.say(Code::missing_key, entry == nullptr ? key_span_ : entry->key_span,
                    "the correlation has no `condition`", "write `condition:` and below it `gte: 10` or the like");
    }
  }

  void check_measured(const yaml::Mapping::Entry& condition, const std::vector<Located<std::string>>& measured) {
    if (!rule_.measure || rule_.measure->kind == MeasureKind::count) return;
    if (measured.empty()) {
      document_.say(Code::missing_key, condition.key_span, "nothing says which `field` is measured",
                    "write `field: name` beside the comparison");
    } else if (measured.size() > 1 && rule_.measure->kind != MeasureKind::distinct) {
      document_.say(Code::bad_value, measured[1].span, "numbers of one field are measured, and here is a second",
                    "write one field; an alias can stand for a field of each rule");
    }
  }

  [[nodiscard]] std::vector<Located<std::string>> grouped_by() {
    const auto* entry = section_->find("group-by");
    if (entry == nullptr) return {};
    std::vector<Located<std::string>> names;
    const std::size_t before = document_.error_count();
    for (Located<std::string>& name : document_.names(*entry)) {
      if (std::ranges::find(names, name.value, &Located<std::string>::value) == names.end()) {
        names.push_back(std::move(name));
        continue;
      }
      document_.say(Code::duplicate_item, name.span, backquoted(name.value) + " stands in `group-by` twice",
                    "take one of the two out");
    }
    if (names.empty() && !entry->value->value().is_null() && document_.error_count() == before) {
      document_.say(Code::bad_value, place_of(*entry), "`group-by` names no fields", "write the names of fields");
    }
    return names;
  }

  // Where each rule has the fields.
  void add_fields(std::string_view key, const std::vector<Located<std::string>>& names,
                  std::vector<CorrelationCriterion>& fields) {
    for (const Located<std::string>& name : names) {
      CorrelationCriterion& field = fields.emplace_back(CorrelationCriterion{name.span, name, {}});
      const auto alias = std::ranges::find_if(aliases_, [&](const Alias& one) { return one.name.value == name.value; });
      if (alias != aliases_.end()) alias->used = true;
      for (const CorrelationItem& item : rule_.items) {
        Located<std::string> written = name;
        if (alias != aliases_.end()) {
          const auto found = std::ranges::find_if(alias->fields, [&](const auto& one) {
            const auto called = item_called(one.first.value);  // none, if the condition does not name it
            return called != rule_.items.end() && &*called == &item;
          });
          if (alias->broken) continue;
          if (found != alias->fields.end()) {
            written = found->second;
          } else if (const Referenced* rule = options_.references.find(item.rule.value);
                     rule == nullptr || rule->log_source) {
            document_.say(Code::impossible_correlation, alias->name.span,
                          "the alias " + backquoted(name.value) + " says nothing of the rule " +
                              backquoted(item.id.value) + ", and `" + std::string(key) + "` asks for it",
                          "write below it `" + item.id.value + ": field`");
            continue;
          }
        }
        field.parts.push_back({.item = item.id, .field = field_of(item, std::move(written))});
      }
    }
  }

  // A field stands where the log source of the rule has it; else under its name. What makes a value of several fields
  // is asked of events, and signals are not judged.
  [[nodiscard]] CorrelationField field_of(const CorrelationItem& item, Located<std::string> name) {
    const Referenced* rule = options_.references.find(item.rule.value);
    std::optional<MappedLogSource> mapped;
    if (rule != nullptr && rule->log_source) mapped = options_.log_sources.find(*rule->log_source);
    std::vector<FieldNames> readings(1);
    if (mapped) {
      readings.clear();
      for (const LogSource::Events& events : mapped->events) readings.push_back(events.fields);
    }
    std::vector<Expr> paths;
    const std::set<std::string> taken;
    for (const FieldNames& reading : readings) {
      for (Place& place : FieldPlaces(document_.source(), reading, taken, !mapped).of(name.value, name.span)) {
        if (place.computed || std::ranges::find(paths, place.path) != paths.end()) continue;
        paths.push_back(std::move(place.path));
      }
    }
    if (paths.empty()) {
      document_.say(Code::impossible_correlation, name.span,
                    "no event of the rule " + backquoted(item.id.value) + " has the field " + backquoted(name.value) +
                        ": its log source computes it",
                    "name a field that stands in the events, as they have it");
      paths.push_back(field({name.value}, {}, name.span));
    }
    Expr first = std::move(paths.front());
    paths.erase(paths.begin());
    return {.written = std::move(name), .path = std::move(first), .other_paths = std::move(paths)};
  }

  const yaml::Node& node_;
  SigmaDocument document_;
  const SigmaOptions& options_;
  Diagnostics& diagnostics_;
  const yaml::Mapping* section_ = nullptr;
  SourceSpan key_span_;
  std::set<std::string, std::less<>> meant_;  // keys that must be there and are misspelt, which is told
  std::vector<Alias> aliases_;
  CorrelationRule rule_;
};

}  // namespace

bool is_correlation(const yaml::Node& document) {
  return document.mapping() != nullptr && kind_of(*document.mapping()) == DocumentKind::correlation;
}

Analysis read_correlation(const SourcePtr& source, const yaml::Node& document, const SigmaOptions& options,
                          Diagnostics& diagnostics) {
  return CorrelationReader(source, document, options, diagnostics).read();
}

}  // namespace picket::sigma
