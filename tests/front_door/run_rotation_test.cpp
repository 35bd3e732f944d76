// `picket run` whose files are renamed while it writes to them, as those do who rotate logs.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "tests/catch.hpp"
#include "tests/front_door/run_fixture.hpp"
#include "tests/front_door/watched_program.hpp"

using namespace picket::tests;
using Hits = std::vector<int>;

namespace {

// A run that follows a log and writes its alerts, and dead letters, to files.
class Rotated {
 public:
  explicit Rotated(bool remembered) : remembered_(remembered) { log_ = fixture_.folder.add("logs/log.jsonl"); }

  // Until it heeds signals.
  void start() {
    program_ = std::make_unique<WatchedProgram>(PICKET_BUILD_DIR "/tools/picket", arguments());
    program_->read_until("/metrics");
  }
  [[nodiscard]] WatchedProgram& program() { return *program_; }
  void write(const std::string& line) const { std::ofstream(log_, std::ios::app) << line << "\n"; }
  // An alert that is there before this returns.
  void hit(int n) const {
    write(event(n));
    wait_for(path("alerts"), "hit " + std::to_string(n) + "\"");
  }
  [[nodiscard]] std::string path(const std::string& name) const { return fixture_.folder.path(name); }
  void rename(const std::string& from, const std::string& to) const { std::filesystem::rename(path(from), path(to)); }
  // What the program has to say to SIGHUP.
  std::string hang_up() {
    program_->send(SIGHUP);
    return program_->read_until("nothing has changed\n");
  }
  [[nodiscard]] Hits hits(const std::string& name) const { return hits_of(read_file(path(name))); }

  static void wait_for(const std::string& file, const std::string& text) {
    for (int i = 0; i < 3'000 && !holds(read_file(file), text); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    CHECK(holds(read_file(file), text));
  }

 private:
  [[nodiscard]] std::vector<std::string> arguments() const {
    std::vector<std::string> more = {"--output",  path("alerts"), "--dead-letter", path("letters"),
                                     "--metrics", ":0",           "--follow",      log_};
    if (remembered_) more.insert(more.end(), {"--state", path("state")});
    return fixture_.arguments(more);
  }

  RunFixture fixture_;
  bool remembered_;
  std::string log_;
  std::unique_ptr<WatchedProgram> program_;
};

}  // namespace

TEST_CASE("SIGHUP has alerts and dead letters written to new files if the old ones were renamed") {
  for (const bool remembered : {false, true}) {
    Rotated run(remembered);
    run.start();
    run.hit(1);
    run.write("broken 1");
    Rotated::wait_for(run.path("letters"), "broken 1");
    run.rename("alerts", "alerts.1");
    run.rename("letters", "letters.1");
    run.write(event(2));
    Rotated::wait_for(run.path("alerts.1"), "hit 2");  // nobody has said anything yet
    const std::string said = run.hang_up();
    CHECK_THAT(said, contains(run.path("alerts") + " was renamed: a new one is written to\n") &&
                         contains(run.path("letters") + " was renamed: a new one is written to\n"));
    CHECK(std::filesystem::exists(run.path("alerts")));
    run.hit(3);
    run.write("broken 3");
    Rotated::wait_for(run.path("letters"), "broken 3");
    // A second signal changes nothing; a second rotation does, and what others have written to the new file stays.
    CHECK(!holds(run.hang_up(), "renamed"));
    run.rename("alerts", "alerts.2");
    std::ofstream(run.path("alerts")) << "{\"status\":\"theirs\"}\n";
    CHECK(holds(run.hang_up(), "alerts was renamed"));
    run.hit(4);
    CHECK(run.program().end(SIGTERM) == 0);
    CHECK(run.hits("alerts.1") == Hits{1, 2});
    CHECK(run.hits("alerts.2") == Hits{3});
    CHECK(run.hits("alerts") == Hits{4});
    CHECK(holds(read_file(run.path("alerts")), "theirs"));
    CHECK(json_lines(read_file(run.path("letters.1"))).size() == 1);
    CHECK(json_lines(read_file(run.path("letters"))).size() == 1);
  }
}

TEST_CASE("a new file that cannot be made is said, and the old one is written to as before") {
  Rotated run(true);
  run.start();
  run.hit(1);
  run.rename("alerts", "alerts.1");
  std::filesystem::create_directory(run.path("alerts"));
  CHECK(holds(run.hang_up(), "error: cannot write to a new " + run.path("alerts") + ": Is a directory; "));
  run.write(event(2));
  Rotated::wait_for(run.path("alerts.1"), "hit 2");
  CHECK(run.program().end(SIGTERM) == 0);
}

TEST_CASE("killed at any moment while its file is rotated, a run that remembers loses no alert and doubles none") {
  Rotated run(true);
  constexpr int rounds = 12;
  constexpr int in_round = 400;
  for (int round = 0; round < rounds; ++round) {
    run.start();
    for (int n = 0; n < in_round; ++n) run.write(event(round * in_round + n));
    // What was delivered last is not noted as delivered yet.
    if (round % 3 == 0)
      Rotated::wait_for(run.path("alerts"), "hit " + std::to_string((round + 1) * in_round - 1) + "\"");
    if (round % 3 > 0) std::this_thread::sleep_for(std::chrono::milliseconds(round * 7));
    if (std::filesystem::exists(run.path("alerts"))) run.rename("alerts", "alerts." + std::to_string(round));
    if (round % 2 == 1) run.program().send(SIGHUP);
    std::this_thread::sleep_for(std::chrono::milliseconds((round % 3) * 10));
    CHECK(run.program().end(SIGKILL) == -SIGKILL);
  }
  run.start();
  run.hit(rounds * in_round);
  CHECK(run.program().end(SIGTERM) == 0);
  std::vector<int> times(rounds * in_round + 1, 0);
  for (int round = 0; round <= rounds; ++round) {
    const std::string name = round == rounds ? "alerts" : "alerts." + std::to_string(round);
    if (!std::filesystem::exists(run.path(name))) continue;
    for (const int hit : run.hits(name)) ++times.at(static_cast<std::size_t>(hit));
  }
  CHECK(std::ranges::count(times, 1) == std::ssize(times));
}
