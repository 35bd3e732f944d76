// The mocks of tests: definitions replaced by values.
#pragma once

#include "engine/analyse/checked.hpp"
#include "engine/eval/interpret.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

// Reports every mock of every test that names no definition its rule can see (unknown-mock).
void check_mocks(const CheckedPack& pack, Diagnostics& diagnostics);

// The mocks of a test as evaluation takes them; those that check_mocks() reports are left out.
[[nodiscard]] Mocks mocks_of(const CheckedRule& rule, const RuleTest& test);

}  // namespace picket
