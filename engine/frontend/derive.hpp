// Derived rules: what a rule with a `BaseDetection` inherits, and what it says otherwise.
#pragma once

#include "engine/frontend/native.hpp"

namespace picket {

// The rule that a file describes whose analysis is a DerivedRule. The logic is its base's: log types, filters apart the
// condition, the definitions, what it remembers. Whatever else the file says replaces what the base says of it, whole;
// the rest is as the base has it, tests included. What is inherited stands where the file names its base.
//
// Errors: conflicting-keys for a key that is only the base's to say, and those of every rule. Without a base the file
// is only checked. Unusable if there is no base or anything is wrong.
[[nodiscard]] Analysis read_derived(const SourcePtr& source, const yaml::Node& root, const Rule* base,
                                    const FrontendOptions& options, Diagnostics& diagnostics);

}  // namespace picket
