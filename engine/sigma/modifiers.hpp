// The modifiers of Sigma's fields as a table (modifiers.def), and what those of one field say together.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/yaml/node.hpp"
#include "grammar/text/diagnostic.hpp"
#include "grammar/text/source.hpp"

namespace picket::sigma {

enum class Modifier : std::uint8_t {
#define PICKET_SIGMA_MODIFIER(name, spelling, role, meaning) name,
#include "engine/sigma/modifiers.def"
#undef PICKET_SIGMA_MODIFIER
};

enum class ModifierRole : std::uint8_t { compare, part, encode, expand, flag, link, sense };

struct ModifierRow {
  Modifier modifier;
  std::string_view spelling;
  ModifierRole role;
  std::string_view meaning;  // Markdown
};

// Every modifier, in the table's order.
[[nodiscard]] std::span<const ModifierRow> modifiers();
[[nodiscard]] const ModifierRow& row_of(Modifier modifier);

// The key of a detection item, `field|modifier|…`, taken apart and found to make sense.
struct ItemKey {
  std::string field;  // empty: any value of the event
  SourceSpan span;    // of the key
  std::optional<Modifier> compare;
  std::optional<Modifier> affix;  // of a fieldref: contains, startswith or endswith
  std::optional<Modifier> part;   // of a time
  std::vector<Modifier> changes;  // of the value: encode and expand, in their order
  std::string regex_flags;        // "i", "m", "s", each once
  bool all = false;
  bool negated = false;
  bool cased = false;
};

// Nothing, with unknown-modifier or bad-modifier, for a key that makes no sense.
[[nodiscard]] std::optional<ItemKey> read_item_key(const SourcePtr& source, const yaml::Mapping::Entry& entry,
                                                   Diagnostics& diagnostics);

}  // namespace picket::sigma
