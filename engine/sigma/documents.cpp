// Which documents are Sigma's, and what those of one file say to each other.
#include <algorithm>
#include <utility>

#include "engine/sigma/sigma.hpp"

namespace picket::sigma {
namespace {

std::string action_of(const yaml::Node& document) {
  const yaml::Mapping* mapping = document.mapping();
  const auto* action = mapping == nullptr ? nullptr : mapping->find("action");
  return action == nullptr || action->value->scalar() == nullptr ? std::string() : action->value->scalar()->text;
}

bool is_action(std::string_view word) { return word == "global" || word == "repeat" || word == "reset"; }

// `over` laid over `under`: mappings key by key, whatever else is replaced.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the file, which is bounded
yaml::NodePtr laid_over(const yaml::NodePtr& under, const yaml::NodePtr& over) {
  const yaml::Mapping* below = under == nullptr ? nullptr : under->mapping();
  const yaml::Mapping* above = over->mapping();
  if (below == nullptr || above == nullptr) return over;
  yaml::Mapping merged;
  for (const yaml::Mapping::Entry& entry : above->entries) {
    const yaml::Mapping::Entry* other = below->find(entry.key);
    merged.entries.push_back(
        {entry.key, entry.key_span, laid_over(other == nullptr ? nullptr : other->value, entry.value)});
  }
  for (const yaml::Mapping::Entry& entry : below->entries) {
    if (above->find(entry.key) == nullptr) merged.entries.push_back(entry);
  }
  return std::make_shared<const yaml::Node>(yaml::Node{std::move(merged), over->span});
}

yaml::NodePtr without_action(const yaml::NodePtr& document) {
  yaml::Mapping mapping = *document->mapping();
  std::erase_if(mapping.entries, [](const yaml::Mapping::Entry& entry) { return entry.key == "action"; });
  return std::make_shared<const yaml::Node>(yaml::Node{std::move(mapping), document->span});
}

}  // namespace

bool is_sigma(const yaml::Node& document) {
  const yaml::Mapping* mapping = document.mapping();
  if (mapping == nullptr || mapping->find("AnalysisType") != nullptr) return false;
  const auto has = [mapping](std::string_view key) { return mapping->find(key) != nullptr; };
  return (has("logsource") && (has("detection") || has("filter") || has("title"))) ||
         (has("title") && has("detection")) || has("correlation") || is_action(action_of(document));
}

std::vector<yaml::NodePtr> without_actions(const std::vector<yaml::NodePtr>& documents) {
  std::vector<yaml::NodePtr> meant;
  yaml::NodePtr global;
  yaml::NodePtr before;
  for (const yaml::NodePtr& document : documents) {
    const std::string action = action_of(*document);
    if (action == "global") {
      global = laid_over(global, without_action(document));
    } else if (action == "reset") {
      global = nullptr;
    } else if (action == "repeat" && before != nullptr) {
      meant.push_back(before = laid_over(before, without_action(document)));
    } else if (document->mapping() != nullptr) {
      meant.push_back(before = global == nullptr ? document : laid_over(global, document));
    }
  }
  return meant;
}

}  // namespace picket::sigma
