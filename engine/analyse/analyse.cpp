#include "engine/analyse/analyse.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "engine/analyse/correlations.hpp"
#include "engine/analyse/fields.hpp"
#include "engine/analyse/lints/lint.hpp"
#include "engine/analyse/lowering.hpp"
#include "engine/analyse/memory_use.hpp"
#include "engine/analyse/messages.hpp"
#include "engine/analyse/names.hpp"
#include "engine/analyse/udm.hpp"
#include "engine/attack/attack_table.hpp"
#include "engine/parallel/for_each_index.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/nearest.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {

namespace {

using Libraries = std::map<std::string, Namespace, std::less<>>;

// A file with definitions and the names that its texts see.
struct Module {
  Namespace names;
  std::map<const Source*, Namespace> elsewhere;  // the same names, for definitions that stand in other files
  bool broken = false;
};

// Numbers the definitions of a Let and says which are defined twice.
void declare(const std::vector<Definition>& definitions, std::string_view prefix, DefinitionIndex& next, Module& module,
             Diagnostics& diagnostics) {
  for (const Definition& definition : definitions) {
    if (definition.name == "udm" || definition.name == "now" || definition.name == "previous") {
      diagnostics.add(Code::reserved_word, module.names.source, definition.name_span,
                      "`" + definition.name + "` is predefined and cannot be defined again");
      module.broken = true;
      continue;
    }
    DefinitionEntry entry{.definition = &definition,
                          .home = &module.names,
                          .index = next,
                          .qualified = std::string(prefix) + definition.name};
    const auto [known, added] = module.names.definitions.emplace(definition.name, std::move(entry));
    if (added) {
      ++next;
      continue;
    }
    Diagnostic& diagnostic = diagnostics.add(Code::duplicate_definition, module.names.source, definition.name_span,
                                             "`" + definition.name + "` is defined twice");
    diagnostic.related.push_back(
        {.source = module.names.source, .span = known->second.definition->name_span, .message = "first defined here"});
    module.broken = true;
  }
}

void declare_parameters(const std::vector<Definition>& definitions, Module& module, Diagnostics& diagnostics) {
  for (const Definition& definition : definitions) {
    for (std::size_t i = 0; i < definition.parameters.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (definition.parameters[i].name != definition.parameters[j].name) continue;
        diagnostics.add(Code::duplicate_definition, module.names.source, definition.parameters[i].span,
                        "the parameter `" + definition.parameters[i].name + "` is named twice");
        module.broken = true;
      }
    }
  }
}

void use(const std::vector<Located<std::string>>& ids, const Libraries& libraries, const Pack& pack, Module& module,
         Diagnostics& diagnostics) {
  module.names.all_libraries = &libraries;
  for (const auto& id : ids) {
    const auto found = libraries.find(id.value);
    if (found != libraries.end()) {
      module.names.libraries.emplace(id.value, &found->second);
      continue;
    }
    module.broken = true;
    module.names.lacks_library = true;
    // Of one with errors it is told where they are.
    if (pack.has_unread_libraries || pack.broken_libraries.contains(id.value)) continue;
    Diagnostic& diagnostic =
        diagnostics.add(Code::unknown_library, module.names.source, id.span, "there is no library `" + id.value + "`");
    diagnostic.help = "a library is a file with `AnalysisType: definitions`, and must be among the paths given";
    const std::vector<std::string> known = keys_of(libraries);
    offer_nearest(diagnostic, id.span, id.value, known, Certainty::if_alone);
  }
}

// What is told of a definition is told where it stands.
void place_definitions(Module& module) {
  for (auto& [name, entry] : module.names.definitions) {
    if (entry.definition->source != nullptr) entry.home = &module.elsewhere[entry.definition->source.get()];
  }
  for (auto& [name, entry] : module.names.definitions) {
    const SourcePtr& source = entry.definition->source;
    if (source == nullptr) continue;
    Namespace& home = module.elsewhere[source.get()];
    if (home.source != nullptr) continue;
    home = module.names;
    home.source = source;
  }
}

