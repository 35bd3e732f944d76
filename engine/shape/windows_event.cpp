#include "engine/shape/windows_event.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/shape/flatten_windows.hpp"

namespace picket {
namespace {

class ValueNode {
 public:
  explicit ValueNode(const Value& value) : value_(&value) {}

  [[nodiscard]] const Value& value() const { return *value_; }
  [[nodiscard]] bool is_object() const { return value_->object() != nullptr; }
  [[nodiscard]] bool is_list() const { return value_->list() != nullptr; }
  [[nodiscard]] bool is_null() const { return value_->is_null(); }
  [[nodiscard]] std::optional<std::string_view> text() const {
    return value_->string() != nullptr ? std::optional<std::string_view>(*value_->string()) : std::nullopt;
  }
  [[nodiscard]] std::optional<ValueNode> find(std::string_view key) const {
    const Value* found = value_->object()->find_exact(key);
    return found != nullptr ? std::optional(ValueNode(*found)) : std::nullopt;
  }
  template <typename Visit>
  void each_member(const Visit& visit) const {
    for (const auto& [key, value] : value_->object()->entries()) visit(key, ValueNode(value));
  }
  template <typename Visit>
  void each_element(const Visit& visit) const {
    for (const Value& value : *value_->list()) visit(ValueNode(value));
  }

 private:
  const Value* value_;
};

class FlatValue {
 public:
  void add(const shape::FlatName& name, const ValueNode& node) { add(key_of(name), node.value()); }
  void add_list(const shape::FlatName& name, const std::vector<ValueNode>& nodes) {
    List list;
    for (const ValueNode& node : nodes) list.push_back(node.value());
    add(key_of(name), Value(std::move(list)));
  }
  void add_data(const shape::FlatName& name, const ValueNode& node) { add_data(key_of(name), node.value()); }
  void add_empty_data(const shape::FlatName& name) { add_data(key_of(name), Value("")); }
  [[nodiscard]] Value take() { return {std::move(object_)}; }

 private:
  static std::string key_of(const shape::FlatName& name) {
    std::string key(name.name);
    if (name.part) key.append("_").append(*name.part);
    std::erase(key, ' ');
    return key;
  }
  void add(std::string key, const Value& value) {
    if (object_.find_exact(key) == nullptr) object_.set(std::move(key), value);
  }
  void add_data(std::string key, const Value& value) {
    const Value* taken = object_.find_exact(key);
    if (taken != nullptr && !(*taken == value)) key.insert(0, "EventData_");
    add(std::move(key), value);
  }

  Object object_;
};

}  // namespace

std::optional<Value> flat_windows_event(const Value& event) {
  if (event.object() == nullptr) return std::nullopt;
  FlatValue flat;
  return shape::flatten(ValueNode(event), flat) ? std::optional(flat.take()) : std::nullopt;
}

}  // namespace picket
