// `picket run --state` killed at any moment, again and again: alerts are those that an oracle knows, each once.
//
// The number of kills is the environment's PICKET_KILLS (for each way of reading; 25 unless told), the seed
// PICKET_SEED.
#include <signal.h>
#include <spawn.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <iomanip>
#include <set>
#include <sstream>
#include <thread>

#include "tests/catch.hpp"
#include "tests/crash/rotating_log.hpp"
#include "tests/crash/story.hpp"
#include "tests/temporary_folder.hpp"

using namespace picket::tests;

namespace {

using std::chrono::milliseconds;
using Alerts = std::vector<Story::Expected>;

unsigned number_from(const char* name, unsigned otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

// Runs the program, and ends it by this signal if it has not ended by then. The exit status, or minus the signal.
int run(const std::vector<std::string>& arguments, milliseconds patience, int signal) {
  const std::string program = std::string(PICKET_BUILD_DIR) + "/tools/picket";
  std::vector<std::string> words = arguments;
  std::vector<char*> pointers{const_cast<char*>(program.c_str())};
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  // Not fork: a signal that comes before the program is there would meet this test's handlers.
  pid_t child = 0;
  REQUIRE(::posix_spawn(&child, program.c_str(), nullptr, nullptr, pointers.data(), environ) == 0);
  const auto end = std::chrono::steady_clock::now() + patience;
  int status = 0;
  bool ended = false;
  while (!(ended = ::waitpid(child, &status, WNOHANG) == child) && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(milliseconds(1));
  }
  if (!ended) {
    ::kill(child, signal);
    ::waitpid(child, &status, 0);
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

class Crashes {
 public:
  Crashes(Rotation rotation, bool follow, unsigned seed)
      : log_path_(folder_.path("app.log")),
        log_(log_path_, rotation),
        follow_(follow),
        story_(seed),
        random_(seed + 1) {
    folder_.add("rules/rule.yml", story_rule);
  }

  [[nodiscard]] std::vector<std::string> arguments() const {
    std::vector<std::string> words = {"run",
                                      "--rules",
                                      folder_.path("rules"),
                                      "-t",
                                      "Test",
                                      "-q",
                                      "--state",
                                      folder_.path("s.db"),
                                      "--output",
                                      out_path(),
                                      "--dead-letter",
                                      folder_.path("dead.jsonl"),
                                      "--alerts",
                                      table_path()};
    if (follow_) words.emplace_back("--follow");
    words.push_back(log_path_);
    return words;
  }

  // Some hundred events, and now and then a line that is none.
  void write() {
    std::string text;
    const int events = 1 + story_.below(300);
    for (int i = 0; i < events; ++i) {
      if (story_.below(2000) == 0) {
        text += "broken " + std::to_string(broken_) + "\n";
        ++broken_;
      }
      text += story_.next();
    }
    const int cut = follow_ ? story_.below(static_cast<int>(text.size())) : static_cast<int>(text.size());
    log_.write(text, static_cast<std::size_t>(cut));
    if (rotates_ && story_.below(25) == 0) log_.rotate();
  }

  // Kills the program so often while events are written; then lets it come to the end.
  void run_and_kill(unsigned kills) {
    for (int i = 0; i < 20; ++i) write();
    REQUIRE(run(arguments(), follow_ ? milliseconds(1500) : milliseconds(60'000), SIGTERM) == 0);
    rotates_ = true;  // from now on nothing can be lost
    std::atomic<bool> writing = true;
    std::thread writer([&] {
      while (writing) {
        write();
        std::this_thread::sleep_for(milliseconds(10));
      }
    });
    unsigned killed = 0;
    for (unsigned runs = 0; killed < kills && runs < 20 * kills; ++runs) {
      // Now and then it is asked to stop, instead: of a file that leaves the job undone, and the status says so.
      const int signal = random_() % 5 == 0 ? SIGTERM : SIGKILL;
      const int status = run(arguments(), milliseconds(1 + random_() % 120), signal);
      if (status == -SIGKILL) {
        ++killed;
      } else {
        CHECK((status == 0 || (signal == SIGTERM && (status == -SIGTERM || (status == 2 && !follow_)))));
      }
    }
    writing = false;
    writer.join();
    CHECK(killed == kills);
    // As long as it gets on: what has piled up while it was killed takes its time.
    for (std::size_t before = 0, after = 1; after > before;) {
      before = told().size();
      CHECK(run(arguments(), follow_ ? milliseconds(3000) : milliseconds(60'000), SIGTERM) == 0);
      after = told().size();
    }
  }

  void check() const {
    const Alerts alerts = told();
    const auto [here, there] =
        std::mismatch(alerts.begin(), alerts.end(), story_.alerts().begin(), story_.alerts().end());
    INFO("of " << story_.alerts().size() << " alerts " << alerts.size() << " were told, the first "
               << here - alerts.begin() << " of them as they should");
    CHECK((here == alerts.end() && there == story_.alerts().end()));
    const std::string dead = read_file(folder_.path("dead.jsonl"));
    const auto letters = static_cast<int>(std::count(dead.begin(), dead.end(), '\n'));
    // Who reads a file to its end while it is written to takes what stands there for its last line.
    CHECK((follow_ ? letters == broken_ : letters >= broken_));
    CHECK((tabled() == std::set<Story::Expected>(story_.alerts().begin(), story_.alerts().end())));
  }

 private:
  [[nodiscard]] std::string out_path() const { return folder_.path("out.jsonl"); }
  [[nodiscard]] std::string table_path() const { return folder_.path("alerts.db"); }

  static Story::Expected expected_of(const nlohmann::json& alert) {
    std::tm begin{};
    std::istringstream(alert.at("window_start").get<std::string>()) >> std::get_time(&begin, "%Y-%m-%dT%H:%M:%SZ");
    return {alert.at("dedup").get<std::string>(), ::timegm(&begin), alert.at("event").at("n").get<std::int64_t>()};
  }

  // The alerts that were created, in the order of the file.
  [[nodiscard]] Alerts told() const {
    Alerts alerts;
    std::istringstream lines(read_file(out_path()));
    for (std::string line; std::getline(lines, line);) {
      const auto alert = nlohmann::json::parse(line);
      if (alert.at("status") == "created") alerts.push_back(expected_of(alert));
    }
    return alerts;
  }

  [[nodiscard]] std::set<Story::Expected> tabled() const {
    std::set<Story::Expected> alerts;
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open_v2(table_path().c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
    sqlite3_stmt* rows = nullptr;
    REQUIRE(sqlite3_prepare_v2(database, "SELECT alert FROM alerts", -1, &rows, nullptr) == SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW) {
      alerts.insert(expected_of(nlohmann::json::parse(reinterpret_cast<const char*>(sqlite3_column_text(rows, 0)))));
    }
    sqlite3_finalize(rows);
    sqlite3_close(database);
    return alerts;
  }

  TemporaryFolder folder_;
  std::string log_path_;
  RotatingLog log_;
  bool follow_;
  bool rotates_ = false;
  Story story_;
  std::mt19937 random_;
  int broken_ = 0;
};

}  // namespace

TEST_CASE("killed at any moment, a run loses no alert and doubles none") {
  const unsigned seed = number_from("PICKET_SEED", std::random_device{}());
  const unsigned kills = number_from("PICKET_KILLS", 25);
  INFO("PICKET_SEED=" << seed << ", " << kills << " kills");
  SECTION("a file that is read to its end") {
    Crashes crashes(Rotation::none, false, seed);
    crashes.run_and_kill(kills);
    crashes.check();
  }
  SECTION("a log that is followed") {
    Crashes crashes(Rotation::none, true, seed);
    crashes.run_and_kill(kills);
    crashes.check();
  }
  SECTION("a log that is renamed") {
    Crashes crashes(Rotation::rename, true, seed);
    crashes.run_and_kill(kills);
    crashes.check();
  }
  SECTION("a log that is renamed and packed") {
    Crashes crashes(Rotation::rename_and_pack, true, seed);
    crashes.run_and_kill(kills);
    crashes.check();
  }
  SECTION("a log that is copied and truncated") {
    Crashes crashes(Rotation::copy_and_truncate, true, seed);
    crashes.run_and_kill(kills);
    crashes.check();
  }
}
