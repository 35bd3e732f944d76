#include "engine/eval/operators.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>

namespace picket {
namespace {

// Whether the property holds for any (or every) one of several.
template <typename Range, typename Property>
bool quantified(const Range& range, bool all, const Property& property) {
  return all ? std::all_of(range.begin(), range.end(), property) : std::any_of(range.begin(), range.end(), property);
}

// The same over the elements of the right side, if it is a list; else of the right side itself.
template <typename Property>
bool of_right(const Value& right, bool all, const Property& property) {
  const List* list = right.list();
  return list == nullptr ? property(right) : quantified(*list, all, property);
}

// Strings compare folded; anything else as without `~`, strings within lists included.
bool equal(const Value& a, const Value& b, bool folded, Budget& budget) {
  if (a.kind() != b.kind()) return false;
  const auto* text = a.string();
  if (text != nullptr && folded) return budget.spend_on_bytes(text->size()) && equal_folded(*text, *b.string());
  if ((a.list() != nullptr || a.object() != nullptr) && !budget.spend_on_value(a)) return false;
  return a == b;
}

bool has_key(const Object& object, const std::string& key, bool folded, Budget& budget) {
  if (object.find(key) != nullptr) return true;
  if (!folded || !budget.spend(object.size())) return false;
  return std::any_of(object.entries().begin(), object.entries().end(),
                     [&key](const Object::Entry& entry) { return equal_folded(entry.first, key); });
}

bool holds_text(const std::string& text, const std::string& part, bool folded, Budget& budget) {
  if (!budget.spend_on_bytes(text.size())) return false;
  if (!folded) return text.find(part) != std::string::npos;
  return fold_case(text).find(fold_case(part)) != std::string::npos;
}

bool has_element(const List& list, const Value& element, bool folded, Budget& budget) {
  return budget.spend(list.size()) && std::any_of(list.begin(), list.end(), [&](const Value& value) {
           return equal(value, element, folded, budget);
         });
}

// `whole contains part`, where a list as the part is one element.
bool holds(const Value& whole, const Value& part, bool folded, Budget& budget) {
  if (const auto* list = whole.list()) return has_element(*list, part, folded, budget);
  const auto* text = part.string();
  if (text == nullptr) return false;
  if (const auto* object = whole.object()) return has_key(*object, *text, folded, budget);
  const auto* outer = whole.string();
  return outer != nullptr && holds_text(*outer, *text, folded, budget);
}

bool has_affix(Op op, const Value& left, const Value& right, bool folded, Budget& budget) {
  const auto* text = left.string();
  const auto* affix = right.string();
  if (text == nullptr || affix == nullptr || !budget.spend_on_bytes(affix->size())) return false;
  if (op == Op::starts_with) return folded ? starts_with_folded(*text, *affix) : text->starts_with(*affix);
  return folded ? ends_with_folded(*text, *affix) : text->ends_with(*affix);
}

bool is_in_order(Op op, const Value& left, const Value& right) {
  const auto order = compare(left, right);
  if (!order) return false;
  switch (op) {
    case Op::lt:
      return *order < 0;
    case Op::le:
      return *order <= 0;
    case Op::gt:
      return *order > 0;
    case Op::ge:
      return *order >= 0;
    case Op::eq:
    case Op::ne:
    case Op::in:
    case Op::in_cidr:
    case Op::contains:
    case Op::starts_with:
    case Op::ends_with:
    case Op::like:
    case Op::matches:
      return false;
  }
  return false;
}

std::optional<Network> network_of(const Value& value) {
  const auto* text = value.string();
  return text == nullptr ? std::nullopt : Network::parse(*text);
}

// A glob may have to look at every character of the text for each of its own.
bool fits(const Glob& glob, const std::string& text, Budget& budget) {
  return budget.spend_on_bytes(text.size() + text.size() / 64 * glob.size()) && glob.fits(text);
}

bool fits_glob(const std::string& text, const Value& pattern, bool folded, Budget& budget) {
  const auto* written = pattern.string();
  if (written == nullptr || !budget.spend_on_bytes(written->size())) return false;
  const auto glob = Glob::compile(*written, folded);
  const auto* compiled = std::get_if<Glob>(&glob);
  return compiled != nullptr && fits(*compiled, text, budget);
}

bool fits_regex(const std::string& text, const Value& pattern, bool folded, Budget& budget) {
  constexpr std::size_t steps_of_compiling = 1'000;
  const auto* written = pattern.string();
  if (written == nullptr || !budget.spend(steps_of_compiling + written->size()) ||
      !budget.spend_on_bytes(text.size())) {
    return false;
  }
  const auto regex = Regex::compile(*written, {.folded = folded});
  const auto* compiled = std::get_if<Regex>(&regex);
  return compiled != nullptr && compiled->found_in(text);
}

}  // namespace

bool compares(const Comparison& comparison, const Value& left, const Value& right, Budget& budget) {
  const auto& [op, folded, all] = comparison;
  switch (op) {
    case Op::eq:
      return equal(left, right, folded, budget);
    case Op::ne:
      return !equal(left, right, folded, budget);
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      return is_in_order(op, left, right);
    case Op::in:
      return holds(right, left, folded, budget);
    case Op::in_cidr: {
      const auto inner = network_of(left);
      return inner && of_right(right, false, [&](const Value& one) {
               const auto outer = network_of(one);
               return budget.spend(1) && outer && outer->contains(*inner);
             });
    }
    case Op::contains:
      return of_right(right, all, [&, fold = folded](const Value& one) { return holds(left, one, fold, budget); });
    case Op::starts_with:
    case Op::ends_with:
      return of_right(right, all, [&, kind = op, fold = folded](const Value& one) {
        return budget.spend(1) && has_affix(kind, left, one, fold, budget);
      });
    case Op::like:
      return of_right(right, all, [&, fold = folded](const Value& one) {
        const auto* text = left.string();
        return text != nullptr && fits_glob(*text, one, fold, budget);
      });
    case Op::matches:
      return of_right(right, all, [&, fold = folded](const Value& one) {
        const auto* text = left.string();
        return text != nullptr && fits_regex(*text, one, fold, budget);
      });
  }
  return false;
}

bool matches(const Value& left, std::span<const Regex> patterns, bool all, Budget& budget) {
  return quantified(patterns, all, [&](const Regex& regex) {
    const auto* text = left.string();
    return text != nullptr && budget.spend_on_bytes(text->size()) && regex.found_in(*text);
  });
}

bool is_like(const Value& left, std::span<const Glob> patterns, bool all, Budget& budget) {
  return quantified(patterns, all, [&](const Glob& glob) {
    const auto* text = left.string();
    return text != nullptr && fits(glob, *text, budget);
  });
}

bool is_in_networks(const Value& left, std::span<const Network> networks, Budget& budget) {
  const auto inner = network_of(left);
  return inner && budget.spend(networks.size()) &&
         std::any_of(networks.begin(), networks.end(),
                     [&inner](const Network& outer) { return outer.contains(*inner); });
}

bool is_of_kind(std::string_view text, IsKind kind) {
  const auto is_address = [text](const auto& property) {
    const auto address = IpAddress::parse(text);
    return address && property(*address);
  };
  switch (kind) {
    case IsKind::empty:
      return text.empty();
    case IsKind::string:
      return true;
    case IsKind::ip:
      return is_address([](const IpAddress&) { return true; });
    case IsKind::ipv4:
      return is_address([](const IpAddress& address) { return !address.v6; });
    case IsKind::ipv6:
      return is_address([](const IpAddress& address) { return address.v6; });
    case IsKind::public_ip:
      return is_address([](const IpAddress& address) { return address.is_public(); });
    case IsKind::private_ip:
      return is_address([](const IpAddress& address) { return address.is_private(); });
    case IsKind::loopback_ip:
      return is_address([](const IpAddress& address) { return address.is_loopback(); });
    case IsKind::null:
    case IsKind::is_true:
    case IsKind::is_false:
    case IsKind::number:
    case IsKind::is_int:
    case IsKind::is_bool:
    case IsKind::list:
    case IsKind::object:
      return false;
  }
  return false;
}

bool is_of_kind(const Value& value, IsKind kind) {
  if (const std::string* text = value.string()) return is_of_kind(std::string_view(*text), kind);
  switch (kind) {
    case IsKind::null:
      return value.is_null();
    case IsKind::empty:
      return value.empty();
    case IsKind::is_true:
      return value.boolean() != nullptr && *value.boolean();
    case IsKind::is_false:
      return value.boolean() != nullptr && !*value.boolean();
    case IsKind::number:
      return value.kind() == Kind::number;
    case IsKind::is_int:
      return value.integer() != nullptr || value.big_integer() != nullptr;
    case IsKind::is_bool:
      return value.kind() == Kind::boolean;
    case IsKind::list:
      return value.kind() == Kind::list;
    case IsKind::object:
      return value.kind() == Kind::object;
    case IsKind::string:
    case IsKind::ip:
    case IsKind::ipv4:
    case IsKind::ipv6:
    case IsKind::public_ip:
    case IsKind::private_ip:
    case IsKind::loopback_ip:
      return false;
  }
  return false;
}

}  // namespace picket