// The last expressions of a choice, whose values the whole can have.
template <typename Visit>
void for_each_outcome(const Expr& expr, const Visit& visit) {
  match(
      expr.node,
      [&](const IfExpr& e) {
        for_each_outcome(*e.then, visit);
        for_each_outcome(*e.otherwise, visit);
      },
      [&](const WhenExpr& e) {
        for (const WhenExpr::Arm& arm : e.arms) for_each_outcome(*arm.value, visit);
        if (e.otherwise) for_each_outcome(**e.otherwise, visit);
      },
      [&](const FallbackExpr& e) {
        for_each_outcome(*e.left, visit);
        for_each_outcome(*e.right, visit);
      },
      [&](const LetExpr& e) { for_each_outcome(*e.body, visit); }, [&](const auto&) { visit(expr); });
}

bool check_severity(const Rule& rule, Kinds kinds, Diagnostics& diagnostics) {
  bool sound = true;
  for_each_outcome(*rule.dynamic_severity, [&](const Expr& outcome) {
    const auto* literal = std::get_if<StringLiteral>(&outcome.node);
    if (literal == nullptr && (!is_literal(outcome) || std::holds_alternative<NullLiteral>(outcome.node))) return;
    const std::string word = literal != nullptr ? ascii_upper(literal->value) : "";
    if (severity_from_word(word) || word == "DEFAULT") return;
    sound = false;
    Diagnostic& diagnostic = diagnostics.add(Code::bad_severity, rule.source, outcome.span, "this is no severity");
    diagnostic.help = "severities are INFO, LOW, MEDIUM, HIGH, CRITICAL, and DEFAULT for the rule's Severity";
    constexpr std::array<std::string_view, 6> words{"INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL", "DEFAULT"};
    if (auto near = nearest(word, std::span<const std::string_view>(words))) {
      diagnostic.fixes.push_back({.title = "write `\"" + *near + "\"`",
                                  .span = outcome.span,
                                  .replacement = '"' + *near + '"',
                                  .certain = is_only_near(word, *near, words)});
    }
  });
  if (sound && !kinds.has(Kinds::string) && kinds != Kinds{Kinds::null}) {
    diagnostics.add(Code::bad_severity, rule.source, rule.dynamic_severity->span,
                    "DynamicSeverity wants a severity, and this is " + in_words(kinds));
    sound = false;
  }
  return sound;
}

// Every text of a rule but its condition, as the pack holds it and as the checked rule does.
struct TextField {
  std::optional<Expr> Rule::*text;
  std::optional<CheckedText> CheckedRule::*checked;
};
constexpr std::array text_fields{TextField{&Rule::alert_title, &CheckedRule::alert_title},
                                 TextField{&Rule::dedup, &CheckedRule::dedup},
                                 TextField{&Rule::alert_description, &CheckedRule::alert_description},
                                 TextField{&Rule::alert_reference, &CheckedRule::alert_reference},
                                 TextField{&Rule::alert_runbook, &CheckedRule::alert_runbook},
                                 TextField{&Rule::unique, &CheckedRule::unique},
                                 TextField{&Rule::dynamic_severity, &CheckedRule::dynamic_severity},
                                 TextField{&Rule::destinations, &CheckedRule::destinations},
                                 TextField{&Rule::alert_context, &CheckedRule::alert_context}};

