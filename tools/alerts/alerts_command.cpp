#include "tools/alerts/alerts_command.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "engine/alert/alert_archive.hpp"
#include "engine/event/json.hpp"
#include "engine/event/time.hpp"
#include "grammar/condition/literals.hpp"
#include "tools/run/figures.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t id_columns = 12;  // enough to tell alerts apart, and to ask for one

struct AlertsOptions {
  std::string file;
  std::string id;
  std::string since;
  std::string until;
  std::string severity;
  std::string format;
  AlertQuestion question;
};

// A time, or how long ago: "2026-01-31", "2026-01-31T12:00:00Z", "24h".
std::optional<Time> time_of(const std::string& written) {
  if (const auto microseconds = syntax::read_duration(written)) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return Time{std::chrono::duration_cast<std::chrono::microseconds>(now).count() - *microseconds};
  }
  return parse_time(written);
}

// Reads what the options say into the question; else a sentence.
std::string settle(AlertsOptions& options) {
  for (const auto& [name, written, to] : {std::tuple{"--since", &options.since, &options.question.since},
                                          std::tuple{"--until", &options.until, &options.question.until}}) {
    if (written->empty()) continue;
    *to = time_of(*written);
    if (!*to) return std::string(name) + " " + escape_controls(*written) + " is no time; write 2026-01-31, or 24h";
  }
  if (!options.severity.empty()) options.question.at_least = severity_from_word(options.severity);
  options.question.id = options.id;
  return {};
}

Style style_of(const std::string& severity) {
  if (severity == "Critical" || severity == "High") return Style::error;
  return severity == "Medium" ? Style::warning : Style::dim;
}

std::string padded(std::string text, std::size_t columns) {
  const std::size_t used = columns_of(text);
  if (used < columns) text.append(columns - used, ' ');
  return text;
}

void list(const std::vector<ArchivedAlert>& alerts, Output& out) {
  const Palette paint = out.palette();
  const std::size_t width = out.width().value_or(default_columns);
  for (const ArchivedAlert& alert : alerts) {
    const std::string matches = alert.matches > 1 ? "  " + count_text(alert.matches, "match", "matches") : "";
    const std::string before = alert.id.substr(0, id_columns) + "  " + padded(alert.window_start.substr(0, 19), 19) +
                               "  " + padded(alert.severity, 8) + "  ";
    const std::size_t room = width - std::min(width, columns_of(before) + columns_of(matches));
    out.line(paint(Style::dim, alert.id.substr(0, id_columns)) + "  " + padded(alert.window_start.substr(0, 19), 19) +
             "  " + paint(style_of(alert.severity), padded(alert.severity, 8)) + "  " +
             shorten(escape_controls(alert.title), std::max<std::size_t>(room, 20)) + paint(Style::dim, matches));
  }
}

// A text of several lines, under its key.
void show_lines(const std::string& key, std::string_view text, Output& out) {
  out.line("  " + out.palette()(Style::dim, escape_controls(key)));
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size());
    out.line("    " + escape_controls(text.substr(0, length)));
    text.remove_prefix(std::min(length + 1, text.size()));
  }
}

