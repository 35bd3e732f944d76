// The program `picket`, also installed as `ruletest`.
#include <csignal>

#include "tools/command_line.hpp"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is seen as EPIPE where it is written to
  std::signal(SIGXFSZ, SIG_IGN);  // and a file that may not grow as EFBIG
  picket::Console console;
  return static_cast<int>(picket::run_command_line({argv, argv + argc}, console));
}
