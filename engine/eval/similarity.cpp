#include "engine/eval/similarity.hpp"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += next_code_point(text, at);
  return out;
}

struct Stretch {
  std::size_t a_begin = 0;
  std::size_t a_end = 0;
  std::size_t b_begin = 0;
  std::size_t b_end = 0;
};

struct Match {
  std::size_t a = 0;
  std::size_t b = 0;
  std::size_t size = 0;
};

class SequenceMatcher {
 public:
  SequenceMatcher(std::u32string a, std::u32string b, Budget& budget)
      : a_(std::move(a)), b_(std::move(b)), budget_(budget), lengths_(b_.size() + 1), next_lengths_(b_.size() + 1) {
    for (std::size_t j = 0; j < b_.size(); ++j) places_[b_[j]].push_back(j);
    // "autojunk": in a long text, a character that makes up more than a hundredth of it begins no match.
    constexpr std::size_t long_text = 200;
    if (b_.size() < long_text) return;
    std::erase_if(places_, [most = b_.size() / 100 + 1](const auto& entry) { return entry.second.size() > most; });
  }

  // The number of characters in matching blocks.
  std::size_t matches() {
    std::size_t sum = 0;
    std::vector<Stretch> rest = {{0, a_.size(), 0, b_.size()}};
    while (!rest.empty() && !budget_.exhausted()) {
      const Stretch in = rest.back();
      rest.pop_back();
      const Match match = longest_match(in);
      if (match.size == 0) continue;
      sum += match.size;
      if (in.a_begin < match.a && in.b_begin < match.b) rest.push_back({in.a_begin, match.a, in.b_begin, match.b});
      if (match.a + match.size < in.a_end && match.b + match.size < in.b_end) {
        rest.push_back({match.a + match.size, in.a_end, match.b + match.size, in.b_end});
      }
    }
    return sum;
  }

 private:
  // The longest block that is in both stretches; of several the one that begins first in a, then in b.
  Match longest_match(const Stretch& in) {
    Match best{in.a_begin, in.b_begin, 0};
    std::vector<std::size_t> touched;
    std::vector<std::size_t> next_touched;
    for (std::size_t i = in.a_begin; i < in.a_end; ++i) {
      // lengths_[j] is the length of the match that ends at a[i - 1] and b[j - 1].
      const auto places = places_.find(a_[i]);
      if (!budget_.spend(1 + (places == places_.end() ? 0 : places->second.size() / 8))) break;
      if (places != places_.end()) {
        for (const std::size_t j : places->second) {
          if (j < in.b_begin) continue;
          if (j >= in.b_end) break;
          const std::size_t length = lengths_[j] + 1;
          next_lengths_[j + 1] = length;
          next_touched.push_back(j + 1);
          if (length > best.size) best = {i + 1 - length, j + 1 - length, length};
        }
      }
      for (const std::size_t j : touched) lengths_[j] = 0;
      touched.clear();
      std::swap(lengths_, next_lengths_);
      std::swap(touched, next_touched);
    }
    for (const std::size_t j : touched) lengths_[j] = 0;
    return extended(best, in);
  }

  // Characters that begin no match may still continue one.
  [[nodiscard]] Match extended(Match match, const Stretch& in) const {
    while (match.a > in.a_begin && match.b > in.b_begin && a_[match.a - 1] == b_[match.b - 1]) {
      --match.a;
      --match.b;
      ++match.size;
    }
    while (match.a + match.size < in.a_end && match.b + match.size < in.b_end &&
           a_[match.a + match.size] == b_[match.b + match.size]) {
      ++match.size;
    }
    return match;
  }

  std::u32string a_;
  std::u32string b_;
  Budget& budget_;
  std::unordered_map<char32_t, std::vector<std::size_t>> places_;
  std::vector<std::size_t> lengths_;
  std::vector<std::size_t> next_lengths_;
};

}  // namespace

std::optional<double> similarity_ratio(std::string_view a, std::string_view b, Budget& budget) {
  if (!budget.spend(1 + (a.size() + b.size()) / 8)) return std::nullopt;
  std::u32string left = code_points(a);
  std::u32string right = code_points(b);
  const std::size_t total = left.size() + right.size();
  if (total == 0) return 1.0;
  const std::size_t matches = SequenceMatcher(std::move(left), std::move(right), budget).matches();
  if (budget.exhausted()) return std::nullopt;
  return 2.0 * static_cast<double>(matches) / static_cast<double>(total);
}

}  // namespace picket
