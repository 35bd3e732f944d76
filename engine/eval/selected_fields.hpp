// SelectedFields: whether lookup tables may say something of an event, told by the few fields that they look up, so
// that an event of which they say nothing need not be read whole. Internal to engine/eval.
//
// Hot: asked for every event of a log type that a table is associated with.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/event/event_scanner.hpp"
#include "engine/event/field_trie.hpp"
#include "engine/lookup/enrichment.hpp"

namespace picket {

class SelectedFields {
 public:
  // What the tables look up in the events of one log type; it must outlive this.
  explicit SelectedFields(const std::vector<Enrichment::Lookup>& lookups);

  // False only if no table has a row for the event. REQUIRES: the event was scanned before, and found to be one.
  [[nodiscard]] bool may_have_rows(std::string_view block, const EventPlace& place, EventScanner& scanner);

 private:
  // A value that is looked up, and what leads to it: a list there has values of its own.
  struct Selected {
    const TableRows* rows = nullptr;
    std::vector<std::size_t> paths;  // the field's is the last
  };

  [[nodiscard]] bool may_have_row(const Selected& selected, std::string_view block) const;

  std::vector<Selected> selected_;
  std::vector<FieldId> fields_of_paths_;
  std::unique_ptr<const FieldTrie> trie_;
  std::unique_ptr<EventFields> fields_;
};

}  // namespace picket
