// Access: how rules are found by the values of an event. A rule's cover is a set of access keys of which at least one
// must hold for the rule to match (the access predicate of Fabret et al., SIGMOD 2001; the cover of Whang et al., VLDB
// 2009). Keys may hold where the rule does not match, never the other way round: every candidate is evaluated exactly.
//
// Texts are sought folded (Unicode simple case folding), so that keys of operators with and without `~` share tables;
// and with the escapes of JSON, so that the texts of most events need not be decoded. What is sought in a text is then
// compared without ASCII case.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/event/field_trie.hpp"
#include "engine/event/literal.hpp"
#include "engine/event/words.hpp"
#include "engine/pattern/network_tree.hpp"
#include "engine/plan/grams.hpp"
#include "engine/plan/hash_index.hpp"
#include "engine/plan/literal_index.hpp"
#include "engine/plan/predicate.hpp"

namespace picket {

enum class AccessKind : std::uint8_t {
  equal_text,
  equal_number,
  equal_bool,
  prefix,
  suffix,
  substring,
  at_least,   // the value is a number that is so large, or larger
  at_most,    // … so small, or smaller
  network,    // the value is an address or a network in it
  container,  // the value is a list or an object
  within,     // … and the text stands somewhere within it
  present,    // the value is there and not null
};

// What must be true of a field's value.
struct AccessKey {
  FieldId field = no_field;
  AccessKind kind = AccessKind::present;
  std::string text;   // folded; of network as it is written
  double number = 0;  // the nearest double, so that bounds may hold a bit too soon; of equal_bool 0 or 1
  // The predicate that is true where this key holds; no_predicate if the key says less than that.
  PredicateId proves = no_predicate;
};

// What a key leads to.
struct Posting {
  PlannedRuleId rule = 0;
  PredicateId proves = no_predicate;
};

// What a field is asked, in one line of memory: most values of most fields lead to nothing, and are done with here.
struct alignas(64) FieldProbe {
  HashFilter<4> filter;  // of the values that are sought
  HashIndex::View equal;
  bool asks_equal = false;
  bool asks_more = false;  // some of what follows
  bool asks_present = false;
  bool asks_parts = false;     // texts are sought by their parts, too …
  bool asks_anywhere = false;  // … wherever they stand, which makes the value worth remembering
  bool asks_networks = false;
  bool asks_bounds = false;  // of numbers
  bool asks_within = false;  // texts are sought within lists and objects

  // What FieldAccess::of_equal takes; HashIndex::none if the value is not sought.
  [[nodiscard]] std::uint32_t find(std::uint64_t hash) const {
    return filter.may_hold(hash) ? equal.find(hash) : HashIndex::none;
  }
};
static_assert(sizeof(FieldProbe) == 64);

// The access keys of one field, filed.
class FieldAccess {
 public:
  void add(const AccessKey& key, PlannedRuleId rule);
  // REQUIRES: everything was added. `gram_share` says how common a gram is in values of the field, escapes and all.
  void finish(const std::function<double(std::string_view)>& gram_share);

  // Good as long as the access keys are.
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
  // `found` by FieldProbe::find.
  template <typename Take>
  void of_equal(std::uint32_t found, const Take& take) const {
    for (const Posting& posting : equal_postings_[found]) take(posting);
  }
  // Of a number; nothing: one that is larger or smaller than any double.
  template <typename Take>
  void of_bounds(std::optional<double> number, const Take& take) const {
    for (const Bound& bound : lower_) {
      if (number && bound.number > *number) break;
      take(bound.posting);
    }
    for (const Bound& bound : upper_) {
      if (number && bound.number < *number) break;
      take(bound.posting);
    }
  }
  template <typename Take>
  void of_networks(const Network& value, const Take& take) const {
    networks_.each_around(value, [&](std::uint32_t found) { take(network_postings_[found]); });
  }
  // `sought`: as FieldTexts::sought() gives it.
  template <typename Take>
  void of_parts(std::string_view sought, const Take& take) const;
  // The same of a list or an object.
  template <typename Take>
  void of_within(std::string_view sought, const Take& take) const {
    for (const Grams& grams : grams_within_) {
      grams.scan(sought, [&](std::uint32_t id, std::size_t at) {
        if (!parts_[id].literal.stands_at(sought, at)) return;
        for (const Posting& posting : parts_[id].postings) take(posting);
      });
    }
  }

