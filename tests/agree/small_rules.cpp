#include "tests/agree/small_rules.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "grammar/ast/operators.hpp"
#include "tests/agree/draft.hpp"

namespace picket::tests {
namespace {

constexpr const char* small_log_type = "Agree.Small";

// How a value is reached; `@` stands for what is asked of it.
constexpr std::array<std::string_view, 31> small_places = {"x @",
                                                           "o.x @",
                                                           "o.p.x @",
                                                           "O.P.X @",
                                                           "$.x @",
                                                           "o[\"x\"] @",
                                                           "l[0] @",
                                                           "m[-1] @",
                                                           "e[0].x @",
                                                           "e[*].x @",
                                                           "l[*] @",
                                                           "d[**] @",
                                                           "udm.path @",
                                                           "udm.expression @",
                                                           "named @",
                                                           "D.value @",
                                                           "x ?? \"k\" @",
                                                           "missing ?? x @",
                                                           "x ?: \"k\" @",
                                                           "(if flag then x else o.y) @",
                                                           "(when flag { true -> x; else -> \"abc\" }) @",
                                                           "any l { . @ }",
                                                           "all l { . @ }",
                                                           "none e { .x @ }",
                                                           "any i in e { i.x @ }",
                                                           "any k, v in o { k eq \"x\" and v @ }",
                                                           "lower(x) @",
                                                           "len(x) @",
                                                           "x[0] @",
                                                           "x[0:3] @",
                                                           "x[n] @"};

// What is asked of a value with a constant: every operator, with every suffix it takes, negated.
std::vector<std::string> clauses(const std::string& constant) {
  std::vector<std::string> clauses;
  for (const OpRow& row : operators()) {
    for (unsigned suffixes = 0; suffixes < 8; ++suffixes) {
      const bool negated = (suffixes & 4U) != 0;
      const bool folded = (suffixes & 2U) != 0;
      const bool all = (suffixes & 1U) != 0;
      if ((folded && !row.folds) || (all && !row.all) || (negated && folded && all)) continue;
      clauses.push_back((negated ? "not " : "") + std::string(row.spelling) + (folded ? "~ " : " ") +
                        (all ? "all " : "") + constant);
    }
  }
  return clauses;
}

std::vector<std::string> questions() {
  std::vector<std::string> questions = {""};  // the value itself, as a condition
  for (const IsKindRow& row : is_kinds()) {
    questions.push_back("is " + std::string(row.spelling));
    questions.push_back("is not " + std::string(row.spelling));
  }
  questions.emplace_back("is short");
  return questions;
}

std::string filled(std::string_view place, const std::string& clause) {
  const std::size_t at = place.find('@');
  return std::string(place.substr(0, at)) + clause + std::string(place.substr(at + 1));
}

void add_turned(std::vector<std::string>& conditions, const std::string& constant) {
  for (const std::string& left : {constant, "[" + constant + ", x]"}) {
    for (const char* field : {"x", "o.x", "l", "o"}) {
      for (const OpRow& row : operators()) {
        conditions.push_back(left + " " + std::string(row.spelling) + " " + field);
        if (row.folds) conditions.push_back(left + " not " + std::string(row.spelling) + "~ " + field);
      }
    }
  }
}

}  // namespace

std::vector<std::string> small_conditions(const SmallGroup& group) {
  std::vector<std::string> conditions;
  for (const std::string_view place : small_places) {
    for (const std::string& question : questions()) conditions.push_back(filled(place, question));
    for (const std::string& constant : group.constants) {
      for (const std::string& clause : clauses(constant)) conditions.push_back(filled(place, clause));
    }
  }
  for (const std::string& constant : group.constants) add_turned(conditions, constant);
  for (const char* path : {"x", "o.x", "missing", "o.missing", "l[0]", "l[5]", "O.X", "x.y"}) {
    conditions.push_back("has(" + std::string(path) + ")");
    conditions.push_back("not has(" + std::string(path) + ")");
  }
  return conditions;
}

std::vector<std::string> joined_conditions() {
  constexpr std::array<std::string_view, 20> atoms = {R"(x eq "abc")",
                                                      R"(x ne "abc")",
                                                      R"(x eq~ "ABC")",
                                                      R"(x in ["abc", "xyz"])",
                                                      R"(x not in ["k"])",
                                                      R"(y starts_with "a")",
                                                      R"(y eq "abc")",
                                                      R"(y contains~ "B")",
                                                      R"(z gt 1)",
                                                      R"(z eq 1)",
                                                      R"(z is null)",
                                                      R"(z is not empty)",
                                                      R"(x matches '^a')",
                                                      R"(x eq y)",
                                                      R"(not x)",
                                                      R"(any l { . eq "abc" })",
                                                      R"(named eq "abc")",
                                                      R"(y in D.LIST)",
                                                      R"(udm.path eq "abc")",
                                                      R"("b" in x)"};
  constexpr std::array<std::string_view, 13> pairs = {"1 and 2",
                                                      "1 or 2",
                                                      "not (1 and 2)",
                                                      "not (1 or 2)",
                                                      "not (1) and 2",
                                                      "1\n2",
                                                      "any { 1; 2 }",
                                                      "all { 1; 2 }",
                                                      "none { 1; 2 }",
                                                      "none { 1 }; 2",
                                                      "if 1 then 2 else x",
                                                      "count [1, 2] { . } eq 1",
                                                      "when { 1 -> 2; else -> false }"};
  constexpr std::array<std::string_view, 4> triples = {"1\n2 or 3", "1\n2\n3", "any { 1; all { 2; not (3) } }",
                                                       "none { 1 and 2 }; 3"};
  const auto joined = [](std::string_view form, std::string_view a, std::string_view b, std::string_view c) {
    std::string text;
    for (std::size_t i = 0; i < form.size(); ++i) {
      const bool number_of_its_own = form.substr(i) == "1" && form.ends_with("eq 1");  // the 1 that is compared with
      text += form[i] == '1' && !number_of_its_own ? a : form[i] == '2' ? b : form[i] == '3' ? c : form.substr(i, 1);
    }
    return text;
  };
  std::vector<std::string> conditions;
  for (const std::string_view a : atoms) {
    for (const std::string_view b : atoms) {
      for (const std::string_view form : pairs) conditions.push_back(joined(form, a, b, ""));
      for (std::size_t c = 0; c < atoms.size(); c += 3) {
        for (const std::string_view form : triples) conditions.push_back(joined(form, a, b, atoms[c]));
      }
    }
  }
  return conditions;
}

std::vector<std::string> thinned(std::vector<std::string> conditions, std::size_t stride) {
  std::vector<std::string> taken;
  for (std::size_t i = 0; i < conditions.size(); i += stride) taken.push_back(std::move(conditions[i]));
  return taken;
}

Value small_event(const Value& value) {
  Object inner{{"y", "abc"}, {"p", Object{{"x", value}}}, {"x", value}};
  Object event{{"flag", true}, {"n", 0}};
  event.set("x", value);
  event.set("o", std::move(inner));
  event.set("l", List{value, "other"});
  event.set("m", List{"other", value});
  event.set("e", List{Object{{"x", value}}, Object{{"x", "other"}}, Object{}});
  event.set("d", List{Object{{"k", value}}, List{List{value}, "other"}});
  return event;
}

Scenario scenario_of(const std::vector<std::string>& conditions) {
  Scenario scenario;
  scenario.texts = false;  // the rules have none
  scenario.options.log_type = small_log_type;
  scenario.options.steps = 50'000'000;
  scenario.now = Time{1'767'225'600'000'000};
  scenario.pack.libraries.push_back(parse_library("D", "value = o.x\nLIST = [\"abc\", \"Abd\"]\n"));
  scenario.pack.data_models.push_back(
      parse_data_model("Agree.Model", {small_log_type}, {{"path", "$.o.p.x"}, {"expression", "x ?? \"none\""}}));
  std::vector<RuleDraft> drafts;
  for (const std::string& condition : conditions) {
    RuleDraft draft;
    draft.id = "r" + std::to_string(drafts.size());
    draft.log_types = {small_log_type};
    draft.libraries = {"D"};
    draft.let = "named = o.p.x\nshort(it) = len(it) lt 4\n";
    draft.condition = condition;
    drafts.push_back(std::move(draft));
  }
  (void)add_rules(scenario.pack, drafts);
  return scenario;
}

}  // namespace picket::tests