LintInput lint_input(const Rule& rule, const Lowering& lowering, const FieldCatalog* fields,
                     const AttackTable* attack) {
  LintInput input{.source = rule.source,
                  .rule = &rule,
                  .texts = {},
                  .definitions = &rule.definitions,
                  .fields = fields,
                  .field_uses = lowering.field_uses(),
                  .used_definitions = &lowering.used_definitions(),
                  .attack = attack};
  for (const Definition& definition : rule.definitions) {
    if (definition.source == nullptr) input.texts.push_back(&*definition.body);
  }
  for (const Definition& definition : rule.condition.definitions) input.texts.push_back(&*definition.body);
  for (const Expr& line : rule.condition.lines) input.texts.push_back(&line);
  for (const TextField& field : text_fields) {
    if (rule.*field.text) input.texts.push_back(&*(rule.*field.text));
  }
  if (rule.remember) {
    input.texts.push_back(&rule.remember->key);
    if (rule.remember->value) input.texts.push_back(&*rule.remember->value);
    if (rule.remember->when) {
      for (const Definition& definition : rule.remember->when->definitions) input.texts.push_back(&*definition.body);
      for (const Expr& line : rule.remember->when->lines) input.texts.push_back(&line);
    }
  }
  return input;
}

CheckedRemember checked_remember(const Remember& remember, CheckedText key, Lowering& lowering) {
  CheckedRemember checked{.key = std::move(key),
                          .value = {.term = Term{ConstantTerm{Value(true)}}, .slots = 0},
                          .when = std::nullopt,
                          .keep = std::nullopt};
  if (remember.value) checked.value = lowering.lower_value(*remember.value);
  if (remember.when) checked.when = lowering.lower_condition(*remember.when);
  if (remember.keep) checked.keep = remember.keep->value;
  return checked;
}

// What the analysis of all files shares.
struct Shared {
  const AnalysisOptions& options;
  const Pack& pack;
  CheckedPack& checked;
  DefinitionTable& table;
  const FieldCatalog& fields;
  const AttackTable* attack;  // null if lints are not asked for
};

std::optional<CheckedRule> analyse_rule(const Rule& rule, const Module& module, const Shared& shared,
                                        Diagnostics& diagnostics) {
  const Lowering::UdmNames udm = udm_names_of(rule, shared.checked, shared.pack);
  Lowering lowering(module.names, shared.table, shared.options, diagnostics);
  lowering.set_udm_names(&udm);
  CheckedRule checked;
  checked.rule = &rule;
  CheckedText key;
  if (rule.remember) key = lowering.lower_previous(rule.remember->key);
  checked.condition = lowering.lower_condition(rule.condition);
  for (const TextField& field : text_fields) {
    if (rule.*field.text) checked.*field.checked = lowering.lower_value(*(rule.*field.text));
  }
  if (rule.remember) checked.remember = checked_remember(*rule.remember, std::move(key), lowering);
  bool sound = !module.broken;
  if (rule.dynamic_severity) {
    sound = check_severity(rule, lowering.kinds(*checked.dynamic_severity), diagnostics) && sound;
  }
  if (checked.destinations) {
    const Kinds kinds = lowering.kinds(*checked.destinations);
    if (none_of(both(kinds, {Kinds::list | Kinds::null}))) {
      diagnostics.add(Code::bad_destinations, rule.source, rule.destinations->span,
                      "Destinations wants a list of names, and this is " + in_words(kinds));
      sound = false;
    }
  }
  // Definitions that nothing asked for may be wrong all the same; those of other files have been checked there.
  for (const auto& [name, entry] : module.names.definitions) {
    if (entry.home == &module.names) lowering.lower_definition(entry);
    checked.mockable.emplace(name, entry.index);
  }
  for (const auto& [id, library] : module.names.libraries) {
    for (const auto& [name, entry] : library->definitions) checked.mockable.emplace(id + "." + name, entry.index);
  }
  // Without a library its names look like fields.
  const FieldCatalog* const fields = module.names.lacks_library ? nullptr : &shared.fields;
  if (shared.options.lints) lint(lint_input(rule, lowering, fields, shared.attack), diagnostics);
  if (lowering.broken() || !sound) return std::nullopt;
  return checked;
}

