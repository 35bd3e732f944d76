// The memory of a key as text, to be kept outside.
#pragma once

#include <optional>
#include <string>

#include "engine/correlation/keyed_patterns.hpp"

namespace picket {

struct SavedKey {
  std::string rule;   // the id of the correlation rule
  std::string key;    // a name for the key, unique for the rule
  std::string state;  // JSON; empty: the key is forgotten
  friend bool operator==(const SavedKey&, const SavedKey&) = default;
};

[[nodiscard]] std::string save_state(const CheckedCorrelation& correlation, const KeyState& state);
// Nothing if the text was not saved by a rule of this form: its items, their rules and fields, their order.
[[nodiscard]] std::optional<KeyState> load_state(const CheckedCorrelation& correlation, const std::string& text);

}  // namespace picket
