#include "engine/frontend/native.hpp"

#include <algorithm>
#include <array>

#include "engine/frontend/readers.hpp"
#include "engine/frontend/section.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/nearest.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {
namespace {

constexpr std::array<AnalysisKind, 14> kinds = {{
    {"rule", Holder::rule, "RuleID", true},
    {"scheduled_rule", Holder::scheduled_rule, "RuleID", true},
    {"policy", Holder::policy, "PolicyID", true},
    {"definitions", Holder::definitions, "DefinitionsID"},
    {"datamodel", Holder::datamodel, "DataModelID"},
    {"log_sources", Holder::log_sources, "LogSourcesID"},
    {"pack", Holder::pack, "PackID"},
    {"correlation_rule", Holder::correlation_rule, "RuleID", true},
    {"global", Holder::none, "GlobalID"},
    {"saved_query", Holder::none, "QueryName"},
    {"scheduled_query", Holder::none, "QueryName"},
    {"lookup_table", Holder::lookup_table, "LookupName"},
    {"scheduled_prompt", Holder::none, "PromptName"},
    {"derived", Holder::none, "RuleID", true},
}};

bool has_new_errors(const Diagnostics& diagnostics, std::size_t before) {
  const auto& all = diagnostics.all();
  return std::any_of(all.begin() + static_cast<std::ptrdiff_t>(before), all.end(),
                     [](const Diagnostic& diagnostic) { return diagnostic.level == Level::error; });
}

Analysis unknown_kind(const SourcePtr& source, const yaml::Mapping::Entry& type, Diagnostics& diagnostics) {
  const auto word = string_of(*type.value);
  if (!word) {
    diagnostics
        .add(Code::wrong_type, source, place_of(type),
             "`AnalysisType` must be a string, and this is " + std::string(type.value->kind_in_words()))
        .help = "write `AnalysisType: rule`";
    return Unusable{false, true, {}};
  }
  std::vector<std::string_view> words;
  words.reserve(kinds.size());
  for (const AnalysisKind& kind : kinds) words.push_back(kind.word);
  Diagnostic& diagnostic = diagnostics.add(Code::unknown_analysis_type, source, place_of(type),
                                           "there is no AnalysisType " + backquoted(*word));
  diagnostic.help = "rules are `AnalysisType: rule`";
  propose_nearest(diagnostic, type.value->span, *word, words, Certainty::if_alone);
  return Unusable{false, true, {}};
}

// A file without AnalysisType that means to be an analysis: the key has a typo, or there is an id that only analyses
// have. To pass over it would be to lose a rule without a word.
std::optional<Analysis> without_kind(const SourcePtr& source, const yaml::Mapping& mapping, Diagnostics& diagnostics) {
  constexpr std::array<std::string_view, 1> known = {"AnalysisType"};
  for (const yaml::Mapping::Entry& entry : mapping.entries) {
    if (!nearest(entry.key, known)) continue;
    Diagnostic& diagnostic = diagnostics.add(Code::unknown_key, source, entry.key_span,
                                             "there is no key " + backquoted(entry.key) + " here");
    propose(diagnostic, entry.key_span, known.front(), true);
    return Unusable{false, true, {}};
  }
  for (const AnalysisKind& kind : kinds) {
    const auto* id = mapping.find(kind.id_key);
    if (id == nullptr) continue;
    diagnostics.add(Code::missing_key, source, id->key_span, "the key `AnalysisType` is missing").help =
        "write `AnalysisType: " + std::string(kind.word) + "` above it";
    return Unusable{kind.rule, true, {}};
  }
  return std::nullopt;
}

Analysis unsupported(const SourcePtr& source, const yaml::Mapping::Entry& place, std::string message, Unusable unusable,
                     Diagnostics& diagnostics) {
  diagnostics.add(Code::unsupported_analysis, source, place_of(place), std::move(message)).help =
      "the file is passed over";
  return unusable;
}

// A detection whose logic is neither a Condition nor a Detection is passed over whole: its author writes for another
// engine. Beside a base, a file is one logic too many for any.
std::optional<Analysis> passed_over(const Section& section, const yaml::Mapping& mapping, const Unusable& unusable,
                                    const FrontendOptions& options) {
  for (const std::string_view key : {"Condition", "Detection", "BaseDetection"}) {
    if (mapping.find(key) != nullptr) return std::nullopt;
  }
  const auto* file = mapping.find("Filename");
  if (file == nullptr) return std::nullopt;
  report_python(section, place_of(*file),
                "the logic of this rule is the Python file " +
                    backquoted(file->value->scalar() ? file->value->scalar()->text : ""),
                "the rule is passed over; write its logic as a `Condition`", options.strict);
  return Analysis(unusable);
}

Analysis read_known(const Section& section, Holder holder, const FrontendOptions& options) {
  switch (holder) {
    case Holder::rule:
      return read_rule(section, RuleKind::rule, options);
    case Holder::scheduled_rule:
      return read_rule(section, RuleKind::scheduled_rule, options);
    case Holder::policy:
      return read_rule(section, RuleKind::policy, options);
    case Holder::correlation_rule:
      return read_correlation(section);
    case Holder::definitions:
      return read_library(section, options);
    case Holder::datamodel:
      return read_data_model(section, options);
    case Holder::lookup_table:
      return read_lookup_table(section);
    case Holder::log_sources:
      return read_log_sources(section, options);
    case Holder::pack:
      return read_manifest(section);
    case Holder::none:
    case Holder::test:
    case Holder::mock:
    case Holder::mapping:
    case Holder::pack_definition:
    case Holder::correlation:
    case Holder::correlation_item:
    case Holder::transition:
    case Holder::transition_match:
    case Holder::criterion:
    case Holder::schedule:
    case Holder::correlation_test:
    case Holder::rule_output:
    case Holder::recognised_log_type:
    case Holder::log_source:
    case Holder::log_source_events:
    case Holder::remember:
    case Holder::derived_rule:
    case Holder::log_type_map:
    case Holder::associated_log_type:
    case Holder::rules:
    case Holder::any_rule:
    case Holder::judged:
    case Holder::detections:
    case Holder::tests:
    case Holder::analysis:
      break;
  }
  return Unusable{};
}

}  // namespace

