#include "engine/metrics/exposition.hpp"

#include <unistd.h>

#include <array>
#include <charconv>
#include <fstream>
#include <string_view>
#include <utility>
#include <vector>

namespace picket {
namespace {

// What stands between the quotes of a label (exposition format, "Text format details").
std::string escaped(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (byte == '\\' || byte == '"') out += '\\';
    if (byte == '\n') {
      out += "\\n";
    } else {
      out += byte;
    }
  }
  return out;
}

std::string number_text(double number) {
  std::array<char, 32> text{};
  auto* const end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  return {text.data(), end};
}

using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

class Page {
 public:
  void metric(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_ += "# HELP " + name_ + " " + std::string(help) + "\n# TYPE " + name_ + " " + std::string(type) + "\n";
  }
  void sample(double value, const Labels& labels = {}, std::string_view suffix = {}) {
    text_ += name_;
    text_ += suffix;
    if (!labels.empty()) {
      std::string_view before = "{";
      for (const auto& [label, word] : labels) {
        text_ += before;
        text_ += std::string(label) + "=\"" + escaped(word) + "\"";
        before = ",";
      }
      text_ += '}';
    }
    text_ += " " + number_text(value) + "\n";
  }
  void sample(std::uint64_t value, const Labels& labels = {}, std::string_view suffix = {}) {
    sample(static_cast<double>(value), labels, suffix);
  }
  // A metric of one sample.
  void one(std::string_view name, std::string_view type, std::string_view help, std::uint64_t value) {
    metric(name, type, help);
    sample(value);
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string name_;
  std::string text_;
};

void add_events(Page& page, const Tally& tally) {
  page.one("picket_events_total", "counter", "Events judged.", tally.events);
  page.one("picket_bytes_total", "counter", "Bytes of text read, unpacked.", tally.bytes);
  page.metric("picket_invalid_total", "counter", "Texts that are no events (dead letters), by reason.");
  for (const auto& [reason, count] : tally.invalid) page.sample(count, {{"reason", reason}});
  page.metric("picket_unjudged_events_total", "counter", "Events of log types that no rule judges.");
  for (const auto& [log_type, count] : tally.unjudged) page.sample(count, {{"log_type", log_type}});
  page.one("picket_events_without_log_type_total", "counter", "Events judged by the rules that name no log type.",
           tally.without_log_type);
  page.one("picket_evaluations_given_up_total", "counter", "Evaluations that took too many steps.", tally.given_up);
}

void add_alerts(Page& page, const Tally& tally) {
  page.metric("picket_matches_total", "counter", "Matches, by rule.");
  for (const auto& [rule, counts] : tally.rules) page.sample(counts.matches, {{"rule", rule}});
  page.metric("picket_alerts_total", "counter", "Alerts created, by rule and severity.");
  for (const auto& [rule, counts] : tally.rules) {
    for (const Severity severity :
         {Severity::info, Severity::low, Severity::medium, Severity::high, Severity::critical}) {
      const std::uint64_t count = counts.by_severity.at(static_cast<std::size_t>(severity));
      if (count > 0) page.sample(count, {{"rule", rule}, {"severity", spelling(severity)}});
    }
  }
  page.one("picket_alert_updates_total", "counter", "Updates of alerts told.", tally.updates);
}

void add_evaluation(Page& page, const EvaluationTimes& times) {
  page.metric("picket_evaluation_seconds", "histogram",
              "Time to judge an event, as the mean of the batch that it was judged in.");
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < times.counts.size(); ++i) {
    sum += times.counts[i];
    const std::string bound =
        i < EvaluationTimes::bounds.size() ? number_text(EvaluationTimes::bounds[i]) : std::string("+Inf");
    page.sample(sum, {{"le", bound}}, "_bucket");
  }
  page.sample(times.seconds, {}, "_sum");
  page.sample(sum, {}, "_count");
}

void add_state(Page& page, const DetectorCounts& detected) {
  const WindowCounts& windows = detected.windows;
  page.one("picket_suppressed_matches_total", "counter", "Matches that joined an alert that was there.",
           windows.joined);
  page.one("picket_windows", "gauge", "Windows that are open.", windows.open);
  page.one("picket_window_bytes", "gauge", "Bytes of memory that they take.", windows.bytes);
  page.one("picket_correlation_keys", "gauge", "Keys of correlation rules that are remembered.",
           detected.correlation_keys);
  page.one("picket_memory_keys", "gauge", "Keys that rules remember.", detected.memory_keys);
  page.metric("picket_evictions_total", "counter", "What was let go of to keep a bound, by kind.");
  page.sample(windows.evicted, {{"kind", "window"}});
  page.sample(detected.correlation.evicted, {{"kind", "correlation"}});
  page.sample(detected.correlation.lost, {{"kind", "correlation_pattern"}});
  page.sample(detected.correlation.crowded, {{"kind", "correlation_number"}});
  page.sample(detected.memory.evicted, {{"kind", "memory"}});
  page.one("picket_cut_signals_total", "counter",
           "Signals with so many values that correlation rules count them for the first alone.",
           detected.correlation.cut);
  page.one("picket_waiting_matches", "gauge",
           "Matches, and events that rules with Remember may match, that wait for their turn because of the lateness.",
           detected.waiting);
  page.one("picket_late_matches_total", "counter", "Matches that came later than the lateness allows.", detected.late);
  page.one("picket_future_matches_total", "counter", "Matches of events in the future.", detected.ahead);
}

double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double total = 0;
  double resident = 0;
  file >> total >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

std::string exposition(const RunMetrics& metrics) {
  constexpr double microseconds_per_second = 1e6;
  Page page;
  add_events(page, metrics.tally);
  add_alerts(page, metrics.tally);
  add_evaluation(page, metrics.tally.evaluation);
  add_state(page, metrics.detected);
  if (metrics.latest_event) {
    page.metric("picket_lag_seconds", "gauge", "How far the latest event lies back.");
    const auto lag = metrics.now.microseconds - metrics.latest_event->microseconds;
    page.sample(static_cast<double>(lag) / microseconds_per_second);
  }
  page.metric("picket_parcels_under_way", "gauge", "Alerts written down that have not arrived, by destination.");
  for (const auto& [destination, count] : metrics.under_way) {
    page.sample(static_cast<std::uint64_t>(count), {{"destination", destination}});
  }
  page.metric("picket_webhook_refused_total", "counter",
              "Alerts that a web hook has refused for good, by destination.");
  for (const auto& [destination, count] : metrics.refused) {
    page.sample(static_cast<std::uint64_t>(count), {{"destination", destination}});
  }
  page.metric("picket_reloads_total", "counter", "Attempts to load rules anew, by result.");
  page.sample(metrics.reloads, {{"result", "loaded"}});
  page.sample(metrics.failed_reloads, {{"result", "refused"}});
  page.metric("picket_rules", "gauge", "Rules that judge, by version.");
  page.sample(static_cast<std::uint64_t>(metrics.rules), {{"version", metrics.rules_version}});
  page.metric("picket_pack_version", "gauge", "Versions of the signed packs that the rules come from.");
  for (const PackInForce& pack : metrics.packs) {
    page.sample(pack.version, {{"pack", pack.name}, {"archive", pack.archive}});
  }
  page.metric("process_resident_memory_bytes", "gauge", "Resident memory.");
  page.sample(resident_bytes());
  return page.take();
}

}  // namespace picket
