#include "engine/pack/read_source.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "engine/pack/said_kind.hpp"
#include "engine/sigma/sigma.hpp"

namespace picket {
namespace {

void say_not_analysis(const SourcePtr& source, const yaml::Node& root, Diagnostics& diagnostics) {
  const yaml::Mapping* mapping = root.mapping();
  const SourceSpan span =
      mapping != nullptr && !mapping->entries.empty() ? mapping->entries.front().key_span : SourceSpan{0, 0};
  diagnostics.add(Code::not_analysis, source, span, "the file has no key `AnalysisType`; it is passed over").help =
      "rules begin with `AnalysisType: rule`; those of Sigma have `title`, `logsource` and `detection`";
}

void complain_of_several(const SourcePtr& source, const yaml::Node& second, Diagnostics& diagnostics) {
  const std::size_t mark = source->text().rfind("---", second.span.begin);
  const auto at = static_cast<std::uint32_t>(mark == std::string_view::npos ? second.span.begin : mark);
  diagnostics.add(Code::several_documents, source, {at, at + 3}, "a second YAML document begins here").help =
      "an analysis file holds one document; put the other into a file of its own";
}

// A text that is no YAML, by the line that says what it is.
Unusable unread(std::string_view text) {
  Unusable unusable;
  unusable.broken = true;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto word = said_kind(line);
    if (!word) continue;
    unusable.library = word->find("definitions") != std::string_view::npos;
    unusable.data_model = word->find("datamodel") != std::string_view::npos;
    break;
  }
  return unusable;
}

}  // namespace

void read_source(Loaded& loaded, bool named, const PackOptions& options) {
  Diagnostics yaml_diagnostics;
  std::vector<yaml::NodePtr> roots = yaml::load_documents(loaded.source, yaml_diagnostics, options.yaml);
  if (std::ranges::any_of(roots, [](const yaml::NodePtr& root) { return sigma::is_sigma(*root); })) {
    loaded.sigma = std::move(roots);
    loaded.diagnostics.append(std::move(yaml_diagnostics));
    return;
  }
  if (roots.size() > 1) complain_of_several(loaded.source, *roots[1], yaml_diagnostics);
  if (roots.size() != 1) {
    loaded.analyses.emplace_back(unread(loaded.source->text()));
    loaded.diagnostics.append(std::move(yaml_diagnostics));
    return;
  }
  const yaml::NodePtr& root = roots.front();
  const FrontendOptions frontend{options.condition, options.strict};
  Analysis analysis = read_analysis(loaded.source, *root, frontend, loaded.diagnostics);
  if (std::holds_alternative<NotAnalysis>(analysis)) {
    if (named) say_not_analysis(loaded.source, *root, loaded.diagnostics);
    return;
  }
  if (!yaml_diagnostics.has_errors()) {
    if (std::holds_alternative<DerivedRule>(analysis)) loaded.derived = root;
    loaded.analyses.push_back(std::move(analysis));
    return;
  }
  const bool rule = std::holds_alternative<Rule>(analysis) || std::holds_alternative<CorrelationRule>(analysis) ||
                    std::holds_alternative<DerivedRule>(analysis);
  auto id = std::visit(
      [](const auto& read) -> std::optional<Located<std::string>> {
        if constexpr (requires { read.id; })
          return read.id;
        else
          return std::nullopt;
      },
      analysis);
  const std::size_t tests = std::visit(
      [](const auto& read) -> std::size_t {
        if constexpr (requires { read.tests.size(); })
          return read.tests.size();
        else if constexpr (std::is_same_v<std::decay_t<decltype(read)>, DerivedRule>)
          return read.tests;
        else
          return 0;
      },
      analysis);
  Unusable unusable{rule, true, std::move(id), tests};
  add_what_leans_on_it(analysis, unusable);
  loaded.analyses.emplace_back(std::move(unusable));
  loaded.diagnostics.append(std::move(yaml_diagnostics));
}

}  // namespace picket
