#include "engine/webhook/web_address.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

// Names and IPv4 addresses, or an IPv6 address in brackets; then a port or none.
bool is_authority(std::string_view text) {
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || end < 2) return false;
    port = text.substr(end + 1);
    if (!std::ranges::all_of(text.substr(1, end - 1), [](char c) {
          return std::isxdigit(static_cast<unsigned char>(c)) != 0 || c == ':' || c == '.';
        }))
      return false;
  } else {
    const std::size_t colon = std::min(text.find(':'), text.size());
    port = text.substr(colon);
    const std::string_view host = text.substr(0, colon);
    if (host.empty() ||
        !std::ranges::all_of(host, [](char c) { return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_'; }))
      return false;
  }
  if (port.empty()) return true;
  constexpr std::size_t most_digits = 5;
  constexpr int most = 65535;
  port.remove_prefix(1);
  if (port.empty() || port.size() > most_digits || port.find_first_not_of("0123456789") != std::string_view::npos)
    return false;
  const int number = std::stoi(std::string(port));
  return number > 0 && number <= most;
}

// A token of RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return is_letter_or_digit(c) || marks.find(c) != std::string_view::npos;
  });
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r"), text.size());
  const std::size_t end = text.find_last_not_of(" \t\r");
  return end == std::string_view::npos ? std::string_view() : text.substr(begin, end + 1 - begin);
}

// Headers that say how an alert is sent.
bool is_reserved_header(std::string_view name) {
  constexpr std::array<std::string_view, 7> reserved = {"connection",      "content-length",    "content-type", "host",
                                                        "idempotency-key", "transfer-encoding", "user-agent"};
  return std::ranges::any_of(reserved, [name](std::string_view one) { return ascii_equal_folded(name, one); });
}

}  // namespace

std::variant<WebAddress, std::string> parse_web_address(std::string_view text) {
  const std::string_view scheme = text.starts_with("https://") ? "https://" : "http://";
  if (!text.starts_with(scheme)) return "is no web address: it begins with neither https:// nor http://";
  if (!is_printable(text)) return "is no web address: blanks and other than ASCII are written as %20";
  const std::string_view rest = text.substr(scheme.size());
  const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  const std::string_view authority = rest.substr(0, end);
  if (authority.find('@') != std::string_view::npos) {
    return "holds a password; send it by --webhook-header-file instead, as `Authorization: Basic …`";
  }
  if (!is_authority(authority)) return "is no web address: its host or port is none";
  std::string_view path = rest.substr(end);
  path = path.substr(0, path.find('#'));  // a fragment is never sent
  const std::size_t query = std::min(path.find('?'), path.size());
  WebAddress address{.origin = std::string(scheme) + std::string(authority),
                     .path = std::string(path.substr(0, query)),
                     .query = std::string(path.substr(query))};
  if (address.path.empty()) address.path = "/";
  return address;
}

std::variant<WebHeader, std::string> parse_web_header(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return "a header is written `Name: value`; there is no colon";
  const std::string_view name = text.substr(0, colon);
  const std::string_view value = trimmed(text.substr(colon + 1));
  if (!is_token(name)) return "what stands before the colon is no name of a header";
  if (!std::ranges::all_of(value, [](char c) { return c == '\t' || (c >= ' ' && c != '\x7f'); })) {
    return "the value of the header " + std::string(name) + " holds control characters or more than ASCII";
  }
  if (is_reserved_header(name)) return "the header " + std::string(name) + " is Picket's to say";
  return WebHeader(name, value);
}

std::variant<std::vector<WebHeader>, std::string> parse_web_headers(std::string_view text) {
  std::vector<WebHeader> headers;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    auto header = parse_web_header(line);
    if (auto* fault = std::get_if<std::string>(&header)) return std::move(*fault);
    headers.push_back(std::get<WebHeader>(std::move(header)));
  }
  return headers;
}

}  // namespace picket
