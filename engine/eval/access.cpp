#include "engine/eval/access.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

// An index from the front for one that may count from the end; nothing if it is out of range.
std::optional<std::size_t> position(std::int64_t index, std::size_t size) {
  const auto count = static_cast<std::int64_t>(size);
  const std::int64_t from_front = index < 0 ? index + count : index;
  if (from_front < 0 || from_front >= count) return std::nullopt;
  return static_cast<std::size_t>(from_front);
}

std::size_t clamped(std::int64_t bound, std::size_t size) {
  const auto count = static_cast<std::int64_t>(size);
  const std::int64_t from_front = bound < 0 ? std::max<std::int64_t>(bound, -count) + count : bound;
  return static_cast<std::size_t>(std::min(from_front, count));
}

Value paid(List list, Budget& budget) {
  Value value(std::move(list));
  return budget.spend_on_value(value) ? value : Value();
}

void append_elements(List& to, const Value& value) {
  if (value.is_null()) return;
  const List* list = value.list();
  if (list == nullptr) {
    to.push_back(value);
    return;
  }
  std::copy_if(list->begin(), list->end(), std::back_inserter(to), [](const Value& v) { return !v.is_null(); });
}

void append_leaves(List& to, const Value& value, Budget& budget) {
  if (value.is_null() || !budget.spend(1)) return;
  if (const auto* list = value.list()) {
    for (const Value& element : *list) append_leaves(to, element, budget);
  } else if (const auto* object = value.object()) {
    for (const auto& entry : object->entries()) append_leaves(to, entry.second, budget);
  } else {
    to.push_back(value);
  }
}

}  // namespace

const Value& null_value() {
  static const Value null;
  return null;
}

const Value& member_of(const Value& base, std::string_view key) {
  const Object* object = base.object();
  const Value* found = object == nullptr ? nullptr : object->find(key);
  return found == nullptr ? null_value() : *found;
}

const Value& element_of(const Value& base, std::int64_t index) {
  const List* list = base.list();
  if (list == nullptr) return null_value();
  const auto at = position(index, list->size());
  return at ? (*list)[*at] : null_value();
}

Value item_of(const Value& base, std::int64_t index, Budget& budget) {
  const auto* text = base.string();
  if (text == nullptr) return element_of(base, index);
  if (!budget.spend_on_bytes(text->size())) return {};
  const auto at = position(index, count_code_points(*text));
  if (!at) return {};
  const std::size_t begin = offset_of_code_point(*text, *at);
  std::size_t end = begin;
  (void)next_code_point(*text, end);
  return text->substr(begin, end - begin);
}

Value item_of(const Value& base, const Value& index, Budget& budget) {
  if (const auto* key = index.string()) return member_of(base, *key);
  const auto number = index.as_index();
  return number ? item_of(base, *number, budget) : Value();
}

Value slice_of(const Value& base, const Value* from, const Value* to, Budget& budget) {
  const auto first = from == nullptr ? std::optional<std::int64_t>(0) : from->as_index();
  const auto last = to == nullptr ? std::optional<std::int64_t>(INT64_MAX) : to->as_index();
  if (!first || !last) return {};
  if (const auto* list = base.list()) {
    const std::size_t begin = clamped(*first, list->size());
    const std::size_t end = std::max(begin, clamped(*last, list->size()));
    return paid(
        List(list->begin() + static_cast<std::ptrdiff_t>(begin), list->begin() + static_cast<std::ptrdiff_t>(end)),
        budget);
  }
  const auto* text = base.string();
  if (text == nullptr || !budget.spend_on_bytes(text->size())) return {};
  const std::size_t size = count_code_points(*text);
  const std::size_t begin = clamped(*first, size);
  const std::size_t end = std::max(begin, clamped(*last, size));
  const std::size_t begin_byte = offset_of_code_point(*text, begin);
  const std::size_t length = offset_of_code_point(std::string_view(*text).substr(begin_byte), end - begin);
  return text->substr(begin_byte, length);
}

Value elements_of(const Value& base, bool flatten, Budget& budget) {
  List elements;
  const List* reached = flatten ? base.list() : nullptr;
  if (reached == nullptr) {
    append_elements(elements, base);
  } else {
    for (const Value& value : *reached) append_elements(elements, value);
  }
  return paid(std::move(elements), budget);
}

Value leaves_of(const Value& base, Budget& budget) {
  List leaves;
  append_leaves(leaves, base, budget);
  return paid(std::move(leaves), budget);
}

std::size_t offset_of_code_point(std::string_view text, std::size_t index) {
  std::size_t offset = 0;
  for (; index > 0 && offset < text.size(); --index) (void)next_code_point(text, offset);
  return offset;
}

}  // namespace picket
