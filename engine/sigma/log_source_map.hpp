// Which events the log source of a Sigma rule means.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/frontend/log_sources.hpp"
#include "engine/yaml/node.hpp"

namespace picket::sigma {

// As a rule names it.
struct LogSourceName {
  std::optional<std::string> category;
  std::optional<std::string> product;
  std::optional<std::string> service;

  // "windows/process_creation", "-/webserver": for messages.
  [[nodiscard]] std::string in_words() const;
  // Whether whatever is of the other log source is of this one, too: all that this says, that says as well.
  [[nodiscard]] bool holds(const LogSourceName& other) const;
  friend bool operator==(const LogSourceName&, const LogSourceName&) = default;
};

// The parts of a `logsource`, in lower case.
[[nodiscard]] LogSourceName read_log_source_name(const yaml::Mapping& mapping);

struct MappedLogSource {
  std::vector<std::string> log_types;
  std::vector<LogSource::Events> events;  // at least one
};

class LogSourceMap {
 public:
  // Those that ship with the product, for which each of `own` that names the same log source takes the place.
  explicit LogSourceMap(std::span<const LogSources> own);

  // In this order: what is named exactly so; what its category and its service both mean, where it has both; whatever
  // is a part of it (`category: process_creation` of every product). Nothing if no file says what it is.
  [[nodiscard]] std::optional<MappedLogSource> find(const LogSourceName& name) const;
  [[nodiscard]] const std::map<std::string, std::vector<std::string>>& placeholders() const { return placeholders_; }

 private:
  std::vector<LogSource> log_sources_;
  std::map<std::string, std::vector<std::string>> placeholders_;
};

// What ships with the product, read once.
[[nodiscard]] std::span<const LogSources> shipped_log_sources();

}  // namespace picket::sigma
