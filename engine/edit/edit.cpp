#include "engine/edit/edit.hpp"

#include <algorithm>
#include <map>

namespace picket {
namespace {

bool overlap(SourceSpan a, SourceSpan b) {
  if (a == b) return true;
  return a.begin < b.end && b.begin < a.end;
}

// The edits that are applied, by where they begin; an insertion stands before a replacement at the same place.
using Chosen = std::map<std::pair<std::uint32_t, std::uint32_t>, const Edit*>;

bool fits(const Chosen& chosen, SourceSpan span) {
  auto next = chosen.lower_bound({span.begin, span.end});
  if (next != chosen.end() && overlap(next->second->span, span)) return false;
  return next == chosen.begin() || !overlap(std::prev(next)->second->span, span);
}

}  // namespace

Edited apply_edits(std::string_view text, const std::vector<Edit>& edits) {
  Edited result;
  Chosen chosen;
  for (std::size_t i = 0; i < edits.size(); ++i) {
    const SourceSpan span = edits[i].span;
    if (fits(chosen, span)) {
      chosen.try_emplace({span.begin, span.end}, &edits[i]);
    } else {
      result.left_out.push_back(i);
    }
  }
  std::size_t at = 0;
  for (const auto& [place, edit] : chosen) {
    result.text += text.substr(at, edit->span.begin - at);
    result.text += edit->replacement;
    at = edit->span.end;
  }
  result.text += text.substr(at);
  return result;
}

}  // namespace picket
