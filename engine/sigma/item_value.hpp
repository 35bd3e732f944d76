// A value of a detection item on its way through the modifiers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/sigma/detection_item.hpp"
#include "engine/sigma/modifiers.hpp"
#include "engine/sigma/wild_text.hpp"
#include "engine/yaml/node.hpp"

namespace picket::sigma {

struct ItemValue {
  Value scalar;         // by the rules of YAML
  std::string written;  // as it stands in the file, without quotes
  SourceSpan span;
  // What it became: any of these, for one value may become several. Of null, nothing.
  std::vector<WildText> texts;

  // A text that reads `4624` without quotes is a number, which keeps the text as it was written.
  [[nodiscard]] bool is_text() const { return scalar.string() != nullptr; }
};

// Reads the scalars below a key, one or a list; nothing, with an error, for whatever else.
[[nodiscard]] std::optional<std::vector<ItemValue>> read_values(const std::vector<yaml::NodePtr>& nodes, bool in_list,
                                                                const DetectionContext& context);

// Encodes and expands. Whether it could, else with an error.
[[nodiscard]] bool apply_changes(ItemValue& value, const std::vector<Modifier>& changes,
                                 const DetectionContext& context);

}  // namespace picket::sigma