Libraries declare_libraries(const Pack& pack, DefinitionIndex& next, std::vector<Module>& modules,
                            Diagnostics& diagnostics) {
  Libraries libraries;
  modules.resize(pack.libraries.size());
  for (std::size_t i = 0; i < pack.libraries.size(); ++i) {
    const Library& library = pack.libraries[i];
    modules[i].names.source = library.source;
    modules[i].names.library = library.id.value;
    declare(library.definitions, library.id.value + ".", next, modules[i], diagnostics);
    declare_parameters(library.definitions, modules[i], diagnostics);
    libraries.emplace(library.id.value, modules[i].names);
  }
  return libraries;
}

void analyse_libraries(const Pack& pack, Libraries& libraries, std::vector<Module>& modules, const Shared& shared,
                       Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < pack.libraries.size(); ++i) {
    const Library& library = pack.libraries[i];
    Namespace& names = libraries.find(library.id.value)->second;
    use(library.libraries, libraries, pack, modules[i], diagnostics);
    names.all_libraries = modules[i].names.all_libraries;
    names.libraries = modules[i].names.libraries;
    for (auto& [name, entry] : names.definitions) entry.home = &names;
  }
  for (const Library& library : pack.libraries) {
    const Namespace& names = libraries.find(library.id.value)->second;
    LintInput input{.source = library.source,
                    .rule = nullptr,
                    .texts = {},
                    .definitions = &library.definitions,
                    .fields = nullptr,
                    .field_uses = {},
                    .used_definitions = nullptr,
                    .attack = nullptr};
    for (const Definition& definition : library.definitions) {
      const DefinitionEntry* entry = names.find(definition.name);
      if (entry == nullptr || entry->definition != &definition) continue;
      Lowering lowering(names, shared.table, shared.options, diagnostics);
      lowering.lower_definition(*entry);
      input.texts.push_back(&*definition.body);
    }
    if (shared.options.lints) lint(input, diagnostics);
  }
}

void analyse_models(const Pack& pack, const Libraries& libraries, const Shared& shared, Diagnostics& diagnostics) {
  const Lowering::UdmNames no_udm{
      .names = {}, .python_names = {}, .model = Lowering::UdmNames::Model::itself, .log_types = {}};
  const std::set<std::string> queries = queries_of(pack);
  for (const DataModel& model : pack.data_models) {
    Module module;
    module.names.source = model.source;
    use(model.libraries, libraries, pack, module, diagnostics);
    CheckedModel checked{.model = &model, .mappings = {}};
    for (const auto& mapping : model.mappings) {
      Lowering lowering(module.names, shared.table, shared.options, diagnostics);
      lowering.set_udm_names(&no_udm);
      CheckedText text = lowering.lower_value(value_of(mapping));
      if (!lowering.broken()) checked.mappings.emplace(mapping.name.value, std::move(text));
    }
    for (const auto& name : model.python_names) {
      Lowering lowering(module.names, shared.table, shared.options, diagnostics);
      checked.mappings.emplace(name.value, lowering.lower_value(Expr{NullLiteral{}, name.span}));
    }
    shared.checked.models.push_back(std::move(checked));
    if (!model.enabled) continue;
    for (const auto& log_type : model.log_types) {
      if (queries.contains(log_type.value)) continue;
      shared.checked.model_of_log_type.emplace(log_type.value, shared.checked.models.size() - 1);
    }
  }
}

