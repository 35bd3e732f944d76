// A program that goes on running while its caller reads what it prints.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace picket::tests {

class WatchedProgram {
 public:
  WatchedProgram(const std::string& program, const std::vector<std::string>& arguments);
  WatchedProgram(const WatchedProgram&) = delete;
  WatchedProgram& operator=(const WatchedProgram&) = delete;
  ~WatchedProgram();

  // Reads standard output and standard error until the text has come, and returns what came up to it; less if a minute
  // passes first, or the program ends.
  std::string read_until(std::string_view text);
  void send(int signal) const;
  // Sends the signal, and waits for the end: the exit status, or minus the signal that ended it.
  int end(int signal);

 private:
  int process_ = -1;
  int output_ = -1;
  std::string read_;
};

}  // namespace picket::tests
