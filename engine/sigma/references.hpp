// What a name in a correlation means among the Sigma documents of a pack.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/frontend/log_sources.hpp"
#include "engine/sigma/log_source_map.hpp"
#include "engine/yaml/node.hpp"

namespace picket::sigma {

// A rule or a correlation that another one can name.
struct Referenced {
  std::string id;
  std::optional<LogSourceName> log_source;  // of a rule
};

// What gives a document its id: `id`, else `name`, else `title`; null if it has none.
[[nodiscard]] const yaml::Mapping::Entry* identity_of(const yaml::Mapping& document);

class References {
 public:
  // A document by its identity; the first of equal ones counts.
  void add(const yaml::Node& document);

  // By id, else by name. Null for what is no Sigma document: it may be the id of another rule.
  [[nodiscard]] const Referenced* find(std::string_view name) const;
  // Whether it is the `name` of several documents, and the id of none: which of them is meant cannot be told.
  [[nodiscard]] bool is_ambiguous(std::string_view name) const {
    return ambiguous_.contains(name) && !by_id_.contains(name);
  }

 private:
  std::map<std::string, Referenced, std::less<>> by_id_;
  std::map<std::string, std::string, std::less<>> id_of_name_;
  std::set<std::string, std::less<>> ambiguous_;
};

}  // namespace picket::sigma
