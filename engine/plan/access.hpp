// Access: how rules are found by the values of an event. A rule's cover is a set of access keys of which at least one
// must hold for the rule to match (the access predicate of Fabret et al., SIGMOD 2001; the cover of Whang et al., VLDB
// 2009). Keys may hold where the rule does not match, never the other way round: every candidate is evaluated exactly.
//
// Texts are sought folded (Unicode simple case folding), so that keys of operators with and without `~` share tables;
// and with the escapes of JSON, so that the texts of most events need not be decoded. What is sought in a text is then
// compared without ASCII case.
#pragma once

#include <algorithm>
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
// The same for texts that differ in nothing but ASCII case. By the length and three words of the text, so that it takes
// the same few steps for each: long texts that differ only elsewhere share it. REQUIRES: eight readable bytes before
// and behind the text.
[[nodiscard]] inline std::uint64_t hash_of_text(std::string_view text) {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
  if (text.empty()) return factor;
  const std::size_t count = std::min<std::size_t>(text.size(), 8);
  const std::uint64_t kept = ~std::uint64_t{0} >> (64 - 8 * count);
  const std::uint64_t head = (words::load(text.data()) | words::case_bits) & kept;
  const std::uint64_t tail = (words::load(text.data() + text.size() - 8) | words::case_bits) >> (64 - 8 * count);
  const std::uint64_t middle = words::load(text.data() + text.size() / 2 - 4) | words::case_bits;
  const std::uint64_t of_ends = words::mix(head + text.size(), factor) ^ std::rotl(tail, 29);
  return words::mix(of_ends, factor ^ (text.size() > 16 ? middle : 0));
}

