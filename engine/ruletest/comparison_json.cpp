#include "engine/ruletest/comparison_json.hpp"

#include <cstdint>

#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

Value count(std::size_t number) { return static_cast<std::int64_t>(number); }

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(valid_utf8(text)); }

}  // namespace

Object comparison_json(const ComparisonReport& comparison) {
  const LineColumn place = comparison.site->source->locate(comparison.site->span.begin);
  return Object{{"file", valid_utf8(comparison.site->source->name())},
                {"line", std::int64_t{place.line}},
                {"column", std::int64_t{place.column}},
                {"text", valid_utf8(comparison.text)},
                {"definition", text_or_null(comparison.definition)},
                {"state", spelling(comparison.state)},
                {"path", text_or_null(comparison.path)},
                {"actual", text_or_null(comparison.actual)},
                {"note", text_or_null(comparison.note)},
                {"times", count(comparison.times)},
                {"times_true", count(comparison.times_true)}};
}

}  // namespace picket
