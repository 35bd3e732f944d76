#include "tools/selecting.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <variant>

#include "engine/select/affected.hpp"
#include "tools/report/diagnostics.hpp"
#include "tools/terminal/display.hpp"
#include "tools/terminal/unknown_word.hpp"

namespace picket {

void add_filter_option(Arguments& app, SelectionOptions& selection) {
  app.add_option("-E,--filter", selection.filters,
                 "only rules for which this holds: severity >= high and tag(aws) and not id(/Test/); "
                 "tools/README.md tells what can be asked")
      .type_name("FILTER")
      .one_at_a_time();
}

void add_rule_selection_options(Arguments& app, RuleChoiceOptions& options) {
  SelectionOptions& selection = options.selection;
  const auto add = [&app](const char* name, std::vector<std::string>& values, const char* description,
                          const char* type) {
    app.add_option(name, values, description).type_name(type).one_at_a_time();
  };
  add_filter_option(app, selection);
  add("--id", selection.ids, "only rules whose id fits; repeat for alternatives", "GLOB");
  add("--tag", selection.tags, "only rules with such a tag", "GLOB");
  add("--severity", selection.severities, "only rules of this severity", "info|low|medium|high|critical");
  add("--log-type", selection.log_types, "only rules for such a log type", "GLOB");
  add("--path", selection.paths, "only rules in files whose path fits, or holds the text", "GLOB");
  app.add_option("--changed-since", options.changed_since,
                 "only rules whose file, or a library or data model that they use, has changed since a revision of git")
      .type_name("REV");
}

namespace {

// The value with carets below what is wrong with it; the window of a long one.
std::string marked(const std::string& value, SourceSpan span, Palette paint) {
  constexpr std::size_t before = 60;
  constexpr std::size_t room = 100;
  std::size_t from = span.begin > before ? span.begin - before : 0;
  while (from < span.begin && (static_cast<unsigned char>(value[from]) & 0xC0U) == 0x80U) ++from;
  const std::string left = (from > 0 ? "…" : "") + escape_controls(value.substr(from, span.begin - from));
  const std::string wrong = escape_controls(value.substr(span.begin, span.end - span.begin));
  const std::size_t carets = std::min(std::max<std::size_t>(columns_of(wrong), 1), room);
  return "  " + shorten(left + wrong + escape_controls(value.substr(span.end)), before + room) + "\n  " +
         std::string(columns_of(left), ' ') + paint(Style::error, std::string(carets, '^'));
}

void say(const SelectionError& error, std::string_view command, Console& console) {
  Output& err = console.err();
  if (error.span) {
    err.line(std::string(command) + ": " + error.option + ": " + escape_controls(error.reason));
    err.line(marked(error.value, *error.span, err.palette()));
  } else {
    err.line(std::string(command) + ": " + error.option + " `" + escape_controls(error.value) + "`: " + error.reason);
  }
}

// "no rule fits the selection; did you mean `A.B`?": why none of the pack's rules was selected.
std::string why_no_rules(const Pack& pack, const SelectionOptions& options) {
  if (pack.rules.empty() && pack.correlations.empty()) return "no rules were found";
  std::string message = "no rule fits the selection";
  if (options.ids.size() != 1) return message;
  std::vector<std::string> ids;
  for (const Rule& rule : pack.rules) ids.push_back(rule.id.value);
  for (const CorrelationRule& rule : pack.correlations) ids.push_back(rule.id.value);
  return message + or_nearest(options.ids.front(), ids);
}

}  // namespace

std::optional<Selection> selection_of(const SelectionOptions& options, std::string_view command, Console& console) {
  auto selection = Selection::make(options);
  if (const auto* error = std::get_if<SelectionError>(&selection)) {
    say(*error, command, console);
    return std::nullopt;
  }
  return std::get<Selection>(std::move(selection));
}

std::optional<RuleChoice> RuleChoice::make(const RuleChoiceOptions& options, const std::vector<std::string>& paths,
                                           std::string_view command, Console& console) {
  auto selection = selection_of(options.selection, command, console);
  if (!selection) return std::nullopt;
  RuleChoice choice(options, *std::move(selection));
  if (options.changed_since.empty()) return choice;
  auto files = ChangedFiles::since(options.changed_since, paths);
  if (const auto* fault = std::get_if<std::string>(&files)) {
    console.err().line(std::string(command) + ": --changed-since: " + *fault);
    return std::nullopt;
  }
  choice.files_ = std::get<ChangedFiles>(std::move(files));
  return choice;
}

void RuleChoice::settle(const Pack& pack) {
  const auto fits = [this](const RuleMetadata& rule) { return selection_.selects(rule); };
  any_fits_ = std::ranges::any_of(pack.rules, fits) || std::ranges::any_of(pack.correlations, fits);
  if (!files_) return;
  std::map<const Source*, bool> known;  // libraries are asked for again and again
  selection_.keep_only(affected_rules(pack, [&](const Source& source) {
    const auto [entry, added] = known.try_emplace(&source, false);
    if (added) entry->second = files_->contains(source.name());
    return entry->second;
  }));
}

bool RuleChoice::changed(const Source& source) const { return !files_ || files_->contains(source.name()); }

std::vector<Diagnostic> RuleChoice::relevant(const std::vector<Diagnostic>& diagnostics, const Pack& pack) const {
  if (!selection_.narrows()) return diagnostics;
  std::set<const Source*> chosen;
  std::set<const Source*> others;
  const auto sort_in = [&](const RuleMetadata& rule) {
    (selection_.selects(rule) ? chosen : others).insert(rule.source.get());
  };
  std::ranges::for_each(pack.rules, sort_in);
  std::ranges::for_each(pack.correlations, sort_in);
  std::vector<Diagnostic> kept;
  for (const Diagnostic& diagnostic : diagnostics) {
    const Source* source = diagnostic.source.get();
    const bool ruleless = !chosen.contains(source) && !others.contains(source);
    if (chosen.contains(source) ||
        (ruleless && changed(*source) && (files_.has_value() || diagnostic.level == Level::error))) {
      kept.push_back(diagnostic);
    }
  }
  return kept;
}

ExitStatus RuleChoice::tell_nothing(const Pack& pack, std::string_view command, Console& console) const {
  const bool unchanged = files_.has_value() && (any_fits_ || (pack.rules.empty() && pack.correlations.empty()));
  const std::string why = unchanged ? "no rule has changed since `" + options_.changed_since + "`, nor what it uses"
                                    : why_no_rules(pack, options_.selection);
  console.err().line(std::string(command) + ": " + escape_controls(why));
  return unchanged ? ExitStatus::fine : ExitStatus::nothing_selected;
}

std::vector<const CheckedRule*> selected_rules(const CheckedPack& pack, const Selection& selection) {
  std::vector<const CheckedRule*> rules;
  for (const CheckedRule& rule : pack.rules) {
    if (selection.selects(*rule.rule)) rules.push_back(&rule);
  }
  return rules;
}

ExitStatus tell_errors(const Diagnostics& diagnostics, Console& console) {
  Output& err = console.err();
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.level != Level::error) continue;
    err.line(human_report(diagnostic, err.palette(), err.width().value_or(default_columns)));
  }
  return status_of(diagnostics);
}