// The same of a text that stands anywhere.
[[nodiscard]] std::uint64_t hash_of_copy(std::string_view text);

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
  // REQUIRES: everything was added. `gram_share` says how common a gram is in values of the field, escapes and all.
  void finish(const std::function<double(std::string_view)>& gram_share);

  [[nodiscard]] const FieldProbe& probe() const { return probe_; }

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
  // `sought`: as FieldTexts::sought() gives it.
  template <typename Take>
  void of_parts(std::string_view sought, const Take& take) const;

 private:
  static constexpr std::size_t longest_gram = 4;

  // A text to be found at the beginning, at the end or anywhere.
  struct Literal {
    std::string text;  // folded and escaped, with eight bytes behind it
    std::uint32_t length = 0;
    std::vector<Posting> postings;

    // Whether it stands at a place of the text.
    [[nodiscard]] bool stands_in(std::string_view sought, std::size_t at) const {
      if (at > sought.size() || sought.size() - at < length) return false;
      for (std::size_t i = 0; i < length; i += 8) {
        const std::uint64_t difference =
            words::lower_ascii(words::load(sought.data() + at + i)) ^ words::load(text.data() + i);
        if (words::first_bytes(difference, std::min<std::size_t>(8, length - i)) != 0) return false;
      }
      return true;
    }
  };
  // Whether an escape or a character begins at a place of the text, and not the second half of an escape. Of a place
  // behind many backslashes it is not told, for a text may be nothing else.
  [[nodiscard]] static bool is_whole_at(std::string_view sought, std::size_t at) {
    constexpr std::size_t most = 16;
    std::size_t backslashes = 0;
    while (backslashes < std::min(at, most) && sought[at - 1 - backslashes] == '\\') ++backslashes;
    return backslashes < most && backslashes % 2 == 0;
  }
  // A literal by some of its bytes, which stand at `offset` in it.
  struct Filed {
    std::uint32_t literal = 0;  // -> literals_
    std::uint32_t offset = 0;
  };
  struct LiteralIndex {
    HashIndex index;
    std::vector<std::vector<Filed>> lists;
    void add(std::uint64_t hash, Filed filed);
    [[nodiscard]] std::span<const Filed> find(std::uint64_t hash) const {
      const std::uint32_t found = index.find(hash);
      return found == HashIndex::none ? std::span<const Filed>() : lists[found];
    }
  };
  // Literals that begin or end a value, by that many bytes of theirs at that end.
  struct Affixes {
    std::size_t length = 0;
    LiteralIndex literals;
  };
  // Literals anywhere in a value, by grams of theirs, and a filter: a Bloom filter whose two bits for a gram stand in
  // one word (Putze, Sanders and Singler, 2007). A literal is filed by two grams, one a byte behind the other: wherever
  // it stands in a value, one of them stands at an even place, so that only every other place is looked at. (Literals
  // of one byte have only one, and are looked for everywhere.)
  struct Grams {
    std::size_t length = 0;
    std::size_t stride = 2;
    std::uint64_t mask = 0;  // of the filter's size
    std::vector<std::uint64_t> filter;
    LiteralIndex literals;

    // `kept`: of which bytes.
    [[nodiscard]] static std::uint64_t hash(const char* bytes, std::uint32_t kept) {
      constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
      return ((words::load_half(bytes) | static_cast<std::uint32_t>(words::case_bits)) & kept) * factor;
    }
    [[nodiscard]] static std::uint32_t kept_of(std::size_t length) { return ~std::uint32_t{0} >> (32 - 8 * length); }
    [[nodiscard]] static std::uint64_t bits_of(std::uint64_t hash) {
      return std::uint64_t{1} << (hash >> 58U) | std::uint64_t{1} << (hash >> 52U & 63U);
    }
    void make_filter(const std::vector<std::uint64_t>& hashes);
    // Calls visit(place, hash) for each place of the text, of those looked at, where a gram may stand. Four places are
    // looked at before the processor has to guess how it went.
    template <typename Visit>
    void scan(std::string_view text, const Visit& visit) const {
      if (length == longest_gram) return scan_by(text, kept_of(longest_gram), visit);
      scan_by(text, kept_of(length), visit);
    }

   private:
    template <typename Visit>
    [[gnu::always_inline]] void scan_by(std::string_view text, std::uint32_t kept, const Visit& visit) const {
      const std::uint64_t* const words_of_filter = filter.data();
      const std::uint64_t to_word = mask;
      const auto may_be = [words_of_filter, to_word](std::uint64_t gram) {
        const std::uint64_t word = words_of_filter[gram >> 32U & to_word];
        return word >> (gram >> 58U) & word >> (gram >> 52U & 63U) & 1U;
      };
      if (text.size() < length) return;
      const std::size_t end = text.size() - length + 1;
      const std::size_t step = stride;
      std::size_t at = 0;
      for (; at + 3 * step < end; at += 4 * step) {
        std::array<std::uint64_t, 4> hashes{};
        for (std::size_t i = 0; i < 4; ++i) hashes[i] = hash(text.data() + at + i * step, kept);
        if ((may_be(hashes[0]) | may_be(hashes[1]) | may_be(hashes[2]) | may_be(hashes[3])) == 0) continue;
        for (std::size_t i = 0; i < 4; ++i) {
          if (may_be(hashes[i]) != 0) visit(at + i * step, hashes[i]);
        }
      }
      for (; at < end; at += step) {
        const std::uint64_t gram = hash(text.data() + at, kept);
        if (may_be(gram) != 0) visit(at, gram);
      }
    }
  };
  std::uint32_t literal(AccessKind kind, const std::string& text, bool& is_new);
  void add_affix(std::vector<Affixes>& affixes, std::uint32_t literal);
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
void FieldAccess::of_parts(std::string_view sought, const Take& take) const {
  const auto seek = [&](const Literal& literal, std::size_t at) {
    if (!literal.stands_in(sought, at)) return;
    // In the middle of an escape it is something else that stands there.
    const bool proven = is_whole_at(sought, at);
    for (const Posting& posting : literal.postings) {
      take({.rule = posting.rule, .proves = proven ? posting.proves : no_predicate});
    }
  };
  for (const Affixes& prefixes : prefixes_) {
    if (sought.size() < prefixes.length) continue;
    const std::uint64_t hash = hash_of_text(sought.substr(0, prefixes.length));
    for (const Filed& filed : prefixes.literals.find(hash)) seek(literals_[filed.literal], 0);
  }
  for (const Affixes& suffixes : suffixes_) {
    if (sought.size() < suffixes.length) continue;
    const std::uint64_t hash = hash_of_text(sought.substr(sought.size() - suffixes.length));
    for (const Filed& filed : suffixes.literals.find(hash)) {
      seek(literals_[filed.literal], sought.size() - literals_[filed.literal].length);
    }
  }
  for (const Grams& grams : grams_) {
    grams.scan(sought, [&](std::size_t at, std::uint64_t hash) {
      for (const Filed& filed : grams.literals.find(hash)) seek(literals_[filed.literal], at - filed.offset);
    });
  }
}

}  // namespace picket
