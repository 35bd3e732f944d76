// Functions over lists.
#include <algorithm>
#include <set>

#include "engine/eval/function_bodies.hpp"
#include "grammar/text/unicode.hpp"

namespace picket::bodies {
namespace {

// Numbers before strings before the other kinds.
int rank(const Value& value) {
  switch (value.kind()) {
    case Kind::number:
      return 0;
    case Kind::string:
      return 1;
    case Kind::null:
    case Kind::boolean:
    case Kind::list:
    case Kind::object:
    case Kind::time:
    case Kind::duration:
      return 2 + static_cast<int>(value.kind());
  }
  return 0;
}

bool sorts_before(const Value& a, const Value& b) {
  const int rank_a = rank(a);
  const int rank_b = rank(b);
  return rank_a != rank_b ? rank_a < rank_b : compare(a, b).value_or(0) < 0;
}

// Values seen before. Scalars are found by their order; lists and objects, which have none, one by one.
class SeenValues {
 public:
  explicit SeenValues(Budget& budget) : budget_(budget) {}

  [[nodiscard]] bool has(const Value& value) const {
    if (!is_container(value)) return scalars_.contains(&value);
    return std::any_of(containers_.begin(), containers_.end(),
                       [&](const Value* seen) { return budget_.spend_on_value(*seen) && *seen == value; });
  }

  // Returns whether the value is new. It must live as long as this.
  bool add(const Value& value) {
    if (!is_container(value)) return scalars_.insert(&value).second;
    if (has(value)) return false;
    containers_.push_back(&value);
    return true;
  }

 private:
  struct Before {
    bool operator()(const Value* a, const Value* b) const {
      if (a->boolean() != nullptr && b->boolean() != nullptr) return *a->boolean() < *b->boolean();
      return sorts_before(*a, *b);
    }
  };

  static bool is_container(const Value& value) { return value.list() != nullptr || value.object() != nullptr; }

  Budget& budget_;
  std::set<const Value*, Before> scalars_;
  std::vector<const Value*> containers_;
};

// An absent set is the empty one.
const List& set_of(const Call& call, std::size_t index) {
  static const List none;
  const List* list = call.value(index).list();
  return list == nullptr ? none : *list;
}

SeenValues seen_in(const List& list, Budget& budget) {
  SeenValues seen(budget);
  for (const Value& value : list) seen.add(value);
  return seen;
}

void append_flat(List& to, const List& list, Budget& budget) {
  for (const Value& value : list) {
    if (!budget.spend(1)) return;
    if (const List* inner = value.list()) {
      append_flat(to, *inner, budget);
    } else {
      to.push_back(value);
    }
  }
}

// The elements of `list` that are new to `seen` and wanted.
template <typename Wanted>
void append_new(List& to, const List& list, SeenValues& seen, const Wanted& wanted) {
  for (const Value& value : list) {
    if (wanted(value) && seen.add(value)) to.push_back(value);
  }
}

bool any_value(const Value&) { return true; }

List distinct_of(const Call& call) {
  SeenValues seen(call.budget);
  List kept;
  append_new(kept, call.list(0), seen, any_value);
  return kept;
}

List sorted(List list) {
  std::stable_sort(list.begin(), list.end(), sorts_before);
  return list;
}

}  // namespace

Value len(const Call& call) {
  const Value& value = call.value(0);
  std::size_t length = 0;
  if (const auto* text = value.string()) {
    length = count_code_points(*text);
  } else if (const auto* list = value.list()) {
    length = list->size();
  } else if (const auto* object = value.object()) {
    length = object->size();
  }
  return static_cast<std::int64_t>(length);
}

Value list(const Call& call) {
  const Value& value = call.value(0);
  if (value.list() != nullptr) return value;
  return value.is_null() ? List{} : List{value};
}

Value distinct(const Call& call) { return distinct_of(call); }
Value set(const Call& call) { return sorted(distinct_of(call)); }
Value sort(const Call& call) { return sorted(call.list(0)); }

Value flatten(const Call& call) {
  List flat;
  append_flat(flat, call.list(0), call.budget);
  return flat;
}

Value union_(const Call& call) {
  SeenValues seen(call.budget);
  List kept;
  append_new(kept, set_of(call, 0), seen, any_value);
  append_new(kept, set_of(call, 1), seen, any_value);
  return kept;
}

Value intersect(const Call& call) {
  const SeenValues others = seen_in(set_of(call, 1), call.budget);
  SeenValues seen(call.budget);
  List kept;
  append_new(kept, set_of(call, 0), seen, [&others](const Value& value) { return others.has(value); });
  return kept;
}

Value except(const Call& call) {
  const SeenValues others = seen_in(set_of(call, 1), call.budget);
  SeenValues seen(call.budget);
  List kept;
  append_new(kept, set_of(call, 0), seen, [&others](const Value& value) { return !others.has(value); });
  return kept;
}

Value index_of(const Call& call) {
  if (const auto* text = call.value(0).string()) {
    const auto* part = call.value(1).string();
    const std::size_t at = part == nullptr ? std::string::npos : text->find(*part);
    if (at == std::string::npos) return {};
    return static_cast<std::int64_t>(count_code_points(std::string_view(*text).substr(0, at)));
  }
  const List& list = call.list(0);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!call.budget.spend_on_value(list[i])) return {};
    if (list[i] == call.value(1)) return static_cast<std::int64_t>(i);
  }
  return {};
}

Value zip(const Call& call) {
  const List& a = call.list(0);
  const List& b = call.list(1);
  List pairs;
  pairs.reserve(std::min(a.size(), b.size()));
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) pairs.emplace_back(List{a[i], b[i]});
  return pairs;
}

}  // namespace picket::bodies
