#include "engine/select/rule_filter.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "engine/analyse/attack_claims.hpp"
#include "engine/attack/attack_table.hpp"
#include "engine/pattern/pattern.hpp"
#include "grammar/text/nearest.hpp"

namespace picket {
namespace {

using Test = std::function<bool(const RuleMetadata&)>;
using Texts = std::vector<std::string>;
using Compiled = std::variant<Test, FilterError>;

// --- what rules say under each name ---

std::string_view word_of(RuleKind kind) {
  switch (kind) {
    case RuleKind::rule:
      return "rule";
    case RuleKind::scheduled_rule:
      return "scheduled_rule";
    case RuleKind::policy:
      return "policy";
    case RuleKind::correlation_rule:
      return "correlation_rule";
  }
  return {};
}

Texts values_of(const std::vector<Located<std::string>>& located) {
  Texts texts;
  for (const auto& one : located) texts.push_back(one.value);
  return texts;
}

// The techniques that the rule claims, and those that they are sub-techniques of.
Texts techniques_of(const RuleMetadata& rule) {
  Texts texts;
  for (const AttackClaim& claim : attack_claims(rule).claims) {
    if (claim.technique.empty()) continue;
    texts.push_back(claim.technique);
    const std::size_t dot = claim.technique.find('.');
    if (dot != std::string::npos) texts.push_back(claim.technique.substr(0, dot));
  }
  return texts;
}

// Id, name and short name of each tactic that the rule claims; a technique of a tag stands for all of its tactics.
Texts tactics_of(const RuleMetadata& rule) {
  const auto table = AttackTable::built_in();
  Texts ids;
  for (const AttackClaim& claim : attack_claims(rule).claims) {
    if (!claim.tactic.empty()) {
      ids.push_back(claim.tactic);
    } else if (const Technique* technique = table->find_technique(claim.technique)) {
      ids.insert(ids.end(), technique->tactics.begin(), technique->tactics.end());
    }
  }
  Texts texts = ids;
  for (const std::string& id : ids) {
    const Tactic* tactic = table->find_tactic(id);
    if (tactic == nullptr) continue;
    texts.push_back(tactic->name);
    texts.push_back(tactic->short_name());
  }
  return texts;
}

struct Name {
  FilterName row;
  bool folded = false;  // letters count without their case
  bool alone = false;   // may stand without a value: then "true" is meant
  bool parts = false;   // a word without wildcards need only be a part of the text
  Texts (*texts)(const RuleMetadata& rule) = nullptr;
};

// Severity comes first: it alone has an order.
constexpr std::size_t severity_row = 0;
const std::array<Name, 11>& names() {
  static const std::array<Name, 11> table{{
      {.row = {"severity", "INFO, LOW, MEDIUM, HIGH, CRITICAL, in this order: severity >= high"},
       .folded = true,
       .texts = [](const RuleMetadata& rule) { return Texts{std::string(spelling(rule.severity.value))}; }},
      {.row = {"id", "the rule's id"}, .texts = [](const RuleMetadata& rule) { return Texts{rule.id.value}; }},
      {.row = {"tag", "a tag, in any case"},
       .folded = true,
       .texts = [](const RuleMetadata& rule) { return values_of(rule.tags); }},
      {.row = {"technique", "a technique of ATT&CK that the rule names; T1098 means its sub-techniques, too"},
       .folded = true,
       .texts = techniques_of},
      {.row = {"tactic", "a tactic of ATT&CK: TA0003, persistence"}, .folded = true, .texts = tactics_of},
      {.row = {"log_type", "a log type, scheduled query or resource type, in any case"},
       .folded = true,
       .texts = [](const RuleMetadata& rule) { return values_of(rule.log_types); }},
      {.row = {"path", "the path of the file, or a part of it"},
       .parts = true,
       .texts = [](const RuleMetadata& rule) { return Texts{rule.source->name()}; }},
      {.row = {"kind", "rule, scheduled_rule, policy, correlation_rule"},
       .folded = true,
       .texts = [](const RuleMetadata& rule) { return Texts{std::string(word_of(rule.kind))}; }},
      {.row = {"enabled", "the rule is enabled; no value is needed"},
       .folded = true,
       .alone = true,
       .texts = [](const RuleMetadata& rule) { return Texts{rule.enabled ? "true" : "false"}; }},
      {.row = {"created_by", "who made it, in any case"},
       .folded = true,
       .texts = [](const RuleMetadata& rule) { return Texts{rule.created_by}; }},
      {.row = {"status", "its status, in any case"},
       .folded = true,
       .texts = [](const RuleMetadata& rule) { return Texts{rule.status}; }},
  }};
  return table;
}

// --- from trees to tests ---

FilterError unknown_name(const FilterTerm& term) {
  std::vector<std::string_view> known;
  std::string all;
  for (const Name& name : names()) {
    known.push_back(name.row.name);
    all += (all.empty() ? "" : ", ") + std::string(name.row.name);
  }
  const auto meant = nearest(term.name, known);
  return {term.name_span, "there is no `" + term.name + "`" +
                              (meant ? "; did you mean `" + *meant + "`?" : "; rules are chosen by " + all)};
}

std::variant<std::function<bool(std::string_view)>, FilterError> pattern_of(const Name& name,
                                                                            const FilterValue& value) {
  if (value.kind == FilterValue::Kind::regex) {
    Regex::Options options;
    options.folded = value.folded;
    auto regex = Regex::compile(value.text, options);
    if (const auto* error = std::get_if<PatternError>(&regex)) {
      return FilterError{value.span, "this is no regex: " + error->reason};
    }
    return [regex = std::get<Regex>(std::move(regex))](std::string_view text) { return regex.found_in(text); };
  }
  const bool part = name.parts && value.text.find_first_of("*?[") == std::string::npos;
  auto glob = Glob::compile(part ? "*" + value.text + "*" : value.text, name.folded);
  if (const auto* error = std::get_if<PatternError>(&glob)) {
    return FilterError{value.span, "this is no glob: " + error->reason};
  }
  return [glob = std::get<Glob>(std::move(glob))](std::string_view text) { return glob.fits(text); };
}

// `tag(aws, okta*)`: one of the rule's texts fits one of the values.
Compiled text_test(const Name& name, const FilterTerm& term) {
  std::vector<std::function<bool(std::string_view)>> patterns;
  for (const FilterValue& value : term.values) {
    auto pattern = pattern_of(name, value);
    if (auto* error = std::get_if<FilterError>(&pattern)) return std::move(*error);
    patterns.push_back(std::get<0>(std::move(pattern)));
  }
  return [texts = name.texts, patterns = std::move(patterns)](const RuleMetadata& rule) {
    const Texts all = texts(rule);
    return std::any_of(all.begin(), all.end(), [&](const std::string& text) {
      return std::any_of(patterns.begin(), patterns.end(), [&](const auto& fits) { return fits(text); });
    });
  };
}

bool holds(Severity left, FilterOp op, Severity right) {
  switch (op) {
    case FilterOp::eq:
      return left == right;
    case FilterOp::ne:
      return left != right;
    case FilterOp::lt:
      return left < right;
    case FilterOp::le:
      return left <= right;
    case FilterOp::gt:
      return left > right;
    case FilterOp::ge:
      return left >= right;
  }
  return false;
}

Compiled severity_test(const FilterTerm& term) {
  const FilterOp op = term.op.value_or(FilterOp::eq);
  std::vector<Severity> wanted;
  for (const FilterValue& value : term.values) {
    const auto severity = severity_from_word(value.text);
    if (!severity || value.kind == FilterValue::Kind::regex) {
      return FilterError{value.span, "this is no severity; they are info, low, medium, high and critical"};
    }
    wanted.push_back(*severity);
  }
  return [op, wanted = std::move(wanted)](const RuleMetadata& rule) {
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](Severity right) { return holds(rule.severity.value, op, right); });
  };
}