void remark_on_errors(ExitStatus status, std::string_view command, Console& console) {
  if (status == ExitStatus::fine) return;
  console.err().line("picket " + std::string(command) +
                     ": something is wrong with the rules, and what is broken is left out; `picket check` tells more");
}

ChosenRules choose_rules(LoadOptions& load, const RuleChoiceOptions& options, ChosenKinds kinds,
                         std::string_view command, Console& console) {
  const std::string name = "picket " + std::string(command);
  ChosenRules chosen;
  chosen.status = ExitStatus::could_not;
  load.lints = false;
  if (!settle(load, command, "Give a file or a folder", console)) return chosen;
  auto choice = RuleChoice::make(options, load.paths, name, console);
  if (!choice) return chosen;
  chosen.loaded = load_checked(load);
  choice->settle(*chosen.loaded.pack);
  chosen.status = status_of(chosen.loaded.diagnostics);
  remark_on_errors(chosen.status, command, console);
  chosen.rules = selected_rules(chosen.loaded.checked, choice->selection());
  for (const CheckedCorrelation& rule : chosen.loaded.checked.correlations) {
    if (kinds == ChosenKinds::judging || rule.rule->format == RuleFormat::sigma) continue;
    if (choice->selection().selects(*rule.rule)) chosen.correlations.push_back(&rule);
  }
  if (!chosen.none()) return chosen;
  const auto is_chosen = [&](const CorrelationRule& rule) { return choice->selection().selects(rule); };
  if (kinds == ChosenKinds::judging && std::ranges::any_of(chosen.loaded.pack->correlations, is_chosen)) {
    console.err().line(name + ": correlation rules judge signals, not events, and no other rule fits the selection");
    if (chosen.status == ExitStatus::fine) chosen.status = ExitStatus::nothing_selected;
    return chosen;
  }
  const ExitStatus nothing = choice->tell_nothing(*chosen.loaded.pack, name, console);
  if (chosen.status == ExitStatus::fine) chosen.status = nothing;
  return chosen;
}

void keep_selected(CheckedPack& pack, const Selection& selection) {
  const auto left_out = [&](const auto& rule) { return !selection.selects(*rule.rule); };
  std::erase_if(pack.rules, left_out);
  std::erase_if(pack.correlations, left_out);
}

Time current_time() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return Time{std::chrono::duration_cast<std::chrono::microseconds>(since_1970).count()};
}

}  // namespace picket
