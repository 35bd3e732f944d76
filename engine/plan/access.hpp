// Access: how rules are found by the values of an event. A rule's cover is a set of access keys of which at least one
// must hold for the rule to match (the access predicate of Fabret et al., SIGMOD 2001; the cover of Whang et al., VLDB
// 2009). Keys may hold where the rule does not match, never the other way round: every candidate is evaluated exactly.
//
// Texts are sought folded (Unicode simple case folding), so that keys of operators with and without `~` share tables.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/event/event_scanner.hpp"
#include "engine/event/field_trie.hpp"
#include "engine/event/words.hpp"
#include "engine/plan/predicate.hpp"

namespace picket {

enum class AccessKind : std::uint8_t {
  equal_text,
  equal_number,
  equal_bool,
  prefix,
  suffix,
  substring,
  container,  // the value is a list or an object
  present,    // the value is there and not null
};

// What must be true of a field's value.
struct AccessKey {
  FieldId field = no_field;
  AccessKind kind = AccessKind::present;
  std::string text;   // folded
  double number = 0;  // the nearest double; of equal_bool 0 or 1
  // The predicate that is true where this key holds; no_predicate if the key says less than that.
  PredicateId proves = no_predicate;
};

// What a key leads to.
struct Posting {
  PlannedRuleId rule = 0;
  PredicateId proves = no_predicate;
};

// A hash table from hashes to indices, filled once. It knows 32 bits of each hash: what is found may, very seldom, be
// another's.
class HashIndex {
 public:
  static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

  // Returns the index that is there for the hash, if one is; else files the one given.
  std::uint32_t insert(std::uint64_t hash, std::uint32_t index);
  [[nodiscard]] std::uint32_t find(std::uint64_t hash) const {
    if (entries_.empty()) return none;
    const auto tag = static_cast<std::uint32_t>(hash >> 32U);
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
      const Entry& entry = entries_[at];
      if (entry.index == none || entry.tag == tag) return entry.index;
    }
  }

 private:
  struct Entry {
    std::uint32_t tag = 0;
    std::uint32_t index = none;
  };
  std::vector<Entry> entries_;
  std::size_t mask_ = 0;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> filed_;  // what is in it, to let it grow
};

// The hashes by which values are sought.
[[nodiscard]] std::uint64_t hash_of_number(double number);
[[nodiscard]] std::uint64_t hash_of_bool(bool value);
// The same for texts that differ in nothing but ASCII case. REQUIRES: eight readable bytes behind the text.
[[nodiscard]] std::uint64_t hash_of_text(std::string_view text);
// What is in a text besides plain ASCII: found while it is hashed.
struct TextTraits {
  bool has_escapes = false;
  bool has_other = false;  // bytes beyond ASCII
};
[[nodiscard]] std::uint64_t hash_of_text(std::string_view text, TextTraits& traits);

// What a field is asked, in as little memory as can be: most values of most fields lead to nothing, and are done with
// here.
struct FieldProbe {
  std::uint64_t filter = 0;  // a bit for the hash of each value that is sought
  bool asks = false;         // anything at all
  bool asks_present = false;
  bool asks_parts = false;  // texts are sought by their parts, too, and so have to be folded

  [[nodiscard]] static std::uint64_t bit(std::uint64_t hash) { return std::uint64_t{1} << (hash >> 58U); }
  [[nodiscard]] bool may_hold(std::uint64_t hash) const { return (filter & bit(hash)) != 0; }
};

// The access keys of one field, filed.
class FieldAccess {
 public:
  void add(const AccessKey& key, PlannedRuleId rule);
  // REQUIRES: everything was added. `gram_share` says how common a gram is in values of the field.
  void finish(const std::function<double(std::string_view)>& gram_share);

  [[nodiscard]] const FieldProbe& probe() const { return probe_; }
  // How dear it is to look through a text, roughly: the parts sought in it, in doublings.
  [[nodiscard]] std::size_t effort() const { return static_cast<std::size_t>(std::bit_width(literals_.size())); }

  // Each calls take(posting) for what the value leads to; a posting may come several times.
  template <typename Take>
  void of_present(const Take& take) const {
    for (const Posting& posting : present_) take(posting);
  }
  template <typename Take>
  void of_container(const Take& take) const {
    for (const Posting& posting : container_) take(posting);
  }
  template <typename Take>
  void of_hash(std::uint64_t hash, const Take& take) const {
    const std::uint32_t found = equal_.find(hash);
    if (found == HashIndex::none) return;
    for (const Posting& posting : equal_postings_[found]) take(posting);
  }
  // `folded`: with padding of 16 bytes before and behind it.
  template <typename Take>
  void of_parts(std::string_view folded, const Take& take) const;

