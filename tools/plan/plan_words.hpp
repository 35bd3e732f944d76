// A plan in words: its fields, keys and predicates as a person would write them in a rule.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/plan/plan.hpp"

namespace picket {

// Of one log type. REQUIRES: pack and plan outlive it.
class PlanWords {
 public:
  PlanWords(const CheckedPack& pack, const LogTypePlan& plan);

  // `userIdentity.type`, `headers["user-agent"]`.
  [[nodiscard]] std::string field(FieldId field) const;
  // `eventName in ["StopLogging", "DeleteTrail"]`: what must hold of an event for one of the keys to do. Of many values
  // of a field the first `most` and how many more.
  [[nodiscard]] std::string cover(std::span<const AccessKey> keys, std::size_t most) const;
  // `eventName eq "StopLogging"`; of a definition its name; of what the interpreter decides the text of the rule, as
  // far as it can be told in a line.
  [[nodiscard]] std::string predicate(PredicateId id, std::size_t most) const;

 private:
  // The keys of a cover that differ in nothing but their values.
  struct Values {
    FieldId field = no_field;
    AccessKind kind{};
    bool folded = false;
    std::vector<std::string> written;
    std::set<std::string> known;  // the same, to name each once
  };
  void note_spellings(const Predicate& predicate);
  [[nodiscard]] Values values_of(const AccessKey& key) const;
  [[nodiscard]] std::string in_words(const Values& values, std::size_t most) const;

  const CheckedPack& pack_;
  const LogTypePlan& plan_;
  // How rules write what keys have folded.
  struct Spelling {
    std::string text;
    bool minds_case = false;  // and all that do write it so
  };
  std::map<std::pair<FieldId, std::string>, Spelling> spellings_;
};

}  // namespace picket
