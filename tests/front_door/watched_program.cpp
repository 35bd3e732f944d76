#include "tests/front_door/watched_program.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>

namespace picket::tests {

WatchedProgram::WatchedProgram(const std::string& program, const std::vector<std::string>& arguments) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return;
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(ends[1], 1);
    ::dup2(ends[1], 2);
    ::close(ends[0]);
    ::close(ends[1]);
    std::vector<std::string> words = arguments;
    std::vector<char*> pointers{const_cast<char*>(program.c_str())};
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::execv(program.c_str(), pointers.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  output_ = ends[0];
}

WatchedProgram::~WatchedProgram() {
  if (process_ > 0) (void)end(SIGKILL);
  if (output_ >= 0) ::close(output_);
}

std::string WatchedProgram::read_until(std::string_view text) {
  constexpr int longest_milliseconds = 60'000;
  std::size_t searched =
      0;  // up to where the text does not begin: what comes slowly is not to be searched anew each time
  while (true) {
    if (const std::size_t at = read_.find(text, searched); at != std::string::npos) {
      std::string before = read_.substr(0, at + text.size());
      read_.erase(0, at + text.size());
      return before;
    }
    searched = read_.size() - std::min(read_.size(), text.size());
    pollfd event{.fd = output_, .events = POLLIN, .revents = 0};
    std::array<char, 4096> buffer{};
    if (::poll(&event, 1, longest_milliseconds) <= 0) return read_;
    const ssize_t size = ::read(output_, buffer.data(), buffer.size());
    if (size <= 0) return read_;
    read_.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

void WatchedProgram::send(int signal) const { ::kill(process_, signal); }

int WatchedProgram::end(int signal) {
  send(signal);
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace picket::tests
