#include "tools/run/rules_loader.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include "engine/ruleset/ruleset.hpp"

namespace picket {
namespace {

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

RulesLoader::RulesLoader(LoadOptions asked, EventSample sample)
    : asked_(std::move(asked)), sample_(std::move(sample)) {}

LoadedRules RulesLoader::load() {
  LoadedRules rules;
  LoadOptions options = asked_;
  if (!find_rules(options)) {
    if (options.project != nullptr) rules.diagnostics.append(options.project->diagnostics);
    rules.outcome = rules.diagnostics.has_errors() ? LoadedRules::Outcome::faulty : LoadedRules::Outcome::none;
    return rules;
  }
  paths_ = options.paths;
  files_beside_.clear();
  if (options.project != nullptr && options.project->project.source != nullptr) {
    files_beside_.push_back(options.project->project.source->name());
  }
  if (std::string table = attack_table_file(options); !table.empty()) files_beside_.push_back(std::move(table));
  std::string texts_beside;
  for (const std::string& file : files_beside_) texts_beside += text_of(file) + '\0';
  LoadedPack loaded = load_checked(options);
  const auto attack = load_attack_table(options, loaded.diagnostics);
  rules.skipped = loaded.pack->skipped_rules;
  rules.diagnostics = std::move(loaded.diagnostics);
  if (rules.diagnostics.has_errors()) return rules;
  if (unchanged(*loaded.pack, texts_beside)) {
    rules.outcome = LoadedRules::Outcome::unchanged;
    return rules;
  }
  const auto set =
      std::make_shared<const RuleSet>(std::make_shared<const CheckedPack>(std::move(loaded.checked)), &sample_);
  if (set->rules().empty()) {
    rules.outcome = LoadedRules::Outcome::none;
    return rules;
  }
  rules.outcome = LoadedRules::Outcome::loaded;
  rules.version = std::make_shared<const RulesVersion>(
      set, *attack, options.project == nullptr ? EventTimes::Paths{} : options.project->project.event_times);
  sources_ = loaded.pack->sources;
  texts_beside_ = std::move(texts_beside);
  return rules;
}

bool RulesLoader::unchanged(const Pack& pack, const std::string& texts_beside) const {
  const auto same = [](const SourcePtr& a, const SourcePtr& b) {
    return a->name() == b->name() && a->text() == b->text();
  };
  return !sources_.empty() && texts_beside == texts_beside_ &&
         std::equal(sources_.begin(), sources_.end(), pack.sources.begin(), pack.sources.end(), same);
}

}  // namespace picket
