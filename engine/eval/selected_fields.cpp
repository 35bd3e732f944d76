#include "engine/eval/selected_fields.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace picket {

SelectedFields::SelectedFields(const std::vector<Enrichment::Lookup>& lookups) {
  std::vector<FieldPathKeys> paths;
  const auto path_of = [&](FieldPathKeys path) {
    const auto found = std::ranges::find(paths, path);
    if (found != paths.end()) return static_cast<std::size_t>(found - paths.begin());
    paths.push_back(std::move(path));
    return paths.size() - 1;
  };
  for (const Enrichment::Lookup& lookup : lookups) {
    if (std::holds_alternative<std::monostate>(*lookup.rows)) continue;
    for (const LookupTable::Selector& selector : *lookup.selectors) {
      Selected& selected = selected_.emplace_back(Selected{.rows = lookup.rows, .paths = {}});
      FieldPathKeys path;
      for (const std::string& step : selector.steps) {
        path.keys.push_back(step);
        selected.paths.push_back(path_of(path));
      }
    }
  }
  if (paths.empty()) return;
  trie_ = std::make_unique<const FieldTrie>(paths);
  fields_of_paths_.assign(trie_->nodes_of_paths().begin(), trie_->nodes_of_paths().end());
  fields_ = std::make_unique<EventFields>(*trie_);
}

bool SelectedFields::may_have_rows(std::string_view block, const EventPlace& place, EventScanner& scanner) {
  if (selected_.empty()) return false;
  (void)scanner.scan(block, place, *trie_, *fields_);
  return std::ranges::any_of(selected_, [&](const Selected& one) { return may_have_row(one, block); });
}

// Of lists, numbers, and texts with escapes the whole event tells.
bool SelectedFields::may_have_row(const Selected& selected, std::string_view block) const {
  for (const std::size_t path : selected.paths) {
    const CapturedField field = (*fields_)[fields_of_paths_[path]];
    const bool last = path == selected.paths.back();
    if (field.kind == FieldKind::list) return true;
    if (!last && field.kind != FieldKind::object) return false;
    if (!last) continue;
    if (field.kind == FieldKind::number) return true;
    if (field.kind != FieldKind::text) return false;
    const std::string_view text = field.in(block);
    return text.find('\\') != std::string_view::npos || has_row(*selected.rows, text);
  }
  return false;
}

}  // namespace picket
