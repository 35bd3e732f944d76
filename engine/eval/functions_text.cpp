// Functions over strings.
#include <algorithm>
#include <optional>
#include <string_view>

#include "engine/eval/access.hpp"
#include "engine/eval/function_bodies.hpp"
#include "engine/pattern/pattern.hpp"
#include "grammar/text/unicode.hpp"

namespace picket::bodies {
namespace {

using Predicate = bool (*)(char32_t, std::string_view);

bool is_blank(char32_t code_point, std::string_view) { return is_white_space(code_point); }

bool is_among(char32_t code_point, std::string_view characters) {
  for (std::size_t at = 0; at < characters.size();) {
    if (next_code_point(characters, at) == code_point) return true;
  }
  return false;
}

// The offset of the code point that ends right before `end`. REQUIRES: end > 0.
std::size_t code_point_before(std::string_view text, std::size_t end) {
  do --end;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80);
  return end;
}

std::string_view trimmed_left(std::string_view text, Predicate drops, std::string_view characters) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (!drops(next_code_point(text, at), characters)) return text.substr(begin);
  }
  return {};
}

std::string_view trimmed_right(std::string_view text, Predicate drops, std::string_view characters) {
  while (!text.empty()) {
    const std::size_t begin = code_point_before(text, text.size());
    std::size_t at = begin;
    if (!drops(next_code_point(text, at), characters)) break;
    text = text.substr(0, begin);
  }
  return text;
}

enum class Side : std::uint8_t { both, left, right };

Value trim_sides(const Call& call, Side side) {
  const std::string_view characters = call.has(1) ? std::string_view(call.text(1)) : std::string_view();
  const Predicate drops = call.has(1) ? is_among : is_blank;
  std::string_view text = call.text(0);
  if (!call.budget.spend_on_bytes(text.size() + text.size() / 64 * characters.size())) return {};
  if (side != Side::right) text = trimmed_left(text, drops, characters);
  if (side != Side::left) text = trimmed_right(text, drops, characters);
  return text;
}

// The most cuts that `split` may make; nothing if the argument says no number. Less than none: as many as there are.
std::optional<std::size_t> most_cuts(const Call& call) {
  constexpr std::size_t unlimited = SIZE_MAX;
  if (!call.has(2)) return unlimited;
  const auto most = call.value(2).as_index();
  if (!most) return std::nullopt;
  return *most < 0 ? unlimited : static_cast<std::size_t>(*most);
}

Value split_words(std::string_view text, std::size_t cuts) {
  List parts;
  text = trimmed_left(text, is_blank, {});
  while (!text.empty()) {
    if (parts.size() == cuts) {
      parts.emplace_back(text);
      break;
    }
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size() && !is_white_space(next_code_point(text, at));) end = at;
    parts.emplace_back(text.substr(0, end));
    text = trimmed_left(text.substr(end), is_blank, {});
  }
  return parts;
}

Value split_at(std::string_view text, std::string_view separator, std::size_t cuts) {
  List parts;
  std::size_t begin = 0;
  while (parts.size() < cuts) {
    const std::size_t end = text.find(separator, begin);
    if (end == std::string_view::npos) break;
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + separator.size();
  }
  parts.emplace_back(text.substr(begin));
  return parts;
}

// Nothing if the result would be too long.
std::optional<std::string> replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = text.find(from, begin)) != std::string_view::npos; begin = end + from.size()) {
    out += text.substr(begin, end - begin);
    out += to;
    if (out.size() > longest_string) return std::nullopt;
  }
  out += text.substr(begin);
  return out;
}

// The group that `extract` is asked for; nothing if the regex has none such.
std::optional<std::size_t> asked_group(const Call& call) {
  const Regex& regex = *call.regex;
  if (!call.has(1)) return regex.group_count() > 0 ? 1 : 0;
  if (const auto* name = call.value(1).string()) return regex.group_named(*name);
  const auto number = call.value(1).as_index();
  if (!number || *number < 0 || static_cast<std::size_t>(*number) > regex.group_count()) return std::nullopt;
  return static_cast<std::size_t>(*number);
}

Value text_of(std::string_view subject, const Regex::Group& group) {
  return group.begin == Regex::npos ? Value() : Value(subject.substr(group.begin, group.end - group.begin));
}

}  // namespace

Value lower(const Call& call) { return to_lower(call.text(0)); }
Value upper(const Call& call) { return to_upper(call.text(0)); }
Value title(const Call& call) { return to_title(call.text(0)); }

Value split(const Call& call) {
  const auto cuts = most_cuts(call);
  if (!cuts || !call.budget.spend_on_bytes(call.text(0).size())) return List{};
  if (!call.has(1)) return split_words(call.text(0), *cuts);
  return call.text(1).empty() ? Value() : split_at(call.text(0), call.text(1), *cuts);
}

Value join(const Call& call) {
  std::string out;
  bool first = true;
  for (const Value& element : call.list(0)) {
    if (element.is_null()) continue;
    if (!first && call.has(1)) out += call.text(1);
    first = false;
    if (!call.budget.spend_on_value(element)) return {};
    out += to_text(element);
    if (out.size() > longest_string) return {};
  }
  return out;
}

Value trim(const Call& call) { return trim_sides(call, Side::both); }
Value ltrim(const Call& call) { return trim_sides(call, Side::left); }
Value rtrim(const Call& call) { return trim_sides(call, Side::right); }

Value replace(const Call& call) {
  if (call.text(1).empty()) return call.value(0);
  auto text = replaced(call.text(0), call.text(1), call.text(2));
  return text ? Value(std::move(*text)) : Value();
}

Value replace_re(const Call& call) {
  if (call.regex == nullptr || !call.budget.spend(call.text(0).size())) return {};
  auto text = call.regex->replace_all(call.text(0), call.text(1), longest_string);
  return text ? Value(std::move(*text)) : Value();
}

Value extract(const Call& call) {
  if (call.regex == nullptr || !call.budget.spend_on_bytes(call.text(0).size())) return {};
  const auto group = asked_group(call);
  if (!group) return {};
  const auto groups = call.regex->find(call.text(0));
  return groups.empty() ? Value() : text_of(call.text(0), groups[*group]);
}

constexpr std::size_t bytes_looked_at_per_step = 1024;

Value extract_all(const Call& call) {
  if (call.regex == nullptr) return List{};
  const auto group = asked_group(call);
  const std::string_view text = call.text(0);
  List found;
  for (std::size_t from = 0; group && from <= text.size();) {
    const auto groups = call.regex->find(text, from);
    // To find how far a match goes may take a look at all that is left: a cheap one, but for each match.
    const std::size_t left = (text.size() - from) / bytes_looked_at_per_step;
    if (groups.empty() || !call.budget.spend_on_bytes(groups[0].end - from) || !call.budget.spend(left)) break;
    found.push_back(text_of(text, groups[*group]));
    from = groups[0].end;
    // After an empty match the search goes on behind the next character.
    if (groups[0].begin == groups[0].end) from += std::max<std::size_t>(1, offset_of_code_point(text.substr(from), 1));
  }
  return found;
}

Value defang(const Call& call) {
  const auto scheme = replaced(call.text(0), "http", "hxxp");
  auto text = scheme ? replaced(*scheme, ".", "[.]") : std::nullopt;
  return text ? Value(std::move(*text)) : Value();
}

}  // namespace picket::bodies