 private:
  // A text to be found at the beginning, at the end or anywhere, and what it leads to.
  struct Part {
    Literal literal;
    std::vector<Posting> postings;
  };
  // Literals that begin or end a value, by so many bytes of theirs at that end.
  struct Affixes {
    std::size_t length = 0;  // up to longest_affix
    bool at_end = false;
    HashFilter<1> filter;
    LiteralIndex literals;

    // `outer` and `inner`: the eight bytes at that end, and the eight beside them, without case.
    [[nodiscard]] std::uint64_t hash(std::uint64_t outer, std::uint64_t inner) const {
      constexpr std::uint64_t factor = 0x9e3779b97f4a7c15U;
      if (length == longest_affix) return words::mix(outer ^ std::rotl(inner, 29), factor);
      const std::uint64_t bytes = at_end ? outer >> (64 - 8 * length) : words::first_bytes(outer, length);
      return words::mix(bytes, factor);
    }
  };
  static constexpr std::size_t longest_affix = 16;

  std::uint32_t part(AccessKind kind, const std::string& text, bool& is_new);
  void add_affix(bool at_end, std::uint32_t part);
  [[nodiscard]] std::vector<Grams> file_substrings(AccessKind kind,
                                                   const std::function<double(std::string_view)>& gram_share) const;

  FieldProbe probe_;
  std::vector<Posting> present_;
  std::vector<Posting> container_;
  HashIndex equal_;
  std::vector<std::vector<Posting>> equal_postings_;
  struct Bound {
    double number = 0;
    Posting posting;
  };
  std::vector<Bound> lower_;  // the lowest first
  std::vector<Bound> upper_;  // the highest first
  NetworkTree networks_;
  std::vector<Posting> network_postings_;
  std::vector<Part> parts_;
  std::vector<Affixes> affixes_;
  std::vector<Grams> grams_;
  std::vector<Grams> grams_within_;
  // Until finish():
  std::map<std::pair<AccessKind, std::string>, std::uint32_t> known_;
};

template <typename Take>
void FieldAccess::of_parts(std::string_view sought, const Take& take) const {
  const auto seek = [&](std::uint32_t id, std::size_t at) {
    const Part& part = parts_[id];
    if (!part.literal.stands_at(sought, at)) return;
    // In the middle of an escape it is something else that stands there.
    const bool proven = Literal::is_whole_at(sought, at) == Literal::Answer::yes;
    for (const Posting& posting : part.postings) {
      take({.rule = posting.rule, .proves = proven ? posting.proves : no_predicate});
    }
  };
  if (!affixes_.empty() && !sought.empty()) {
    const auto word = [](const char* bytes) { return words::load(bytes) | words::case_bits; };
    const std::uint64_t head = word(sought.data());
    const std::uint64_t behind_head = word(sought.data() + 8);
    const std::uint64_t tail = word(sought.data() + sought.size() - 8);
    const std::uint64_t before_tail = word(sought.data() + sought.size() - 16);
    for (const Affixes& affixes : affixes_) {
      const std::uint64_t hash = affixes.at_end ? affixes.hash(tail, before_tail) : affixes.hash(head, behind_head);
      if (!affixes.filter.may_hold(hash) || sought.size() < affixes.length) continue;
      affixes.literals.find(hash, sought, affixes.at_end ? sought.size() - affixes.length : 0, seek);
    }
  }
  for (const Grams& grams : grams_) grams.scan(sought, seek);
}

}  // namespace picket
