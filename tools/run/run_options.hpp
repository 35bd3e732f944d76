// What the command line of `picket run` says.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/state/detector.hpp"
#include "engine/stream/frame.hpp"
#include "tools/loading.hpp"
#include "tools/run/run_log.hpp"

namespace picket {

// What is said of a web hook.
struct WebHookChoice {
  std::string address;  // empty: there is none
  std::string format;   // a name of alert_formats(); empty: as alerts are written elsewhere
  std::vector<std::string> headers;
  std::string header_file;
  std::string dead_letter;
  Duration patience{30'000'000};  // for what has not arrived when the input has ended
};

struct RunOptions {
  LoadOptions load;
  std::vector<std::string> inputs;
  std::string log_type;
  std::string sample;  // of what to learn what is rare; empty: of the inputs
  // "human", a name of alert_formats(), or "json": no alerts, but the summary; empty: by where alerts go
  std::string format;
  std::string output;   // empty: standard output
  std::string metrics;  // an address to answer at; empty: none
  std::string alerts;   // a database of alerts; empty: none
  std::string state;    // the state file; empty: nothing is remembered
  WebHookChoice webhook;
  std::string summary;      // a file for the summary as JSON; empty: none
  std::string dead_letter;  // empty: the first few on standard error
  std::size_t max_line = FrameLimits{}.longest;
  std::string public_key;  // a file; empty: rules need not be signed
  bool watch = false;      // the rules are loaded anew when their files change
  bool follow = false;     // the inputs are log files that are being written to
  std::string log;         // "text", "json"; empty: text
  std::string clock;       // "event", "processing"; empty: event
  DetectorOptions detecting;
  std::size_t max_memory = std::size_t{1024} * 1024 * 1024;  // bytes, of what is known of the past
  std::size_t threads = 0;                                   // 0: as many as the machine has processors
  bool no_progress = false;
  bool quiet = false;

  [[nodiscard]] bool shows_summary_only() const { return format == "json"; }
  [[nodiscard]] LogForm log_form() const { return log == "json" ? LogForm::json : LogForm::text; }
};

}  // namespace picket
