#include "tests/front_door/program.hpp"

#include <fcntl.h>
#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>
#include <thread>
#include <utility>

#include "tests/catch.hpp"

namespace picket::tests {
namespace {

struct Pipe {
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  }
  std::array<int, 2> ends{};
};

std::string read_all(int descriptor, std::size_t at_most, const std::function<void()>& on_first) {
  std::string text;
  std::array<char, 65536> buffer{};
  while (text.size() < at_most) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count <= 0) break;
    if (text.empty()) on_first();
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  ::close(descriptor);
  return text;
}

void feed(int descriptor, const std::function<void(const WriteInput&)>& input) {
  const WriteInput write = [descriptor](std::string_view text) {
    while (!text.empty()) {
      const ssize_t count = ::write(descriptor, text.data(), text.size());
      if (count < 0) return false;
      text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  };
  if (input) input(write);
  ::close(descriptor);
}

[[noreturn]] void become(const std::string& program, const std::vector<std::string>& arguments, const Pipe& in,
                         const Pipe& out, const Pipe& err) {
  ::dup2(in.ends[0], STDIN_FILENO);
  ::dup2(out.ends[1], STDOUT_FILENO);
  ::dup2(err.ends[1], STDERR_FILENO);
  std::vector<char*> argv = {const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  std::signal(SIGPIPE, SIG_DFL);
  ::execv(program.c_str(), argv.data());
  ::_exit(127);
}

}  // namespace

ProgramResult run_picket(const ProgramCall& call) {
  std::signal(SIGPIPE, SIG_IGN);
  const std::string program = (build_dir() / "tools" / "picket").string();
  const Pipe in;
  const Pipe out;
  const Pipe err;
  ::malloc_trim(0);  // what this process has when it forks counts as the other's
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child == 0) become(program, call.arguments, in, out, err);
  for (const int descriptor : {in.ends[0], out.ends[1], err.ends[1]}) ::close(descriptor);

  ProgramResult result;
  std::thread feeder([&] { feed(in.ends[1], call.input); });
  std::thread listener([&] { result.err = read_all(err.ends[0], static_cast<std::size_t>(-1), [] {}); });
  result.out = read_all(out.ends[0], call.read_at_most, [&] {
    if (call.signal_after_output != 0) ::kill(child, call.signal_after_output);
  });
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  feeder.join();
  listener.join();
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  result.peak_kilobytes = usage.ru_maxrss;
  return result;
}

std::function<void(const WriteInput&)> text_input(std::string text) {
  return [text = std::move(text)](const WriteInput& write) { write(text); };
}

ProgramResult picket(std::vector<std::string> arguments, const std::string& input) {
  ProgramCall call;
  call.arguments = std::move(arguments);
  if (!input.empty()) call.input = text_input(input);
  return run_picket(call);
}

}  // namespace picket::tests
