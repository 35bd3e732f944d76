#include "engine/pack/derived.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>

#include "engine/frontend/derive.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {
namespace {

struct Named {
  Loaded* file = nullptr;
  Analysis* analysis = nullptr;
};
using ById = std::unordered_map<std::string, Named>;

const Located<std::string>* id_of(const Analysis& analysis) {
  return std::visit(
      [](const auto& read) -> const Located<std::string>* {
        if constexpr (requires { read.id->value; })
          return read.id ? &*read.id : nullptr;
        else if constexpr (requires { read.id.value; })
          return &read.id;
        else
          return nullptr;
      },
      analysis);
}

ById by_id(std::vector<Loaded>& files) {
  ById all;
  for (Loaded& file : files) {
    for (Analysis& analysis : file.analyses) {
      const auto* id = id_of(analysis);
      if (id != nullptr && !id->value.empty()) all.try_emplace(id->value, Named{&file, &analysis});
    }
  }
  return all;
}

const DerivedRule* derived_in(const Loaded& file) {
  return file.analyses.empty() ? nullptr : std::get_if<DerivedRule>(&file.analyses.front());
}

bool may_be_base(const Analysis& analysis) {
  if (const auto* unusable = std::get_if<Unusable>(&analysis)) return unusable->rule;
  if (const auto* rule = std::get_if<Rule>(&analysis)) return rule->kind != RuleKind::policy;
  return std::holds_alternative<DerivedRule>(analysis);
}

// Replaces derived rules by what they are, each after its base.
class Derivation {
 public:
  Derivation(std::vector<Loaded>& files, const FrontendOptions& options)
      : files_(files), options_(options), all_(by_id(files)) {
    for (const auto& [id, named] : all_) {
      if (may_be_base(*named.analysis)) bases_.push_back(id);
    }
    std::ranges::sort(bases_);
  }

  void run() {
    for (Loaded& file : files_) {
      if (derived_in(file) != nullptr) read_with_bases(file);
    }
  }

 private:
  // From the rule to the first base that is none of these, or to one that was met before: then they stand in a circle.
  void read_with_bases(Loaded& rule) {
    std::vector<Loaded*> line{&rule};
    for (;;) {
      const auto& base = derived_in(*line.back())->base;
      const auto found = base ? all_.find(base->value) : all_.end();
      if (found == all_.end() || !std::holds_alternative<DerivedRule>(*found->second.analysis)) break;
      const auto again = std::ranges::find(line, found->second.file);
      if (again != line.end()) {
        std::for_each(again, line.end(), [&](Loaded* one) { refuse_circle(*one, line.end() - again == 1); });
        line.erase(again, line.end());
        break;
      }
      line.push_back(found->second.file);
    }
    for (; !line.empty(); line.pop_back()) read(*line.back());
  }

  void refuse_circle(Loaded& file, bool alone) {
    const DerivedRule rule = *derived_in(file);
    file.diagnostics
        .add(Code::bad_base, file.source, rule.base->span,
             alone ? "the rule derives from itself"
                   : backquoted(rule.base->value) + " derives from this rule, and this rule from it")
        .help = "somewhere there must be a rule with a `Condition` or a `Detection`";
    file.analyses.front() = Unusable{.rule = true, .broken = true, .id = rule.id, .tests = rule.tests};
  }

  void read(Loaded& file) {
    const DerivedRule rule = *derived_in(file);
    const auto found = rule.base ? all_.find(rule.base->value) : all_.end();
    const Analysis* base = found == all_.end() ? nullptr : found->second.analysis;
    const auto* sound = base == nullptr || !may_be_base(*base) ? nullptr : std::get_if<Rule>(base);
    file.analyses.front() = read_derived(file.source, *file.derived, sound, options_, file.diagnostics);
    auto* unusable = std::get_if<Unusable>(&file.analyses.front());
    if (sound != nullptr || unusable == nullptr || !rule.base) return;
    if (base == nullptr) {
      say_unknown(file, *rule.base);
    } else if (!may_be_base(*base)) {
      file.diagnostics
          .add(Code::bad_base, file.source, rule.base->span,
               backquoted(rule.base->value) + " is no rule to derive from")
          .help = "a base is a file with `AnalysisType: rule` or `scheduled_rule`";
    } else if (const auto& what = std::get<Unusable>(*base); !what.broken) {
      say_not_judged(file, *rule.base);
      if (unusable->tests == 0) unusable->tests = what.tests;
      return;
    }
    // Of a base with errors there is nothing to say that these do not.
    unusable->broken = true;
  }

  void say_unknown(Loaded& file, const Located<std::string>& base) const {
    Diagnostic& diagnostic =
        file.diagnostics.add(Code::unknown_base, file.source, base.span, "there is no rule " + backquoted(base.value));
    diagnostic.help = "load the file of the base together with this one";
    propose_nearest(diagnostic, base.span, base.value, bases_, Certainty::if_alone);
  }

  void say_not_judged(Loaded& file, const Located<std::string>& base) const {
    Diagnostic& diagnostic = file.diagnostics.add(Code::python_rule, file.source, base.span,
                                                  "the rule's base " + backquoted(base.value) + " is not judged");
    diagnostic.help = "the rule is passed over as its base is; write the base's logic as a `Condition`";
    if (options_.strict) diagnostic.level = Level::error;
  }

  std::vector<Loaded>& files_;
  FrontendOptions options_;
  ById all_;
  std::vector<std::string> bases_;  // ids that rules may derive from, sorted
};

}  // namespace

bool lacks_base(const std::vector<Loaded>& files) {
  std::vector<std::string_view> ids;
  for (const Loaded& file : files) {
    for (const Analysis& analysis : file.analyses) {
      if (const auto* id = id_of(analysis)) ids.emplace_back(id->value);
    }
  }
  std::ranges::sort(ids);
  return std::ranges::any_of(files, [&](const Loaded& file) {
    const DerivedRule* rule = derived_in(file);
    return rule != nullptr && rule->base && !std::ranges::binary_search(ids, std::string_view(rule->base->value));
  });
}

void read_derived_rules(std::vector<Loaded>& files, const FrontendOptions& options) {
  if (std::ranges::any_of(files, [](const Loaded& file) { return derived_in(file) != nullptr; })) {
    Derivation(files, options).run();
  }
}

}  // namespace picket
