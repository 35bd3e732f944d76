// What the command line of `picket run` says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/state/detector.hpp"
#include "engine/stream/frame.hpp"
#include "tools/loading.hpp"

namespace picket {

enum class AlertFormat : std::uint8_t { human, jsonl };

struct RunOptions {
  LoadOptions load;
  std::vector<std::string> inputs;
  std::string log_type;
  std::string sample;       // of what to learn what is rare; empty: of the inputs
  std::string format;       // empty: by where alerts go
  std::string output;       // empty: standard output
  std::string state;        // the state file; empty: nothing is remembered
  std::string summary;      // a file for the summary as JSON; empty: none
  std::string dead_letter;  // empty: the first few on standard error
  std::size_t max_line = FrameLimits{}.longest;
  std::string public_key;  // a file; empty: rules need not be signed
  bool watch = false;      // the rules are loaded anew when their files change
  bool follow = false;     // the inputs are log files that are being written to
  std::string clock;       // "event", "processing"; empty: event
  DetectorOptions detecting;
  std::size_t threads = 0;  // 0: as many as the machine has processors
  bool no_progress = false;
  bool quiet = false;
};

}  // namespace picket
