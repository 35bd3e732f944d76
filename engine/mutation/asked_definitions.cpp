#include "engine/mutation/asked_definitions.hpp"

#include <functional>
#include <set>
#include <string>

#include "grammar/ast/print.hpp"
#include "grammar/ast/walk.hpp"

namespace picket {
namespace {

// The names that an expression mentions: of values, of calls, of predicates. A dotted definition is `a.b`.
void collect_names(const Expr& whole, std::set<std::string, std::less<>>& names) {
  walk(whole, [&names](const Expr& expr) {
    match(
        expr.node, [&](const NameExpr& e) { names.insert(e.name); }, [&](const CallExpr& e) { names.insert(e.name); },
        [&](const IsExpr& e) { names.insert(e.clause.predicate); },
        [&](const MemberExpr&) { names.insert(print(expr)); },
        [&](const WhenExpr& e) {
          for (const WhenExpr::Arm& arm : e.arms) {
            for (const Pattern& pattern : arm.patterns) {
              if (const auto* is = std::get_if<IsClause>(&pattern)) names.insert(is->predicate);
            }
          }
        },
        [](const auto&) {});
  });
}

}  // namespace

std::vector<bool> asked_definitions(const Rule& rule) {
  std::set<std::string, std::less<>> names;
  for (const Definition& definition : rule.condition.definitions) collect_names(*definition.body, names);
  for (const Expr& line : rule.condition.lines) collect_names(line, names);
  std::vector<bool> asked(rule.definitions.size(), false);
  for (bool found = true; found;) {
    found = false;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (asked[i] || !names.contains(rule.definitions[i].name)) continue;
      asked[i] = found = true;
      collect_names(*rule.definitions[i].body, names);
    }
  }
  return asked;
}

}  // namespace picket
