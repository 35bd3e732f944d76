#include "engine/simple/meant_condition.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "engine/simple/conditions.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/nearest.hpp"

namespace picket::simple {
namespace {

bool is_upper(char byte) { return byte >= 'A' && byte <= 'Z'; }

// What a name in capitalised words says: `IDoesNotEqual` and `INotEquals` say the same.
struct Said {
  bool negated = false;
  bool folded = false;
  std::string what;  // the other words, without case, plural and auxiliaries
};

Said said_by(std::string_view name) {
  Said said;
  for (std::size_t begin = 0, end = 0; begin < name.size(); begin = end) {
    end = begin + 1;
    // A word ends before a capital that begins another: `IsIPAddress` is Is, IP, Address.
    while (end < name.size() &&
           !(is_upper(name[end]) && (!is_upper(name[end - 1]) || (end + 1 < name.size() && !is_upper(name[end + 1])))))
      ++end;
    std::string word = ascii_lower(std::string(name.substr(begin, end - begin)));
    if (word == "not") {
      said.negated = true;
    } else if (word == "i" && !name.substr(end).starts_with("Pv")) {  // IPv4
      said.folded = true;
    } else if (word != "does" && word != "is") {
      if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.pop_back();
      said.what += word;
    }
  }
  return said;
}

}  // namespace

std::optional<MeantCondition> meant_condition(std::string_view written, bool filters) {
  const std::vector<std::string_view> names = condition_names(filters);
  const Said wanted = said_by(written);
  // What was written out counts; a word with a typo may hide one.
  std::vector<std::string_view> likely;
  std::vector<std::string> meanings;
  for (const std::string_view name : names) {
    Said said = said_by(name);
    const bool alike = said.negated == wanted.negated && said.folded == wanted.folded;
    if (alike && said.what == wanted.what) return MeantCondition{.name = name, .certain = true};
    if ((wanted.negated && !said.negated) || (wanted.folded && !said.folded)) continue;
    likely.push_back(name);
    meanings.push_back(alike ? std::move(said.what) : std::string());
  }
  if (wanted.negated || wanted.folded) {
    const auto near = nearest(wanted.what, std::span<const std::string>(meanings));
    if (near) {
      const auto at = static_cast<std::size_t>(std::ranges::find(meanings, *near) - meanings.begin());
      const std::vector<std::string_view> all(meanings.begin(), meanings.end());
      return MeantCondition{.name = likely[at], .certain = is_only_near(wanted.what, *near, all)};
    }
  }
  const auto near = nearest(written, std::span<const std::string_view>(likely));
  if (!near) return std::nullopt;
  const Said said = said_by(*near);
  const bool alike = said.negated == wanted.negated && said.folded == wanted.folded;
  return MeantCondition{.name = *std::ranges::find(likely, *near),
                        .certain = alike && is_only_near(written, *near, likely)};
}

}  // namespace picket::simple
