#include "grammar/text/nearest.hpp"
#include "grammar/text/ascii.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace picket {

namespace {

// Costs in quarters of an edit, so that a change of case alone is cheaper than any edit of letters.
constexpr std::uint32_t edit = 4;
constexpr std::uint32_t case_change = 1;
constexpr std::uint32_t swap = 3;  // every letter is there: likelier than an edit that is as near

// Optimal string alignment: insert, delete, replace, swap of neighbours.
std::uint32_t distance(std::string_view a, std::string_view b) {
  std::vector<std::uint32_t> before(b.size() + 1);
  std::vector<std::uint32_t> previous(b.size() + 1);
  std::vector<std::uint32_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = static_cast<std::uint32_t>(j) * edit;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = static_cast<std::uint32_t>(i) * edit;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = a[i - 1] == b[j - 1];
      const bool same_letter = ascii_lower(a[i - 1]) == ascii_lower(b[j - 1]);
      const std::uint32_t replace = same ? 0 : same_letter ? case_change : edit;
      current[j] = std::min({previous[j] + edit, current[j - 1] + edit, previous[j - 1] + replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before[j - 2] + swap);
      }
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

std::uint32_t allowed(std::size_t length) {
  const std::uint32_t edits = length <= 4 ? 1 : length <= 8 ? 2 : 3;
  return edits * edit + (edit - 1);
}

template <typename Candidate>
std::optional<std::string> nearest_of(std::string_view written, std::span<const Candidate> candidates) {
  // Words this long are no slips of the pen, and the distance is quadratic.
  constexpr std::size_t longest = 200;
  if (written.empty() || written.size() > longest) return std::nullopt;
  std::optional<std::string> best;
  std::uint32_t best_distance = allowed(written.size()) + 1;
  const auto written_length = static_cast<std::ptrdiff_t>(written.size());
  for (const std::string_view candidate : candidates) {
    const auto length = static_cast<std::ptrdiff_t>(candidate.size());
    if (std::abs(length - written_length) * static_cast<std::ptrdiff_t>(edit) >=
        static_cast<std::ptrdiff_t>(best_distance)) {
      continue;
    }
    const std::uint32_t found = distance(written, candidate);
    // A word of which not a letter is left is no suggestion.
    if (found < best_distance && found < candidate.size() * edit && found < written.size() * edit) {
      best_distance = found;
      best = std::string(candidate);
    }
  }
  return best;
}

}  // namespace

std::optional<std::string> nearest(std::string_view written, std::span<const std::string_view> candidates) {
  return nearest_of(written, candidates);
}

std::optional<std::string> nearest(std::string_view written, std::span<const std::string> candidates) {
  return nearest_of(written, candidates);
}

bool is_only_near(std::string_view written, std::string_view near, std::span<const std::string_view> candidates) {
  std::vector<std::string_view> others(candidates.begin(), candidates.end());
  std::erase(others, near);
  return !nearest_of(written, std::span<const std::string_view>(others));
}

}  // namespace picket
