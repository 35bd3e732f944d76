#include "engine/pack/sigma_files.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "engine/pack/read_source.hpp"
#include "engine/pack/recorded_tests.hpp"
#include "engine/parallel/for_each_index.hpp"
#include "engine/sigma/sigma.hpp"
#include "engine/yaml/backquoted.hpp"

namespace picket {
namespace {

// A filter that names a rule that there is not changes nothing, which must not go unsaid.
void check_filters(const std::vector<sigma::Filter>& filters, std::vector<Loaded>& files) {
  std::set<std::string> known;
  for (const Loaded& loaded : files) {
    for (const Analysis& analysis : loaded.analyses) {
      if (const auto* rule = std::get_if<Rule>(&analysis))
        known.merge(std::set{rule->id.value, rule->name, rule->display_name});
      const auto* broken = std::get_if<Unusable>(&analysis);
      if (broken != nullptr && broken->id) known.insert(broken->id->value);
    }
  }
  for (const sigma::Filter& filter : filters) {
    const auto of_filter = std::ranges::find(files, filter.source, &Loaded::source);
    for (const Located<std::string>& rule : filter.rules) {
      if (known.contains(rule.value) || of_filter == files.end()) continue;
      Diagnostic& diagnostic = of_filter->diagnostics.add(Code::unknown_rule, filter.source, rule.span,
                                                          "no rule that was loaded is " + backquoted(rule.value));
      diagnostic.level = Level::warning;
      diagnostic.help = "the filter changes nothing there: load the rule's file as well, or correct its id";
    }
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
    loaded.sigma = sigma::without_actions(loaded.sigma);
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
