#include "engine/pack/sigma_files.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "engine/pack/read_source.hpp"
#include "engine/pack/recorded_tests.hpp"
#include "engine/parallel/for_each_index.hpp"
#include "engine/sigma/sigma.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {
namespace {

// A rule by one of its names, for the filters that name it.
struct FilteredRule {
  SourcePtr source;
  std::optional<sigma::LogSourceName> log_source;  // of no correlation
  SourceSpan span;                                 // of the log source
};
using FilteredRules = std::multimap<std::string, FilteredRule, std::less<>>;

FilteredRules filtered_rules(const std::vector<Loaded>& files) {
  FilteredRules rules;
  for (const Loaded& loaded : files) {
    for (const yaml::NodePtr& document : loaded.sigma) {
      if (sigma::is_filter(*document)) continue;
      const yaml::Mapping& mapping = *document->mapping();
      FilteredRule rule{.source = loaded.source, .log_source = std::nullopt, .span = {}};
      const auto* log_source = mapping.find("logsource");
      if (log_source != nullptr && log_source->value->mapping() != nullptr && !sigma::is_correlation(*document)) {
        rule.log_source = sigma::read_log_source_name(*log_source->value->mapping());
        rule.span = cover(log_source->key_span, log_source->value->span);
      }
      for (const char* key : {"id", "name", "title"}) {
        const auto* name = mapping.find(key);
        if (name != nullptr && name->value->scalar() != nullptr) rules.emplace(name->value->scalar()->text, rule);
      }
    }
  }
  return rules;
}

void tell_unknown(const sigma::Filter& filter, const Located<std::string>& name, const FilteredRules& rules,
                  Diagnostics& diagnostics) {
  Diagnostic& diagnostic = diagnostics.add(Code::unknown_rule, filter.source, name.span,
                                           "no Sigma rule that was loaded is " + backquoted(name.value));
  diagnostic.level = Level::warning;
  diagnostic.help = "the filter changes nothing there: load the rule's file as well, or correct its id";
  std::vector<std::string> known = {"any"};
  for (const auto& [other, rule] : rules) known.push_back(other);
  if (propose_nearest(diagnostic, name.span, name.value, known)) {
    diagnostic.help = "the filter changes nothing there: " + diagnostic.help;
  }
}

// A filter that names a rule that there is not, or that it cannot reach, changes nothing, which must not go unsaid.
void check_filter(const sigma::Filter& filter, const FilteredRules& rules, Diagnostics& diagnostics) {
  for (const Located<std::string>& name : filter.rules) {
    const auto [first, last] = rules.equal_range(name.value);
    if (first == last) {
      tell_unknown(filter, name, rules, diagnostics);
      continue;
    }
    const bool reached = std::any_of(first, last, [&](const auto& named) {
      return named.second.log_source && filter.log_source.holds(*named.second.log_source);
    });
    if (reached) continue;
    const FilteredRule& rule = first->second;
    if (!rule.log_source) {
      diagnostics
          .add(Code::idle_filter, filter.source, name.span,
               "the filter does not reach " + backquoted(name.value) + ", which has no log source")
          .help = "filters are for rules: name those that a correlation is about";
      continue;
    }
    Diagnostic& diagnostic =
        diagnostics.add(Code::idle_filter, filter.source, name.span,
                        "the filter is for the log source " + backquoted(filter.log_source.in_words()) + ", and " +
                            backquoted(name.value) + " is of " + backquoted(rule.log_source->in_words()) +
                            ": it changes nothing there");
    diagnostic.help = "write the `logsource` of the filter as the rule has it, or leave some of it out";
    diagnostic.related.push_back({rule.source, rule.span, "the rule's log source"});
  }
}

void check_filters(const std::vector<sigma::Filter>& filters, std::vector<Loaded>& files) {
  if (filters.empty()) return;
  const FilteredRules rules = filtered_rules(files);
  for (const sigma::Filter& filter : filters) {
    const auto of_filter = std::ranges::find(files, filter.source, &Loaded::source);
    if (of_filter != files.end()) check_filter(filter, rules, of_filter->diagnostics);
  }
}

}  // namespace

void read_sigma_files(std::vector<Loaded>& files, const PackOptions& options) {
  if (std::ranges::all_of(files, [](const Loaded& loaded) { return loaded.sigma.empty(); })) return;
  std::vector<LogSources> own;
  for (const Loaded& loaded : files) {
    for (const Analysis& analysis : loaded.analyses) {
      if (const auto* log_sources = std::get_if<LogSources>(&analysis)) own.push_back(*log_sources);
    }
  }
  const sigma::LogSourceMap map(own);
  std::vector<sigma::Filter> filters;
  for (Loaded& loaded : files) {
    loaded.sigma = sigma::without_actions(loaded.source, loaded.sigma, loaded.diagnostics);
    for (const yaml::NodePtr& document : loaded.sigma) {
      if (auto filter = sigma::read_filter(loaded.source, document, map, loaded.diagnostics)) {
        filters.push_back(*std::move(filter));
      }
    }
  }
  const FrontendOptions frontend{options.condition, options.strict};
  sigma::References references;
  for (const Loaded& loaded : files) {
    for (const yaml::NodePtr& document : loaded.sigma) references.add(*document);
  }
  const sigma::SigmaOptions sigma_options{
      .log_sources = map, .frontend = frontend, .filters = filters, .references = references};
  for_each_index(files.size(), options.threads, files_per_thread, [&](std::size_t i) {
    Loaded& loaded = files[i];
    for (const yaml::NodePtr& document : loaded.sigma) {
      if (sigma::is_filter(*document)) continue;
      Analysis analysis = sigma::read_sigma(loaded.source, *document, sigma_options, loaded.diagnostics);
      if (auto* rule = std::get_if<Rule>(&analysis)) {
        auto recorded = recorded_tests(loaded.source, *document, loaded.diagnostics);
        std::ranges::move(recorded, std::back_inserter(rule->tests));
      }
      loaded.analyses.push_back(std::move(analysis));
    }
  });
  check_filters(filters, files);
}

}  // namespace picket
