#include "engine/html/html.hpp"

#include <array>
#include <optional>

#include "grammar/text/ascii.hpp"
#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

// What may stand in HTML as it is, of ASCII.
constexpr std::array<bool, 256> make_plain() {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x7f; ++c) plain.at(c) = true;
  for (const char c : {'&', '<', '>', '"', '\''}) plain.at(static_cast<unsigned char>(c)) = false;
  plain['\n'] = plain['\t'] = true;
  return plain;
}
constexpr std::array<bool, 256> plain = make_plain();

std::string_view entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return "&#39;";
  }
}

// Format characters that have no picture of their own, and turn or hide what has (Unicode UAX 9, general category Cf).
bool is_unseen(char32_t c) {
  return c == 0xad || c == 0x61c || c == 0x180e || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe0fff);
}
bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0); }

std::string code_of(char32_t c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string code;
  for (int shift = c > 0xffff ? 16 : 12; shift >= 0; shift -= 4) code += digits[(c >> shift) & 0xf];
  return "U+" + code;
}

constexpr std::string_view replacement = "\xef\xbf\xbd";

// The next code point, or nothing for a byte that begins none, which is then passed alone.
std::optional<char32_t> next_or_nothing(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (find_invalid_utf8(text.substr(at, length))) {
    ++at;
    return std::nullopt;
  }
  return next_code_point(text, at);
}

// Calls `odd` with each code point that is not simply copied; nothing stands for a byte that is no UTF-8.
template <typename Odd>
void escape(std::string& out, std::string_view text, Odd odd) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at;
    while (end < text.size() && plain[static_cast<unsigned char>(text[end])]) ++end;
    out.append(text, at, end - at);
    at = end;
    if (at == text.size()) return;
    if (static_cast<unsigned char>(text[at]) < 0x80 && !is_control(static_cast<unsigned char>(text[at]))) {
      out += entity_of(text[at++]);
      continue;
    }
    const std::size_t begin = at;
    const std::optional<char32_t> c = next_or_nothing(text, at);
    if (c && !is_unseen(*c) && !is_control(*c)) {
      out.append(text, begin, at - begin);
    } else {
      odd(c, text.substr(begin, at - begin));
    }
  }
}

bool is_path_byte(char c) {
  return is_letter_or_digit(c) || std::string_view("-._~/#").find(c) != std::string_view::npos;
}

bool begins_with_scheme(std::string_view text, std::string_view scheme) {
  return text.size() > scheme.size() && ascii_equal_folded(text.substr(0, scheme.size()), scheme);
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  escape(out, text, [&out](std::optional<char32_t> c, std::string_view) {
    if (!c || is_control(*c)) {
      out += replacement;
    } else {
      out += "[" + code_of(*c) + "]";
    }
  });
}

bool Url::is_safe(std::string_view text) {
  const bool scheme = begins_with_scheme(text, "https://") || begins_with_scheme(text, "http://") ||
                      begins_with_scheme(text, "mailto:");
  if (!scheme || find_invalid_utf8(text)) return false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c == ' ' || is_control(c) || is_unseen(c)) return false;
  }
  return true;
}

Url Url::outside(std::string_view text) { return Url(std::string(text)); }

Url Url::within(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (const char c : path) {
    if (is_path_byte(c)) {
      text += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      text += {'%', digits[byte >> 4], digits[byte & 0xf]};
    }
  }
  return Url(std::move(text));
}

void Html::put(const UrlAttribute& attribute) {
  text_ += " ";
  text_ += attribute.name;
  text_ += "=\"";
  append_escaped(text_, attribute.url.text());
  text_ += "\"";
}

Html& Html::open_link(const Url& url, std::string_view classes) {
  text_ += "<a";
  put(href(url));
  if (!classes.empty()) add(R"( class=")"_html, classes, R"(")"_html);
  if (Url::is_safe(url.text())) text_ += " rel=\"noreferrer\"";
  text_ += ">";
  return *this;
}

Html& Html::verbatim(std::string_view text) {
  escape(text_, text, [this](std::optional<char32_t> c, std::string_view bytes) {
    // A parser of HTML would make a newline of a carriage return, and drops a NUL.
    if (!c || *c == 0 || (is_control(*c) && *c != '\r')) {
      text_ += replacement;
    } else if (*c == '\r') {
      text_ += "&#13;";
    } else {
      text_ += R"(<span class="unseen" data-code=")" + code_of(*c) + "\">";
      text_ += bytes;
      text_ += "</span>";
    }
  });
  return *this;
}

void Html::put(std::string_view text) { append_escaped(text_, text); }

}  // namespace picket
