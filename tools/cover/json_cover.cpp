// The coverage as JSON.
#include "engine/event/value.hpp"
#include "grammar/text/unicode.hpp"
#include "tools/cover/cover_report.hpp"

namespace picket {
namespace {

Value count(std::size_t number) { return static_cast<std::int64_t>(number); }

Value share_object(Share share) { return Object{{"reached", count(share.reached)}, {"all", count(share.all)}}; }

Value shares_object(const CoverageShares& shares) {
  return Object{{"mcdc", share_object(shares.mcdc)},
                {"outcomes", share_object(shares.outcomes)},
                {"values", share_object(shares.values)},
                {"branches", share_object(shares.branches)}};
}

Value part_object(const PartCoverage& part) {
  const LineColumn place = part.site->source->locate(part.site->span.begin);
  List values;
  for (const ItemCoverage& item : part.items) {
    values.emplace_back(Object{{"value", item.value}, {"matched", count(item.matched)}});
  }
  const bool counts = part.kind == PartKind::comparison && !part.opened;
  return Object{{"kind", spelling(part.kind)},
                {"line", std::int64_t{place.line}},
                {"column", std::int64_t{place.column}},
                {"text", valid_utf8(written_at(*part.site))},
                {"true", count(part.times_true)},
                {"false", count(part.times_false)},
                {"missing", count(part.missing)},
                {"wrong_type", count(part.wrong_type)},
                {"mcdc", counts ? Value(part.independent()) : Value()},
                {"values", std::move(values)}};
}

Value text_object(const TextCoverage& text, std::string_view id_key) {
  List parts;
  for (const PartCoverage& part : text.parts) parts.push_back(part_object(part));
  List gaps;
  for (const Gap& gap : gaps_of(text)) gaps.emplace_back(valid_utf8(gap.words));
  return Object{{std::string(id_key), valid_utf8(text.id())},
                {"file", valid_utf8(text.source().name())},
                {"tests", count(text.tests)},
                {"shares", shares_object(shares_of(text))},
                {"parts", std::move(parts)},
                {"gaps", std::move(gaps)}};
}

}  // namespace

std::string json_cover(const CoverReport& report) {
  List rules;
  std::size_t tests = 0;
  for (const TextCoverage& rule : report.coverage.rules) {
    rules.push_back(text_object(rule, "rule_id"));
    tests += rule.tests;
  }
  List libraries;
  for (const TextCoverage& library : report.coverage.libraries) libraries.push_back(text_object(library, "library_id"));
  const Value summary = Object{{"rules", count(report.coverage.rules.size())},
                               {"tests", count(tests)},
                               {"untested_rules", count(report.untested.size())},
                               {"shares", shares_object(report.shares)}};
  return to_json(Object{{"summary", summary}, {"rules", std::move(rules)}, {"libraries", std::move(libraries)}}) + "\n";
}

}  // namespace picket
