#include "engine/pack/assembly.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>

#include "engine/sigma/sigma.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {
namespace {

// Puts the files together in their order.
class Assembly {
 public:
  Assembly(std::size_t files, Diagnostics& diagnostics) : diagnostics_(diagnostics) {
    pack_.rules.reserve(files);
    pack_.sources.reserve(files);
    ids_.reserve(files);
  }

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
    pack_.broken_models.insert(unusable.log_types.begin(), unusable.log_types.end());
    if (unusable.library && unusable.id) pack_.broken_libraries.insert(unusable.id->value);
    if (unusable.library && !unusable.id) pack_.has_unread_libraries = true;
    if (unusable.data_model && unusable.log_types.empty()) pack_.has_unread_models = true;
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
    const auto add = [&](const LogSources& file, std::vector<Rule>* idle) {
      for (const RecognisedLogType& recognised : file.recognised) {
        std::vector<Rule>* const to = judged.contains(recognised.log_type.value) ? &pack_.recognisers : idle;
        if (to == nullptr) continue;
        Rule& rule = to->emplace_back();
        rule.source = file.source;
        rule.id = recognised.log_type;
        rule.condition = recognised.when;
      }
    };
    for (const LogSources& file : pack_.log_sources) add(file, &pack_.idle_recognisers);
    for (const LogSources& file : sigma::shipped_log_sources()) add(file, nullptr);
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
        propose_nearest(diagnostic, id.span, id.value, known);
      }
    }
  }

  Diagnostics& diagnostics_;
  Pack pack_;
  std::unordered_map<std::string, Place> ids_;
  std::set<std::string> said_;
};

}  // namespace

Pack assemble(std::vector<Loaded> files, std::size_t context_from, Diagnostics& diagnostics) {
  Assembly assembly(files.size(), diagnostics);
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (i < context_from) {
      assembly.add(std::move(files[i]));
    } else {
      assembly.add_context(std::move(files[i]));
    }
  }
  return assembly.take();
}

}  // namespace picket
