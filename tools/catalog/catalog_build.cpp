#include "tools/catalog/catalog_build.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "catalog_engine.hpp"
#include "engine/attack/attack_table.hpp"
#include "engine/catalog/catalog.hpp"
#include "engine/catalog/gather.hpp"
#include "engine/digest/digest.hpp"
#include "engine/parallel/for_each_index.hpp"
#include "engine/site/rebuild.hpp"
#include "engine/site/site.hpp"
#include "tools/catalog/source_stamps.hpp"
#include "tools/changes/change_times.hpp"
#include "tools/selecting.hpp"
#include "tools/until_exit.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

// All that a site depends on besides the rule files and their history.
std::string key_of(const CatalogOptions& options, const site::FolderWriter& writer) {
  std::error_code ignored;
  std::vector<std::string> files = {"/proc/self/exe"};
  for (const std::string& file : {attack_table_file(options.load), options.load.project_file}) {
    if (!file.empty()) files.push_back(file);
  }
  std::string key = fs::current_path(ignored).string();
  for (const SourceStamp& stamp : stamp_named(files)) {
    key += "\n" + stamp.path + " " + std::to_string(stamp.size) + " " + std::to_string(stamp.time);
  }
  for (const std::string& path : options.load.paths) key += "\n" + path;
  key += options.load.strict ? "\nstrict" : "";
  key += options.mutate ? "\nmutate" : "";
  return digest_of({key, options.texts.title, options.texts.url, options.texts.source, writer.digest_of_list()});
}

std::vector<std::string> paths_of(const std::vector<SourceStamp>& stamps) {
  std::vector<std::string> paths;
  for (const SourceStamp& stamp : stamps) paths.push_back(stamp.path);
  return paths;
}

GatherOptions gathering_of(const CatalogOptions& options, Diagnostics& diagnostics) {
  GatherOptions gathering;
  gathering.tests.now = current_time();
  gathering.tests.threads = options.load.threads;
  gathering.mutate = options.mutate;
  gathering.attack = load_attack_table(options.load, diagnostics);
  return gathering;
}

// A catalog and its site.
struct View {
  View(Catalog of, const site::SiteTexts& texts) : catalog(std::move(of)), site(catalog, texts) {}
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  Catalog catalog;
  site::Site site;
};

// A rebuild of what has changed, step by step; each says whether it is still that.
class Rebuild {
 public:
  Rebuild(const CatalogOptions& options, CatalogState state, std::vector<SourceStamp> found, site::FolderWriter& writer)
      : options_(options),
        state_(std::move(state)),
        writer_(writer),
        gathering_(gathering_of(options, faults_)),
        found_(std::move(found)) {}

  // What has changed: only files that hold a rule by itself, before and, if they are new, so it seems.
  bool find_changes() {
    if (faults_.has_errors()) return false;
    if (stamp_named(paths_of(state_.context)) != state_.context) return false;
    changes_ = changes_between(state_.found, found_);
    for (const auto* paths : {&changes_.removed, &changes_.changed}) {
      if (!std::ranges::all_of(*paths, [&](const std::string& path) { return old_stamp(path)->single; })) return false;
    }
    for (SourceStamp& stamp : found_) {
      const SourceStamp* old = old_stamp(stamp.path);
      stamp.single = old == nullptr || old->single;
      if (!stamp.single) context_.push_back(stamp.path);
    }
    for (const SourceStamp& stamp : state_.context) context_.push_back(stamp.path);
    constexpr std::size_t most = 200;
    return changes_.added.size() + changes_.changed.size() + changes_.removed.size() <= most;
  }

  [[nodiscard]] bool nothing_changed() const { return changes_.none(); }
  [[nodiscard]] std::size_t rules() const { return state_.rules.size(); }

  // Reads the changed files, and puts their facts in the place of the old ones.
  bool read_changes() {
    std::set<std::string> files(changes_.changed.begin(), changes_.changed.end());
    files.insert(changes_.added.begin(), changes_.added.end());
    const auto loaded = load({files.begin(), files.end()});
    for (const Diagnostic& diagnostic : loaded->diagnostics.all()) {
      if (diagnostic.level == Level::error && files.contains(diagnostic.source->name())) return false;
    }
    std::vector<SourceStamp> stamps = stamp_named({files.begin(), files.end()});
    mark_single(*loaded->pack, stamps);
    if (!std::ranges::all_of(stamps, &SourceStamp::single) || has_other_inputs(*loaded->pack)) return false;
    const auto gathered = gather(loaded->checked, gathering_);
    std::map<std::string, CatalogRule> by_file;
    for (const CatalogRule& facts : gathered->facts) {
      if (files.contains(facts.source)) by_file.emplace(facts.source, facts);
    }
    if (by_file.size() != files.size()) return false;
    return replace_facts(std::move(by_file));
  }

