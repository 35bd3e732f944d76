#include "tests/conformance/evaluate_case.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/analyse/analyse.hpp"
#include "engine/eval/interpret.hpp"
#include "engine/event/time.hpp"
#include "engine/pack/pack.hpp"
#include "grammar/condition/parse.hpp"

namespace picket::tests {

namespace {

constexpr std::string_view case_log_type = "Conformance.Case";

// An expression stands in a rule as the one entry of its context, which takes a value of any kind.
constexpr std::string_view value_key = "value";

std::optional<Expr> as_context_entry(std::optional<Expr> expression) {
  if (!expression) return std::nullopt;
  const SourceSpan span = expression->span;
  ObjectExpr object;
  object.entries.push_back({.key = std::string(value_key), .value = *std::move(expression)});
  return Expr{.node = std::move(object), .span = span};
}

// Parses the text under test into the place of a rule where such a text stands.
bool parse_text(const ConformanceCase& tested, Rule& rule, Diagnostics& diagnostics) {
  switch (tested.evaluates) {
    case Evaluates::expression:
      rule.alert_context = as_context_entry(parse_expression(tested.text, diagnostics));
      return rule.alert_context.has_value();
    case Evaluates::condition: {
      std::optional<Block> block = parse_condition(tested.text, diagnostics);
      if (!block) return false;
      rule.condition = *std::move(block);
      return true;
    }
    case Evaluates::text_template:
      rule.alert_title = parse_template(tested.text, diagnostics);
      return rule.alert_title.has_value();
    case Evaluates::context:
      rule.alert_context = parse_entries(tested.text, diagnostics);
      return rule.alert_context.has_value();
  }
  return false;
}

void add_libraries(const ConformanceCase& tested, Pack& pack, Rule& rule, Diagnostics& diagnostics) {
  for (const NamedText& named : tested.libraries) {
    Library library;
    library.source = named.text.source;
    library.id.value = named.name;
    if (auto definitions = parse_definitions(named.text, diagnostics)) library.definitions = *std::move(definitions);
    pack.libraries.push_back(std::move(library));
    rule.libraries.push_back({named.name, {}});
  }
}

void add_model(const ConformanceCase& tested, const SourcePtr& source, Pack& pack, Diagnostics& diagnostics) {
  if (!tested.has_model) return;
  DataModel model;
  model.source = source;
  model.id.value = "Conformance.Model";
  model.log_types.push_back({std::string(case_log_type), {}});
  for (const Mapping& mapping : tested.model) {
    std::optional<Expr> value = parse_expression(mapping.text, diagnostics);
    if (!value) continue;
    model.mappings.push_back({.name = {mapping.name, {}},
                              .path = mapping.is_path ? mapping.text.text : std::string(),
                              .value = *std::move(value)});
  }
  pack.data_models.push_back(std::move(model));
}

// A pack of one rule that holds the text, with the surroundings of the case.
std::shared_ptr<const Pack> pack_of(const ConformanceCase& tested, Diagnostics& diagnostics) {
  auto pack = std::make_shared<Pack>();
  Rule rule;
  rule.source = tested.text.source;
  rule.id.value = "Conformance.Rule";
  rule.log_types.push_back({std::string(case_log_type), {}});
  if (tested.let) {
    if (auto definitions = parse_definitions(*tested.let, diagnostics)) rule.definitions = *std::move(definitions);
  }
  if (tested.remember) {
    if (auto key = parse_template(*tested.remember, diagnostics)) {
      rule.remember.emplace();
      rule.remember->key = *std::move(key);
    }
  }
  add_libraries(tested, *pack, rule, diagnostics);
  add_model(tested, tested.text.source, *pack, diagnostics);
  if (!tested.mocks.empty()) {
    RuleTest test;
    test.name.value = "case";
    test.event = tested.event;
    for (const auto& [name, value] : tested.mocks) test.mocks.push_back({{name, {}}, value});
    rule.tests.push_back(std::move(test));
  }
  if (parse_text(tested, rule, diagnostics)) pack->rules.push_back(std::move(rule));
  return pack;
}

// A value as the files can write it: times and durations as their text.
Value as_data(const Value& value) {
  if (value.kind() == Kind::time || value.kind() == Kind::duration) return to_text(value);
  if (const List* list = value.list()) {
    List out;
    for (const Value& element : *list) out.push_back(as_data(element));
    return out;
  }
  if (const Object* object = value.object()) {
    Object out;
    for (const auto& [key, element] : object->entries()) out.set(key, as_data(element));
    return out;
  }
  return value;
}

std::string kind_word(const Value& value) {
  if (value.kind() != Kind::number) return std::string(spelling(value.kind()));
  return value.real() != nullptr ? "double" : "int";
}

std::string compare_with(const Expected& expected, const Value& actual) {
  if (expected.kind && kind_word(actual) != *expected.kind) {
    return "expected the kind " + *expected.kind + ", got " + kind_word(actual) + " " + to_json(actual);
  }
  if (expected.text) {
    const std::string text = to_text(actual);
    return text == *expected.text ? "" : "expected the text `" + *expected.text + "`, got `" + text + "`";
  }
  if (expected.within > 0 && expected.value->as_double() && actual.as_double() &&
      std::abs(*expected.value->as_double() - *actual.as_double()) <= expected.within) {
    return "";
  }
  if (as_data(actual) == *expected.value) return "";
  return "expected " + to_json(*expected.value) + ", got " + to_json(actual);
}

Value evaluate(const ConformanceCase& tested, const CheckedPack& pack) {
  const CheckedRule& rule = pack.rules.front();
  Mocks mocks;
  for (const auto& [name, value] : tested.mocks) {
    if (const auto found = rule.mockable.find(name); found != rule.mockable.end()) mocks[found->second] = value;
  }
  Memory memory;
  for (const auto& [key, value] : tested.memory) {
    memory.write({.key = key, .value = value, .keep = std::nullopt}, tested.now);
  }
  Interpreter interpreter(pack);
  EvaluationInput input;
  input.event = &tested.event;
  input.log_type = case_log_type;
  input.now = tested.now;
  input.mocks = &mocks;
  input.memory = {.memory = &memory, .at = tested.now};
  interpreter.start(input);
  switch (tested.evaluates) {
    case Evaluates::expression: {
      const Value context = interpreter.evaluate(*rule.alert_context);
      const Value* found = context.object() == nullptr ? nullptr : context.object()->find_exact(value_key);
      return found == nullptr ? Value() : *found;
    }
    case Evaluates::condition:
      return interpreter.holds(rule.condition);
    case Evaluates::text_template:
      return interpreter.evaluate(*rule.alert_title);
    case Evaluates::context:
      return interpreter.evaluate(*rule.alert_context);
  }
  return {};
}

std::string errors_of(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.level != Level::error) continue;
    if (!text.empty()) text += "; ";
    text += std::string(row_of(diagnostic.code).word) + " (" + diagnostic.message + ")";
  }
  return text;
}

