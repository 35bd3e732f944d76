// `picket attack import`: a table of ATT&CK from the file that MITRE publishes.
#pragma once

#include <string>

#include "tools/exit_status.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

struct ImportOptions {
  std::string file;
  std::string output;   // empty: standard output
  std::string version;  // of ATT&CK, of a bundle that does not say; empty: it stays unknown
};

[[nodiscard]] ExitStatus import_attack(const ImportOptions& options, Console& console);

}  // namespace picket
