#include "engine/plan/access.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "engine/event/escapes.hpp"

namespace picket {
namespace {

constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
constexpr std::uint64_t number_salt = 0xd6e8feb86659fd93U;
constexpr std::uint64_t bool_salt = 0xa0761d6478bd642fU;

// Of affixes that are filed: the longest that fits a literal.
constexpr std::array<std::size_t, 5> affix_lengths = {16, 8, 4, 2, 1};

constexpr std::size_t padding = 8;

}  // namespace

std::uint64_t hash_of_copy(std::string_view text) {
  const std::string copy = std::string(padding, '\0').append(text).append(padding, '\0');
  return hash_of_text(std::string_view(copy).substr(padding, text.size()));
}

std::uint64_t hash_of_number(double number) {
  if (number == 0) number = 0;  // -0.0 is 0
  return words::mix(std::bit_cast<std::uint64_t>(number) ^ number_salt, factor);
}

std::uint64_t hash_of_bool(bool value) { return words::mix(bool_salt + (value ? 1 : 0), factor); }

std::uint32_t HashIndex::insert(std::uint64_t hash, std::uint32_t index) {
  if (const std::uint32_t known = find(hash); known != none) return known;
  const auto put = [this](std::uint64_t of, std::uint32_t what) {
    std::size_t at = of & mask_;
    while (entries_[at].index != none) at = (at + 1) & mask_;
    entries_[at] = {.tag = static_cast<std::uint32_t>(of >> 32U), .index = what};
  };
  filed_.emplace_back(hash, index);
  if (2 * filed_.size() > entries_.size()) {
    entries_.assign(std::bit_ceil(filed_.size() * 4), Entry{});
    mask_ = entries_.size() - 1;
    for (const auto& [of, what] : filed_) put(of, what);
  } else {
    put(hash, index);
  }
  return index;
}

void FieldAccess::LiteralIndex::add(std::uint64_t hash, Filed filed) {
  const std::uint32_t list = index.insert(hash, static_cast<std::uint32_t>(lists.size()));
  if (list == lists.size()) lists.emplace_back();
  lists[list].push_back(filed);
}

// Some 32 bits for each gram keep false hits well below 1 %; up to 64 KiB stays in the nearer caches.
void FieldAccess::Grams::make_filter(const std::vector<std::uint64_t>& hashes) {
  constexpr std::size_t least_words = 16;
  constexpr std::size_t most_words = std::size_t{8} * 1024;
  filter.assign(std::clamp(std::bit_ceil(hashes.size() / 2), least_words, most_words), 0);
  mask = filter.size() - 1;
  for (const std::uint64_t gram : hashes) filter[gram >> 32U & mask] |= bits_of(gram);
}

std::uint32_t FieldAccess::literal(AccessKind kind, const std::string& text, bool& is_new) {
  const auto [known, inserted] = known_.try_emplace({kind, text}, static_cast<std::uint32_t>(literals_.size()));
  is_new = inserted;
  if (inserted) {
    literals_.push_back(
        {.text = text + std::string(padding, '\0'), .length = static_cast<std::uint32_t>(text.size()), .postings = {}});
  }
  return known->second;
}

void FieldAccess::add_affix(std::vector<Affixes>& affixes, std::uint32_t literal) {
  const std::string_view text = std::string_view(literals_[literal].text).substr(0, literals_[literal].length);
  const std::size_t length =
      *std::find_if(affix_lengths.begin(), affix_lengths.end(), [&](std::size_t l) { return l <= text.size(); });
  auto tier = std::find_if(affixes.begin(), affixes.end(), [length](const Affixes& a) { return a.length == length; });
  if (tier == affixes.end()) tier = affixes.insert(affixes.end(), Affixes{.length = length, .literals = {}});
  const bool at_end = &affixes == &suffixes_;
  const std::size_t offset = at_end ? text.size() - length : 0;
  tier->literals.add(hash_of_copy(text.substr(offset, length)),
                     {.literal = literal, .offset = static_cast<std::uint32_t>(offset)});
}

void FieldAccess::add(const AccessKey& key, PlannedRuleId rule) {
  probe_.asks = true;
  const Posting posting{.rule = rule, .proves = key.proves};
  const auto add_equal = [&](std::uint64_t hash) {
    const std::uint32_t list = equal_.insert(hash, static_cast<std::uint32_t>(equal_postings_.size()));
    if (list == equal_postings_.size()) equal_postings_.emplace_back();
    equal_postings_[list].push_back(posting);
    probe_.filter |= FieldProbe::bit(hash);
  };
  bool is_new = false;
  switch (key.kind) {
    case AccessKind::equal_text:
      return add_equal(hash_of_copy(escape(key.text)));
    case AccessKind::equal_number:
      return add_equal(hash_of_number(key.number));
    case AccessKind::equal_bool:
      return add_equal(hash_of_bool(key.number != 0));
    case AccessKind::container:
      return container_.push_back(posting);
    case AccessKind::present:
      probe_.asks_present = true;
      return present_.push_back(posting);
    case AccessKind::prefix:
    case AccessKind::suffix:
    case AccessKind::substring: {
      probe_.asks_parts = true;
      const std::uint32_t id = literal(key.kind, escape(key.text), is_new);
      literals_[id].postings.push_back(posting);
      if (is_new && key.kind == AccessKind::prefix) add_affix(prefixes_, id);
      if (is_new && key.kind == AccessKind::suffix) add_affix(suffixes_, id);
      return;
    }
  }
}

void FieldAccess::finish(const std::function<double(std::string_view)>& gram_share) {
  file_substrings(gram_share);
  known_.clear();
}

namespace {

// Of the grams of a text.
std::size_t gram_length(std::size_t longest, std::string_view text) {
  return std::clamp<std::size_t>(text.size() - 1, 1, longest);
}

}  // namespace

// Each literal under the two grams of it that are rarest, in values and among the literals themselves.
void FieldAccess::file_substrings(const std::function<double(std::string_view)>& gram_share) {
  std::vector<std::uint32_t> substrings;
  std::map<std::string_view, std::size_t> uses;
  for (const auto& [key, id] : known_) {
    if (key.first != AccessKind::substring) continue;
    substrings.push_back(id);
    const std::string_view text = key.second;
    const std::size_t length = gram_length(longest_gram, text);
    for (std::size_t at = 0; at + length <= text.size(); ++at) ++uses[text.substr(at, length)];
  }
  std::map<std::pair<std::size_t, std::size_t>, std::pair<Grams, std::vector<std::uint64_t>>> by_kind;
  for (const std::uint32_t id : substrings) {
    const std::string_view text = std::string_view(literals_[id].text).substr(0, literals_[id].length);
    const std::size_t length = gram_length(longest_gram, text);
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
    auto& [grams, hashes] = by_kind[{length, stride}];
    grams.length = length;
    grams.stride = stride;
    for (std::size_t at = best_at; at < best_at + stride; ++at) {
      hashes.push_back(Grams::hash(text.data() + at, Grams::kept_of(length)));
      grams.literals.add(hashes.back(), {.literal = id, .offset = static_cast<std::uint32_t>(at)});
    }
  }
  for (auto& [kind, entry] : by_kind) {
    entry.first.make_filter(entry.second);
    grams_.push_back(std::move(entry.first));
  }
}

}  // namespace picket
