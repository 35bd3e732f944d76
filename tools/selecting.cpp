#include "tools/selecting.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <variant>

#include "engine/pack/pack.hpp"
#include "grammar/text/nearest.hpp"
#include "tools/terminal/display.hpp"

namespace picket {

void add_rule_selection_options(CLI::App& app, SelectionOptions& selection) {
  const auto add = [&app](const char* name, std::vector<std::string>& values, const char* description,
                          const char* type) {
    app.add_option(name, values, description)->type_name(type)->allow_extra_args(false);
  };
  app.add_option("-E,--filter", selection.filters,
                 "only rules for which this holds: severity >= high and tag(aws) and not id(/Test/); "
                 "tools/README.md tells what can be asked")
      ->type_name("FILTER")
      ->allow_extra_args(false);
  add("--id", selection.ids, "only rules whose id fits; repeat for alternatives", "GLOB");
  add("--tag", selection.tags, "only rules with such a tag", "GLOB");
  add("--severity", selection.severities, "only rules of this severity", "WORD");
  add("--log-type", selection.log_types, "only rules for such a log type", "GLOB");
  add("--path", selection.paths, "only rules in files whose path fits, or holds the text", "GLOB");
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

}  // namespace

std::optional<Selection> selection_of(const SelectionOptions& options, std::string_view command, Console& console) {
  auto selection = Selection::make(options);
  if (const auto* error = std::get_if<SelectionError>(&selection)) {
    say(*error, command, console);
    return std::nullopt;
  }
  return std::get<Selection>(std::move(selection));
}

std::vector<const CheckedRule*> selected_rules(const CheckedPack& pack, const Selection& selection) {
  std::vector<const CheckedRule*> rules;
  for (const CheckedRule& rule : pack.rules) {
    if (selection.selects(*rule.rule)) rules.push_back(&rule);
  }
  return rules;
}

std::string why_no_rules(const Pack& pack, const SelectionOptions& options) {
  if (pack.rules.empty()) return "no rules were found";
  std::string message = "no rule fits the selection";
  if (options.ids.size() != 1) return message;
  std::vector<std::string> ids;
  for (const Rule& rule : pack.rules) ids.push_back(rule.id.value);
  if (const auto meant = nearest(options.ids.front(), ids)) message += "; did you mean `" + *meant + "`?";
  return message;
}

Time current_time() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return Time{std::chrono::duration_cast<std::chrono::microseconds>(since_1970).count()};
}

}  // namespace picket
