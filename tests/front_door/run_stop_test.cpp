// How a run is told to stop, also while it waits for somebody.
#include <sys/stat.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "tests/catch.hpp"
#include "tests/front_door/run_fixture.hpp"
#include "tests/front_door/watched_program.hpp"
#include "tests/sanitized.hpp"

using namespace picket::tests;
using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

namespace {

// More alerts than a pipe holds.
std::string many_hits(const RunFixture& fixture) {
  std::string text;
  for (int n = 0; n < 5'000; ++n) text += event(n) + "\n";
  return fixture.folder.add("log.jsonl", text);
}

// `picket` with these arguments, its standard error in a file, and its standard output a pipe that is read only if its
// caller does.
class Unread {
 public:
  Unread(const RunFixture& fixture, const std::vector<std::string>& arguments)
      : errors_(fixture.folder.path("errors")), program_("/bin/sh", shell_words(arguments)) {}

  [[nodiscard]] WatchedProgram& program() { return program_; }
  [[nodiscard]] std::string errors() const { return read_file(errors_); }

 private:
  [[nodiscard]] std::vector<std::string> shell_words(const std::vector<std::string>& arguments) const {
    std::string command = "exec '" PICKET_BUILD_DIR "/tools/picket'";
    for (const std::string& argument : arguments) command += " '" + argument + "'";
    return {"-c", command + " 2>'" + errors_ + "'"};
  }

  std::string errors_;
  WatchedProgram program_;
};

// Long enough for the program to have begun.
void wait_a_moment() { std::this_thread::sleep_for(milliseconds(sanitized ? 3'000 : 700)); }

}  // namespace

TEST_CASE("a stop ends a run whose output nobody reads, and says what was not written") {
  for (const bool remembered : {false, true}) {
    const RunFixture fixture;
    std::vector<std::string> more = {many_hits(fixture)};
    if (remembered) more.insert(more.end(), {"--state", fixture.folder.path("state")});
    Unread unread(fixture, fixture.arguments(more));
    wait_a_moment();
    const auto begun = Steady::now();
    CHECK(unread.program().end(SIGTERM) == 2);
    CHECK(Steady::now() - begun < milliseconds(10'000));
    CHECK_THAT(unread.errors(),
               contains("error: cannot write the alerts to standard output: nobody reads it, and the run was told to "
                        "stop; ") &&
                   contains(" bytes of them not written"));
  }
}

TEST_CASE("a stop ends a run also if nobody reads what it has to say") {
  const RunFixture fixture;
  WatchedProgram program(PICKET_BUILD_DIR "/tools/picket", fixture.arguments({many_hits(fixture)}));
  wait_a_moment();
  CHECK(program.end(SIGTERM) == 2);
}

TEST_CASE("a reader that comes back in time has every alert of what was begun") {
  const RunFixture fixture;
  Unread unread(fixture, fixture.arguments({"--threads", "1", many_hits(fixture)}));
  wait_a_moment();
  unread.program().send(SIGTERM);
  wait_a_moment();
  const std::string out = unread.program().read_until("nothing more");
  CHECK(unread.program().end(0) == 2);  // files are left
  CHECK(hits_of(out).size() > 100);
  CHECK(!holds(unread.errors(), "not written"));
}

TEST_CASE("a stop ends the wait for somebody who reads a named pipe") {
  const RunFixture fixture;
  const std::string pipe = fixture.folder.path("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  Unread unread(fixture, fixture.arguments({"--output", pipe, many_hits(fixture)}));
  wait_a_moment();
  const auto begun = Steady::now();
  CHECK(unread.program().end(SIGTERM) == 2);
  CHECK(Steady::now() - begun < milliseconds(2'000));
  CHECK_THAT(unread.errors(), contains("cannot write to " + pipe + ": nobody reads it"));
}

TEST_CASE("a second signal ends the program at once; one that comes with the first says the same") {
  const RunFixture fixture;
  const std::string log = many_hits(fixture);
  Unread unread(fixture, fixture.arguments({log}));
  wait_a_moment();
  unread.program().send(SIGTERM);
  std::this_thread::sleep_for(milliseconds(1'300));
  const auto begun = Steady::now();
  CHECK(unread.program().end(SIGTERM) == -SIGTERM);
  CHECK(Steady::now() - begun < milliseconds(1'000));

  Unread followed(fixture, fixture.arguments({"--output", fixture.folder.path("out"), "--follow", log}));
  wait_a_moment();
  followed.program().send(SIGTERM);
  CHECK(followed.program().end(SIGTERM) == 0);
  CHECK_THAT(followed.errors(), contains("\nstopped, as it was told to\n"));
}
