#include "engine/ruletest/explain.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "engine/pack/pack.hpp"
#include "engine/ruletest/nearby.hpp"
#include "grammar/condition/parse.hpp"

namespace picket {
namespace {

constexpr std::size_t most_values = 3;  // shown of a comparison that was evaluated several times

// The source between two places on one line, runs of white space as one blank.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

// The operator of a comparison as written, or nothing for `is`, a bare value, or text that YAML quotes in its own way.
// A pattern of `when` has no left side: it is read as if it stood after `.`.
std::optional<Op> op_of(const std::string& text) {
  for (const std::string& whole : {text, ". " + text}) {
    Diagnostics ignored;
    const auto expr = parse_expression(SourceText::standalone("", whole), ignored);
    if (!expr) continue;
    if (const auto* compare = std::get_if<CompareExpr>(&expr->node)) return compare->clause.op;
    return std::nullopt;
  }
  return std::nullopt;
}

bool any_of_kind(const Value& right, Kind kind) {
  if (right.kind() == kind) return true;
  const List* list = right.list();
  return list != nullptr &&
         std::any_of(list->begin(), list->end(), [kind](const Value& element) { return element.kind() == kind; });
}

// Whether the operator cannot but be false for values of these kinds.
bool kinds_clash(Op op, const Value& left, const Value& right) {
  const Kind kind = left.kind();
  switch (op) {
    case Op::eq:
    case Op::ne:
      return kind != right.kind() && !right.is_null();
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return kind != right.kind() || kind == Kind::boolean || kind == Kind::list || kind == Kind::object;
    case Op::in:
      if (const List* list = right.list()) return !list->empty() && !any_of_kind(right, kind);
      return kind != Kind::string;
    case Op::contains:
      if (kind == Kind::list) return false;
      return (kind != Kind::string && kind != Kind::object) || !any_of_kind(right, Kind::string);
    case Op::in_cidr:
    case Op::starts_with:
    case Op::ends_with:
    case Op::like:
    case Op::matches:
      return kind != Kind::string;
  }
  return false;
}

ComparisonState state_of(const Observation& seen, std::optional<Op> op) {
  if (seen.result) return ComparisonState::is_true;
  if (seen.left.is_null()) return ComparisonState::missing;
  if (op && seen.right && kinds_clash(*op, seen.left, *seen.right)) return ComparisonState::wrong_type;
  return ComparisonState::is_false;
}

std::string with_article(Kind kind) {
  const std::string_view word = spelling(kind);
  return (word == "object" ? "an " : "a ") + std::string(word);
}

std::string kinds_note(const Observation& seen) {
  std::string note = "the left side is " + with_article(seen.left.kind());
  const List* list = seen.right->list();
  if (list == nullptr) return note + ", the right side is " + with_article(seen.right->kind());
  if (!list->empty()) note += ", the list holds a value of type " + std::string(spelling(list->front().kind()));
  return note;
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

// Only where a false comparison asks for a value: a right side near to what is there.
std::string value_note(const Observation& seen, Op op) {
  if (!seen.right || (op != Op::eq && op != Op::in && op != Op::contains)) return {};
  const bool left_is_list = seen.left.list() != nullptr;
  const auto near = left_is_list ? nearest_value(*seen.right, seen.left) : nearest_value(seen.left, *seen.right);
  if (!near) return {};
  if (left_is_list) return "the nearest element is " + *near;
  std::string note = "the nearest value is " + *near;
  if (equal_but_for_case(to_json(seen.left), *near)) note += ", which differs in case only: `~` ignores case";
  return note;
}

std::string note_of(const Observation& seen, ComparisonState state, std::optional<Op> op, const Value& event) {
  switch (state) {
    case ComparisonState::missing: {
      if (seen.path.empty()) return {};
      const auto path = nearest_path(event, seen.path);
      return path ? "did you mean `" + *path + "`?" : std::string();
    }
    case ComparisonState::wrong_type:
      return kinds_note(seen);
    case ComparisonState::is_false:
      return op ? value_note(seen, *op) : std::string();
    case ComparisonState::is_true:
    case ComparisonState::not_reached:
      return {};
  }
  return {};
}

// The left values of the observations that explain the state: the false ones if there are any.
std::string actual_of(const std::vector<const Observation*>& seen, bool result) {
  std::vector<std::string> texts;
  for (const Observation* one : seen) {
    if (one->result != result || one->left.is_null()) continue;
    std::string text = short_json(one->left);
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
  }
  std::string joined;
  for (std::size_t i = 0; i < std::min(texts.size(), most_values); ++i) joined += (i == 0 ? "" : ", ") + texts[i];
  if (texts.size() > most_values) joined += ", …";
  return joined;
}

bool inside(SourceSpan inner, SourceSpan outer) { return outer.begin <= inner.begin && inner.end <= outer.end; }

// The name of the definition in whose body a site stands.
std::string definition_of(const Site& site, const CheckedPack& pack, const Rule& rule) {
  const auto search = [&](const std::vector<Definition>& definitions, const std::string& prefix) -> std::string {
    for (const Definition& definition : definitions) {
      if (inside(site.span, definition.span)) return prefix + definition.name;
    }
    return {};
  };
  if (site.source == rule.source) {
    const std::string name = search(rule.definitions, "");
    return name.empty() ? search(rule.condition.definitions, "") : name;
  }
  for (const Library& library : pack.pack->libraries) {
    if (library.source == site.source) return search(library.definitions, library.id.value + ".");
  }
  return {};
}

ComparisonReport report_of(const std::shared_ptr<const Site>& site, const std::vector<const Observation*>& seen,
                           const Value& event) {
  ComparisonReport report;
  report.site = site;
  report.text = one_line(site->source->text(site->span));
  report.times = seen.size();
  report.times_true = static_cast<std::size_t>(
      std::count_if(seen.begin(), seen.end(), [](const Observation* one) { return one->result; }));
  if (seen.empty()) {
    report.state = ComparisonState::not_reached;
    return report;
  }
  const auto first_false = std::find_if(seen.begin(), seen.end(), [](const Observation* one) { return !one->result; });
  const bool all_true = first_false == seen.end();
  const Observation& telling = all_true ? *seen.front() : **first_false;
  const auto op = op_of(report.text);
  report.state = state_of(telling, op);
  report.path = telling.path;
  report.actual = actual_of(seen, all_true);
  report.note = note_of(telling, report.state, op, event);
  return report;
}

}  // namespace

std::string_view spelling(ComparisonState state) {
  switch (state) {
    case ComparisonState::is_true:
      return "true";
    case ComparisonState::is_false:
      return "false";
    case ComparisonState::missing:
      return "missing";
    case ComparisonState::wrong_type:
      return "wrong type";
    case ComparisonState::not_reached:
      return "not reached";
  }
  return {};
}

std::vector<ComparisonReport> explain_verdict(Interpreter& interpreter, const CheckedPack& pack,
                                              const CheckedRule& rule, const EvaluationInput& input) {
  std::vector<Observation> observations;
  interpreter.start(input);
  interpreter.observe(&observations);
  static_cast<void>(interpreter.holds(rule.condition));
  interpreter.observe(nullptr);

  std::map<const Site*, std::vector<const Observation*>> by_site;
  for (const Observation& one : observations) by_site[one.site].push_back(&one);
  std::vector<ComparisonReport> reports;
  for (const auto& site : rule.comparisons) {
    ComparisonReport report = report_of(site, by_site[site.get()], *input.event);
    report.definition = definition_of(*site, pack, *rule.rule);
    reports.push_back(std::move(report));
  }
  return reports;
}

}  // namespace picket
