// Which fields the events of a log type have, as far as the pack's own tests and samples show them: a schema that
// nobody has to write.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/frontend/rule.hpp"
#include "grammar/ast/functions.hpp"

namespace picket {

// What stands at one place of the events seen.
struct FieldNode {
  Kinds kinds{0};
  std::map<std::string, FieldNode, std::less<>> children;  // of objects
  std::vector<FieldNode> element;                          // of lists: nought or one, all elements merged

  void add(const Value& value);
};

// What is known of a path.
struct FieldLookup {
  enum class Verdict {
    known,       // some event has it
    unknown,     // no event has step `step`, though what is before it is there
    wrong_case,  // some event has it, in another case
    unclear,     // nothing can be said
  };
  Verdict verdict = Verdict::unclear;
  Kinds kinds{0};                     // known: the kinds seen
  std::size_t step = 0;               // unknown, wrong_case: which step of the path
  std::string actual;                 // wrong_case: as events have it
  std::vector<std::string> siblings;  // unknown: what stands there instead
  bool in_elements = false;           // unknown: a list stands there, whose elements have it
};

class FieldCatalog {
 public:
  // Reads the tests' events of all rules, each under its `p_log_type`, else under its rule's log types; and samples,
  // under their `p_log_type`.
  FieldCatalog(const std::vector<Rule>& rules, const std::vector<Value>& samples);

  // Looks a path up in the events of the given log types together. Fields that begin with `p_` belong to the pipeline,
  // and nothing is said of them; nor if any of the log types has no event.
  [[nodiscard]] FieldLookup look_up(const std::vector<Located<std::string>>& log_types,
                                    const std::vector<PathStep>& path) const;

 private:
  std::map<std::string, FieldNode, std::less<>> by_log_type_;
};

}  // namespace picket
