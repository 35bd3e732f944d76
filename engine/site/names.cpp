#include "engine/site/names.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "engine/digest/digest.hpp"
#include "grammar/text/ascii.hpp"

namespace picket::site {
namespace {

constexpr std::size_t longest = 80;
constexpr std::size_t digest_digits = 12;

bool is_fit(char c) { return is_name_byte(c) || c == '.' || c == '-'; }

// Devices of Windows, with whatever extension.
bool is_device(std::string_view lower) {
  constexpr std::array<std::string_view, 4> plain = {"con", "prn", "aux", "nul"};
  const std::string_view stem = lower.substr(0, lower.find('.'));
  const bool numbered = stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt"));
  return numbered || std::ranges::find(plain, stem) != plain.end();
}

// The name with a dash for each run of what is not fit.
std::string readable(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (out.size() == longest) break;
    if (is_fit(c)) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (!out.empty() && (out.back() == '-' || out.back() == '.')) out.pop_back();
  const std::size_t first = out.find_first_not_of(".-");
  return first == std::string::npos ? std::string() : out.substr(first);
}

}  // namespace

std::vector<std::string> file_names(const std::vector<std::string_view>& names) {
  std::vector<std::string> files;
  files.reserve(names.size());
  std::unordered_set<std::string> taken;
  for (const std::string_view name : names) {
    std::string file = readable(name);
    const bool changed = file != name;
    if (changed || file.empty() || is_device(ascii_lower(file)) || taken.contains(ascii_lower(file))) {
      file += (file.empty() ? "" : "-") + digest_of({name}).substr(0, digest_digits);
    }
    taken.insert(ascii_lower(file));
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace picket::site