bool is_derived(const yaml::Mapping& mapping) {
  return mapping.find("BaseDetection") != nullptr && mapping.find("Condition") == nullptr &&
         mapping.find("Detection") == nullptr && mapping.find("Filename") == nullptr;
}

std::string_view id_key(Holder holder) {
  if (holder == Holder::derived_rule) holder = Holder::rule;
  const auto* found =
      std::find_if(kinds.begin(), kinds.end(), [&](const AnalysisKind& kind) { return kind.holder == holder; });
  return found == kinds.end() ? "" : found->id_key;
}

std::span<const AnalysisKind> analysis_kinds() { return kinds; }

Holder holder_from_word(std::string_view word) {
  const auto* found =
      std::find_if(kinds.begin(), kinds.end(), [&](const AnalysisKind& kind) { return kind.word == word; });
  return found == kinds.end() ? Holder::none : found->holder;
}

void report_python(const Section& section, SourceSpan span, std::string message, std::string help, bool strict) {
  Diagnostic& diagnostic = section.say(Code::python_rule, span, std::move(message), std::move(help));
  if (strict) diagnostic.level = Level::error;
}

std::optional<SourceText> code(const Section& section, std::string_view key) {
  const auto* entry = section.find(key);
  if (entry == nullptr || entry->value->scalar() == nullptr) return std::nullopt;
  return yaml::source_text(section.source(), *entry->value);
}

void add_what_leans_on_it(const Analysis& analysis, Unusable& unusable) {
  unusable.library = std::holds_alternative<Library>(analysis);
  const auto* model = std::get_if<DataModel>(&analysis);
  unusable.data_model = model != nullptr && model->enabled;
  if (!unusable.data_model) return;
  for (const auto& log_type : model->log_types) unusable.log_types.push_back(log_type.value);
}

Analysis read_analysis(const SourcePtr& source, const yaml::Node& root, const FrontendOptions& options,
                       Diagnostics& diagnostics) {
  const yaml::Mapping* mapping = root.mapping();
  const auto* type = mapping == nullptr ? nullptr : mapping->find("AnalysisType");
  if (type == nullptr) {
    auto meant = mapping == nullptr ? std::nullopt : without_kind(source, *mapping, diagnostics);
    return meant ? *std::move(meant) : NotAnalysis{};
  }
  const auto word = string_of(*type->value);
  const auto* kind =
      std::find_if(kinds.begin(), kinds.end(), [&](const AnalysisKind& one) { return word && one.word == *word; });
  if (kind == kinds.end()) return unknown_kind(source, *type, diagnostics);

  Section section(source, *mapping, root.span, kind->holder, diagnostics);
  Unusable unusable{kind->rule, false, section.text(kind->id_key)};
  if (kind->rule) unusable.tests = section.items("Tests").size();
  if (kind->holder == Holder::none) {
    return unsupported(source, *type, "files of the kind " + backquoted(*word) + " are not judged by this version",
                       unusable, diagnostics);
  }
  if (holds(Holder::rules, kind->holder) && is_derived(*mapping)) {
    return DerivedRule{std::move(unusable.id), section.text("BaseDetection"), unusable.tests};
  }
  if (holds(Holder::judged, kind->holder)) {
    if (auto passed = passed_over(section, *mapping, unusable, options)) return *std::move(passed);
  }
  const std::size_t before = diagnostics.size();
  section.check();
  Analysis analysis = read_known(section, kind->holder, options);
  if (!has_new_errors(diagnostics, before)) return analysis;
  unusable.broken = true;
  add_what_leans_on_it(analysis, unusable);
  return unusable;
}

}  // namespace picket