// Every field of the alert as it was created, one a line; then what has become of it.
void show(const ArchivedAlert& alert, Output& out) {
  const Palette paint = out.palette();
  out.line(paint(style_of(alert.severity), alert.severity) + "  " + paint(Style::strong, escape_controls(alert.title)));
  const auto read = read_json(alert.alert);
  const auto* value = std::get_if<Value>(&read);
  const Object* fields = value == nullptr ? nullptr : value->object();
  if (fields == nullptr) return;
  constexpr std::size_t key_columns = 16;
  const auto field = [&](const std::string& key, const Value& of) {
    if (of.is_null() || of.empty()) return;
    const std::string* text = of.string();
    if (text != nullptr && text->find('\n') != std::string::npos) return show_lines(key, *text, out);
    out.line("  " + paint(Style::dim, padded(escape_controls(key), key_columns)) + "  " + escape_controls(to_text(of)));
  };
  for (const auto& [key, of] : fields->entries()) {
    if (key == "title" || key == "severity" || key == "status" || key == "revision" || key == "final") continue;
    if (key == "matches") {
      field(key, Value(static_cast<std::int64_t>(alert.matches)));
    } else if (key == "last_event") {
      field(key, Value(alert.last_event));
    } else if (const Object* inner = of.object(); inner != nullptr && (key == "context" || key == "event")) {
      out.line("  " + paint(Style::dim, key));
      for (const auto& [name, one] : inner->entries()) field("  " + name, one);
    } else {
      field(key, of);
    }
  }
}

ExitStatus answer(AlertsOptions options, Console& console) {
  Output& err = console.err();
  if (const std::string fault = settle(options); !fault.empty()) {
    err.line("picket alerts: " + fault);
    return ExitStatus::could_not;
  }
  auto opened = AlertArchive::open(options.file);
  if (const auto* reason = std::get_if<std::string>(&opened)) {
    err.line("picket alerts: " + escape_controls(options.file) + " " + escape_controls(*reason));
    return ExitStatus::could_not;
  }
  AlertArchive& archive = *std::get<std::unique_ptr<AlertArchive>>(opened);
  const std::vector<ArchivedAlert> alerts = archive.find(options.question);
  if (archive.fault()) {
    err.line("picket alerts: " + escape_controls(options.file) + " " + escape_controls(*archive.fault()));
    return ExitStatus::could_not;
  }
  if (options.format == "jsonl") {
    for (const ArchivedAlert& alert : alerts) console.out().line(alert.alert);
  } else if (!options.id.empty() && alerts.size() == 1) {
    show(alerts.front(), console.out());
  } else {
    list(alerts, console.out());
  }
  if (alerts.empty()) {
    err.line("picket alerts: there is no such alert");
    return ExitStatus::nothing_selected;
  }
  if (alerts.size() == options.question.limit && options.id.empty()) {
    err.line("picket alerts: these are the newest " + std::to_string(alerts.size()) + "; --limit shows more");
  }
  return ExitStatus::fine;
}

}  // namespace

Action declare_alerts(Arguments& app) {
  const auto options = std::make_shared<AlertsOptions>();
  app.add_option("database", options->file, "what `picket run --alerts` writes").type_name("FILE").required();
  app.add_option("id", options->id, "the alert to show: its id, or how it begins").type_name("ID");
  app.add_option("--since", options->since, "only those that began then or later: 2026-01-31, or 24h (ago)")
      .type_name("TIME");
  app.add_option("--until", options->until, "only those that began before then").type_name("TIME");
  app.add_option("--rule", options->question.rule_id, "only those of this rule").type_name("ID");
  add_choice(app, "--severity", options->severity, {"info", "low", "medium", "high", "critical"},
             "only those of this severity or above");
  app.add_option("--mentions", options->question.mentions,
                 "only those with this value in their context: an address, a user, a file")
      .type_name("VALUE");
  app.add_option("--technique", options->question.technique,
                 "only those of rules that claim this technique of MITRE ATT&CK, or a sub-technique of it")
      .type_name("ID");
  app.add_option("--limit", options->question.limit, "so many at most, the newest (default: 100)")
      .type_name("N")
      .between(std::size_t{1}, std::size_t{1'000'000});
  add_choice(app, "--format", options->format, {"human", "jsonl"}, "how to print them (default: human)");
  app.footer(
      "Examples:\n"
      "  picket alerts alerts.db --since 24h --severity high\n"
      "  picket alerts alerts.db --mentions 203.0.113.77\n"
      "  picket alerts alerts.db 8012b8a3");
  return [options](Console& console) { return answer(*options, console); };
}

}  // namespace picket
