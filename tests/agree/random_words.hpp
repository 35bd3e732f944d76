// The small alphabet of the random rules and events: few names and few values, so that rules often match, and all of
// them near to one another.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/agree/chance.hpp"

namespace picket::tests {

// Keys of events: some differ in case only, some are the beginning of others.
[[nodiscard]] std::string_view random_key(Chance& chance);

// A path to a field as conditions write it: names, indexes, `[*]`, `[**]`, quoted keys.
[[nodiscard]] std::string random_path(Chance& chance);
// A path of names and constant indexes alone.
[[nodiscard]] std::string random_plain_path(Chance& chance);

// The text of a string value, mostly one that others share.
[[nodiscard]] std::string random_text(Chance& chance);
// A long text, with one of the shared texts at its beginning, in the middle, at its end or nowhere.
[[nodiscard]] std::string random_long_text(Chance& chance);
// The digits of a number, as both JSON and conditions write it.
[[nodiscard]] std::string_view random_number(Chance& chance);
[[nodiscard]] std::string_view random_regex(Chance& chance);
[[nodiscard]] std::string_view random_glob(Chance& chance);
[[nodiscard]] std::string_view random_network(Chance& chance);
[[nodiscard]] std::string_view random_time_text(Chance& chance);

// "A", "B", … of rules and events; one of them has the data model, others no rule at all.
[[nodiscard]] std::string_view random_log_type(Chance& chance);

}  // namespace picket::tests
