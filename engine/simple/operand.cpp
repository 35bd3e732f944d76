#include "engine/simple/operand.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/pattern/pattern.hpp"
#include "grammar/text/backquoted.hpp"

namespace picket::simple {
namespace {

constexpr std::array<std::string_view, 3> operand_keys = {"Value", "Values", "Expressions"};

// The key that holds the operand, and how to write it.
struct Form {
  std::string_view key;
  std::string_view wants;
};

Form form_of(ConditionOperand operand) {
  switch (operand) {
    case ConditionOperand::scalar:
      return {"Value", "a string, a number, `true` or `false`"};
    case ConditionOperand::text:
      return {"Value", "a string"};
    case ConditionOperand::number:
      return {"Value", "a number"};
    case ConditionOperand::network:
      return {"Value", "a network such as `10.0.0.0/8`"};
    case ConditionOperand::address:
      return {"Value", "an address such as `10.0.0.1`"};
    case ConditionOperand::values:
      return {"Values", "a list of strings, or of numbers"};
    case ConditionOperand::expressions:
      return {"Expressions", "a list of expressions about an element"};
    case ConditionOperand::none:
      return {"Value", "`true` or `false`"};
    case ConditionOperand::nothing:
      break;
  }
  return {"", "nothing"};
}

bool fits(ConditionOperand operand, const Value& value) {
  switch (operand) {
    case ConditionOperand::scalar:
      return value.string() != nullptr || value.boolean() != nullptr || value.kind() == Kind::number;
    case ConditionOperand::text:
    case ConditionOperand::network:
    case ConditionOperand::address:
      return value.string() != nullptr;
    case ConditionOperand::number:
      return value.kind() == Kind::number;
    case ConditionOperand::none:
      return value.boolean() != nullptr;
    case ConditionOperand::values:
    case ConditionOperand::expressions:
    case ConditionOperand::nothing:
      break;
  }
  return false;
}

class OperandReader {
 public:
  OperandReader(const Reading& reading, const yaml::Mapping& mapping, const ConditionRow& row,
                const ConditionPlaces& places)
      : reading_(reading), mapping_(mapping), row_(row), places_(places), form_(form_of(row.operand)) {}

  std::optional<ReadOperand> read() const {
    const auto only = only_entry();
    if (!only) return std::nullopt;
    const yaml::Mapping::Entry* entry = *only;
    if (entry == nullptr && row_.operand == ConditionOperand::none) return ReadOperand{};
    if (entry == nullptr) {
      reading_.say(Code::wrong_operand, places_.condition, name() + " lacks its " + backquoted(form_.key),
                   "write `" + std::string(form_.key) + ": …`, " + std::string(form_.wants));
      return std::nullopt;
    }
    if (row_.operand == ConditionOperand::values) return read_values(*entry);
    if (row_.operand == ConditionOperand::expressions) {
      if (entry->value->sequence() == nullptr || !entry->value->sequence()->items.empty()) return ReadOperand{};
      reading_.say(Code::bad_value, reading_.place(*entry->value, entry->key_span), "`Expressions` is empty",
                   "write what is asked of an element");
      return std::nullopt;
    }
    return read_value(*entry);
  }

 private:
  [[nodiscard]] std::string name() const { return backquoted(row_.spelling); }

  // The operand's entry, null if there is none; nothing, with an error, if another is there.
  std::optional<const yaml::Mapping::Entry*> only_entry() const {
    const yaml::Mapping::Entry* found = nullptr;
    for (const std::string_view key : operand_keys) {
      const auto* entry = mapping_.find(key);
      if (entry == nullptr) continue;
      if (found != nullptr) {
        reading_.conflict(*found, *entry, name() + " takes " + backquoted(form_.key) + "; take the other out");
        return std::nullopt;
      }
      found = entry;
    }
    if (found == nullptr || found->key == form_.key) return found;
    Diagnostic& diagnostic = reading_.say(Code::wrong_operand, found->key_span,
                                          name() + " takes no " + backquoted(found->key) + ", but " +
                                              backquoted(form_.key) + ", " + std::string(form_.wants),
                                          "write `" + std::string(form_.key) + ": …`");
    suggest_for(*found, diagnostic);
    return std::nullopt;
  }

