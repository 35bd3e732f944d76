// One line of a Sigma selection, `field|modifier: values`, to an expression.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/sigma/field_places.hpp"
#include "engine/yaml/node.hpp"
#include "grammar/ast/expr.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket::sigma {

using Placeholders = std::map<std::string, std::vector<std::string>>;

// What the lines of a rule are read with. All must outlive it.
struct DetectionContext {
  const SourcePtr& source;
  Diagnostics& diagnostics;
  const FieldPlaces& fields;
  const Placeholders& placeholders;
};

// Nothing, with at least one error, for a line that makes no sense.
[[nodiscard]] std::optional<Expr> read_detection_item(const yaml::Mapping::Entry& entry,
                                                      const DetectionContext& context);
// Words that stand anywhere in the event (`keywords: [a, b]`): any of them.
[[nodiscard]] std::optional<Expr> read_keywords(const std::vector<yaml::NodePtr>& nodes, SourceSpan span,
                                                const DetectionContext& context);

}  // namespace picket::sigma