  // Writes the pages that the changes concern. What was known is no longer, if it fails.
  bool make_pages() {
    std::array rules = {std::move(state_.rules), std::move(rules_)};
    std::array<std::unique_ptr<View>, 2> views;
    for_each_index(views.size(), options_.load.threads, 1, [&](std::size_t i) {
      views.at(i) = std::make_unique<View>(
          Catalog(std::move(rules.at(i)), state_.libraries, state_.packs, gathering_.attack), options_.texts);
    });
    const View& before = until_exit(std::move(views.front()));
    View& now = until_exit(std::move(views.back()));
    const Catalog& after = now.catalog;
    const auto concerned = concerned_by(before.site, now.site, ids_);
    if (!concerned) return false;
    std::vector<std::string> files;
    for (const RuleIndex rule : concerned->rules) files.push_back(after.rules()[rule].source);
    const auto loaded = load(files);
    keep_only(loaded->checked, after, concerned->rules);
    const auto gathered = gather(loaded->checked, gathering_);
    if (gathered->rules.size() != concerned->rules.size()) return false;
    write(now.site, loaded->checked, *gathered, *concerned);
    state_.rules = std::move(now.catalog).take_rules();
    return true;
  }

  // What is known from now on.
  CatalogState& finish_state() {
    state_.found = std::move(found_);
    return state_;
  }

 private:
  const SourceStamp* old_stamp(const std::string& path) const {
    const auto found = std::ranges::lower_bound(state_.found, path, {}, &SourceStamp::path);
    return found == state_.found.end() || found->path != path ? nullptr : &*found;
  }

  // With all that rules may build on.
  std::unique_ptr<LoadedPack> load(std::vector<std::string> files) const {
    LoadOptions load = options_.load;
    files.insert(files.end(), context_.begin(), context_.end());
    load.paths = std::move(files);
    return std::make_unique<LoadedPack>(load_checked(load));
  }

  bool replace_facts(std::map<std::string, CatalogRule> by_file) {
    const std::set<std::string> removed(changes_.removed.begin(), changes_.removed.end());
    std::set<std::string> known;
    for (const CatalogRule& old : state_.rules) {
      const auto changed = by_file.find(old.source);
      if (changed == by_file.end() && !removed.contains(old.source)) {
        rules_.push_back(old);
        known.insert(old.id);
        continue;
      }
      ids_.insert(old.id);
      if (changed == by_file.end()) continue;
      CatalogRule facts = std::move(changed->second);
      facts.changes = old.changes;
      add(std::move(facts));
      by_file.erase(changed);
    }
    for (auto& [file, facts] : by_file) add(std::move(facts));
    std::ranges::sort(rules_, {}, &CatalogRule::id);
    // Two of one id are an error, which only reading all tells.
    const bool twice = std::ranges::adjacent_find(rules_, {}, &CatalogRule::id) != rules_.end();
    // What a correlation counts is checked with it, and named on its page.
    return !twice && std::ranges::none_of(rules_, [&](const CatalogRule& rule) {
      return std::ranges::any_of(rule.signals, [&](const std::string& id) { return ids_.contains(id); });
    });
  }

  void add(CatalogRule facts) {
    ids_.insert(facts.id);
    rules_.push_back(std::move(facts));
  }

  // Leaves out the rules of the context whose pages stay.
  static void keep_only(CheckedPack& pack, const Catalog& catalog, const std::vector<RuleIndex>& rules) {
    std::set<std::string> ids;
    for (const RuleIndex rule : rules) ids.insert(catalog.rules()[rule].id);
    std::erase_if(pack.rules, [&](const CheckedRule& rule) { return !ids.contains(rule.rule->id.value); });
    std::erase_if(pack.correlations,
                  [&](const CheckedCorrelation& rule) { return !ids.contains(rule.rule->id.value); });
  }

  void write(const site::Site& site, const CheckedPack& pack, const Gathered& gathered,
             const site::Concerned& concerned) {
    const site::TakeFile take = [this](const site::SiteFile& file) { writer_.take(file); };
    for_each_index(gathered.rules.size(), options_.load.threads, 1, [&](std::size_t i) {
      site::make_rule_files(site, pack, gathered.rules[i], gathering_.tests, take);
    });
    const std::set<RuleIndex> made(concerned.rules.begin(), concerned.rules.end());
    for (RuleIndex i = 0; i < site.catalog.rules().size(); ++i) {
      if (made.contains(i)) continue;
      for (const std::string& path : {site.map.rule_page(i), site.map.rule_yaml(i), site.map.rule_json(i)}) {
        writer_.keep(path);
      }
    }
    writer_.keep("assets/context.js");
    if (options_.texts.engine) writer_.keep("assets/engine.js");
    site::make_other_files(site, options_.load.threads, &concerned.groups, take,
                           [this](const std::string& path) { writer_.keep_page(path); });
  }

