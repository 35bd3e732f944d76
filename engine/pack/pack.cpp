#include "engine/pack/pack.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <system_error>
#include <type_traits>
#include <unordered_map>

#include "engine/frontend/native.hpp"
#include "engine/pack/archived.hpp"
#include "engine/pack/derived.hpp"
#include "engine/pack/loaded.hpp"
#include "engine/pack/lookup_tables.hpp"
#include "engine/pack/read_file.hpp"
#include "engine/pack/recorded_tests.hpp"
#include "engine/pack/samples.hpp"
#include "engine/parallel/for_each_index.hpp"
#include "engine/sigma/sigma.hpp"
#include "engine/yaml/backquoted.hpp"
#include "grammar/text/nearest.hpp"

namespace picket {
namespace {

void say_not_analysis(const SourcePtr& source, const yaml::Node& root, Diagnostics& diagnostics) {
  const yaml::Mapping* mapping = root.mapping();
  const SourceSpan span =
      mapping != nullptr && !mapping->entries.empty() ? mapping->entries.front().key_span : SourceSpan{0, 0};
  diagnostics.add(Code::not_analysis, source, span, "the file has no key `AnalysisType`; it is passed over").help =
      "rules begin with `AnalysisType: rule`";
}

void complain_of_several(const SourcePtr& source, const yaml::Node& second, Diagnostics& diagnostics) {
  const std::size_t mark = source->text().rfind("---", second.span.begin);
  const auto at = static_cast<std::uint32_t>(mark == std::string_view::npos ? second.span.begin : mark);
  diagnostics.add(Code::several_documents, source, {at, at + 3}, "a second YAML document begins here").help =
      "an analysis file holds one document; put the other into a file of its own";
}

constexpr std::size_t files_per_thread = 8;

// `named`: the user asked for this very file, so that a file that is no analysis file is worth a word.
void load_source(Loaded& loaded, bool named, const PackOptions& options) {
  Diagnostics yaml_diagnostics;
  std::vector<yaml::NodePtr> roots = yaml::load_documents(loaded.source, yaml_diagnostics, options.yaml);
  if (std::ranges::any_of(roots, [](const yaml::NodePtr& root) { return sigma::is_sigma(*root); })) {
    loaded.sigma = std::move(roots);
    loaded.diagnostics.append(std::move(yaml_diagnostics));
    return;
  }
  if (roots.size() > 1) complain_of_several(loaded.source, *roots[1], yaml_diagnostics);
  if (roots.size() != 1) {
    loaded.analyses.emplace_back(Unusable{false, true, {}});
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
  loaded.analyses.emplace_back(Unusable{rule, true, std::move(id), tests});
  loaded.diagnostics.append(std::move(yaml_diagnostics));
}

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

// Reads the Sigma files by the log sources of all files.
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

// Puts the files together in their order.
class Assembly {
 public:
  explicit Assembly(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void add(Loaded loaded) {
    for (Diagnostic& diagnostic : loaded.diagnostics.take()) {
      if (diagnostic.code != Code::unmapped_log_source || is_first_of_its_kind(diagnostic)) {
        diagnostics_.put(std::move(diagnostic));
      }
    }
    if (loaded.analyses.empty()) return;
    pack_.sources.push_back(loaded.source);
    for (Analysis& analysis : loaded.analyses) {
      std::visit([&](auto& kind) { keep(loaded.source, kind); }, analysis);
    }
  }

  // Adds a library, data model or lookup table that was not asked for, unless what was asked for takes its place. A
  // rule has done its duty as the base of others.
  void add_context(Loaded loaded) {
    const Analysis nothing = NotAnalysis{};
    const Analysis& analysis = loaded.analyses.empty() ? nothing : loaded.analyses.front();
    if (const auto* library = std::get_if<Library>(&analysis); library != nullptr) {
      if (!ids_.contains(library->id.value)) add(std::move(loaded));
    } else if (const auto* model = std::get_if<DataModel>(&analysis); model != nullptr) {
      const bool served = std::ranges::any_of(pack_.data_models, [&](const DataModel& other) {
        return other.enabled && std::ranges::any_of(other.log_types, [&](const Located<std::string>& type) {
                 return std::ranges::find(model->log_types, type.value, &Located<std::string>::value) !=
                        model->log_types.end();
               });
      });
      if (!served && !ids_.contains(model->id.value)) add(std::move(loaded));
    } else if (const auto* table = std::get_if<LookupTable>(&analysis); table != nullptr) {
      if (!ids_.contains(table->id.value)) add(std::move(loaded));
    } else if (loaded.diagnostics.has_errors() && !is_rule(analysis)) {
      add(std::move(loaded));
    }
  }

  [[nodiscard]] Pack take() {
    drop_conflicting_models();
    check_manifests();
    find_recognisers();
    return std::move(pack_);
  }

 private:
  struct Place {
    SourcePtr source;
    SourceSpan span;
  };

  static bool is_rule(const Analysis& analysis) {
    const auto* unusable = std::get_if<Unusable>(&analysis);
    return std::holds_alternative<Rule>(analysis) || (unusable != nullptr && unusable->rule);
  }

  // Of a log source that nothing maps, one rule says so for all others.
  bool is_first_of_its_kind(const Diagnostic& diagnostic) { return said_.insert(diagnostic.message).second; }

  // Whether the id is new.
  bool claim(const SourcePtr& source, const Located<std::string>& id) {
    const auto [first, is_new] = ids_.try_emplace(id.value, Place{source, id.span});
    if (is_new) return true;
    Diagnostic& diagnostic =
        diagnostics_.add(Code::duplicate_id, source, id.span, "the id " + backquoted(id.value) + " is taken");
    diagnostic.help = "ids are unique among all files that are loaded together; rename one of the two";
    diagnostic.related.push_back({first->second.source, first->second.span, "the other is here"});
    return false;
  }

  void keep(const SourcePtr&, NotAnalysis&) {}
  void keep(const SourcePtr&, DerivedRule&) {}  // there is none left
  void keep(const SourcePtr& source, Unusable& unusable) {
    if (unusable.rule && !unusable.broken) ++pack_.skipped_rules;
    pack_.skipped_tests += unusable.tests;
    if (!unusable.id || unusable.id->value.empty() || !claim(source, *unusable.id)) return;
    if (unusable.rule) (unusable.broken ? pack_.broken_ids : pack_.skipped_ids).push_back(unusable.id->value);
  }
  void keep(const SourcePtr& source, Rule& rule) { keep_in(pack_.rules, source, rule); }
  void keep(const SourcePtr& source, CorrelationRule& rule) { keep_in(pack_.correlations, source, rule); }
  void keep(const SourcePtr& source, Library& library) { keep_in(pack_.libraries, source, library); }
  void keep(const SourcePtr& source, DataModel& model) { keep_in(pack_.data_models, source, model); }
  void keep(const SourcePtr& source, LookupTable& table) { keep_in(pack_.lookup_tables, source, table); }
  void keep(const SourcePtr& source, LogSources& log_sources) { keep_in(pack_.log_sources, source, log_sources); }
  void keep(const SourcePtr& source, PackManifest& manifest) { keep_in(pack_.manifests, source, manifest); }

  template <typename T>
  void keep_in(std::vector<T>& kept, const SourcePtr& source, T& one) {
    if (claim(source, one.id)) kept.push_back(std::move(one));
  }

  void drop_conflicting_models() {
    std::unordered_map<std::string, Place> served;
    std::erase_if(pack_.data_models, [&](const DataModel& model) {
      if (!model.enabled) return false;
      bool conflict = false;
      for (const Located<std::string>& type : model.log_types) {
        const auto first = served.find(type.value);
        if (first == served.end()) continue;
        conflict = true;
        Diagnostic& diagnostic =
            diagnostics_.add(Code::conflicting_data_model, model.source, type.span,
                             "another data model that is enabled serves " + backquoted(type.value));
        diagnostic.help = "a log type has at most one; disable one of the two, or move their mappings together";
        diagnostic.related.push_back({first->second.source, first->second.span, "the other is here"});
      }
      if (conflict) return true;
      for (const Located<std::string>& type : model.log_types)
        served.try_emplace(type.value, Place{model.source, type.span});
      return false;
    });
  }

  void find_recognisers() {
    std::set<std::string> judged;
    for (const Rule& rule : pack_.rules) {
      for (const Located<std::string>& log_type : rule.log_types) judged.insert(log_type.value);
    }
    const auto add = [&](const LogSources& file) {
      for (const RecognisedLogType& recognised : file.recognised) {
        if (!judged.contains(recognised.log_type.value)) continue;
        Rule& rule = pack_.recognisers.emplace_back();
        rule.source = file.source;
        rule.id = recognised.log_type;
        rule.condition = recognised.when;
      }
    };
    std::ranges::for_each(pack_.log_sources, add);
    std::ranges::for_each(sigma::shipped_log_sources(), add);
  }

  void check_manifests() {
    std::vector<std::string> known;
    for (const auto& [id, place] : ids_) known.push_back(id);
    std::sort(known.begin(), known.end());
    for (const PackManifest& manifest : pack_.manifests) {
      for (const Located<std::string>& id : manifest.ids) {
        if (ids_.contains(id.value)) continue;
        Diagnostic& diagnostic = diagnostics_.add(Code::unknown_pack_id, manifest.source, id.span,
                                                  "no file that was loaded has the id " + backquoted(id.value));
        diagnostic.help = "load its file together with the pack, or take the id out";
        if (const auto meant = nearest(id.value, std::span<const std::string>(known))) {
          diagnostic.help = "did you mean " + backquoted(*meant) + "?";
          diagnostic.fixes.push_back({"write " + backquoted(*meant), id.span, *meant});
        }
      }
    }
  }

  Diagnostics& diagnostics_;
  Pack pack_;
  std::unordered_map<std::string, Place> ids_;
  std::set<std::string> said_;
};

// The files from `context_from` on are the context of the others.
Pack assemble(std::vector<Loaded> files, std::size_t context_from, Diagnostics& diagnostics) {
  Assembly assembly(diagnostics);
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (i < context_from) {
      assembly.add(std::move(files[i]));
    } else {
      assembly.add_context(std::move(files[i]));
    }
  }
  return assembly.take();
}

std::vector<Loaded> load_files(const std::vector<std::string>& files, const std::set<std::string>& named,
                               const PackOptions& options) {
  std::vector<Loaded> loaded(files.size());
  for_each_index(files.size(), options.threads, files_per_thread, [&](std::size_t i) {
    const auto unsaved = options.unsaved.find(files[i]);
    loaded[i].source = unsaved != options.unsaved.end()
                           ? unsaved->second
                           : read_file(files[i], options.yaml.bytes, loaded[i].diagnostics);
    if (loaded[i].source != nullptr) load_source(loaded[i], named.contains(files[i]), options);
  });
  return loaded;
}

// Whether a file may need a library, a data model, a lookup table or a base. Looking for them reads every file of a
// folder, which a rule that stands by itself should not wait for.
bool leans_on_others(const Loaded& loaded) {
  if (loaded.source == nullptr) return false;
  if (loaded.derived != nullptr) return true;
  const std::string_view text = loaded.source->text();
  return text.find("\nUse:") != std::string_view::npos || text.find("udm") != std::string_view::npos ||
         text.find("nrichment") != std::string_view::npos;
}

}  // namespace

Pack load_pack(const std::vector<std::string>& paths, const PackOptions& options, Diagnostics& diagnostics) {
  const ArchivedSources archived = open_archives(paths, options, diagnostics);
  std::vector<std::string> files = discover(archived.other_paths, diagnostics);
  for (const auto& [name, source] : archived.sources) {
    if (is_rule_file(std::filesystem::path(name).filename().string())) files.push_back(name);
  }
  std::ranges::sort(files);
  std::set<std::string> named;
  for (const std::string& path : paths) named.insert(std::filesystem::path(path).lexically_normal().string());
  PackOptions with_archived = options;
  with_archived.unsaved.insert(archived.sources.begin(), archived.sources.end());
  std::vector<Loaded> loaded = load_files(files, named, with_archived);
  read_sigma_files(loaded, options);
  const std::size_t context_from = loaded.size();
  if (std::ranges::any_of(loaded, leans_on_others)) {
    const bool bases = lacks_base(loaded);
    std::ranges::move(load_files(find_context(archived.other_paths, files, bases), {}, options),
                      std::back_inserter(loaded));
  }
  read_derived_rules(loaded, {options.condition, options.strict});
  Pack pack = assemble(std::move(loaded), context_from, diagnostics);
  read_lookup_tables(pack, options, archived.sources, diagnostics);
  if (options.samples) pack.samples = read_samples(files);
  std::error_code ignored;
  pack.files_only = !archived.any && std::ranges::none_of(paths, [&](const std::string& path) {
    return std::filesystem::is_directory(path, ignored);
  });
  return pack;
}

Pack load_sources(const std::vector<SourcePtr>& sources, const PackOptions& options, Diagnostics& diagnostics) {
  std::vector<Loaded> loaded(sources.size());
  for_each_index(sources.size(), options.threads, files_per_thread, [&](std::size_t i) {
    loaded[i].source = sources[i];
    load_source(loaded[i], true, options);
  });
  read_sigma_files(loaded, options);
  read_derived_rules(loaded, {options.condition, options.strict});
  Pack pack = assemble(std::move(loaded), sources.size(), diagnostics);
  read_lookup_tables(pack, options, {}, diagnostics);
  return pack;
}

}  // namespace picket
