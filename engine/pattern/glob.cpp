// Globs. Matching remembers only the last star and goes back to it: what an earlier star took never needs to change,
// because the items between two stars may fit at their first place without loss. So there is no exponential case.
#include <algorithm>

#include "engine/pattern/pattern.hpp"
#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

using Range = std::pair<char32_t, char32_t>;

// Every code point that folds to another, with that other; sorted. Some 1,500 of them.
const std::vector<Range>& folding_pairs() {
  static const std::vector<Range> pairs = [] {
    std::vector<Range> found;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
      if (const char32_t folded = fold_case(c); folded != c) found.emplace_back(c, folded);
    }
    return found;
  }();
  return pairs;
}

// Adds what the code points of the ranges fold to, so that a folded code point can be asked for.
void fold_ranges(std::vector<Range>& ranges) {
  const auto& pairs = folding_pairs();
  const std::size_t written = ranges.size();
  for (std::size_t i = 0; i < written; ++i) {
    auto at = std::lower_bound(pairs.begin(), pairs.end(), Range(ranges[i].first, 0));
    for (; at != pairs.end() && at->first <= ranges[i].second; ++at) ranges.emplace_back(at->second, at->second);
  }
}

}  // namespace

// Reads the items of a pattern.
class Glob::Reader {
 public:
  Reader(std::string_view pattern, bool folded) : pattern_(pattern), folded_(folded) {}

  [[nodiscard]] bool at_end() const { return at_ == pattern_.size(); }
  [[nodiscard]] std::size_t offset() const { return at_; }

  // Nothing for an unclosed set.
  [[nodiscard]] std::optional<Item> next() {
    const char32_t c = next_code_point(pattern_, at_);
    if (c == U'*') return AnyRun{};
    if (c == U'?') return AnyOne{};
    if (c == U'[') return set();
    return folded_ ? fold_case(c) : c;
  }

 private:
  // After `[`. A `]` that comes first is an ordinary character, as in fnmatch.
  std::optional<Item> set() {
    Set set;
    set.negated = take('!');
    bool first = true;
    while (!at_end()) {
      if (!first && take(']')) {
        if (folded_) fold_ranges(set.ranges);
        return set;
      }
      first = false;
      const char32_t low = next_code_point(pattern_, at_);
      char32_t high = low;
      // A `-` before the closing bracket is an ordinary character.
      if (at_ + 1 < pattern_.size() && pattern_[at_] == '-' && pattern_[at_ + 1] != ']') {
        ++at_;
        high = next_code_point(pattern_, at_);
      }
      set.ranges.emplace_back(low, high);
    }
    return std::nullopt;
  }

  bool take(char c) {
    if (at_end() || pattern_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  bool folded_;
};

std::variant<Glob, PatternError> Glob::compile(std::string_view pattern, bool folded) {
  if (pattern.size() > longest) return PatternError{"glob too long", longest};
  Glob glob;
  glob.folded_ = folded;
  Reader reader(pattern, folded);
  while (!reader.at_end()) {
    const std::size_t offset = reader.offset();
    auto item = reader.next();
    if (!item) return PatternError{"missing closing ]", offset};
    const bool star = std::holds_alternative<AnyRun>(*item);
    if (star && !glob.items_.empty() && std::holds_alternative<AnyRun>(glob.items_.back())) continue;  // ** is *
    glob.items_.push_back(std::move(*item));
  }
  return glob;
}

bool Glob::fits_one(const Item& item, char32_t code_point) {
  if (const auto* literal = std::get_if<char32_t>(&item)) return *literal == code_point;
  if (const auto* set = std::get_if<Set>(&item)) {
    const bool in = std::any_of(set->ranges.begin(), set->ranges.end(), [code_point](const auto& range) {
      return range.first <= code_point && code_point <= range.second;
    });
    return in != set->negated;
  }
  return std::holds_alternative<AnyOne>(item);
}

bool Glob::fits(std::string_view text) const {
  constexpr auto none = static_cast<std::size_t>(-1);
  std::size_t item = 0;
  std::size_t at = 0;
  std::size_t after_star = none;  // the item after the last star …
  std::size_t star_end = 0;       // … and where that star's run ends so far
  while (at < text.size()) {
    std::size_t next = at;
    const char32_t written = next_code_point(text, next);
    const char32_t c = folded_ ? fold_case(written) : written;
    if (item < items_.size() && std::holds_alternative<AnyRun>(items_[item])) {
      after_star = ++item;
      star_end = at;
      if (item == items_.size()) return true;
    } else if (item < items_.size() && fits_one(items_[item], c)) {
      ++item;
      at = next;
    } else if (after_star != none) {
      item = after_star;
      (void)next_code_point(text, star_end);
      at = star_end;
    } else {
      return false;
    }
  }
  while (item < items_.size() && std::holds_alternative<AnyRun>(items_[item])) ++item;
  return item == items_.size();
}

}  // namespace picket
