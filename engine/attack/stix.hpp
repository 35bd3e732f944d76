// Reading ATT&CK as MITRE publishes it: a STIX 2.0 or 2.1 bundle (`enterprise-attack.json`).
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "engine/attack/attack_table.hpp"

namespace picket {

// Why a text gives no table: a sentence without its full stop.
struct StixError {
  std::string reason;
};

// Takes the tactics (`x-mitre-tactic`), in the order of the bundle's matrix, the techniques (`attack-pattern`) with
// their tactics (`kill_chain_phases`), what is revoked or deprecated, and what took the place of it (`revoked-by`).
// Everything else is passed over. The whole text is read into memory, some ten times its size for a moment.
[[nodiscard]] std::variant<AttackData, StixError> read_stix(std::string_view text);

}  // namespace picket
