#include "engine/edit/unified_diff.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace picket {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::ptrdiff_t most_differences = 1000;
constexpr std::size_t context = 3;

// Lines with their line ends: a change of the line end alone is a change.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    const std::size_t length = newline == std::string_view::npos ? text.size() : newline + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

enum class Step : std::uint8_t { keep, remove, add };

using Script = std::vector<Step>;

// The furthest line of `before` on each diagonal, after 0, 1, 2 … differences.
using Frontier = std::vector<std::ptrdiff_t>;

Script walk_back(const std::vector<Frontier>& history, std::ptrdiff_t x, std::ptrdiff_t y) {
  Script steps;
  for (auto d = static_cast<std::ptrdiff_t>(history.size()); d > 0; --d) {
    const Frontier& reached = history[static_cast<std::size_t>(d - 1)];
    const auto at = [&](std::ptrdiff_t k) { return reached[static_cast<std::size_t>(k + d)]; };
    const std::ptrdiff_t k = x - y;
    const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
    const std::ptrdiff_t from_x = down ? at(k + 1) : at(k - 1);
    const std::ptrdiff_t from_y = from_x - (down ? k + 1 : k - 1);
    for (; x > from_x + (down ? 0 : 1); --x, --y) steps.push_back(Step::keep);
    steps.push_back(down ? Step::add : Step::remove);
    x = from_x;
    y = from_y;
  }
  steps.insert(steps.end(), static_cast<std::size_t>(x), Step::keep);
  std::reverse(steps.begin(), steps.end());
  return steps;
}

// Nothing if there are too many differences.
std::optional<Script> shortest(const Lines& before, const Lines& after) {
  const auto n = static_cast<std::ptrdiff_t>(before.size());
  const auto m = static_cast<std::ptrdiff_t>(after.size());
  std::vector<Frontier> history;
  Frontier last = {0, 0, 0};  // diagonals -1 to 1 before the first step
  for (std::ptrdiff_t d = 0; d <= std::min(n + m, most_differences); ++d) {
    // Room for one diagonal more on either side, which the next round reads.
    Frontier now(static_cast<std::size_t>(2 * d + 3), -1);
    const auto before_at = [&](std::ptrdiff_t k) { return last[static_cast<std::size_t>(k + d)]; };
    for (std::ptrdiff_t k = -d; k <= d; k += 2) {
      const bool down = d == 0 || k == -d || (k != d && before_at(k - 1) < before_at(k + 1));
      std::ptrdiff_t x = d == 0 ? 0 : down ? before_at(k + 1) : before_at(k - 1) + 1;
      while (x < n && x - k < m && before[static_cast<std::size_t>(x)] == after[static_cast<std::size_t>(x - k)]) ++x;
      now[static_cast<std::size_t>(k + d + 1)] = x;
      if (x >= n && x - k >= m) return walk_back(history, n, m);
    }
    history.push_back(now);
    last = std::move(now);
  }
  return std::nullopt;
}

Script script_of(const Lines& before, const Lines& after) {
  const std::size_t most = std::min(before.size(), after.size());
  std::size_t head = 0;
  while (head < most && before[head] == after[head]) ++head;
  std::size_t tail = 0;
  while (tail < most - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
  const auto middle = [&](const Lines& lines) {
    return Lines(lines.begin() + static_cast<std::ptrdiff_t>(head), lines.end() - static_cast<std::ptrdiff_t>(tail));
  };
  const Lines old_middle = middle(before);
  const Lines new_middle = middle(after);
  Script script(head, Step::keep);
  if (const auto found = shortest(old_middle, new_middle)) {
    script.insert(script.end(), found->begin(), found->end());
  } else {
    script.insert(script.end(), old_middle.size(), Step::remove);
    script.insert(script.end(), new_middle.size(), Step::add);
  }
  script.insert(script.end(), tail, Step::keep);
  return script;
}

// The steps [begin, end) of a hunk: changes with their context.
struct Hunk {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::vector<Hunk> hunks_of(const Script& script) {
  std::vector<Hunk> hunks;
  for (std::size_t i = 0; i < script.size(); ++i) {
    if (script[i] == Step::keep) continue;
    const std::size_t begin = i > context ? i - context : 0;
    const std::size_t end = std::min(i + 1 + context, script.size());
    if (!hunks.empty() && begin <= hunks.back().end) {
      hunks.back().end = end;
    } else {
      hunks.push_back({begin, end});
    }
  }
  return hunks;
}

// "12,7": lines are counted from 1; of no lines, the line before them is named.
std::string range(std::size_t before, std::size_t count) {
  return std::to_string(count == 0 ? before : before + 1) + (count == 1 ? "" : "," + std::to_string(count));
}

void write_line(std::string& out, char sign, std::string_view line) {
  out += sign;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view before, std::string_view after) {
  if (before == after) return {};
  const Lines old_lines = lines_of(before);
  const Lines new_lines = lines_of(after);
  const Script script = script_of(old_lines, new_lines);
  std::string out = "--- a/" + std::string(name) + "\n+++ b/" + std::string(name) + "\n";
  std::size_t at = 0, old_at = 0, new_at = 0;
  for (const Hunk& hunk : hunks_of(script)) {
    for (; at < hunk.begin; ++at, ++old_at, ++new_at) {
    }
    const auto steps = [&](Step without) {
      const auto begin = script.begin() + static_cast<std::ptrdiff_t>(hunk.begin);
      const auto end = script.begin() + static_cast<std::ptrdiff_t>(hunk.end);
      return static_cast<std::size_t>(std::count_if(begin, end, [&](Step step) { return step != without; }));
    };
    out += "@@ -" + range(old_at, steps(Step::add)) + " +" + range(new_at, steps(Step::remove)) + " @@\n";
    for (; at < hunk.end; ++at) {
      if (script[at] == Step::add) {
        write_line(out, '+', new_lines[new_at++]);
        continue;
      }
      write_line(out, script[at] == Step::keep ? ' ' : '-', old_lines[old_at++]);
      if (script[at] == Step::keep) ++new_at;
    }
  }
  return out;
}

}  // namespace picket
