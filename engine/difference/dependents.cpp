#include "engine/difference/dependents.hpp"

#include <algorithm>
#include <optional>

#include "grammar/ast/walk.hpp"

namespace picket::difference {
namespace {

constexpr std::string_view model_prefix = "udm.";

// Names as they stand in a text: `x`, `aws.success`, `udm.actor_user`; and of longer paths their first two words,
// however the second is written.
class Mentions {
 public:
  void add(const Expr& expr) {
    walk(expr, [this](const Expr& part) { add_one(part); });
  }
  void add(const std::optional<Expr>& expr) {
    if (expr) add(*expr);
  }
  void add(const std::vector<Definition>& definitions) {
    for (const Definition& definition : definitions) {
      walk(definition, [this](const Expr& part) { add_one(part); });
    }
  }
  void add(const Block& block) {
    walk(block, [this](const Expr& part) { add_one(part); });
  }
  [[nodiscard]] const std::set<std::string>& names() const { return names_; }

 private:
  void add_one(const Expr& part) {
    match(
        part.node, [this](const NameExpr& e) { names_.insert(e.name); },
        [this](const MemberExpr& e) {
          if (const auto* base = std::get_if<NameExpr>(&e.base->node)) names_.insert(base->name + "." + e.name);
        },
        [this](const IndexExpr& e) {
          const auto* base = std::get_if<NameExpr>(&e.base->node);
          const auto* key = std::get_if<StringLiteral>(&e.index->node);
          if (base != nullptr && key != nullptr) names_.insert(base->name + "." + key->value);
        },
        [this](const CallExpr& e) { names_.insert(e.name); },
        [this](const IsExpr& e) { names_.insert(e.clause.predicate); },
        [this](const WhenExpr& e) {
          for (const WhenExpr::Arm& arm : e.arms) {
            for (const Pattern& pattern : arm.patterns) {
              if (const auto* clause = std::get_if<IsClause>(&pattern)) names_.insert(clause->predicate);
            }
          }
        },
        [](const auto&) {});
  }

  std::set<std::string> names_;
};

std::set<std::string> mentioned_by(const Rule& rule) {
  Mentions mentions;
  mentions.add(rule.condition);
  mentions.add(rule.definitions);
  for (const auto* text :
       {&rule.alert_title, &rule.dedup, &rule.alert_description, &rule.alert_reference, &rule.alert_runbook,
        &rule.unique, &rule.dynamic_severity, &rule.destinations, &rule.alert_context}) {
    mentions.add(*text);
  }
  if (rule.remember) {
    mentions.add(rule.remember->key);
    mentions.add(rule.remember->value);
    if (rule.remember->when) mentions.add(*rule.remember->when);
  }
  return mentions.names();
}

// The names of a library's text: those of its own definitions stand there without the library's.
std::set<std::string> qualified(const Library& library, const std::set<std::string>& names) {
  std::set<std::string> result;
  for (const std::string& name : names) {
    const bool own = std::any_of(library.definitions.begin(), library.definitions.end(),
                                 [&](const Definition& definition) { return definition.name == name; });
    result.insert(own ? name_in_library(library, name) : name);
  }
  return result;
}

}  // namespace

SharedName name_in_library(const Library& library, std::string_view definition) {
  return library.id.value + "." + std::string(definition);
}

SharedName name_in_model(std::string_view name, std::string_view log_type) {
  return std::string(model_prefix) + std::string(name) + "@" + std::string(log_type);
}

SharedName name_in_events(std::string_view table) { return "p_enrichment." + std::string(table); }

std::string_view as_written(std::string_view name) { return name.substr(0, name.find('@')); }

// A name of a data model stands for the mapping of each log type that is judged.
Dependents::Names Dependents::resolved(const Names& written, const std::vector<Located<std::string>>* log_types) const {
  Names names;
  for (const std::string& name : written) {
    if (!name.starts_with(model_prefix)) {
      names.insert(name);
      continue;
    }
    const std::string mapping = name.substr(model_prefix.size());
    const auto known = models_.find(mapping);
    if (known == models_.end()) continue;
    for (const std::string& log_type : known->second) {
      const bool judged = log_types == nullptr || log_types->empty() ||
                          std::any_of(log_types->begin(), log_types->end(),
                                      [&](const Located<std::string>& one) { return one.value == log_type; });
      if (judged) names.insert(name_in_model(mapping, log_type));
    }
  }
  return names;
}

Dependents::Dependents(const Pack& pack, const std::set<SharedName>& changed) {
  for (const DataModel& model : pack.data_models) {
    for (const auto& mapping : model.mappings) {
      for (const auto& log_type : model.log_types) models_[mapping.name.value].push_back(log_type.value);
    }
  }
  // A mapping that is gone is asked for in vain, where it was not before.
  for (const SharedName& name : changed) {
    reaches_[name].insert(name);
    if (!name.starts_with(model_prefix)) continue;
    const std::string_view written = as_written(name);
    models_[std::string(written.substr(model_prefix.size()))].push_back(name.substr(written.size() + 1));
  }
  std::map<SharedName, Names> asks;
  for (const Library& library : pack.libraries) {
    for (const Definition& definition : library.definitions) {
      Mentions mentions;
      mentions.add(std::vector<Definition>{definition});
      asks[name_in_library(library, definition.name)] = resolved(qualified(library, mentions.names()), nullptr);
    }
  }
  for (const DataModel& model : pack.data_models) {
    for (const auto& mapping : model.mappings) {
      Mentions mentions;
      mentions.add(mapping.value);
      for (const auto& log_type : model.log_types) {
        asks[name_in_model(mapping.name.value, log_type.value)] = resolved(mentions.names(), &model.log_types);
      }
    }
  }
  for (bool more = true; more;) {
    more = false;
    for (const auto& [name, asked] : asks) {
      Names& reached = reaches_[name];
      const std::size_t before = reached.size();
      for (const SharedName& one : asked) {
        const auto found = reaches_.find(one);
        if (found != reaches_.end()) reached.insert(found->second.begin(), found->second.end());
      }
      more = more || reached.size() != before;
    }
  }
}

std::vector<std::string> Dependents::asked_for_by(const Rule& rule) const {
  std::set<std::string> found;
  for (const SharedName& name : resolved(mentioned_by(rule), &rule.log_types)) {
    const auto reached = reaches_.find(name);
    if (reached == reaches_.end()) continue;
    for (const SharedName& cause : reached->second) {
      // A library asks for the mappings of every log type; the rule only for those of its own.
      const auto is_judged = [&](const Located<std::string>& one) { return cause.ends_with("@" + one.value); };
      const bool foreign = cause.find('@') != SharedName::npos && !rule.log_types.empty() &&
                           std::none_of(rule.log_types.begin(), rule.log_types.end(), is_judged);
      if (!foreign) found.insert(std::string(as_written(cause)));
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace picket::difference
