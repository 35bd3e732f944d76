// Enrichment: what lookup tables say of events. The door of engine/lookup.
//
// An event of a log type that a table is associated with gets `p_enrichment: {TABLE: {SELECTOR: row}}`, for each
// selector whose value is a key of the table. Immutable once it is shared; safe to read from any thread.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/frontend/lookup_table.hpp"

namespace picket {

class MaxMindDatabase;
class RowIndex;

// The rows of a table, by their keys.
using TableRows = std::variant<std::monostate, std::shared_ptr<const RowIndex>, std::shared_ptr<const MaxMindDatabase>>;

// A file that rows were read from, and what tells whether it is still the same.
struct TableFile {
  std::string name;
  std::string digest;
  friend bool operator==(const TableFile&, const TableFile&) = default;
};

// Whether a row has the key, or fits it.
[[nodiscard]] bool has_row(const TableRows& rows, std::string_view key);

class Enrichment {
 public:
  Enrichment();
  Enrichment(const Enrichment&) = delete;
  Enrichment& operator=(const Enrichment&) = delete;
  ~Enrichment();

  // Of tables with one name the first counts, as everywhere.
  void add(const LookupTable& table, TableRows rows);
  void add(TableFile file) { files_.push_back(std::move(file)); }

  // The files of all tables, in their order.
  [[nodiscard]] const std::vector<TableFile>& files() const { return files_; }
  [[nodiscard]] std::vector<std::string> table_names() const;

  // What one table looks up in the events of a log type. It lives as long as the Enrichment.
  struct Lookup {
    const std::string* table = nullptr;
    const TableRows* rows = nullptr;
    const std::vector<LookupTable::Selector>* selectors = nullptr;
  };
  // Empty for a log type that no table is associated with.
  [[nodiscard]] const std::vector<Lookup>& of(std::string_view log_type) const;

  static constexpr std::string_view key = "p_enrichment";
  // What the tables say of the event, put beside what its `p_enrichment` says already: what is to stand there; nothing
  // if they say nothing. `mocked`: `{TABLE: {KEY: row}}`, what tables hold instead of their rows; null for none.
  [[nodiscard]] std::optional<Value> look_up(const Value& event, std::string_view log_type,
                                             const Object* mocked = nullptr) const;
  // The event with that.
  [[nodiscard]] std::optional<Value> enriched(const Value& event, std::string_view log_type,
                                              const Object* mocked = nullptr) const;

 private:
  struct Table;
  std::vector<std::unique_ptr<Table>> tables_;
  std::map<std::string, std::vector<Lookup>, std::less<>> by_log_type_;
  std::vector<TableFile> files_;
};

}  // namespace picket
