#include "engine/alert/alert_archive.hpp"

#include <utility>

#include "engine/alert/alert_schema.hpp"
#include "engine/event/time.hpp"

namespace picket {
namespace {

std::string escaped_pattern(const std::string& text) {
  std::string pattern;
  for (const char byte : text) {
    if (byte == '%' || byte == '_' || byte == '\\') pattern += '\\';
    pattern += byte;
  }
  return pattern;
}

// A query in the making: its conditions, and what their question marks stand for.
class Query {
 public:
  void add(const std::string& condition, const std::vector<std::string>& texts) {
    sql_ += " AND " + condition;
    texts_.insert(texts_.end(), texts.begin(), texts.end());
  }

  Statement prepare(Database& database, std::size_t limit) {
    Statement statement(database, sql_ + " ORDER BY window_start DESC, alert_id LIMIT " + std::to_string(limit));
    for (std::size_t i = 0; i < texts_.size(); ++i) statement.bind(static_cast<int>(i + 1), texts_[i]);
    return statement;
  }

 private:
  std::string sql_ =
      "SELECT alert_id, rule_id, severity, title, matches, window_start, last_event, final, alert FROM alerts WHERE "
      "true";
  std::vector<std::string> texts_;
};

}  // namespace

AlertArchive::Opened AlertArchive::open(const std::string& path) {
  auto opened = Database::open(path, DatabaseUse::read_only, alert_database, alert_database_version, alert_schema);
  if (auto* reason = std::get_if<std::string>(&opened)) return std::move(*reason);
  return std::unique_ptr<AlertArchive>(new AlertArchive(std::get<std::unique_ptr<Database>>(std::move(opened))));
}

std::vector<ArchivedAlert> AlertArchive::find(const AlertQuestion& question) {
  Query query;
  if (question.since) query.add("window_start >= ?", {print_time(*question.since)});
  if (question.until) query.add("window_start < ?", {print_time(*question.until)});
  if (!question.rule_id.empty()) query.add("rule_id = ?", {question.rule_id});
  if (question.at_least) query.add("severity_level >= " + std::to_string(static_cast<int>(*question.at_least)), {});
  if (!question.mentions.empty()) {
    query.add("alert_id IN (SELECT alert_id FROM mentions WHERE value = ?)", {question.mentions});
  }
  if (!question.technique.empty()) {
    query.add(
        R"(alert_id IN (SELECT alert_id FROM techniques WHERE technique_id = ? OR technique_id LIKE ? ESCAPE '\'))",
        {question.technique, escaped_pattern(question.technique) + ".%"});
  }
  if (!question.id.empty()) query.add(R"(alert_id LIKE ? ESCAPE '\')", {escaped_pattern(question.id) + "%"});
  Statement rows = query.prepare(*database_, question.limit);
  std::vector<ArchivedAlert> alerts;
  while (rows.step()) {
    alerts.push_back({.id = std::string(rows.text(0)),
                      .rule_id = std::string(rows.text(1)),
                      .severity = std::string(rows.text(2)),
                      .title = std::string(rows.text(3)),
                      .matches = static_cast<std::uint64_t>(rows.number(4)),
                      .window_start = std::string(rows.text(5)),
                      .last_event = std::string(rows.text(6)),
                      .final = rows.number(7) != 0,
                      .alert = std::string(rows.text(8))});
  }
  return alerts;
}

}  // namespace picket
