// AttackCoverage as a layer of ATT&CK Navigator.
#pragma once

#include <string>

#include "engine/catalog/attack_coverage.hpp"

namespace picket {

// In version 4.5 of MITRE's layer file format, with a line end.
[[nodiscard]] std::string navigator_layer(const AttackCoverage& coverage);

}  // namespace picket
