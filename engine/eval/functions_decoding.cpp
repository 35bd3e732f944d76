// Functions that decode: JSON, Base64, URLs, shell words.
#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/eval/function_bodies.hpp"
#include "engine/event/json.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/unicode.hpp"

namespace picket::bodies {
namespace {

// The six bits of a character of either alphabet of RFC 4648; -1 for another.
int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

std::optional<std::string> decode_base64(std::string_view text) {
  const std::size_t end = text.find_last_not_of('=') + 1;  // 0 if there is nothing else
  const std::size_t padding = text.size() - end;
  if (padding > 2 || (padding > 0 && text.size() % 4 != 0)) return std::nullopt;
  text = text.substr(0, end);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const int digit = base64_digit(c);
    if (digit < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>((bits >> count) & 0xFF);
  }
  return out;
}

// Decoded text, if it is UTF-8.
std::optional<std::string> decode_base64_text(std::string_view text) {
  auto decoded = decode_base64(text);
  if (!decoded || find_invalid_utf8(*decoded)) return std::nullopt;
  return decoded;
}

bool is_printable(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool layout = c == U'\t' || c == U'\n' || c == U'\r';
    if ((c < 0x20 && !layout) || (c >= 0x7F && c < 0xA0)) return false;
  }
  return true;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Percent-encoding and `+`; a `%` without two digits is an ordinary character. Nothing if the result is not UTF-8.
std::optional<std::string> decode_url_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  if (find_invalid_utf8(out)) return std::nullopt;
  return out;
}

// Takes off and returns what stands before the first of the given characters, or all of the text.
std::string_view take_until(std::string_view& text, std::string_view characters) {
  const std::size_t end = std::min(text.find_first_of(characters), text.size());
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(end);
  return taken;
}

// The parts of RFC 3986, appendix B, whose regex is `^(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?`.
struct UrlParts {
  std::optional<std::string_view> scheme;
  std::optional<std::string_view> authority;
  std::string_view path;
  std::optional<std::string_view> query;
  std::optional<std::string_view> fragment;
};

UrlParts url_parts(std::string_view text) {
  UrlParts parts;
  std::string_view rest = text;
  const std::string_view scheme = take_until(rest, ":/?#");
  if (!scheme.empty() && rest.starts_with(':')) {
    parts.scheme = scheme;
    rest.remove_prefix(1);
  } else {
    rest = text;
  }
  if (rest.starts_with("//")) {
    rest.remove_prefix(2);
    parts.authority = take_until(rest, "/?#");
  }
  parts.path = take_until(rest, "?#");
  if (rest.starts_with('?')) {
    rest.remove_prefix(1);
    parts.query = take_until(rest, "#");
  }
  if (rest.starts_with('#')) parts.fragment = rest.substr(1);
  return parts;
}

void set_authority(Object& url, std::string_view authority) {
  const std::size_t at = authority.rfind('@');
  if (at != std::string_view::npos) authority.remove_prefix(at + 1);
  std::string_view host = authority;
  std::string_view port;
  // A colon within the brackets of an IPv6 address begins no port.
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.rfind(':');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    host = authority.substr(0, colon);
    port = authority.substr(colon + 1);
  }
  if (host.size() > 2 && host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (!host.empty()) url.set("host", ascii_lower(std::string(host)));
  const bool digits =
      !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string_view::npos;
  if (const int number = digits ? std::stoi(std::string(port)) : 65536; number <= 65535) url.set("port", number);
}

// Names and values; a name that comes again has the list of its values.
Value query_of(std::string_view query) {
  std::map<std::string, List> values;
  std::vector<const std::string*> in_order;
  while (!query.empty()) {
    std::string_view pair = take_until(query, "&");
    if (!query.empty()) query.remove_prefix(1);
    if (pair.empty()) continue;
    const auto name = decode_url_text(take_until(pair, "="));
    const auto text = decode_url_text(pair.substr(pair.empty() ? 0 : 1));
    if (!name || !text) continue;
    const auto [of_name, is_new] = values.try_emplace(*name);
    if (is_new) in_order.push_back(&of_name->first);
    of_name->second.emplace_back(*text);
  }
  Object names;
  for (const std::string* name : in_order) {
    List& of_name = values.at(*name);
    names.set(*name, of_name.size() == 1 ? std::move(of_name.front()) : Value(std::move(of_name)));
  }
  return names;
}

// Splits by the rules of a POSIX shell's quotes, as Python's shlex.split does. Reads the text from its front.
class ShellReader {
 public:
  explicit ShellReader(std::string_view text) : text_(text) {}

  // Nothing if a quote is left open or a backslash quotes nothing.
  std::optional<List> words() {
    List words;
    for (;;) {
      while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
      if (at_ == text_.size()) return words;
      std::string word;
      if (!read_word(word)) return std::nullopt;
      words.emplace_back(std::move(word));
    }
  }

 private:
  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

  bool read_word(std::string& word) {
    while (at_ < text_.size() && !is_blank(text_[at_])) {
      const char c = text_[at_++];
      if (c == '\'') {
        const std::size_t end = text_.find('\'', at_);
        if (end == std::string_view::npos) return false;
        word += text_.substr(at_, end - at_);
        at_ = end + 1;
      } else if (c == '"') {
        if (!read_double_quoted(word)) return false;
      } else if (c == '\\') {
        if (at_ == text_.size()) return false;
        word += text_[at_++];
      } else {
        word += c;
      }
    }
    return true;
  }

  // Behind the opening quote. A backslash quotes another one and the quote, and else stands for itself.
  bool read_double_quoted(std::string& word) {
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') return true;
      if (c == '\\' && at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\\')) {
        word += text_[at_++];
      } else {
        word += c;
      }
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Value json(const Call& call) {
  const auto* text = call.value(0).string();
  if (text == nullptr) return call.value(0);
  if (!call.budget.spend_on_bytes(text->size())) return {};
  auto read = read_json(*text);
  auto* value = std::get_if<Value>(&read);
  return value == nullptr ? Value() : std::move(*value);
}

Value to_json(const Call& call) {
  if (!call.budget.spend_on_value(call.value(0))) return {};
  return picket::to_json(call.value(0));
}

Value base64(const Call& call) {
  auto text = decode_base64_text(call.text(0));
  return text ? Value(std::move(*text)) : Value();
}

Value base64_text(const Call& call) {
  constexpr std::int64_t usual_length = 20;
  const auto least = call.has(1) ? call.value(1).as_index() : usual_length;
  const std::string& written = call.text(0);
  if (!least || written.empty() || static_cast<std::int64_t>(written.size()) < *least) return {};
  auto text = decode_base64_text(written);
  return text && is_printable(*text) ? Value(std::move(*text)) : Value();
}

Value url(const Call& call) {
  if (!call.budget.spend(1 + call.text(0).size() / 8)) return {};
  const UrlParts parts = url_parts(call.text(0));
  Object url;
  if (parts.scheme) url.set("scheme", ascii_lower(std::string(*parts.scheme)));
  if (parts.authority) set_authority(url, *parts.authority);
  if (!parts.path.empty()) url.set("path", parts.path);
  if (parts.query) url.set("query", query_of(*parts.query));
  if (parts.fragment) url.set("fragment", *parts.fragment);
  return url;
}

Value url_decode(const Call& call) {
  auto text = decode_url_text(call.text(0));
  return text ? Value(std::move(*text)) : Value();
}

Value words(const Call& call) {
  auto words = ShellReader(call.text(0)).words();
  return words ? Value(std::move(*words)) : Value();
}

}  // namespace picket::bodies
