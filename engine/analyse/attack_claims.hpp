// What a rule says of MITRE ATT&CK: the items of its ATT&CK report, and its tags that are ids.
#pragma once

#include <string>
#include <vector>

#include "engine/frontend/rule.hpp"
#include "grammar/text/source.hpp"

namespace picket {

// A tactic and a technique of it that the rule claims to detect. Each is formed like an id; whether there is one of it
// only the table knows.
struct AttackClaim {
  SourceSpan span;  // without quotes, if it stands in the file as it reads
  std::string tactic;
  std::string technique;
  SourceSpan tactic_span;
  SourceSpan technique_span;
  bool tag = false;  // a tag names one of the two, the other is empty
};

struct AttackClaims {
  std::vector<AttackClaim> claims;              // in the order of the file
  std::vector<Located<std::string>> malformed;  // items of the report that are no claim
};

// Of a report whose name holds "ATT&CK", every item should read `TA0001:T1078.004`. A tag is a claim if it reads
// `T1078.004`, `TA0001`, or the same behind `attack.`, as Sigma has it; in any case of letters.
[[nodiscard]] AttackClaims attack_claims(const RuleMetadata& rule);

}  // namespace picket
