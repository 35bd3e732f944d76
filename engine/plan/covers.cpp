// What must hold of a field for a predicate to be what it is.
#include <algorithm>
#include <iterator>
#include <optional>

#include "engine/plan/predicate_table.hpp"
#include "engine/plan/rarity.hpp"

namespace picket {
namespace {

using Keys = std::vector<AccessKey>;

AccessKey key(FieldId field, AccessKind kind) {
  return {.field = field, .kind = kind, .text = {}, .number = 0, .proves = no_predicate};
}

AccessKey text_key(FieldId field, AccessKind kind, std::string text) {
  AccessKey made = key(field, text.empty() ? AccessKind::present : kind);
  made.text = std::move(text);
  return made;
}

// Of a value being equal to a constant; nothing for null, which is not to be found.
std::optional<AccessKey> equal_key(FieldId field, const Value& constant) {
  AccessKey made = key(field, AccessKind::container);
  switch (constant.kind()) {
    case Kind::null:
      return std::nullopt;
    case Kind::boolean:
      made.kind = AccessKind::equal_bool;
      made.number = *constant.boolean() ? 1 : 0;
      return made;
    case Kind::number:
      made.kind = AccessKind::equal_number;
      made.number = constant.as_double().value_or(0);
      return made;
    case Kind::string:
      made.kind = AccessKind::equal_text;
      made.text = fold_case(*constant.string());
      return made;
    case Kind::list:
    case Kind::object:
      return made;
    case Kind::time:
    case Kind::duration:
      made.kind = AccessKind::present;  // no event holds one
      return made;
  }
  return std::nullopt;
}

// The literal parts of a glob: one key is enough for each.
Keys glob_keys(FieldId field, const std::string& glob) {
  const std::string folded = fold_case(glob);
  const bool literal = folded.find_first_of("*?[") == std::string::npos;
  if (literal) return {text_key(field, AccessKind::equal_text, folded)};
  Keys found;
  std::size_t begin = 0;
  while (begin <= folded.size()) {
    const std::size_t end = std::min(folded.find_first_of("*?[", begin), folded.size());
    if (end > begin) {
      const AccessKind kind =
          begin == 0 ? AccessKind::prefix : (end == folded.size() ? AccessKind::suffix : AccessKind::substring);
      found.push_back(text_key(field, kind, folded.substr(begin, end - begin)));
    }
    if (end == folded.size()) break;
    // A set may hold any of the marks, and a bracket right after it opens.
    begin = end + 1;
    if (folded[end] == '[') {
      const std::size_t close = folded.find(']', begin + (folded.substr(begin).starts_with('!') ? 2 : 1));
      if (close == std::string::npos) break;
      begin = close + 1;
    }
  }
  if (found.empty()) found.push_back(key(field, AccessKind::present));
  return found;
}

Keys regex_keys(FieldId field, const RequiredTexts& required, const Rarity& rarity) {
  Keys keys;
  double least = 0;
  for (const std::string& text : required.each) {
    Keys one = {text_key(field, AccessKind::substring, text)};
    if (keys.empty() || rarity.share(one) < least) {
      least = rarity.share(one);
      keys = std::move(one);
    }
  }
  if (keys.empty()) {
    for (const std::string& text : required.any) keys.push_back(text_key(field, AccessKind::substring, text));
  }
  if (keys.empty()) keys.push_back(key(field, AccessKind::present));
  return keys;
}

// Of one element of the right side of an operator that takes any or all of a list.
Keys element_keys(const Predicate& predicate, const Value& element, std::size_t index, const Rarity& rarity) {
  const FieldId field = predicate.field;
  const std::string* text = element.string();
  switch (predicate.op) {
    case Op::contains: {
      if (text == nullptr) return {key(field, AccessKind::container)};
      if (text->empty()) return {key(field, AccessKind::present)};
      return {text_key(field, AccessKind::substring, fold_case(*text)), key(field, AccessKind::container)};
    }
    case Op::starts_with:
    case Op::ends_with:
      if (text == nullptr) return {};
      return {
          text_key(field, predicate.op == Op::starts_with ? AccessKind::prefix : AccessKind::suffix, fold_case(*text))};
    case Op::like: {
      if (text == nullptr) return {};
      const Keys keys = glob_keys(field, *text);
      return {*std::min_element(keys.begin(), keys.end(), [&rarity](const AccessKey& a, const AccessKey& b) {
        return rarity.share(a) < rarity.share(b);
      })};
    }
    case Op::matches:
      if (index < predicate.operand->required.size())
        return regex_keys(field, predicate.operand->required[index], rarity);
      return {key(field, AccessKind::present)};
    case Op::in_cidr: {
      if (text == nullptr || !Network::parse(*text)) return {};
      AccessKey made = key(field, AccessKind::network);
      made.text = *text;
      return {made};
    }
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge: {
      const auto bound = element.as_double();
      if (!bound) break;  // no number, or one beyond all doubles
      AccessKey made =
          key(field, predicate.op == Op::gt || predicate.op == Op::ge ? AccessKind::at_least : AccessKind::at_most);
      made.number = *bound;
      return {made};
    }
    case Op::eq:
    case Op::ne:
    case Op::in:
      break;
  }
  return {key(field, AccessKind::present)};
}

// A hit of such a key on a text is the predicate itself.
bool proves(const Predicate& predicate, const AccessKey& each) {
  if (each.kind == AccessKind::network) return true;
  if (!predicate.folded || predicate.all) return false;
  return (predicate.op == Op::contains && each.kind == AccessKind::substring) ||
         (predicate.op == Op::starts_with && each.kind == AccessKind::prefix) ||
         (predicate.op == Op::ends_with && each.kind == AccessKind::suffix);
}

std::vector<Keys> comparison_covers(const Predicate& predicate, PredicateId id, const Rarity& rarity) {
  const Value& constant = predicate.operand->constant;
  if (predicate.op == Op::eq) {
    const auto equal = equal_key(predicate.field, constant);
    return equal ? std::vector<Keys>{{*equal}} : std::vector<Keys>{};
  }
  const List* list = constant.list();
  const List elements = list == nullptr ? List{constant} : *list;
  std::vector<Keys> each;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (predicate.op == Op::in && list != nullptr) {
      const auto equal = equal_key(predicate.field, elements[i]);
      if (!equal) return {};
      each.push_back({*equal});
      continue;
    }
    each.push_back(element_keys(predicate, elements[i], i, rarity));
    for (AccessKey& made : each.back()) {
      if (proves(predicate, made)) made.proves = id;
    }
  }
  if (predicate.all) return each;
  Keys any;
  for (Keys& keys : each)
    any.insert(any.end(), std::make_move_iterator(keys.begin()), std::make_move_iterator(keys.end()));
  return {any};
}

std::vector<Keys> kind_covers(IsKind kind, FieldId field, bool value) {
  std::vector<Keys> present = {{key(field, AccessKind::present)}};
  if (!value) return kind == IsKind::null || kind == IsKind::empty ? present : std::vector<Keys>{};
  switch (kind) {
    case IsKind::null:
    case IsKind::empty:
      return {};
    case IsKind::is_true:
      return {{*equal_key(field, Value(true))}};
    case IsKind::is_false:
      return {{*equal_key(field, Value(false))}};
    case IsKind::is_bool:
      return {{*equal_key(field, Value(true)), *equal_key(field, Value(false))}};
    case IsKind::list:
    case IsKind::object:
      return {{key(field, AccessKind::container)}};
    case IsKind::string:
    case IsKind::number:
    case IsKind::is_int:
    case IsKind::ip:
    case IsKind::ipv4:
    case IsKind::ipv6:
    case IsKind::public_ip:
    case IsKind::private_ip:
    case IsKind::loopback_ip:
      return present;
  }
  return {};
}

}  // namespace

