#include "tools/run/rules_loader.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include "engine/eval/recogniser.hpp"
#include "engine/pack/read_file.hpp"
#include "engine/ruleset/ruleset.hpp"

namespace picket {
namespace {

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

RulesLoader::RulesLoader(LoadOptions asked, EventSample sample, std::optional<PublicKey> key)
    : asked_(std::move(asked)), sample_(std::move(sample)), key_(key) {
  if (!key_) return;
  asked_.admit = [this](const std::string& path, std::string_view bytes, Diagnostics& diagnostics) {
    return admit(path, bytes, diagnostics);
  };
}

bool RulesLoader::admit(const std::string& path, std::string_view bytes, Diagnostics& diagnostics) {
  const auto pack = verify_pack(path, bytes, *key_, diagnostics);
  if (!pack) return false;
  const std::string identity = identity_of(*pack, *key_);
  const auto before = in_force_before_.find(identity);
  if (before != in_force_before_.end() && pack->version < before->second) {
    complain_of_file(Code::older_pack, path,
                     "it is " + signed_as(*pack) + ", and version " + std::to_string(before->second) + " was in force",
                     diagnostics);
    return false;
  }
  const auto [beside, first] = admitted_.emplace(identity, *pack);
  if (!first && beside->second.version != pack->version) {
    complain_of_file(Code::older_pack, path,
                     "it is " + signed_as(*pack) + ", and `" + beside->second.path + "` is " +
                         signed_as(beside->second) +
                         ": two versions of one pack; if they are two packs, build each with a --pack-name of its own",
                     diagnostics);
    return false;
  }
  return true;
}

void RulesLoader::keep_admitted() {
  signed_packs_ = admitted_;
  for (const auto& [identity, pack] : signed_packs_) in_force_before_[identity] = pack.version;
}

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
  for (const std::string& path : key_ ? paths_ : std::vector<std::string>()) {
    files_beside_.push_back(path + std::string(signature_ending));
  }
  std::string texts_beside;
  for (const std::string& file : files_beside_) texts_beside += text_of(file) + '\0';
  admitted_.clear();
  LoadedPack loaded = load_checked(options);
  const Enrichment* enrichment = loaded.pack->enrichment.get();
  const std::vector<TableFile> tables = enrichment == nullptr ? std::vector<TableFile>() : enrichment->files();
  for (const LookupTable& table : loaded.pack->lookup_tables) {
    if (table.rows != nullptr) files_beside_.push_back(table.rows->name());
  }
  const auto attack = load_attack_table(options, loaded.diagnostics);
  rules.skipped = loaded.pack->skipped_rules;
  rules.diagnostics = std::move(loaded.diagnostics);
  if (rules.diagnostics.has_errors()) return rules;
  if (tables == tables_ && unchanged(*loaded.pack, texts_beside)) {
    keep_admitted();
    rules.outcome = LoadedRules::Outcome::unchanged;
    return rules;
  }
  const auto checked = std::make_shared<const CheckedPack>(std::move(loaded.checked));
  const EventSample sample = recognised(sample_, *checked);
  const auto set = std::make_shared<const RuleSet>(checked, &sample);
  if (set->rules().empty()) {
    rules.outcome = LoadedRules::Outcome::none;
    return rules;
  }
  rules.outcome = LoadedRules::Outcome::loaded;
  rules.version = std::make_shared<const RulesVersion>(
      set, *attack, options.project == nullptr ? EventTimes::Paths{} : options.project->project.event_times);
  keep_admitted();
  sources_ = loaded.pack->sources;
  texts_beside_ = std::move(texts_beside);
  tables_ = tables;
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
