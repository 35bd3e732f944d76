// What a detection item asks of one field, in the detection language.
#pragma once

#include <string>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/frontend/rule.hpp"
#include "engine/sigma/field_places.hpp"
#include "engine/sigma/wild_text.hpp"
#include "grammar/ast/expr.hpp"

namespace picket::sigma {

// A field's places, and where the item stands that asks.
struct Asked {
  std::vector<Place> places;
  SourceSpan span;
};

// What it is for values that no place holds, a missing field and null alike: false, and for is_null() true. A list is
// any of its elements.
[[nodiscard]] Expr is_null(const Asked& asked);
[[nodiscard]] Expr is_there(const Asked& asked);  // not null
[[nodiscard]] Expr has_key(const Asked& asked);   // be its value null

// Whether some value of the field is one of the constants (bools and numbers by value, texts by case or not) or fits
// one of the texts. Numbers and bools are texts as well, as JSON writes them. REQUIRES: there is a text or constant.
struct Wanted {
  std::vector<Located<WildText>> texts;
  std::vector<Located<Value>> constants;
  bool cased = false;
};
[[nodiscard]] Expr is_wanted(const Asked& asked, const Wanted& wanted);

// `plain`: no number or bool as JSON writes it can fit.
[[nodiscard]] Expr is_found(const Asked& asked, const std::vector<Located<std::string>>& regexes, bool plain);
[[nodiscard]] Expr is_in_networks(const Asked& asked, const std::vector<Located<std::string>>& networks);
// A number, or a text that is one. `op`: lt, le, gt or ge.
[[nodiscard]] Expr is_in_order(const Asked& asked, Op op, const Value& number);
// `format`: strftime's letter for the part of a time, which gives digits.
[[nodiscard]] Expr has_time_part(const Asked& asked, char format, Op op, const std::vector<Located<Value>>& numbers);
// Equal texts (op eq), or one begins, ends or stands in the other.
[[nodiscard]] Expr is_like_field(const Asked& asked, const Asked& other, Op op, bool cased);

}  // namespace picket::sigma
