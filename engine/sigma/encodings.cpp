#include "engine/sigma/encodings.hpp"

#include <cstdint>
#include <utility>
#include <variant>

#include "engine/event/base64.hpp"
#include "engine/pattern/pattern.hpp"
#include "grammar/text/unicode.hpp"

namespace picket::sigma {

std::string to_utf16(std::string_view text, bool big_endian) {
  std::string bytes;
  bytes.reserve(text.size() * 2);
  const auto add = [&](std::uint32_t unit) {
    const char high = static_cast<char>(unit >> 8U);
    const char low = static_cast<char>(unit & 0xffU);
    bytes += big_endian ? high : low;
    bytes += big_endian ? low : high;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t code_point = next_code_point(text, at);
    if (code_point < 0x10000) {
      add(code_point);
    } else {
      add(0xd800 + ((code_point - 0x10000) >> 10U));
      add(0xdc00 + ((code_point - 0x10000) & 0x3ffU));
    }
  }
  return bytes;
}

std::array<std::string, 3> base64_offsets(std::string_view bytes) {
  // Letters of the first group that hold bits of the bytes before, and of the last group that hold bits of those after.
  constexpr std::array<std::size_t, 3> dependent_begin = {0, 2, 3};
  constexpr std::array<std::size_t, 3> dependent_end = {0, 3, 2};
  std::array<std::string, 3> offsets;
  for (std::size_t offset = 0; offset < offsets.size(); ++offset) {
    const std::string encoded = to_base64(std::string(offset, ' ') + std::string(bytes));
    const std::size_t begin = dependent_begin.at(offset);
    const std::size_t end = encoded.size() - dependent_end.at((bytes.size() + offset) % 3);
    if (end > begin) offsets.at(offset) = encoded.substr(begin, end - begin);
  }
  return offsets;
}

namespace {

constexpr std::array<std::string_view, 5> dashes = {"-", "/", "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\x95"};

// Whether the text begins with a character of words, as Python's regexes have them: letters and numbers of all scripts.
bool begins_with_word(std::string_view text) {
  static const Regex word = std::get<Regex>(Regex::compile(R"(\A[\p{L}\p{N}_])", {}));
  return word.found_in(text);
}

bool ends_with_word(std::string_view text) {
  constexpr std::size_t longest = 4;  // bytes of a character
  std::size_t begin = text.size();
  while (begin > 0 && text.size() - begin < longest) {
    --begin;
    const bool within = (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U;
    if (!within) break;
  }
  return begin < text.size() && begins_with_word(text.substr(begin));
}

// pySigma's `\B[-/]\b`: no word before it, one right behind it.
bool begins_option(std::string_view text, std::size_t at) {
  return (text[at] == '-' || text[at] == '/') && !ends_with_word(text.substr(0, at)) &&
         begins_with_word(text.substr(at + 1));
}

}  // namespace

std::vector<WildText> with_any_dash(const WildText& text, std::size_t most) {
  std::size_t count = 1;
  for (const WildText::Piece& piece : text.pieces()) {
    const auto* literal = std::get_if<std::string>(&piece);
    for (std::size_t at = 0; literal != nullptr && at < literal->size(); ++at) {
      if (begins_option(*literal, at) && count <= most) count *= dashes.size();
    }
  }
  std::vector<WildText> all(1);
  const auto append = [&all](const auto& what) {
    for (WildText& one : all) one.add(what);
  };
  const auto append_dash = [&] {
    if (count > most) return append(Wildcard::any_dash);
    std::vector<WildText> longer;
    for (const WildText& one : all) {
      for (const std::string_view dash : dashes) longer.emplace_back(one).add(dash);
    }
    all = std::move(longer);
  };
  for (const WildText::Piece& piece : text.pieces()) {
    const auto* literal = std::get_if<std::string>(&piece);
    if (literal == nullptr) {
      append(std::get<Wildcard>(piece));
      continue;
    }
    const std::string_view whole = *literal;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
      if (!begins_option(whole, at)) continue;
      append(whole.substr(begin, at - begin));
      append_dash();
      begin = at + 1;
    }
    append(whole.substr(begin));
  }
  return all;
}

}  // namespace picket::sigma
