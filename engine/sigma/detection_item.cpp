#include "engine/sigma/detection_item.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>
#include <variant>

#include "engine/pattern/pattern.hpp"
#include "engine/sigma/expressions.hpp"
#include "engine/sigma/item_slips.hpp"
#include "engine/sigma/item_value.hpp"
#include "engine/sigma/modifiers.hpp"
#include "engine/sigma/questions.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/backquoted.hpp"

namespace picket::sigma {
namespace {

// The part of a time by strftime's letter, and what it may be.
struct TimePart {
  Modifier modifier;
  char format;
  std::int64_t least;
  std::int64_t most;
};
constexpr std::array<TimePart, 6> time_parts = {{{Modifier::minute, 'M', 0, 59},
                                                 {Modifier::hour, 'H', 0, 23},
                                                 {Modifier::day, 'd', 1, 31},
                                                 {Modifier::week, 'V', 1, 53},
                                                 {Modifier::month, 'm', 1, 12},
                                                 {Modifier::year, 'Y', 1, 9999}}};

Op order_of(Modifier modifier) {
  switch (modifier) {
    case Modifier::lt:
      return Op::lt;
    case Modifier::lte:
      return Op::le;
    case Modifier::gt:
      return Op::gt;
    default:
      return Op::ge;
  }
}

// Whether a text that must hold one of these can be a number or a bool as JSON writes it.
bool may_be_in_number(const RequiredTexts& required) {
  const auto may = [](const std::string& text) { return WildText(text).may_fit_a_number_or_bool(); };
  if (!std::all_of(required.each.begin(), required.each.end(), may)) return false;
  return required.any.empty() || std::any_of(required.any.begin(), required.any.end(), may);
}

class ItemReader {
 public:
  ItemReader(ItemKey key, std::vector<ItemValue> values, SourceSpan span, const DetectionContext& context)
      : key_(std::move(key)), values_(std::move(values)), span_(span), context_(context) {}

  std::optional<Expr> read() {
    if (!check_counts()) return std::nullopt;
    for (ItemValue& value : values_) sound_ = apply_changes(value, key_.changes, context_) && sound_;
    if (!sound_) return std::nullopt;
    std::optional<Expr> expr = questions();
    if (!expr) return std::nullopt;
    if (key_.negated) expr = negation(*std::move(expr), span_);
    return item(*std::move(expr),
                {.role = WrittenItem::Role::part,
                 .fields = told_fields(),
                 .values = told_values(),
                 .slips = slips_of(key_, context_.source)},
                span_);
  }

 private:
  Diagnostic& say(Code code, SourceSpan span, std::string message, std::string help) {
    sound_ = false;
    Diagnostic& diagnostic = context_.diagnostics.add(code, context_.source, span, std::move(message));
    diagnostic.help = std::move(help);
    return diagnostic;
  }

  bool check_counts() {
    if (values_.empty()) {
      say(Code::bad_value, span_, "the list of values is empty: nothing could ever fit", "write at least one value");
      return false;
    }
    if (key_.all && values_.size() == 1) {
      say(Code::bad_modifier, key_.span, "`all` is for lists of values, and this is one (Sigma specification 2.1)",
          "take `|all` out, or write more values");
      return false;
    }
    return true;
  }

  [[nodiscard]] Asked asked(SourceSpan span) const {
    if (!key_.field.empty()) return {.places = context_.fields.of(key_.field, span), .span = span};
    return {.places = {{.path = {EachExpr{.base = Expr{EventExpr{}, span}, .deep = true}, span},
                        .of_elements = true,
                        .computed = false,
                        .when = {}}},
            .span = span};
  }

  // The fields whose values tell why the item says what it does; of words that stand anywhere none does.
  [[nodiscard]] std::vector<WrittenItem::Field> told_fields() const {
    std::vector<WrittenItem::Field> fields;
    if (key_.field.empty() || key_.compare == Modifier::exists) return fields;
    for (Place& place : context_.fields.of(key_.field, span_)) fields.push_back({.value = std::move(place.path)});
    return fields;
  }

  [[nodiscard]] std::vector<Expr> told_values() const {
    std::vector<Expr> values;
    if (values_.size() < 2) return values;
    for (const ItemValue& value : values_) {
      values.push_back(value.is_text() ? text_of(value.written, value.span) : literal_of(value.scalar, value.span));
    }
    return values;
  }