 private:
  // A text to be found at the beginning, at the end or anywhere, and where its hashed bytes stand in it.
  struct Literal {
    std::string text;
    std::uint32_t offset = 0;
    std::vector<Posting> postings;
  };
  // Literals by the hash of some of their bytes.
  struct LiteralIndex {
    HashIndex index;
    std::vector<std::vector<std::uint32_t>> lists;  // -> literals_
    void add(std::uint64_t hash, std::uint32_t literal);
    [[nodiscard]] std::span<const std::uint32_t> find(std::uint64_t hash) const {
      const std::uint32_t found = index.find(hash);
      return found == HashIndex::none ? std::span<const std::uint32_t>() : lists[found];
    }
  };
  // Literals that begin or end a value, by that many bytes of theirs at that end.
  struct Affixes {
    std::size_t length = 0;
    LiteralIndex literals;
  };
  // Literals anywhere in a value, by one gram of theirs, and a filter: a Bloom filter whose two bits for a gram stand
  // in one word (Putze, Sanders and Singler, 2007).
  struct Grams {
    std::size_t length = 0;
    std::uint32_t shift = 0;
    std::vector<std::uint64_t> filter;
    LiteralIndex literals;

    [[nodiscard]] static std::uint32_t hash(const char* bytes, std::size_t length) {
      constexpr std::uint32_t factor = 0x9e3779b1U;
      return (words::load_half(bytes) << (32 - 8 * length)) * factor;
    }
    [[nodiscard]] static std::uint64_t spread(std::uint32_t hash) { return hash * std::uint64_t{0x9e3779b97f4a7c15U}; }
    void make_filter(const std::vector<std::uint32_t>& hashes);
    // Calls visit(place, hash) for each place of the text at which a gram may stand. Four places are looked at before
    // the processor has to guess how it went.
    template <typename Visit>
    void scan(std::string_view text, const Visit& visit) const {
      const std::uint64_t* const bits = filter.data();
      const std::uint32_t to_bit = shift;
      const auto may_be = [bits, to_bit](std::uint32_t gram) {
        const std::uint32_t first = gram >> to_bit;
        const std::uint32_t second = gram >> (to_bit - 6);
        const std::uint64_t word = bits[first / 64];
        return word >> (first % 64) & word >> (second % 64) & 1U;
      };
      if (text.size() < length) return;
      const std::size_t places = text.size() - length + 1;
      std::size_t at = 0;
      for (; at + 4 <= places; at += 4) {
        std::array<std::uint32_t, 4> hashes{};
        for (std::size_t i = 0; i < 4; ++i) hashes[i] = hash(text.data() + at + i, length);
        if ((may_be(hashes[0]) | may_be(hashes[1]) | may_be(hashes[2]) | may_be(hashes[3])) == 0) continue;
        for (std::size_t i = 0; i < 4; ++i) {
          if (may_be(hashes[i]) != 0) visit(at + i, hashes[i]);
        }
      }
      for (; at < places; ++at) {
        const std::uint32_t gram = hash(text.data() + at, length);
        if (may_be(gram) != 0) visit(at, gram);
      }
    }
  };
  static constexpr std::size_t longest_gram = 4;

  std::uint32_t literal(AccessKind kind, const std::string& text, bool& is_new);
  void add_affix(std::vector<Affixes>& affixes, const AccessKey& key, std::uint32_t literal);
  void file_substrings(const std::function<double(std::string_view)>& gram_share);

  FieldProbe probe_;
  std::vector<Posting> present_;
  std::vector<Posting> container_;
  HashIndex equal_;
  std::vector<std::vector<Posting>> equal_postings_;
  std::vector<Literal> literals_;
  std::vector<Affixes> prefixes_;
  std::vector<Affixes> suffixes_;
  std::vector<Grams> grams_;
  // Until finish():
  std::map<std::pair<AccessKind, std::string>, std::uint32_t> known_;
};

template <typename Take>
void FieldAccess::of_parts(std::string_view folded, const Take& take) const {
  const auto take_all = [&](const Literal& literal) {
    for (const Posting& posting : literal.postings) take(posting);
  };
  for (const Affixes& prefixes : prefixes_) {
    if (folded.size() < prefixes.length) continue;
    for (const std::uint32_t id : prefixes.literals.find(hash_of_text(folded.substr(0, prefixes.length)))) {
      if (folded.starts_with(literals_[id].text)) take_all(literals_[id]);
    }
  }
  for (const Affixes& suffixes : suffixes_) {
    if (folded.size() < suffixes.length) continue;
    for (const std::uint32_t id :
         suffixes.literals.find(hash_of_text(folded.substr(folded.size() - suffixes.length)))) {
      if (folded.ends_with(literals_[id].text)) take_all(literals_[id]);
    }
  }
  for (const Grams& grams : grams_) {
    grams.scan(folded, [&](std::size_t at, std::uint32_t hash) {
      for (const std::uint32_t id : grams.literals.find(Grams::spread(hash))) {
        const Literal& literal = literals_[id];
        if (at >= literal.offset && folded.substr(at - literal.offset).starts_with(literal.text)) take_all(literal);
      }
    });
  }
}

}  // namespace picket
