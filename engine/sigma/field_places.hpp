// Where the fields of a Sigma rule stand in events.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/frontend/log_sources.hpp"
#include "grammar/ast/expr.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket::sigma {

struct Place {
  Expr path;
  bool of_elements = false;  // the path takes the elements of lists: it gives a list of what it finds
  bool computed = false;     // it stands nowhere in the event: an expression makes the value
  // When to look there: where one of the lists is one.
  std::optional<Expr> when;
};

// A field `a.b` is the member `b` of `a`, or of any element of `a` where that is a list; unless the log source says
// where it is. `flat_too`: or a key `a.b` of the event, as shippers write that flatten events.
class FieldPlaces {
 public:
  // All must outlive it. `taken`: names that mean something else in the rule.
  FieldPlaces(const SourcePtr& source, const FieldNames& renamed, const std::set<std::string>& taken, bool flat_too)
      : source_(source), renamed_(renamed), taken_(taken), flat_too_(flat_too) {}

  // At least one: the field's value is at any of them, and where it is at several all of them count. The first goes
  // through no lists.
  [[nodiscard]] std::vector<Place> of(const std::string& name, SourceSpan span) const;

 private:
  const SourcePtr& source_;
  const FieldNames& renamed_;
  const std::set<std::string>& taken_;
  bool flat_too_;
};

}  // namespace picket::sigma
