// What commands on rules' tests share: choosing rules by their metadata, and the clock of tests that set none.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/ruletest/select.hpp"
#include "tools/terminal/console.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): as CLI11 spells it
class App;
}

namespace picket {

// Declares --filter, --id, --tag, --severity, --log-type and --path.
void add_rule_selection_options(CLI::App& app, SelectionOptions& selection);

// Nothing if an option cannot be read, which is then said on the console in the name of `command` ("picket test").
[[nodiscard]] std::optional<Selection> selection_of(const SelectionOptions& options, std::string_view command,
                                                    Console& console);

// The rules without errors that the selection takes, in file order.
[[nodiscard]] std::vector<const CheckedRule*> selected_rules(const CheckedPack& pack, const Selection& selection);

// "no rule fits the selection; did you mean `A.B`?": why none of the pack's rules was selected.
[[nodiscard]] std::string why_no_rules(const Pack& pack, const SelectionOptions& options);

[[nodiscard]] Time current_time();

}  // namespace picket
