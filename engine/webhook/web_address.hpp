// Where a web hook is, and what it is sent besides alerts: as people write it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace picket {

// "https://host:8443/path?query", taken apart.
struct WebAddress {
  std::string origin;  // "https://host:8443"
  std::string path;    // "/path"
  std::string query;   // "?query"; empty if there is none

  // What it is called where others read it, without the query, which may be a secret: "https://host:8443/path".
  [[nodiscard]] std::string shown() const { return origin + path; }
};

// The other alternative is what is wrong with it, in words that follow it and a blank.
[[nodiscard]] std::variant<WebAddress, std::string> parse_web_address(std::string_view text);

using WebHeader = std::pair<std::string, std::string>;

// Reads "Name: value" (RFC 9110, 5.1 and 5.5); the other alternative is what is wrong, in a sentence that does not show
// the value.
[[nodiscard]] std::variant<WebHeader, std::string> parse_web_header(std::string_view text);

// The same for many, one on each line; empty lines and those that begin with `#` do not count.
[[nodiscard]] std::variant<std::vector<WebHeader>, std::string> parse_web_headers(std::string_view text);

}  // namespace picket
