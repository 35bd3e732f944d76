// AlertArchive: the questions of analysts to a database of alerts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/frontend/rule.hpp"
#include "engine/sqlite/database.hpp"

namespace picket {

// Which alerts; what is not given does not matter.
struct AlertQuestion {
  std::optional<Time> since;  // windows that begin then or later
  std::optional<Time> until;  // … before then
  std::string rule_id;
  std::optional<Severity> at_least;
  std::string mentions;   // a value of the context, exactly
  std::string technique;  // of MITRE ATT&CK; T1078 means its sub-techniques as well
  std::string id;         // begins so
  std::size_t limit = 100;
};

struct ArchivedAlert {
  std::string id;
  std::string rule_id;
  std::string severity;
  std::string title;
  std::uint64_t matches = 0;
  std::string window_start;
  std::string last_event;  // empty if it is not known
  bool final = false;
  std::string alert;  // as it was created: one object of JSON
};

// Reads a database that others may be writing to.
class AlertArchive {
 public:
  using Opened = std::variant<std::unique_ptr<AlertArchive>, std::string>;
  [[nodiscard]] static Opened open(const std::string& path);

  // The newest first.
  [[nodiscard]] std::vector<ArchivedAlert> find(const AlertQuestion& question);
  [[nodiscard]] const std::optional<std::string>& fault() const { return database_->fault(); }

 private:
  explicit AlertArchive(std::unique_ptr<Database> database) : database_(std::move(database)) {}

  std::unique_ptr<Database> database_;
};

}  // namespace picket