  const CatalogOptions& options_;
  CatalogState state_;
  site::FolderWriter& writer_;
  Diagnostics faults_;  // of the table of ATT&CK
  GatherOptions gathering_;
  std::vector<SourceStamp> found_;
  std::vector<std::string> context_;  // files that rules may build on
  StampChanges changes_;
  std::vector<CatalogRule> rules_;  // as they are now
  std::set<std::string> ids_;       // of rules that were changed, added or removed
};

}  // namespace

CatalogStart look_around(const CatalogOptions& options, const StateFile& state_file) {
  CatalogStart start;
  const auto look = [&](std::size_t i) {
    if (i == 0) {
      start.writer = std::make_unique<site::FolderWriter>(options.folder);
      return;
    }
    start.state = state_file.read();
    std::vector<SourceStamp> files;
    if (stamp_files(options.load.paths, files)) start.files = std::move(files);
    start.revision = revision_of(options.load.paths);
  };
  for_each_index(2, options.load.threads, 1, look);
  return start;
}

std::optional<CatalogBuilt> build_changes(const CatalogOptions& options, const StateFile& state_file,
                                          CatalogStart& start) {
  site::FolderWriter& writer = *start.writer;
  if (!writer.complete() || !start.state || !start.files) return std::nullopt;
  if (start.state->key != key_of(options, writer) || start.state->revision != start.revision) return std::nullopt;
  Rebuild& rebuild =
      until_exit(std::make_unique<Rebuild>(options, *std::exchange(start.state, {}), *start.files, writer));
  if (!rebuild.find_changes()) return std::nullopt;
  if (rebuild.nothing_changed()) {
    writer.keep_all();
    return CatalogBuilt{.rules = rebuild.rules(), .diagnostics = {}};
  }
  if (!rebuild.read_changes() || !rebuild.make_pages()) return std::nullopt;
  writer.finish();
  CatalogState& next = rebuild.finish_state();
  next.key = key_of(options, writer);
  state_file.write(next);
  return CatalogBuilt{.rules = next.rules.size(), .diagnostics = {}};
}

CatalogBuilt build_all(const CatalogOptions& options, const StateFile& state_file, CatalogStart& start) {
  site::FolderWriter& writer = *start.writer;
  LoadedPack& loaded = until_exit(std::make_unique<LoadedPack>(load_checked(options.load)));
  CatalogBuilt built{.rules = loaded.checked.rules.size() + loaded.checked.correlations.size(),
                     .diagnostics = std::move(loaded.diagnostics)};
  state_file.remove();
  GatherOptions gathering = gathering_of(options, built.diagnostics);
  const ExitStatus status = status_of(built.diagnostics);
  if (built.rules == 0 || status == ExitStatus::could_not) return built;

  const ChangeLog log = ChangeLog::of(options.load.paths);
  gathering.changes = [&log](const std::string& source) { return log.find(source); };
  const Gathered& gathered = until_exit(gather(loaded.checked, gathering));
  View& view = until_exit(std::make_unique<View>(
      Catalog(gathered.facts, gathered.libraries, gathered.packs, gathering.attack), options.texts));
  const site::Site& site = view.site;
  const site::TakeFile take = [&writer](const site::SiteFile& file) { writer.take(file); };
  for_each_index(gathered.rules.size(), options.load.threads, 1, [&](std::size_t i) {
    site::make_rule_files(site, loaded.checked, gathered.rules[i], gathering.tests, take);
  });
  site::make_other_files(site, options.load.threads, nullptr, take, {});
  take({"assets/context.js", site::context_script(*loaded.pack)});
  if (options.texts.engine) take({"assets/engine.js", std::string(engine_script())});
  writer.finish();

  if (!start.files || status != ExitStatus::fine || has_other_inputs(*loaded.pack)) return built;
  CatalogState& state = until_exit(std::make_unique<CatalogState>());
  state.revision = start.revision;
  state.found = *std::move(start.files);
  mark_single(*loaded.pack, state.found);
  std::vector<std::string> context;
  for (const SourcePtr& source : loaded.pack->sources) {
    const auto found = std::ranges::lower_bound(state.found, source->name(), {}, &SourceStamp::path);
    if (found == state.found.end() || found->path != source->name()) context.push_back(source->name());
  }
  state.context = stamp_named(context);
  state.rules = std::move(view.catalog).take_rules();
  state.libraries = view.catalog.libraries();
  state.packs = view.catalog.packs();
  state.key = key_of(options, writer);
  state_file.write(state);
  return built;
}

}  // namespace picket