  // Any of the values, or all of them.
  std::optional<Expr> questions() {
    if (key_.part) return time_part();
    if (!key_.compare) return texts();
    switch (*key_.compare) {
      case Modifier::re:
        return regexes();
      case Modifier::cidr:
        return networks();
      case Modifier::exists:
        return exists();
      case Modifier::fieldref:
        return each([&](const ItemValue& value) { return field_reference(value); });
      case Modifier::lt:
      case Modifier::lte:
      case Modifier::gt:
      case Modifier::gte:
        return each([&](const ItemValue& value) -> std::optional<Expr> {
          if (!is_number(value)) return std::nullopt;
          return is_in_order(asked(value.span), order_of(*key_.compare), value.scalar);
        });
      default:
        return texts();
    }
  }

  template <typename Ask>
  std::optional<Expr> each(const Ask& ask) {
    std::vector<Expr> asked;
    for (const ItemValue& value : values_) {
      if (auto expr = ask(value)) asked.push_back(*std::move(expr));
    }
    if (!sound_) return std::nullopt;
    return joined(key_.all ? Connective::conjunction : Connective::disjunction, std::move(asked), span_);
  }

  std::optional<Expr> texts() {
    if (key_.all) return each([&](const ItemValue& value) { return texts_of({&value, 1}, value.span); });
    return texts_of(values_, span_);
  }

  std::optional<Expr> texts_of(std::span<const ItemValue> values, SourceSpan span) {
    if (values.front().scalar.is_null()) {
      if (!key_.compare && key_.changes.empty() && !key_.field.empty()) return is_null(asked(span));
      say(Code::bad_value, values.front().span, "null is no text, and has no part of one",
          "write `''` for an empty text, or `field: null` for a field that is not there");
      return std::nullopt;
    }
    Wanted wanted{.texts = {}, .constants = {}, .cased = key_.cased};
    for (const ItemValue& value : values) {
      // Words that stand anywhere in the event stand within its texts.
      const bool within = key_.compare == Modifier::contains || (key_.field.empty() && !key_.compare);
      for (WildText text : value.texts) {
        if (within || key_.compare == Modifier::endswith) text.open_begin();
        if (within || key_.compare == Modifier::startswith) text.open_end();
        wanted.texts.push_back({std::move(text), value.span});
      }
      if (!within && !key_.compare && key_.changes.empty() && !value.is_text()) add_constant(value, wanted);
    }
    return is_wanted(asked(span), wanted);
  }

  // A number by its value, whichever way it is written, `0x17` and `23` alike.
  static void add_constant(const ItemValue& value, Wanted& wanted) {
    wanted.constants.push_back({value.scalar, value.span});
    const std::string canonical = value.scalar.kind() == Kind::number ? to_json(value.scalar) : value.written;
    if (canonical != value.written) wanted.texts.push_back({WildText(canonical), value.span});
  }

  std::optional<Expr> regexes() {
    bool plain = true;
    std::vector<Located<std::string>> written;
    for (const ItemValue& value : values_) {
      if (value.scalar.is_null()) {
        say(Code::bad_value, value.span, "null is no regex", "write the regex in quotes");
        continue;
      }
      const std::string regex = (key_.regex_flags.empty() ? "" : "(?" + key_.regex_flags + ")") + value.written;
      auto compiled = Regex::compile(regex, {});
      if (const auto* error = std::get_if<PatternError>(&compiled)) {
        say(Code::bad_regex, value.span, "the regex is not well formed: " + error->reason,
            "Picket's regexes are RE2's: no look-around, no back-references, at most 1,000 repetitions");
        continue;
      }
      if (may_be_in_number(std::get<Regex>(compiled).required_texts())) plain = false;
      written.push_back({regex, value.span});
    }
    if (!sound_) return std::nullopt;
    if (!key_.all) return is_found(asked(span_), written, plain);
    std::vector<Expr> all;
    for (const Located<std::string>& regex : written) all.push_back(is_found(asked(regex.span), {regex}, plain));
    return joined(Connective::conjunction, std::move(all), span_);
  }

  std::optional<Expr> networks() {
    std::vector<Located<std::string>> networks;
    for (const ItemValue& value : values_) {
      if (check_network(value)) networks.push_back({value.written, value.span});
    }
    if (!sound_) return std::nullopt;
    if (!key_.all) return is_in_networks(asked(span_), networks);
    std::vector<Expr> all;
    for (const Located<std::string>& network : networks) all.push_back(is_in_networks(asked(network.span), {network}));
    return joined(Connective::conjunction, std::move(all), span_);
  }

