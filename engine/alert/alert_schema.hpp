// The database of alerts: what stands where. tools/alerts/README.md documents it for those who ask it by SQL.
#pragma once

#include <cstdint>

namespace picket {

constexpr std::int32_t alert_database = 0x504B'414C;  // "PKAL"
constexpr std::int32_t alert_database_version = 1;

// Times are texts as alerts write them, so that they sort and compare as times do.
constexpr const char* alert_schema = R"(
CREATE TABLE alerts (
  alert_id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  final INTEGER NOT NULL,
  rule_id TEXT NOT NULL,
  severity TEXT NOT NULL,
  severity_level INTEGER NOT NULL,  -- Info 0 … Critical 4
  title TEXT NOT NULL,
  dedup TEXT NOT NULL,
  matches INTEGER NOT NULL,
  "distinct" INTEGER,
  window_start TEXT NOT NULL,
  window_end TEXT NOT NULL,
  first_event TEXT,
  last_event TEXT,
  log_type TEXT,
  rules_version TEXT NOT NULL,
  alert TEXT NOT NULL               -- as it was created: one object of JSON
) WITHOUT ROWID;
CREATE INDEX alerts_by_time ON alerts (window_start);
CREATE INDEX alerts_by_rule ON alerts (rule_id, window_start);
CREATE INDEX alerts_by_severity ON alerts (severity_level, window_start);
CREATE TABLE mentions (              -- every value of an alert's context
  value TEXT NOT NULL,
  alert_id TEXT NOT NULL,
  PRIMARY KEY (value, alert_id)
) WITHOUT ROWID;
CREATE TABLE techniques (            -- what an alert's rule claims of MITRE ATT&CK
  technique_id TEXT NOT NULL,
  alert_id TEXT NOT NULL,
  PRIMARY KEY (technique_id, alert_id)
) WITHOUT ROWID;
)";

}  // namespace picket
