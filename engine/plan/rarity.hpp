// How rare things are in the values of events: what covers and grams are chosen by. A guess from a built-in table,
// better one from a sample of events; it changes speed, never results. Internal to engine/plan.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/pattern/pattern.hpp"
#include "engine/plan/access.hpp"

namespace picket {

// Of the events of one log type. Not for two threads at once: it remembers what it was asked.
class Rarity {
 public:
  // Both must outlive it; `paths` may grow.
  Rarity(const std::vector<FieldPathKeys>& paths, std::span<const Value> sample) : paths_(paths), sample_(sample) {}

  // The share of the log type's events in which a key holds.
  [[nodiscard]] double share(const AccessKey& key) const;
  [[nodiscard]] double share(std::span<const AccessKey> keys) const;
  // How often a gram of a folded text with its escapes stands in a value of the field, roughly.
  [[nodiscard]] double gram_share(FieldId field, std::string_view gram) const;

 private:
  // What the sample holds of one field.
  struct FieldSample {
    std::size_t present = 0;
    std::size_t containers = 0;
    std::map<std::string, std::size_t, std::less<>> texts;  // folded, with how often each stands there
    std::map<double, std::size_t> numbers;
    std::vector<std::pair<Network, std::size_t>> networks;  // of the texts
    std::map<bool, std::size_t> bools;
    std::unordered_map<std::uint32_t, std::size_t> grams;  // of four bytes
  };
  [[nodiscard]] const FieldSample& field(FieldId field) const;
  [[nodiscard]] std::size_t hits(const AccessKey& key) const;

  const std::vector<FieldPathKeys>& paths_;
  std::span<const Value> sample_;
  mutable std::map<FieldId, FieldSample> fields_;
  mutable std::map<std::tuple<FieldId, AccessKind, std::string, double>, double> known_;
};

}  // namespace picket