bool has_error(const Diagnostics& diagnostics, std::string_view word) {
  return std::ranges::any_of(diagnostics.all(), [word](const Diagnostic& diagnostic) {
    return diagnostic.level == Level::error && row_of(diagnostic.code).word == word;
  });
}

// Analysed, or with the errors in `diagnostics`.
CheckedPack compile(const ConformanceCase& tested, Diagnostics& diagnostics) {
  const std::shared_ptr<const Pack> pack = pack_of(tested, diagnostics);
  if (diagnostics.has_errors()) return {};
  AnalysisOptions options;
  options.lints = false;
  options.threads = 1;
  return analyse(pack, options, diagnostics);
}

}  // namespace

std::string compile_errors(const ConformanceCase& tested) {
  Diagnostics diagnostics;
  static_cast<void>(compile(tested, diagnostics));
  return errors_of(diagnostics);
}

std::string evaluate_case(const ConformanceCase& tested) {
  if (tested.expected.error && !code_from_word(*tested.expected.error)) {
    return "there is no error code `" + *tested.expected.error + "`";
  }
  Diagnostics diagnostics;
  const CheckedPack checked = compile(tested, diagnostics);
  if (tested.expected.error) {
    if (has_error(diagnostics, *tested.expected.error)) return "";
    const std::string errors = errors_of(diagnostics);
    return "expected the error " + *tested.expected.error + ", got " + (errors.empty() ? "none" : errors);
  }
  if (diagnostics.has_errors() || checked.rules.empty()) return "it does not compile: " + errors_of(diagnostics);
  return compare_with(tested.expected, evaluate(tested, checked));
}

}  // namespace picket::tests
