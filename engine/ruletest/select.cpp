#include "engine/ruletest/select.hpp"

#include <algorithm>
#include <optional>

namespace picket {
namespace {

std::optional<SelectionError> compile(const std::string& option, const std::vector<std::string>& values, bool folded,
                                      std::vector<Glob>& globs) {
  for (const std::string& value : values) {
    auto compiled = Glob::compile(value, folded);
    if (const auto* error = std::get_if<PatternError>(&compiled))
      return SelectionError{option, value, error->reason, {}};
    globs.push_back(std::move(std::get<Glob>(compiled)));
  }
  return std::nullopt;
}

// A path without wildcards means any path that holds it.
std::vector<std::string> path_patterns(const std::vector<std::string>& paths) {
  std::vector<std::string> patterns;
  for (const std::string& path : paths) {
    const bool plain = path.find_first_of("*?[") == std::string::npos;
    patterns.push_back(plain ? "*" + path + "*" : path);
  }
  return patterns;
}

bool any_fits(const std::vector<Glob>& globs, std::string_view text) {
  return globs.empty() || std::any_of(globs.begin(), globs.end(), [&](const Glob& glob) { return glob.fits(text); });
}

bool any_fits(const std::vector<Glob>& globs, const std::vector<Located<std::string>>& texts) {
  return globs.empty() ||
         std::any_of(texts.begin(), texts.end(), [&](const auto& text) { return any_fits(globs, text.value); });
}

}  // namespace

std::variant<Selection, SelectionError> Selection::make(const SelectionOptions& options) {
  Selection selection;
  for (const std::string& word : options.severities) {
    const auto severity = severity_from_word(word);
    if (!severity)
      return SelectionError{"--severity", word, "the severities are Info, Low, Medium, High and Critical", {}};
    selection.severities_.push_back(*severity);
  }
  if (auto error = compile("--id", options.ids, false, selection.ids_)) return *error;
  if (auto error = compile("--tag", options.tags, true, selection.tags_)) return *error;
  if (auto error = compile("--log-type", options.log_types, true, selection.log_types_)) return *error;
  if (auto error = compile("--path", path_patterns(options.paths), false, selection.paths_)) return *error;
  if (auto error = compile("--test", options.tests, false, selection.tests_)) return *error;
  for (const std::string& text : options.filters) {
    auto filter = RuleFilter::compile(text);
    if (auto* error = std::get_if<FilterError>(&filter)) {
      return SelectionError{"--filter", text, std::move(error->message), error->span};
    }
    selection.filters_.push_back(std::get<RuleFilter>(std::move(filter)));
  }
  return selection;
}

bool Selection::selects(const RuleMetadata& rule) const {
  const bool severity = severities_.empty() ||
                        std::find(severities_.begin(), severities_.end(), rule.severity.value) != severities_.end();
  const bool filtered =
      std::all_of(filters_.begin(), filters_.end(), [&](const RuleFilter& filter) { return filter.selects(rule); });
  const bool kept = !kept_ || kept_->contains(&rule);
  return kept && severity && filtered && any_fits(ids_, rule.id.value) && any_fits(tags_, rule.tags) &&
         any_fits(log_types_, rule.log_types) && any_fits(paths_, rule.source->name());
}

bool Selection::selects(const TestHeading& test) const { return any_fits(tests_, test.name.value); }

bool Selection::narrows() const {
  return !ids_.empty() || !tags_.empty() || !severities_.empty() || !log_types_.empty() || !paths_.empty() ||
         !tests_.empty() || !filters_.empty() || kept_.has_value();
}

}  // namespace picket