  // `Value: x` of IsIn, `Values: [x]` of Equals.
  void suggest_for(const yaml::Mapping::Entry& entry, Diagnostic& diagnostic) const {
    if (row_.operand == ConditionOperand::none) diagnostic.help = "take it out";
    if (row_.operand != ConditionOperand::scalar || entry.key != "Values") return;
    diagnostic.help =
        "to compare with several values write `Condition: " + std::string(row_.negated ? "IsNotIn" : "IsIn") +
        "`, if equality is meant";
  }

  std::optional<ReadOperand> read_value(const yaml::Mapping::Entry& entry) const {
    const yaml::Node& node = *entry.value;
    const Value value = node.scalar() != nullptr ? node.value() : Value();
    if (!fits(row_.operand, value)) {
      Diagnostic& diagnostic = reading_.say(
          Code::wrong_operand, reading_.place(node, entry.key_span),
          name() + " compares with " + std::string(form_.wants) + ", and this is " + std::string(node.kind_in_words()));
      if (row_.operand == ConditionOperand::none) {
        diagnostic.message = name() + " compares with nothing, and this is " + std::string(node.kind_in_words());
        diagnostic.help = "take the `Value` out";
      } else if (row_.operand == ConditionOperand::text && node.scalar() != nullptr &&
                 node.span.begin != node.span.end) {
        diagnostic.help = "put it in quotes";
        diagnostic.fixes.push_back({"put it in quotes", node.span, "\"" + node.scalar()->text + "\""});
      }
      return std::nullopt;
    }
    if (row_.operand == ConditionOperand::none) return ReadOperand{std::nullopt, *value.boolean()};
    if (row_.operand == ConditionOperand::network && !Network::parse(*value.string())) {
      bad_network(node, "is no network", "write an address, or a network such as 10.0.0.0/8 or 2001:db8::/32");
      return std::nullopt;
    }
    if (row_.operand == ConditionOperand::address && !IpAddress::parse(*value.string())) {
      bad_network(node, "is no address", "write an address such as 10.0.0.1 or 2001:db8::1");
      return std::nullopt;
    }
    return ReadOperand{literal_of(node)};
  }

  void bad_network(const yaml::Node& node, std::string_view what, std::string help) const {
    reading_.say(Code::bad_cidr, node.span, backquoted(node.scalar()->text) + " " + std::string(what), std::move(help));
  }

  std::optional<ReadOperand> read_values(const yaml::Mapping::Entry& entry) const {
    const yaml::Sequence* list = reading_.list(entry);
    if (list == nullptr) return std::nullopt;
    if (list->items.empty()) {
      reading_.say(Code::bad_value, reading_.place(*entry.value, entry.key_span), "`Values` is empty",
                   "write the values that are meant");
      return std::nullopt;
    }
    ListExpr literals;
    std::optional<Kind> kind;
    for (const yaml::NodePtr& item : list->items) {
      auto literal = literal_of(*item);
      const Kind own = literal ? item->value().kind() : Kind::null;
      if (!literal || own != kind.value_or(own)) {
        reading_.say(Code::wrong_type, reading_.place(*item, entry.key_span),
                     "`Values` are strings, numbers or bools, all of one kind, and this is " +
                         std::string(item->kind_in_words()));
        return std::nullopt;
      }
      kind = own;
      literals.items.push_back({false, *std::move(literal)});
    }
    return ReadOperand{Expr{std::move(literals), entry.value->span}};
  }

  const Reading& reading_;
  const yaml::Mapping& mapping_;
  const ConditionRow& row_;
  const ConditionPlaces& places_;
  Form form_;
};

}  // namespace

std::optional<ReadOperand> read_operand(const Reading& reading, const yaml::Mapping& mapping, const ConditionRow& row,
                                        const ConditionPlaces& places) {
  return OperandReader(reading, mapping, row, places).read();
}

}  // namespace picket::simple