  bool check_network(const ItemValue& value) {
    const auto network = Network::parse(value.written);
    if (!network) {
      say(Code::bad_cidr, value.span, backquoted(value.written) + " is no network", "write one like `10.0.0.0/8`");
      return false;
    }
    const auto address = IpAddress::parse(value.written.substr(0, value.written.find('/')));
    const bool strict =
        address && std::equal(std::begin(address->bytes), std::end(address->bytes), std::begin(network->address.bytes));
    if (!strict) {
      say(Code::bad_cidr, value.span, backquoted(value.written) + " has bits behind its prefix",
          "write the address of the network: those bits are 0");
    }
    return strict;
  }

  std::optional<Expr> exists() {
    const ItemValue& value = values_.front();
    if (values_.size() > 1 || value.scalar.boolean() == nullptr) {
      say(Code::bad_value, value.span, "`exists` is `true` or `false`", "write `" + key_.field + "|exists: true`");
      return std::nullopt;
    }
    Expr there = has_key(asked(span_));
    return *value.scalar.boolean() ? there : negation(std::move(there), span_);
  }

  std::optional<Expr> field_reference(const ItemValue& value) {
    if (!value.is_text() || value.written.empty()) {
      say(Code::bad_value, value.span, "the value of `fieldref` is the name of a field", "write its name");
      return std::nullopt;
    }
    const Op op = key_.affix == Modifier::contains     ? Op::contains
                  : key_.affix == Modifier::startswith ? Op::starts_with
                  : key_.affix == Modifier::endswith   ? Op::ends_with
                                                       : Op::eq;
    const Asked other{.places = context_.fields.of(value.written, value.span), .span = value.span};
    return is_like_field(asked(value.span), other, op, key_.cased);
  }

  bool is_number(const ItemValue& value) {
    if (value.scalar.kind() == Kind::number) return true;
    say(Code::bad_value, value.span, "a number must stand here, and this is " + backquoted(value.written),
        value.is_text() && Value::from_number(value.written) ? "take the quotes away" : "write a number");
    return false;
  }

  std::optional<Expr> time_part() {
    const auto* const part = std::find_if(time_parts.begin(), time_parts.end(),
                                          [&](const TimePart& one) { return one.modifier == *key_.part; });
    std::vector<Located<Value>> numbers;
    for (const ItemValue& value : values_) {
      if (!is_number(value)) continue;
      const auto whole = value.scalar.as_index();
      if (!whole || *whole < part->least || *whole > part->most) {
        say(Code::bad_value, value.span,
            "`" + std::string(row_of(part->modifier).spelling) + "` is a whole number from " +
                std::to_string(part->least) + " to " + std::to_string(part->most),
            "write such a number");
        continue;
      }
      numbers.push_back({value.scalar, value.span});
    }
    if (!sound_) return std::nullopt;
    const Op op = key_.compare ? order_of(*key_.compare) : Op::eq;
    if (!key_.all && !key_.compare) return has_time_part(asked(span_), part->format, op, numbers);
    return each([&](const ItemValue& value) {
      return std::optional(has_time_part(asked(value.span), part->format, op, {{value.scalar, value.span}}));
    });
  }

  ItemKey key_;
  std::vector<ItemValue> values_;
  SourceSpan span_;
  const DetectionContext& context_;
  bool sound_ = true;  // all that is wrong with the values is said at once
};

}  // namespace

std::optional<Expr> read_detection_item(const yaml::Mapping::Entry& entry, const DetectionContext& context) {
  auto key = read_item_key(context.source, entry, context.diagnostics);
  const yaml::Sequence* list = entry.value->sequence();
  auto values = read_values(list != nullptr ? list->items : std::vector{entry.value}, list != nullptr, context);
  if (!key || !values) return std::nullopt;
  const SourceSpan span = cover(entry.key_span, entry.value->span);
  return ItemReader(*std::move(key), *std::move(values), span, context).read();
}

std::optional<Expr> read_keywords(const std::vector<yaml::NodePtr>& nodes, SourceSpan span,
                                  const DetectionContext& context) {
  auto values = read_values(nodes, nodes.size() > 1, context);
  if (!values) return std::nullopt;
  ItemKey key;
  key.span = span;
  return ItemReader(std::move(key), *std::move(values), span, context).read();
}

}  // namespace picket::sigma