void analyse_rules(const Pack& pack, const std::vector<Module>& modules, const Shared& shared,
                   Diagnostics& diagnostics) {
  std::vector<std::optional<CheckedRule>> rules(pack.rules.size());
  std::vector<Diagnostics> found(pack.rules.size());
  constexpr std::size_t rules_per_thread = 32;
  // Of other people's words nothing is held against fields that no test has; and they are not ours to correct.
  const FieldCatalog nothing_known({}, {});
  const Shared of_sigma{.options = shared.options,
                        .pack = shared.pack,
                        .checked = shared.checked,
                        .table = shared.table,
                        .fields = nothing_known,
                        .attack = shared.attack};
  for_each_index(pack.rules.size(), shared.options.threads, rules_per_thread, [&](std::size_t i) {
    const bool sigma = pack.rules[i].format == RuleFormat::sigma;
    rules[i] = analyse_rule(pack.rules[i], modules[i], sigma ? of_sigma : shared, found[i]);
  });
  shared.checked.rules.reserve(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    for (Diagnostic& diagnostic : found[i].take()) {
      if (pack.rules[i].inherits(diagnostic.span)) {
        // Of what is inherited the base is told, where it can be mended; whatever keeps this rule from work is said
        // here.
        if (diagnostic.level != Level::error) continue;
        diagnostic.fixes.clear();
      }
      if (pack.rules[i].format == RuleFormat::sigma) diagnostic.fixes.clear();
      diagnostics.put(std::move(diagnostic));
    }
    if (rules[i]) shared.checked.rules.push_back(std::move(*rules[i]));
  }
}

}  // namespace

CheckedPack analyse(std::shared_ptr<const Pack> pack, const AnalysisOptions& options, Diagnostics& diagnostics) {
  CheckedPack checked;
  DefinitionIndex definitions = 0;
  std::vector<Module> library_modules;
  Libraries libraries = declare_libraries(*pack, definitions, library_modules, diagnostics);
  std::vector<Module> rule_modules(pack->rules.size());
  for (std::size_t i = 0; i < pack->rules.size(); ++i) {
    const Rule& rule = pack->rules[i];
    rule_modules[i].names.source = rule.source;
    declare(rule.definitions, "", definitions, rule_modules[i], diagnostics);
    declare_parameters(rule.definitions, rule_modules[i], diagnostics);
    use(rule.libraries, libraries, *pack, rule_modules[i], diagnostics);
    place_definitions(rule_modules[i]);
    if (rule.remember) rule_modules[i].names.previous = definitions++;
  }
  DefinitionTable table;
  table.checked.resize(definitions);
  table.states.resize(definitions, DefinitionTable::State::unseen);
  table.kinds.resize(definitions);
  table.depths.resize(definitions);

  const FieldCatalog fields = options.lints ? FieldCatalog(pack->rules, pack->samples) : FieldCatalog({}, {});
  const std::shared_ptr<const AttackTable> attack =
      options.lints && options.attack == nullptr ? AttackTable::built_in() : options.attack;
  const Shared shared{
      .options = options, .pack = *pack, .checked = checked, .table = table, .fields = fields, .attack = attack.get()};
  analyse_libraries(*pack, libraries, library_modules, shared, diagnostics);
  analyse_models(*pack, libraries, shared, diagnostics);
  analyse_rules(*pack, rule_modules, shared, diagnostics);
  checked.correlations = analyse_correlations(*pack, options.lints ? attack.get() : nullptr, diagnostics);
  checked.definitions = std::move(table.checked);
  MemoryUse memory(checked.definitions, checked.models);
  for (CheckedRule& rule : checked.rules) {
    rule.uses_memory = memory.uses(rule);
    rule.enrichment = pack->enrichment.get();
    check_test_memory(rule, diagnostics);
  }
  const auto recognition_by = [&](const std::vector<Rule>& recognisers) -> std::shared_ptr<const CheckedPack> {
    if (recognisers.empty()) return nullptr;
    auto recognition = std::make_shared<Pack>();
    recognition->rules = recognisers;
    AnalysisOptions without_lints = options;
    without_lints.lints = false;
    return std::make_shared<const CheckedPack>(analyse(std::move(recognition), without_lints, diagnostics));
  };
  checked.recognition = recognition_by(pack->recognisers);
  (void)recognition_by(pack->idle_recognisers);
  checked.pack = std::move(pack);
  return checked;
}

}  // namespace picket