Test negated(Test test) {
  return [test = std::move(test)](const RuleMetadata& rule) { return !test(rule); };
}

Compiled compile_term(FilterTerm term) {
  const auto* found =
      std::find_if(names().begin(), names().end(), [&](const Name& name) { return name.row.name == term.name; });
  if (found == names().end()) return unknown_name(term);
  if (term.values.empty()) {
    if (!found->alone) {
      return FilterError{term.name_span, "`" + term.name + "` needs a value: `" + term.name + "(…)`"};
    }
    term.values.push_back({.text = "true", .span = term.name_span});
  }
  if (found == names().begin() + severity_row) return severity_test(term);
  const FilterOp op = term.op.value_or(FilterOp::eq);
  if (op != FilterOp::eq && op != FilterOp::ne) {
    return FilterError{term.name_span, "only severities have an order; write `" + term.name + "(…)`"};
  }
  Compiled test = text_test(*found, term);
  if (op == FilterOp::ne && std::holds_alternative<Test>(test)) return negated(std::get<Test>(std::move(test)));
  return test;
}

// Nesting is bounded by the parser.
Compiled compile(FilterExpr expr) {
  if (auto* term = std::get_if<FilterTerm>(&expr.node)) return compile_term(std::move(*term));
  if (auto* negation = std::get_if<FilterNot>(&expr.node)) {
    Compiled operand = compile(std::move(negation->operand.front()));
    if (std::holds_alternative<FilterError>(operand)) return operand;
    return negated(std::get<Test>(std::move(operand)));
  }
  auto& group = std::get<FilterGroup>(expr.node);
  std::vector<Test> tests;
  for (FilterExpr& one : group.operands) {
    Compiled operand = compile(std::move(one));
    if (std::holds_alternative<FilterError>(operand)) return operand;
    tests.push_back(std::get<Test>(std::move(operand)));
  }
  return [any = group.any, tests = std::move(tests)](const RuleMetadata& rule) {
    const auto holds = [&](const Test& test) { return test(rule); };
    return any ? std::any_of(tests.begin(), tests.end(), holds) : std::all_of(tests.begin(), tests.end(), holds);
  };
}

}  // namespace

std::vector<FilterName> filter_names() {
  std::vector<FilterName> rows;
  for (const Name& name : names()) rows.push_back(name.row);
  return rows;
}

std::variant<RuleFilter, FilterError> RuleFilter::compile(std::string_view text) {
  auto parsed = parse_filter(text);
  if (auto* error = std::get_if<FilterError>(&parsed)) return std::move(*error);
  Compiled compiled = picket::compile(std::get<FilterExpr>(std::move(parsed)));
  if (auto* error = std::get_if<FilterError>(&compiled)) return std::move(*error);
  return RuleFilter(std::get<Test>(std::move(compiled)));
}

}  // namespace picket
