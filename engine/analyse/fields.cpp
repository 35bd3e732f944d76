#include "engine/analyse/fields.hpp"

#include <algorithm>

#include "engine/analyse/kinds.hpp"
#include "grammar/text/ascii.hpp"

namespace picket {

namespace {

// Where one step leads from the places given; what is found there is put into `next`.
FieldLookup take_step(const std::vector<const FieldNode*>& places, const PathStep& step,
                      std::vector<const FieldNode*>& next) {
  FieldLookup lookup;
  const auto* key = std::get_if<std::string>(&step);
  for (const FieldNode* place : places) {
    if (key == nullptr) {
      if (!place->element.empty()) next.push_back(&place->element.front());
      continue;
    }
    const auto exact = place->children.find(*key);
    if (exact != place->children.end()) {
      next.push_back(&exact->second);
      continue;
    }
    for (const auto& [name, child] : place->children) {
      lookup.siblings.push_back(name);
      if (ascii_equal_folded(name, *key)) lookup.actual = name;
    }
  }
  const auto has_in_elements = [key](const FieldNode* place) {
    return key != nullptr && !place->element.empty() && place->element.front().children.contains(*key);
  };
  if (!next.empty()) {
    lookup.verdict = FieldLookup::Verdict::known;
  } else if (!lookup.actual.empty()) {
    lookup.verdict = FieldLookup::Verdict::wrong_case;
  } else if (!lookup.siblings.empty()) {
    lookup.verdict = FieldLookup::Verdict::unknown;
  } else if (std::ranges::any_of(places, has_in_elements)) {
    lookup.verdict = FieldLookup::Verdict::unknown;
    lookup.in_elements = true;
  }
  return lookup;
}

}  // namespace

void FieldNode::add(const Value& value) {
  kinds = either(kinds, kinds_of(value));
  if (const Object* object = value.object()) {
    for (const auto& [key, child] : object->entries()) children[key].add(child);
  } else if (const List* list = value.list()) {
    if (element.empty() && !list->empty()) element.emplace_back();
    for (const Value& item : *list) element.front().add(item);
  }
}

FieldCatalog::FieldCatalog(const std::vector<Rule>& rules, const std::vector<Value>& samples) {
  const auto add_under_own = [this](const Value& event) {
    const Value* own = event.object() != nullptr ? event.object()->find_exact("p_log_type") : nullptr;
    if (own == nullptr || own->string() == nullptr) return false;
    by_log_type_[*own->string()].add(event);
    return true;
  };
  for (const Value& sample : samples) static_cast<void>(add_under_own(sample));
  for (const Rule& rule : rules) {
    for (const RuleTest& test : rule.tests) {
      if (add_under_own(test.event)) continue;
      for (const auto& log_type : rule.log_types) by_log_type_[log_type.value].add(test.event);
    }
  }
}

FieldLookup FieldCatalog::look_up(const std::vector<Located<std::string>>& log_types,
                                  const std::vector<PathStep>& path) const {
  const auto* first = std::get_if<std::string>(&path.front());
  if (first == nullptr || first->starts_with("p_")) return {};
  std::vector<const FieldNode*> places;
  for (const auto& log_type : log_types) {
    const auto found = by_log_type_.find(log_type.value);
    if (found == by_log_type_.end()) return {};
    places.push_back(&found->second);
  }
  FieldLookup lookup;
  for (std::size_t i = 0; i < path.size(); ++i) {
    std::vector<const FieldNode*> next;
    lookup = take_step(places, path[i], next);
    lookup.step = i;
    if (lookup.verdict != FieldLookup::Verdict::known) return lookup;
    places = std::move(next);
  }
  for (const FieldNode* place : places) lookup.kinds = either(lookup.kinds, place->kinds);
  return lookup;
}

}  // namespace picket
