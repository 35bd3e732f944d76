#include "engine/plan/access.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "engine/event/escapes.hpp"

namespace picket {
namespace {

// Of affixes that are filed: the longest that fits a literal.
constexpr std::array<std::size_t, 5> affix_lengths = {16, 8, 4, 2, 1};

}  // namespace

std::uint32_t FieldAccess::part(AccessKind kind, const std::string& text, bool& is_new) {
  const auto [known, inserted] = known_.try_emplace({kind, text}, static_cast<std::uint32_t>(parts_.size()));
  is_new = inserted;
  if (inserted) parts_.push_back({.literal = Literal(text), .postings = {}});
  return known->second;
}

void FieldAccess::add_affix(bool at_end, std::uint32_t part) {
  const std::string_view text = parts_[part].literal.view();
  const std::size_t length =
      *std::find_if(affix_lengths.begin(), affix_lengths.end(), [&](std::size_t l) { return l <= text.size(); });
  auto tier = std::find_if(affixes_.begin(), affixes_.end(),
                           [&](const Affixes& a) { return a.length == length && a.at_end == at_end; });
  if (tier == affixes_.end()) {
    tier = affixes_.insert(affixes_.end(), {.length = length, .at_end = at_end, .filter = {}, .literals = {}});
  }
  const std::size_t offset = at_end ? text.size() - length : 0;
  std::array<char, longest_affix> bytes{};
  std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(offset), length,
              bytes.begin() + (at_end ? longest_affix - length : 0));
  const std::uint64_t first = words::load(bytes.data()) | words::case_bits;
  const std::uint64_t second = words::load(bytes.data() + 8) | words::case_bits;
  const std::uint64_t hash = at_end ? tier->hash(second, first) : tier->hash(first, second);
  tier->filter.add(hash);
  tier->literals.add(hash, part, text, offset);
}

void FieldAccess::add(const AccessKey& key, PlannedRuleId rule) {
  Posting posting{.rule = rule, .proves = key.proves};
  const auto add_equal = [&](std::uint64_t hash) {
    const std::uint32_t list = equal_.insert(hash, static_cast<std::uint32_t>(equal_postings_.size()));
    if (list == equal_postings_.size()) equal_postings_.emplace_back();
    equal_postings_[list].push_back(posting);
    probe_.filter.add(hash);
    probe_.asks_equal = true;
  };
  bool is_new = false;
  switch (key.kind) {
    case AccessKind::equal_text:
      return add_equal(hash_of_copy(escape(key.text)));
    case AccessKind::equal_number:
      return add_equal(hash_of_number(key.number));
    case AccessKind::equal_bool:
      return add_equal(hash_of_bool(key.number != 0));
    case AccessKind::at_least:
    case AccessKind::at_most:
      probe_.asks_bounds = true;
      return (key.kind == AccessKind::at_least ? lower_ : upper_).push_back({.number = key.number, .posting = posting});
    case AccessKind::network:
      probe_.asks_networks = true;
      networks_.add(*Network::parse(key.text), static_cast<std::uint32_t>(network_postings_.size()));
      return network_postings_.push_back(posting);
    case AccessKind::container:
      return container_.push_back(posting);
    case AccessKind::present:
      probe_.asks_present = true;
      return present_.push_back(posting);
    case AccessKind::prefix:
    case AccessKind::suffix:
    case AccessKind::substring:
    case AccessKind::within: {
      (key.kind == AccessKind::within ? probe_.asks_within : probe_.asks_parts) = true;
      if (key.kind == AccessKind::substring) probe_.asks_anywhere = true;
      std::string text = escape(key.text);
      if (text.size() > LiteralIndex::longest) {  // a part of it will do, but proves nothing
        text = key.kind == AccessKind::suffix ? text.substr(text.size() - LiteralIndex::longest)
                                              : text.substr(0, LiteralIndex::longest);
        posting.proves = no_predicate;
      }
      const std::uint32_t id = part(key.kind, text, is_new);
      parts_[id].postings.push_back(posting);
      if (is_new && key.kind == AccessKind::prefix) add_affix(false, id);
      if (is_new && key.kind == AccessKind::suffix) add_affix(true, id);
      return;
    }
  }
}

void FieldAccess::finish(const std::function<double(std::string_view)>& gram_share) {
  grams_ = file_substrings(AccessKind::substring, gram_share);
  grams_within_ = file_substrings(AccessKind::within, gram_share);
  for (Affixes& affixes : affixes_) affixes.literals.finish();
  std::stable_sort(lower_.begin(), lower_.end(), [](const Bound& a, const Bound& b) { return a.number < b.number; });
  std::stable_sort(upper_.begin(), upper_.end(), [](const Bound& a, const Bound& b) { return a.number > b.number; });
  networks_.finish();
  known_.clear();
  probe_.equal = equal_.view();
  probe_.asks_more = probe_.asks_present || probe_.asks_parts || probe_.asks_networks;
}

namespace {

// Of the grams of a text.
std::size_t gram_length(std::size_t longest, std::string_view text) {
  return std::clamp<std::size_t>(text.size() - 1, 1, longest);
}

}  // namespace

// Each literal under the two grams of it that are rarest, in values and among the literals themselves.
std::vector<Grams> FieldAccess::file_substrings(AccessKind kind,
                                                const std::function<double(std::string_view)>& gram_share) const {
  std::vector<std::uint32_t> substrings;
  std::map<std::string_view, std::size_t> uses;
  for (const auto& [key, id] : known_) {
    if (key.first != kind) continue;
    substrings.push_back(id);
    const std::string_view text = key.second;
    const std::size_t length = gram_length(Grams::longest, text);
    for (std::size_t at = 0; at + length <= text.size(); ++at) ++uses[text.substr(at, length)];
  }
  std::map<std::pair<std::size_t, std::size_t>, Grams> by_shape;  // by length and stride
  for (const std::uint32_t id : substrings) {
    const std::string_view text = parts_[id].literal.view();
    const std::size_t length = gram_length(Grams::longest, text);
    const std::size_t stride = text.size() > length ? 2 : 1;
    const auto cost = [&](std::size_t at) {
      const std::string_view gram = text.substr(at, length);
      return gram_share(gram) * static_cast<double>(uses[gram]);
    };
    std::size_t best_at = 0;
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t at = 0; at + length + stride - 1 <= text.size(); ++at) {
      const double of_both = cost(at) + cost(at + stride - 1);
      if (of_both < best) best_at = at;
      best = std::min(best, of_both);
    }
    by_shape.try_emplace({length, stride}, length, stride).first->second.add(id, text, best_at);
  }
  std::vector<Grams> filed;
  for (auto& [shape, grams] : by_shape) {
    grams.finish();
    filed.push_back(std::move(grams));
  }
  return filed;
}

}  // namespace picket
