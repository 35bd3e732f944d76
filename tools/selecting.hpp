// What commands on rules' tests share: choosing rules by their metadata, and the clock of tests that set none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/pack/pack.hpp"
#include "engine/ruletest/select.hpp"
#include "grammar/text/diagnostic.hpp"
#include "tools/arguments.hpp"
#include "tools/changes/changed_files.hpp"
#include "tools/exit_status.hpp"
#include "tools/loading.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

struct RuleChoiceOptions {
  SelectionOptions selection;
  std::string changed_since;  // a revision of git; empty: whatever has changed
};

// Declares --filter.
void add_filter_option(Arguments& app, SelectionOptions& selection);
// Declares --filter, --id, --tag, --severity, --log-type, --path and --changed-since.
void add_rule_selection_options(Arguments& app, RuleChoiceOptions& options);

// Nothing if an option cannot be read, which is then said on the console in the name of `command` ("picket test").
[[nodiscard]] std::optional<Selection> selection_of(const SelectionOptions& options, std::string_view command,
                                                    Console& console);

// The rules that the options choose. What has changed is known when it is made; which rules that concerns, when the
// pack is loaded.
class RuleChoice {
 public:
  // `paths` are those of the rules. Nothing, and a sentence on the console, if an option cannot be read or git not be
  // asked.
  [[nodiscard]] static std::optional<RuleChoice> make(const RuleChoiceOptions& options,
                                                      const std::vector<std::string>& paths, std::string_view command,
                                                      Console& console);
  // REQUIRES: called once, before selection().
  void settle(const Pack& pack);

  [[nodiscard]] const Selection& selection() const { return selection_; }
  // Whether the file has changed; every file has if no revision is given.
  [[nodiscard]] bool changed(const Source& source) const;
  [[nodiscard]] bool asks_for_changes() const { return files_.has_value(); }
  // Diagnostics that concern the rules chosen: those in their files, errors of files that hold no rule at all, and
  // with --changed-since all of files that have changed.
  [[nodiscard]] std::vector<Diagnostic> relevant(const std::vector<Diagnostic>& diagnostics, const Pack& pack) const;

  // Says why no rule was chosen. If rules fit, and only none of them has changed, that is fine.
  [[nodiscard]] ExitStatus tell_nothing(const Pack& pack, std::string_view command, Console& console) const;

 private:
  RuleChoice(RuleChoiceOptions options, Selection selection)
      : options_(std::move(options)), selection_(std::move(selection)) {}

  RuleChoiceOptions options_;
  Selection selection_;
  bool any_fits_ = false;  // without regard to changes
  std::optional<ChangedFiles> files_;
};

// The rules without errors that the selection takes, in file order.
[[nodiscard]] std::vector<const CheckedRule*> selected_rules(const CheckedPack& pack, const Selection& selection);

// Shows all errors, for a command that goes on without what is broken; the status of loading.
[[nodiscard]] ExitStatus tell_errors(const Diagnostics& diagnostics, Console& console);

// Says that broken rules are left out, if `status` says that there are any.
void remark_on_errors(ExitStatus status, std::string_view command, Console& console);

// The rules that a command on them works on. None: `status` is the command's, and the console has been told why;
// reports are due all the same, unless the status is could_not.
struct ChosenRules {
  LoadedPack loaded;
  std::vector<const CheckedRule*> rules;
  std::vector<const CheckedCorrelation*> correlations;  // of a command that works on them, too
  ExitStatus status = ExitStatus::fine;                 // of loading

  [[nodiscard]] bool none() const { return rules.empty() && correlations.empty(); }
};
// What a command works on.
enum class ChosenKinds : std::uint8_t { judging, judging_and_correlating };
// Settles what is meant, loads it without lints, and chooses. `command` is its name ("cover").
[[nodiscard]] ChosenRules choose_rules(LoadOptions& load, const RuleChoiceOptions& options, ChosenKinds kinds,
                                       std::string_view command, Console& console);

// Leaves out the rules that the selection does not take.
void keep_selected(CheckedPack& pack, const Selection& selection);

[[nodiscard]] Time current_time();

}  // namespace picket