std::string text_of_glob(const std::string& glob) {
  const Keys keys = glob_keys(no_field, glob);
  return std::max_element(keys.begin(), keys.end(),
                          [](const AccessKey& a, const AccessKey& b) { return a.text.size() < b.text.size(); })
      ->text;
}

std::vector<std::vector<AccessKey>> PredicateTable::covers(PredicateId id, bool value, const Rarity& rarity) const {
  const Predicate& predicate = predicates[id];
  std::vector<Keys> present = {{key(predicate.field, AccessKind::present)}};
  switch (predicate.kind) {
    case Predicate::Kind::compare:
      if (value) {
        auto each = comparison_covers(predicate, id, rarity);
        if (predicate.operand->term != nullptr) {
          const AccessKey container = key(predicate.field, AccessKind::container);
          const auto is_container = [](const AccessKey& one) { return one.kind == AccessKind::container; };
          for (Keys& keys : each) {
            if (std::none_of(keys.begin(), keys.end(), is_container)) keys.push_back(container);
          }
        }
        return each;
      }
      // Only `eq null` is true of what is not there.
      return predicate.op == Op::eq && predicate.when_absent ? present : std::vector<Keys>{};
    case Predicate::Kind::is:
      return kind_covers(predicate.is, predicate.field, value);
    case Predicate::Kind::truth:
      return value ? present : std::vector<Keys>{};
    case Predicate::Kind::residual: {
      std::vector<Keys> each;
      const auto needs = needs_.find(id);
      if (!value || needs == needs_.end()) return {};
      for (const FieldId field : needs->second.fields) each.push_back({key(field, AccessKind::present)});
      // Only of the event is it known that it is no text.
      const std::vector<std::string>& within = needs->second.within;
      if (predicate.field == no_field || !paths[predicate.field].keys.empty() || within.empty()) return each;
      Keys& of_event = each.emplace_back();
      for (const std::string& text : within) of_event.push_back(text_key(predicate.field, AccessKind::within, text));
      return each;
    }
    case Predicate::Kind::program:
      return {};
  }
  return {};
}

}  // namespace picket
