// What is checked of the bytes of a file before YAML is read from it.
#pragma once

#include "engine/yaml/node.hpp"

namespace picket::yaml {

// Whether the text may be parsed; if not, one error says why: yaml-too-large, not-utf8, nul-byte, yaml-syntax (a
// control character), yaml-too-many-nodes.
[[nodiscard]] bool precheck(const SourcePtr& source, const Limits& limits, Diagnostics& diagnostics);

}  // namespace picket::yaml
