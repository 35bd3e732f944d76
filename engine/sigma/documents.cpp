// Which documents are Sigma's.
#include <algorithm>
#include <array>
#include <string_view>

#include "engine/sigma/actions.hpp"
#include "engine/sigma/sigma.hpp"
#include "engine/sigma/sigma_keys.hpp"

namespace picket::sigma {
namespace {

// Words of which some stand in a section.
struct Shape {
  std::string_view section;
  std::array<std::string_view, 5> words;
  std::ptrdiff_t least;
};
constexpr std::array<Shape, 4> shapes = {{{"logsource", {"category", "product", "service"}, 1},
                                          {"detection", {"condition"}, 1},
                                          {"filter", {"condition"}, 1},
                                          {"correlation", {"type", "rules", "group-by", "timespan", "condition"}, 2}}};

bool has_shape(const yaml::Node& node, const Shape& shape) {
  const yaml::Mapping* mapping = node.mapping();
  return mapping != nullptr && std::ranges::count_if(shape.words, [&](std::string_view word) {
                                 return !word.empty() && mapping->find(word) != nullptr;
                               }) >= shape.least;
}

// Whether two keys are Sigma's or nearly so, and below one of them stands what belongs there. (One is too few: files of
// other programs have a `filter`, or a `title`.)
bool is_misspelt(const yaml::Mapping& document) {
  constexpr std::array<std::string_view, 5> known = {"title", "logsource", "detection", "filter", "correlation"};
  const MeantKeys meant(document, known);
  std::size_t keys = 0;
  bool section = false;
  for (const yaml::Mapping::Entry& entry : document.entries) {
    const std::string key = meant.of(entry.key).value_or(entry.key);
    if (std::ranges::find(known, key) != known.end()) ++keys;
    const auto* const shape = std::ranges::find(shapes, key, &Shape::section);
    section = section || (shape != shapes.end() && has_shape(*entry.value, *shape));
  }
  return keys >= 2 && section;
}

}  // namespace

bool is_sigma(const yaml::Node& document) {
  const yaml::Mapping* mapping = document.mapping();
  if (mapping == nullptr || mapping->find("AnalysisType") != nullptr) return false;
  const auto has = [mapping](std::string_view key) { return mapping->find(key) != nullptr; };
  return (has("logsource") && (has("detection") || has("filter") || has("title"))) ||
         (has("title") && has("detection")) || has("correlation") || is_action(*mapping) || is_misspelt(*mapping);
}

}  // namespace picket::sigma
