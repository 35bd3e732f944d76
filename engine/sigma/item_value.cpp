#include "engine/sigma/item_value.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/event/base64.hpp"
#include "engine/event/json.hpp"
#include "engine/sigma/encodings.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/nearest.hpp"
#include "grammar/text/suggestion.hpp"
#include "grammar/text/unicode.hpp"

namespace picket::sigma {
namespace {

constexpr std::size_t most_texts = 4096;  // that one value may become
constexpr std::size_t most_dashed = 125;  // by `windash` alone

Diagnostic& say(const DetectionContext& context, Code code, SourceSpan span, std::string message, std::string help) {
  Diagnostic& diagnostic = context.diagnostics.add(code, context.source, span, std::move(message));
  diagnostic.help = std::move(help);
  return diagnostic;
}

// The value's texts, changed one by one; each may become several.
template <typename Change>
bool change_each(ItemValue& value, const DetectionContext& context, const Change& change) {
  std::vector<WildText> changed;
  for (const WildText& text : value.texts) {
    auto made = change(text);
    if (!made) return false;
    std::move(made->begin(), made->end(), std::back_inserter(changed));
    if (changed.size() > most_texts) {
      say(context, Code::bad_value, value.span,
          "the value stands for more than " + std::to_string(most_texts) + " texts", "write it without the modifier");
      return false;
    }
  }
  value.texts = std::move(changed);
  return true;
}

bool encode(ItemValue& value, Modifier modifier, const DetectionContext& context) {
  return change_each(value, context, [&](const WildText& text) -> std::optional<std::vector<WildText>> {
    const auto bytes = text.literal();
    if (!bytes) {
      say(context, Code::bad_value, value.span,
          "a wildcard has no place in a value that " + backquoted(row_of(modifier).spelling) + " encodes",
          "write `\\*` or `\\?` if the character is meant");
      return std::nullopt;
    }
    switch (modifier) {
      case Modifier::base64:
        return std::vector{WildText(to_base64(*bytes))};
      case Modifier::base64offset: {
        std::vector<WildText> offsets;
        for (const std::string& encoded : base64_offsets(*bytes)) {
          if (!encoded.empty()) offsets.emplace_back(encoded);
        }
        if (offsets.size() == 3) return offsets;
        say(context, Code::bad_value, value.span, "the value is too short to leave a trace of its own in Base64",
            "write at least three characters");
        return std::nullopt;
      }
      case Modifier::utf16be:
        return std::vector{WildText(to_utf16(*bytes, true))};
      case Modifier::utf16:
        return std::vector{WildText("\xff\xfe" + to_utf16(*bytes, false))};
      default:
        return std::vector{WildText(to_utf16(*bytes, false))};
    }
  });
}

// The texts that a placeholder stands for; nothing, with an error, for one that has no values.
const std::vector<std::string>* values_of(const std::string& name, const ItemValue& value,
                                          const DetectionContext& context) {
  const auto found = context.placeholders.find(name);
  if (found != context.placeholders.end() && !found->second.empty()) return &found->second;
  if (found != context.placeholders.end()) {
    say(context, Code::unresolved_placeholder, value.span, "the placeholder `%" + name + "%` has no values",
        "write some under `Placeholders`, where it is named");
    return nullptr;
  }
  Diagnostic& diagnostic = say(context, Code::unresolved_placeholder, value.span,
                               "nothing says what the placeholder `%" + name + "%` stands for",
                               "give it values under `Placeholders` of a file with `AnalysisType: log_sources`");
  std::vector<std::string> known;
  for (const auto& [one, values] : context.placeholders) known.push_back(one);
  if (const auto meant = nearest(name, std::span<const std::string>(known))) {
    diagnostic.help = did_you_mean("%" + *meant + "%");
  }
  return nullptr;
}

// Each of the texts with each of the values behind it, whose wildcards count.
std::vector<WildText> with_each(const std::vector<WildText>& texts, const std::vector<std::string>& values) {
  std::vector<WildText> longer;
  for (const WildText& text : texts) {
    for (const std::string& value : values) {
      WildText& made = longer.emplace_back(text);
      const WildText meant = WildText::parse(value);
      for (const WildText::Piece& part : meant.pieces()) {
        std::visit([&made](const auto& what) { made.add(what); }, part);
      }
    }
  }
  return longer;
}

// `%name%` in the literal parts.
std::optional<std::vector<WildText>> expanded(const WildText& text, const ItemValue& value,
                                              const DetectionContext& context) {
  std::vector<WildText> all(1);
  for (const WildText::Piece& piece : text.pieces()) {
    const auto* literal = std::get_if<std::string>(&piece);
    if (literal == nullptr) {
      for (WildText& one : all) one.add(std::get<Wildcard>(piece));
      continue;
    }
    std::size_t begin = 0;
    for (;;) {
      const std::size_t open = literal->find('%', begin);
      const std::size_t close = open == std::string::npos ? open : literal->find('%', open + 1);
      const bool named = close != std::string::npos && close > open + 1;
      const std::size_t end = named ? open : literal->size();
      for (WildText& one : all) one.add(std::string_view(*literal).substr(begin, end - begin));
      if (!named) break;
      const auto* values = values_of(literal->substr(open + 1, close - open - 1), value, context);
      if (values == nullptr) return std::nullopt;
      if (all.size() * values->size() > most_texts) {
        all.resize(most_texts + 1);  // too many, whatever they are
        return all;
      }
      all = with_each(all, *values);
      begin = close + 1;
    }
  }
  return all;
}

bool expand(ItemValue& value, Modifier modifier, const DetectionContext& context) {
  return change_each(value, context, [&](const WildText& text) -> std::optional<std::vector<WildText>> {
    if (modifier == Modifier::placeholders) return expanded(text, value, context);
    return with_any_dash(text, most_dashed);
  });
}

bool makes_utf16(Modifier modifier) {
  return row_of(modifier).role == ModifierRole::encode && modifier != Modifier::base64 &&
         modifier != Modifier::base64offset;
}

// By the core schema of YAML 1.2, which knows neither `_` within a number nor binary ones, and no sign before 0x and
// 0o, as the files of our own may have.
Value core_value(const yaml::Node& node) {
  Value value = node.value();
  if (value.kind() != Kind::number) return value;
  const std::string& text = node.scalar()->text;
  const bool has_sign = text.starts_with('-') || text.starts_with('+');
  const std::string_view digits = std::string_view(text).substr(has_sign ? 1 : 0);
  const bool has_base = digits.starts_with("0x") || digits.starts_with("0o");
  const bool is_number = !digits.starts_with("0b") && text.find('_') == std::string::npos && !(has_sign && has_base);
  return is_number ? value : Value(text);
}

}  // namespace

std::optional<std::vector<ItemValue>> read_values(const std::vector<yaml::NodePtr>& nodes, bool in_list,
                                                  const DetectionContext& context) {
  std::vector<ItemValue> values;
  bool sound = true;
  for (const yaml::NodePtr& node : nodes) {
    const yaml::Scalar* scalar = node->scalar();
    if (scalar == nullptr) {
      say(context, Code::wrong_type, node->span,
          "a value must be a text, a number, true, false or null, and this is " + std::string(node->kind_in_words()),
          "write one value, or a list of values");
      sound = false;
      continue;
    }
    ItemValue value{.scalar = core_value(*node), .written = scalar->text, .span = node->span, .texts = {}};
    if (value.scalar.is_null()) {
      if (in_list) {
        say(context, Code::bad_value, yaml::place_of(*context.source, *node, node->span),
            "null has no place in a list of values (Sigma specification 2.1)",
            "write a selection of its own for it, `field: null`, and join the two by `or`");
        sound = false;
        continue;
      }
    } else {
      value.texts.push_back(value.is_text() ? WildText::parse(scalar->text) : WildText(scalar->text));
    }
    values.push_back(std::move(value));
  }
  return sound ? std::optional(std::move(values)) : std::nullopt;
}

bool apply_changes(ItemValue& value, const std::vector<Modifier>& changes, const DetectionContext& context) {
  bool encoded = false;
  std::optional<Modifier> wide;  // what made UTF-16 of the text, which has no characters any more
  for (const Modifier modifier : changes) {
    if (wide && makes_utf16(modifier)) {
      say(context, Code::bad_modifier, value.span,
          backquoted(row_of(modifier).spelling) + " encodes characters, and " + backquoted(row_of(*wide).spelling) +
              " has made bytes of them",
          "take one of the two out");
      return false;
    }
    if (makes_utf16(modifier)) wide = modifier;
    if (modifier == Modifier::base64 || modifier == Modifier::base64offset) wide.reset();
    const bool encodes = row_of(modifier).role == ModifierRole::encode;
    encoded = encoded || encodes;
    if (!(encodes ? encode(value, modifier, context) : expand(value, modifier, context))) return false;
  }
  const bool is_text = std::all_of(value.texts.begin(), value.texts.end(),
                                   [](const WildText& text) { return !find_invalid_utf8(text.letters()); });
  if (encoded && !is_text) {
    say(context, Code::bad_modifier, value.span, "these bytes are no text, and stand in no field as they are",
        "encode them further, with `base64offset` behind them");
  }
  return is_text;
}

}  // namespace picket::sigma
