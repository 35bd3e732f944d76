#include "tools/plan/plan_words.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "engine/event/value.hpp"
#include "engine/pattern/pattern.hpp"
#include "grammar/ast/print.hpp"
#include "tools/plan/term_words.hpp"

namespace picket {
namespace {

std::string value_text(const Value& value) {
  const std::string* text = value.string();
  return text != nullptr ? print_string(*text) : to_json(value);
}

// `["a", "b", … and 12 more]`.
std::string list_text(const std::vector<std::string>& written, std::size_t most) {
  std::string text = "[";
  // To say "and 1 more" takes as much room as the one.
  const std::size_t shown = written.size() <= most + 1 ? written.size() : most;
  for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : ", ") + written[i];
  if (shown < written.size()) text += ", … and " + std::to_string(written.size() - shown) + " more";
  return text + "]";
}

std::string constant_text(const Value& constant, std::size_t most) {
  const List* list = constant.list();
  if (list == nullptr) return value_text(constant);
  std::vector<std::string> written;
  for (const Value& element : *list) written.push_back(value_text(element));
  return list_text(written, most);
}

bool is_equality(AccessKind kind) {
  return kind == AccessKind::equal_text || kind == AccessKind::equal_number || kind == AccessKind::equal_bool;
}

std::string_view operator_of(AccessKind kind) {
  switch (kind) {
    case AccessKind::equal_text:
    case AccessKind::equal_number:
    case AccessKind::equal_bool:
      return "eq";
    case AccessKind::prefix:
      return "starts_with";
    case AccessKind::suffix:
      return "ends_with";
    case AccessKind::substring:
    case AccessKind::within:
      return "contains";
    case AccessKind::at_least:
      return "ge";
    case AccessKind::at_most:
      return "le";
    case AccessKind::network:
      return "in cidr";
    case AccessKind::container:
      return "is a list or an object";
    case AccessKind::present:
      return "is not null";
  }
  return "";
}

}  // namespace

PlanWords::PlanWords(const CheckedPack& pack, const LogTypePlan& plan) : pack_(pack), plan_(plan) {
  // Those that mind the case first: they have the better claim.
  for (const bool folded : {false, true}) {
    for (const Predicate& predicate : plan.predicates) {
      if (predicate.kind == Predicate::Kind::compare && predicate.folded == folded) note_spellings(predicate);
    }
  }
}

void PlanWords::note_spellings(const Predicate& predicate) {
  const Value& constant = predicate.operand->constant;
  const List* list = constant.list();
  for (const Value& value : list == nullptr ? List{constant} : *list) {
    const std::string* text = value.string();
    if (text == nullptr) continue;
    Spelling spelling{.text = *text, .minds_case = !predicate.folded};
    const auto [known, added] = spellings_.try_emplace({predicate.field, fold_case(*text)}, std::move(spelling));
    if (!added && !predicate.folded && known->second.text != *text) known->second.minds_case = false;
  }
}

std::string PlanWords::field(FieldId field) const {
  const std::vector<std::string>& keys = plan_.paths[field].keys;
  return keys.empty() ? "$[**]" : path_text(keys);  // of the event itself only what stands within is sought
}

PlanWords::Values PlanWords::values_of(const AccessKey& key) const {
  Values values{.field = key.field, .kind = key.kind, .folded = false, .written = {}, .known = {}};
  switch (key.kind) {
    case AccessKind::equal_number:
    case AccessKind::at_least:
    case AccessKind::at_most: {
      const auto whole = static_cast<std::int64_t>(key.number);
      values.written.push_back(to_json(static_cast<double>(whole) == key.number ? Value(whole) : Value(key.number)));
      break;
    }
    case AccessKind::equal_bool:
      values.written.emplace_back(key.number != 0 ? "true" : "false");
      break;
    case AccessKind::equal_text:
    case AccessKind::prefix:
    case AccessKind::suffix:
    case AccessKind::substring:
    case AccessKind::within: {
      const auto spelt = spellings_.find({key.field, key.text});
      values.folded = spelt == spellings_.end() || !spelt->second.minds_case;
      values.written.push_back(print_string(spelt == spellings_.end() ? key.text : spelt->second.text));
      break;
    }
    case AccessKind::network:
      values.written.push_back(print_string(key.text));
      break;
    case AccessKind::container:
    case AccessKind::present:
      break;
  }
  return values;
}

std::string PlanWords::cover(std::span<const AccessKey> keys, std::size_t most) const {
  std::set<FieldId> contain;
  for (const AccessKey& key : keys) {
    if (key.kind == AccessKind::substring) contain.insert(key.field);
  }
  std::vector<Values> groups;
  for (const AccessKey& key : keys) {
    // `contains` is true of a list that has the element, too, and says so to who knows the language.
    if (key.kind == AccessKind::container && contain.contains(key.field)) continue;
    Values values = values_of(key);
    auto group = std::ranges::find_if(groups, [&values](const Values& other) {
      const bool alike = other.kind == values.kind || (is_equality(other.kind) && is_equality(values.kind));
      return other.field == values.field && alike && other.folded == values.folded;
    });
    if (group == groups.end()) {
      group = groups.insert(groups.end(), values);
      group->written.clear();
    }
    for (std::string& text : values.written) {
      if (group->known.insert(text).second) group->written.push_back(std::move(text));
    }
  }
  std::string text;
  const std::size_t shown = groups.size() <= most + 1 ? groups.size() : most;
  for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : " or ") + in_words(groups[i], most);
  if (shown < groups.size()) text += " or … " + std::to_string(groups.size() - shown) + " more comparisons";
  return text;
}

std::string PlanWords::in_words(const Values& values, std::size_t most) const {
  const std::string fold = values.folded ? "~" : "";
  const std::string name = field(values.field) + " ";
  if (values.written.empty()) return name + std::string(operator_of(values.kind));
  if (values.written.size() == 1) return name + std::string(operator_of(values.kind)) + fold + " " + values.written[0];
  const std::string_view word = is_equality(values.kind) ? "in" : operator_of(values.kind);
  return name + std::string(word) + fold + " " + list_text(values.written, most);
}

std::string PlanWords::predicate(PredicateId id, std::size_t most) const {
  const Predicate& predicate = plan_.predicates[id];
  switch (predicate.kind) {
    case Predicate::Kind::compare:
      return field(predicate.field) + " " + std::string(row_of(predicate.op).spelling) + (predicate.folded ? "~" : "") +
             (predicate.all ? " all " : " ") + constant_text(predicate.operand->constant, most);
    case Predicate::Kind::is:
      return field(predicate.field) + " is " + std::string(row_of(predicate.is).spelling);
    case Predicate::Kind::truth:
      return field(predicate.field);
    case Predicate::Kind::program:
      return pack_.definitions[plan_.definitions.at(id)].name;
    case Predicate::Kind::residual:
      return term_text(pack_, *predicate.operand->term);
  }
  return "";
}

}  // namespace picket
