#include "engine/plan/access.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

namespace picket {
namespace {

constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
constexpr std::uint64_t number_salt = 0xd6e8feb86659fd93U;
constexpr std::uint64_t bool_salt = 0xa0761d6478bd642fU;

// Of affixes that are filed: the longest that fits a literal.
constexpr std::array<std::size_t, 5> affix_lengths = {16, 8, 4, 2, 1};

// A copy with the padding that hashing reads.
std::string padded(std::string_view text) {
  std::string copy(text);
  copy.append(8, '\0');
  return copy;
}

std::uint64_t hash_of_copy(std::string_view text) {
  const std::string copy = padded(text);
  return hash_of_text(std::string_view(copy).substr(0, text.size()));
}

}  // namespace

std::uint64_t hash_of_number(double number) {
  if (number == 0) number = 0;  // -0.0 is 0
  return words::mix(std::bit_cast<std::uint64_t>(number) ^ number_salt, factor);
}

std::uint64_t hash_of_bool(bool value) { return words::mix(bool_salt + (value ? 1 : 0), factor); }

std::uint64_t hash_of_text(std::string_view text, TextTraits& traits) {
  std::uint64_t hash = text.size() * factor;
  std::uint64_t seen = 0;
  std::uint64_t backslashes = 0;
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; left -= 8, at += 8) {
    const std::uint64_t word = words::load(at);
    seen |= word;
    backslashes |= words::bytes_equal(word, '\\');
    hash = words::mix(hash ^ (word | words::case_bits), factor);
  }
  if (left > 0) {
    const std::uint64_t word = words::first_bytes(words::load(at), left);
    seen |= word;
    backslashes |= words::bytes_equal(word, '\\');
    hash = words::mix(hash ^ (word | words::case_bits), factor);
  }
  traits.has_escapes = backslashes != 0;
  traits.has_other = (seen & words::highs) != 0;
  return hash;
}

std::uint64_t hash_of_text(std::string_view text) {
  TextTraits traits;
  return hash_of_text(text, traits);
}

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

void FieldAccess::LiteralIndex::add(std::uint64_t hash, std::uint32_t literal) {
  const std::uint32_t list = index.insert(hash, static_cast<std::uint32_t>(lists.size()));
  if (list == lists.size()) lists.emplace_back();
  lists[list].push_back(literal);
}

// Some 32 bits for each gram keep false hits well below 1 %; up to 64 KiB stays in the nearer caches.
void FieldAccess::Grams::make_filter(const std::vector<std::uint32_t>& hashes) {
  constexpr std::size_t least_bits = 1024;
  constexpr std::size_t most_bits = std::size_t{64} * 1024 * 8;
  const std::size_t bits = std::clamp(std::bit_ceil(hashes.size() * 32), least_bits, most_bits);
  shift = static_cast<std::uint32_t>(32 - std::countr_zero(bits));
  filter.assign(bits / 64, 0);
  for (const std::uint32_t gram : hashes) {
    std::uint64_t& word = filter[(gram >> shift) / 64];
    word |= std::uint64_t{1} << (gram >> shift) % 64;
    word |= std::uint64_t{1} << (gram >> (shift - 6)) % 64;
  }
}

std::uint32_t FieldAccess::literal(AccessKind kind, const std::string& text, bool& is_new) {
  const auto [known, inserted] = known_.try_emplace({kind, text}, static_cast<std::uint32_t>(literals_.size()));
  is_new = inserted;
  if (inserted) literals_.push_back({.text = text, .offset = 0, .postings = {}});
  return known->second;
}

void FieldAccess::add_affix(std::vector<Affixes>& affixes, const AccessKey& key, std::uint32_t literal) {
  const std::size_t length =
      *std::find_if(affix_lengths.begin(), affix_lengths.end(), [&](std::size_t l) { return l <= key.text.size(); });
  auto tier = std::find_if(affixes.begin(), affixes.end(), [length](const Affixes& a) { return a.length == length; });
  if (tier == affixes.end()) tier = affixes.insert(affixes.end(), Affixes{.length = length, .literals = {}});
  const std::string_view text = key.text;
  tier->literals.add(
      hash_of_copy(key.kind == AccessKind::suffix ? text.substr(text.size() - length) : text.substr(0, length)),
      literal);
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
      return add_equal(hash_of_copy(key.text));
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
      const std::uint32_t id = literal(key.kind, key.text, is_new);
      literals_[id].postings.push_back(posting);
      if (is_new && key.kind == AccessKind::prefix) add_affix(prefixes_, key, id);
      if (is_new && key.kind == AccessKind::suffix) add_affix(suffixes_, key, id);
      return;
    }
  }
}

void FieldAccess::finish(const std::function<double(std::string_view)>& gram_share) {
  file_substrings(gram_share);
  known_.clear();
}

// Each literal under the gram of it that is rarest, in values and among the literals themselves.
void FieldAccess::file_substrings(const std::function<double(std::string_view)>& gram_share) {
  std::vector<std::uint32_t> substrings;
  std::map<std::string_view, std::size_t> uses;
  for (const auto& [key, id] : known_) {
    if (key.first != AccessKind::substring) continue;
    substrings.push_back(id);
    const std::string_view text = literals_[id].text;
    const std::size_t length = std::min(longest_gram, text.size());
    for (std::size_t at = 0; at + length <= text.size(); ++at) ++uses[text.substr(at, length)];
  }
  std::map<std::size_t, std::pair<Grams, std::vector<std::uint32_t>>> by_length;
  for (const std::uint32_t id : substrings) {
    Literal& literal = literals_[id];
    const std::string_view text = literal.text;
    const std::size_t length = std::min(longest_gram, text.size());
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t at = 0; at + length <= text.size(); ++at) {
      const std::string_view gram = text.substr(at, length);
      const double cost = gram_share(gram) * static_cast<double>(uses[gram]);
      if (cost >= best) continue;
      best = cost;
      literal.offset = static_cast<std::uint32_t>(at);
    }
    const std::string copy = padded(text.substr(literal.offset));
    const std::uint32_t hash = Grams::hash(copy.data(), length);
    auto& [grams, hashes] = by_length[length];
    grams.length = length;
    grams.literals.add(Grams::spread(hash), id);
    hashes.push_back(hash);
  }
  for (auto& [length, entry] : by_length) {
    entry.first.make_filter(entry.second);
    grams_.push_back(std::move(entry.first));
  }
}

}  // namespace picket
