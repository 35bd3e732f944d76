// Access: how rules are found by the values of an event. A rule's cover is a set of access keys of which at least one
// must hold for the rule to match (the access predicate of Fabret et al., SIGMOD 2001; the cover of Whang et al., VLDB
// 2009). Keys may hold where the rule does not match, never the other way round: every candidate is evaluated exactly.
//
// Texts are sought folded (Unicode simple case folding), so that keys of operators with and without `~` share tables;
// and with the escapes of JSON, so that the texts of most events need not be decoded. What is sought in a text is then
// compared without ASCII case.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/event/field_trie.hpp"
#include "engine/event/literal.hpp"
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

// What a field is asked, in one line of memory: most values of most fields lead to nothing, and are done with here.
struct alignas(64) FieldProbe {
  HashFilter<4> filter;  // of the values that are sought
  HashIndex::View equal;
  bool asks_equal = false;
  bool asks_more = false;  // some of what follows
  bool asks_present = false;
  bool asks_parts = false;     // texts are sought by their parts, too …
  bool asks_anywhere = false;  // … wherever they stand, which makes the value worth remembering

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
  // `sought`: as FieldTexts::sought() gives it.
  template <typename Take>
  void of_parts(std::string_view sought, const Take& take) const;

 private:
  // A text to be found at the beginning, at the end or anywhere, and what it leads to.
  struct Part {
    Literal literal;
    std::vector<Posting> postings;
  };
  // Literals that begin or end a value, by that many bytes of theirs at that end.
  struct Affixes {
    std::size_t length = 0;
    HashFilter<1> filter;
    LiteralIndex literals;
  };

  std::uint32_t part(AccessKind kind, const std::string& text, bool& is_new);
  void add_affix(std::vector<Affixes>& affixes, std::uint32_t part);
  void file_substrings(const std::function<double(std::string_view)>& gram_share);

  FieldProbe probe_;
  std::vector<Posting> present_;
  std::vector<Posting> container_;
  HashIndex equal_;
  std::vector<std::vector<Posting>> equal_postings_;
  std::vector<Part> parts_;
  std::vector<Affixes> prefixes_;
  std::vector<Affixes> suffixes_;
  std::vector<Grams> grams_;
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
  for (const Affixes& prefixes : prefixes_) {
    if (sought.size() < prefixes.length) continue;
    const std::uint64_t hash = hash_of_text(sought.substr(0, prefixes.length));
    if (prefixes.filter.may_hold(hash)) prefixes.literals.find(hash, sought, 0, seek);
  }
  for (const Affixes& suffixes : suffixes_) {
    if (sought.size() < suffixes.length) continue;
    const std::size_t at = sought.size() - suffixes.length;
    const std::uint64_t hash = hash_of_text(sought.substr(at));
    if (suffixes.filter.may_hold(hash)) suffixes.literals.find(hash, sought, at, seek);
  }
  for (const Grams& grams : grams_) grams.scan(sought, seek);
}

}  // namespace picket
