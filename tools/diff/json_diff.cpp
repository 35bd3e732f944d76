// The difference as JSON.
#include <utility>

#include "grammar/text/unicode.hpp"
#include "tools/diff/diff_report.hpp"

namespace picket {
namespace {

Value text(const std::string& value) { return value.empty() ? Value() : Value(valid_utf8(value)); }

Value texts(const std::vector<std::string>& values) {
  List list;
  for (const std::string& value : values) list.emplace_back(valid_utf8(value));
  return list;
}

Value line(std::uint32_t number) { return number == 0 ? Value() : Value(std::int64_t{number}); }

Value count(std::uint64_t number) { return static_cast<std::int64_t>(number); }

Value part_of(const PartChange& part) {
  return Object{{"change", spelling(part.kind)},
                {"within", texts(part.within)},
                {"before", text(part.before)},
                {"after", text(part.after)},
                {"line_before", line(part.line_before)},
                {"line_after", line(part.line_after)},
                {"subject", text(part.subject)},
                {"values_added", texts(part.values_added)},
                {"values_removed", texts(part.values_removed)}};
}

Value key_of(const KeyChange& key) {
  List parts;
  for (const PartChange& part : key.parts) parts.push_back(part_of(part));
  return Object{{"key", valid_utf8(key.key)},
                {"before", text(key.before)},
                {"after", text(key.after)},
                {"parts", std::move(parts)}};
}

Value item_of(const ItemChange& change) {
  List keys;
  for (const KeyChange& key : change.keys) keys.push_back(key_of(key));
  return Object{
      {"change", spelling(change.kind)}, {"kind", in_words(change.item)},     {"id", valid_utf8(change.id)},
      {"title", text(change.title)},     {"severity", text(change.severity)}, {"file", valid_utf8(change.file)},
      {"keys", std::move(keys)}};
}

Value count_of(const AlertCount& alerts) {
  Object object{{"count", count(alerts.count)}, {"example", Value()}};
  if (!alerts.example) return object;
  const AlertExample& example = *alerts.example;
  Object shown{{"severity", spelling(example.severity)},
               {"title", valid_utf8(example.title)},
               {"input", valid_utf8(example.place.input)},
               {"line", count(example.place.line)},
               {"event", example.event}};
  if (!example.title_before.empty()) {
    shown.set("severity_before", spelling(example.severity_before));
    shown.set("title_before", valid_utf8(example.title_before));
  }
  object.set("example", std::move(shown));
  return object;
}

Value alerts_of(const AlertDifference& alerts) {
  List rules;
  for (const auto& [id, rule] : alerts.rules) {
    rules.push_back(Object{{"rule_id", valid_utf8(id)},
                           {"gained", count_of(rule.gained)},
                           {"lost", count_of(rule.lost)},
                           {"changed", count_of(rule.changed)},
                           {"kept", count(rule.kept)}});
  }
  const AlertTotals totals = totals_of(alerts);
  return Object{{"events", count(alerts.events)}, {"invalid", count(alerts.invalid)}, {"gained", count(totals.gained)},
                {"lost", count(totals.lost)},     {"changed", count(totals.changed)}, {"kept", count(totals.kept)},
                {"rules", std::move(rules)}};
}

}  // namespace

std::string json_diff(const DiffReport& report) {
  const PackDifference& packs = report.packs;
  Object summary{{"rules_before", count(packs.rules_before)},
                 {"rules_after", count(packs.rules_after)},
                 {"added", count(packs.count(ItemKind::rule, ChangeKind::added))},
                 {"removed", count(packs.count(ItemKind::rule, ChangeKind::removed))},
                 {"changed", count(packs.count(ItemKind::rule, ChangeKind::changed))},
                 {"affected", count(packs.affected.size())}};
  List items;
  for (const ItemChange& change : packs.items) items.push_back(item_of(change));
  List affected;
  for (const AffectedRule& rule : packs.affected) {
    affected.push_back(
        Object{{"rule_id", valid_utf8(rule.id)}, {"file", valid_utf8(rule.file)}, {"by", texts(rule.by)}});
  }
  return to_json(Object{{"summary", std::move(summary)},
                        {"items", std::move(items)},
                        {"affected", std::move(affected)},
                        {"alerts", report.alerts ? alerts_of(*report.alerts) : Value()}}) +
         "\n";
}

}  // namespace picket
