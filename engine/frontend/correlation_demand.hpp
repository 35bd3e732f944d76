// What a correlation rule can demand of the signals in its window besides so many of each item: which items must be
// there, as a formula, or what is computed of their values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "grammar/text/source.hpp"

namespace picket {

// A formula over items without absence, in which nothing is negated.
struct Requirement {
  enum class Kind : std::uint8_t { item, all, any };
  Kind kind{};
  std::size_t item = 0;            // of Kind::item: its place among the rule's items
  std::vector<Requirement> parts;  // of the others; at least one
};

// `count` and `distinct` count signals, and values; the others compute a number of the values of a field.
enum class MeasureKind : std::uint8_t { count, distinct, sum, average, percentile, median };

enum class Relation : std::uint8_t { below, at_most, above, at_least, equal, other };

// What a measure must be, compared with a number.
struct MeasureBound {
  Relation relation{};
  double number = 0;
  SourceSpan span;
};

struct Measure {
  MeasureKind kind{};
  double percentile = 95;            // of a percentile: above 0, at most 100
  std::vector<MeasureBound> bounds;  // all of which must hold; at least one
};

[[nodiscard]] constexpr bool counts(MeasureKind kind) {
  return kind == MeasureKind::count || kind == MeasureKind::distinct;
}

// As Sigma writes them: "event_count", "gte".
[[nodiscard]] std::string_view spelling(MeasureKind kind);
[[nodiscard]] std::string_view spelling(Relation relation);
inline constexpr std::array measure_kinds = {MeasureKind::count,   MeasureKind::distinct,   MeasureKind::sum,
                                             MeasureKind::average, MeasureKind::percentile, MeasureKind::median};
inline constexpr std::array relations = {Relation::below,    Relation::at_most, Relation::above,
                                         Relation::at_least, Relation::equal,   Relation::other};

// Whether the number lies within the bounds.
[[nodiscard]] bool holds(const Measure& measure, double number);

}  // namespace picket
