// Case by ICU.
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "engine/pattern/pattern.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

// A text of 2 GiB or more is beyond ICU's lengths and stays as it is.
template <typename Mapping>
std::string mapped(std::string_view text, const Mapping& mapping) {
  if (text.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) return std::string(text);
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
  UErrorCode error = U_ZERO_ERROR;
  mapping(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, error);
  return U_SUCCESS(error) ? out : std::string(text);
}

}  // namespace

char32_t fold_case(char32_t code_point) {
  return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(code_point), U_FOLD_CASE_DEFAULT));
}

std::string fold_case(std::string_view text) {
  std::string out;
  append_folded(text, out);
  return out;
}

void append_folded(std::string_view text, std::string& out) {
  out.reserve(out.size() + text.size());
  const auto is_ascii = [](char byte) { return static_cast<unsigned char>(byte) < 0x80; };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    while (i < text.size() && is_ascii(text[i])) ++i;
    const auto folded = static_cast<std::ptrdiff_t>(out.size());
    out.append(text, begin, i - begin);
    std::transform(out.begin() + folded, out.end(), out.begin() + folded, [](char byte) { return ascii_lower(byte); });
    if (i < text.size()) append_utf8(out, fold_case(next_code_point(text, i)));
  }
}

namespace {

// Behind the part of `a` whose folded form is that of `b`; nothing if there is none.
std::optional<std::size_t> skip_folded(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (j < b.size()) {
    if (i >= a.size() || fold_case(next_code_point(a, i)) != fold_case(next_code_point(b, j))) return std::nullopt;
  }
  return i;
}

bool begins_code_point(char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80; }

}  // namespace

bool equal_folded(std::string_view a, std::string_view b) { return skip_folded(a, b) == a.size(); }

bool starts_with_folded(std::string_view text, std::string_view affix) { return skip_folded(text, affix).has_value(); }

bool ends_with_folded(std::string_view text, std::string_view affix) {
  // Folding takes code point for code point, though not byte for byte.
  auto left = std::count_if(affix.begin(), affix.end(), begins_code_point);
  std::size_t begin = text.size();
  while (left > 0 && begin > 0) left -= begins_code_point(text[--begin]) ? 1 : 0;
  return left == 0 && equal_folded(text.substr(begin), affix);
}

std::string to_lower(std::string_view text) {
  return mapped(text, [](icu::StringPiece from, icu::ByteSink& to, UErrorCode& error) {
    icu::CaseMap::utf8ToLower("", 0, from, to, nullptr, error);
  });
}

std::string to_upper(std::string_view text) {
  return mapped(text, [](icu::StringPiece from, icu::ByteSink& to, UErrorCode& error) {
    icu::CaseMap::utf8ToUpper("", 0, from, to, nullptr, error);
  });
}

bool is_white_space(char32_t code_point) { return u_isUWhiteSpace(static_cast<UChar32>(code_point)) != 0; }

}  // namespace picket
