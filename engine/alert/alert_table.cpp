#include "engine/alert/alert_table.hpp"

#include <utility>

#include "engine/alert/alert_schema.hpp"
#include "engine/alert/native_format.hpp"

namespace picket {
namespace {

// SQLite reads the JSON itself. An update that comes late, after a later one, changes nothing.
constexpr const char* put_alert = R"(
INSERT INTO alerts
SELECT ?1 ->> 'alert_id', ?1 ->> 'revision', ?1 ->> 'final', ?1 ->> 'rule_id', ?1 ->> 'severity',
       CASE ?1 ->> 'severity' WHEN 'Info' THEN 0 WHEN 'Low' THEN 1 WHEN 'Medium' THEN 2 WHEN 'High' THEN 3 ELSE 4 END,
       ?1 ->> 'title', ?1 ->> 'dedup', ?1 ->> 'matches', ?1 ->> 'distinct', ?1 ->> 'window_start', ?1 ->> 'window_end',
       ?1 ->> 'first_event', ?1 ->> 'last_event', ?1 ->> 'log_type', ?1 ->> 'rules_version', ?1
WHERE true
ON CONFLICT (alert_id) DO UPDATE SET
  revision = excluded.revision, final = excluded.final, matches = excluded.matches, "distinct" = excluded."distinct",
  first_event = excluded.first_event, last_event = excluded.last_event
WHERE excluded.revision > revision
)";

constexpr const char* put_alert_mentions = R"(
INSERT OR IGNORE INTO mentions
SELECT CAST(atom AS TEXT), ?1 ->> 'alert_id' FROM json_tree(?1, '$.context') WHERE atom IS NOT NULL AND atom <> ''
)";

constexpr const char* put_alert_techniques = R"(
INSERT OR IGNORE INTO techniques
SELECT value ->> 'technique_id', ?1 ->> 'alert_id' FROM json_each(?1, '$.attack')
WHERE value ->> 'technique_id' IS NOT NULL
)";

}  // namespace

AlertTable::Opened AlertTable::open(const std::string& path) {
  auto opened = Database::open(path, DatabaseUse::shared, alert_database, alert_database_version, alert_schema);
  if (auto* reason = std::get_if<std::string>(&opened)) return std::move(*reason);
  std::unique_ptr<AlertTable> table(new AlertTable(path, std::get<std::unique_ptr<Database>>(std::move(opened))));
  if (table->database_->fault()) return *table->database_->fault();
  return table;
}

AlertTable::AlertTable(const std::string& path, std::unique_ptr<Database> database)
    : name_("table " + path),
      path_(path),
      database_(std::move(database)),
      put_(*database_, put_alert),
      put_mentions_(*database_, put_alert_mentions),
      put_techniques_(*database_, put_alert_techniques) {}

std::string AlertTable::render(const Alert& alert) const {
  std::string line;
  append_alert_json(line, alert);
  return line;
}

Delivery AlertTable::deliver(std::vector<Parcel> parcels) {
  if (parcels.empty()) return {};
  database_->begin();
  for (const Parcel& parcel : parcels) {
    put_.bind(1, parcel.body).run();
    put_mentions_.bind(1, parcel.body).run();
    put_techniques_.bind(1, parcel.body).run();
  }
  database_->commit();
  if (database_->fault())
    return {.outcome = Delivery::Outcome::failed,
            .reason = "the database of alerts " + path_ + " " + *database_->fault()};
  for (const Parcel& parcel : parcels) arrived_.push_back(parcel.number);
  return {};
}

std::vector<std::uint64_t> AlertTable::arrived() { return std::exchange(arrived_, {}); }

}  // namespace picket
