// What Panther's YAML detections say of their alerts, as the texts of the detection language: `AlertTitle` with holes
// that are paths, `AlertContext` and `GroupBy` as lists of fields, `DynamicSeverities` as a list of conditions.
//
// Each returns nothing, and has reported at least one error, if anything is wrong.
#pragma once

#include <optional>

#include "engine/simple/reading.hpp"
#include "grammar/ast/expr.hpp"

namespace picket::simple {

// `{dotted.path}` is a hole, `{{` and `}}` are braces. What is missing prints `<no NAME>`, as in every template.
// Errors: bad-hole, stray-brace, bad-path. REQUIRES: the node is a scalar.
[[nodiscard]] std::optional<Expr> read_title(const Reading& reading, const yaml::Node& node);

// `[{KeyName, KeyValue}]`: an ObjectExpr. A key whose field is missing is left out.
[[nodiscard]] std::optional<Expr> read_context(const Reading& reading, const yaml::Mapping::Entry& entry);

// A template of the fields' values: of one field its text, of several a list, so that no two groups have one text.
[[nodiscard]] std::optional<Expr> read_group_by(const Reading& reading, const yaml::Mapping::Entry& entry);

// `[{ChangeTo, Conditions}]`: the first whose conditions all hold, else "DEFAULT".
[[nodiscard]] std::optional<Expr> read_severities(const Reading& reading, const yaml::Mapping::Entry& entry);

}  // namespace picket::simple
