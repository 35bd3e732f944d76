// `picket run --state` killed at any moment, again and again: alerts are those that an oracle knows, each once.
//
// The number of kills is the environment's PICKET_KILLS (for each way of reading; 25 unless told), the seed
// PICKET_SEED.
#include <spawn.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <iomanip>
#include <memory>
#include <set>
#include <sstream>
#include <thread>

#include "tests/catch.hpp"
#include "tests/crash/rotating_log.hpp"
#include "tests/crash/story.hpp"
#include "tests/crash/unsteady_receiver.hpp"
#include "tests/sanitized.hpp"
#include "tests/temporary_folder.hpp"

using namespace picket::tests;

namespace {

using std::chrono::milliseconds;
using Alerts = std::vector<Story::Expected>;

unsigned number_from(const char* name, unsigned otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

// Runs the program, and ends it by this signal if it has not ended by then, or has done enough. The exit status, or
// minus the signal.
int run(const std::vector<std::string>& arguments, milliseconds patience, int signal,
        const std::function<bool()>& has_done_enough = nullptr) {
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
    std::this_thread::sleep_for(milliseconds(has_done_enough == nullptr ? 1 : 50));
    if (has_done_enough != nullptr && has_done_enough()) break;
  }
  if (!ended) {
    ::kill(child, signal);
    ::waitpid(child, &status, 0);
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

// What there is beside a file of alerts and a database of them.
enum class Hook : std::uint8_t { none, unsteady };

class Crashes {
 public:
  Crashes(Rotation rotation, bool follow, unsigned seed, Hook hook = Hook::none)
      : log_path_(folder_.path("app.log")),
        log_(log_path_, rotation),
        follow_(follow),
        story_(seed),
        random_(seed + 1) {
    folder_.add("rules/rule.yml", story_rule);
    if (hook == Hook::unsteady) receiver_ = std::make_unique<UnsteadyReceiver>(seed + 2);
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
    if (receiver_ != nullptr) words.insert(words.end(), {"--webhook", receiver_->address()});
    if (follow_) words.emplace_back("--follow");
    words.push_back(log_path_);
    return words;
  }

  // Some hundred events, and now and then a line that is none.
  void write() {
    std::string text;
    const int events = 1 + story_.below(300);
    for (int i = 0; i < events; ++i) {
      if (story_.below(2000) == 0) text += broken_line();
      text += story_.next();
    }
    const int cut = follow_ ? story_.below(static_cast<int>(text.size())) : static_cast<int>(text.size());
    log_.write(text, static_cast<std::size_t>(cut));
    if (rotates_ && story_.below(25) == 0) log_.rotate();
  }

  // Kills the program so often while events are written; then lets it come to the end.
  void run_and_kill(unsigned kills) {
    for (int i = 0; i < 20; ++i) write();
    come_to_the_end();
    rotates_ = true;  // from now on nothing can be lost
    // What a receiver takes one by one, with its failures, is less than what a file takes.
    const milliseconds pause(receiver_ == nullptr ? 10 : 50);
    std::atomic<bool> writing = true;
    std::thread writer([&] {
      while (writing) {
        write();
        if (receiver_ != nullptr) open_or_close();
        std::this_thread::sleep_for(pause);
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
    if (receiver_ != nullptr) {
      receiver_->open();
      receiver_->calm_down();
    }
    // By its dead letter is seen that everything has been read.
    const std::string last = broken_line();
    log_.write(last, last.size());
    come_to_the_end();
    const Alerts before = told();
    CHECK(run(arguments(), milliseconds(sanitized ? 5'000 : 500), SIGTERM) == 0);
    CHECK((told() == before));
    come_to_the_end();
  }

  void check() const {
    CHECK(read_file(out_path()).ends_with('\n'));
    const Alerts alerts = told();
    const auto [here, there] =
        std::mismatch(alerts.begin(), alerts.end(), story_.alerts().begin(), story_.alerts().end());
    INFO("of " << story_.alerts().size() << " alerts " << alerts.size() << " were told, the first "
               << here - alerts.begin() << " of them as they should");
    CHECK((here == alerts.end() && there == story_.alerts().end()));
    const int letters = dead_letters();
    // Who reads a file to its end while it is written to takes what stands there for its last line.
    CHECK((follow_ ? letters == broken_ : letters >= broken_));
    CHECK((tabled() == std::set<Story::Expected>(story_.alerts().begin(), story_.alerts().end())));
    if (receiver_ != nullptr) check_received();
  }

 private:
  std::string broken_line() { return "broken " + std::to_string(broken_++) + "\n"; }

  // Lets the program go on for as long as it gets on: what has piled up while it was killed takes its time.
  void come_to_the_end() {
    constexpr milliseconds patience(3000);
    for (std::size_t before = 0, after = 1; after > before && !has_told_all();) {
      before = progress();
      CHECK(run(arguments(), follow_ ? patience : 20 * patience, SIGTERM,
                follow_ ? [this] { return has_told_all(); } : std::function<bool()>()) == 0);
      after = progress();
    }
  }

  // What grows as long as the program gets on; asked often, so it reads no alerts.
  [[nodiscard]] std::size_t progress() const {
    std::error_code none;
    const auto size = std::filesystem::file_size(out_path(), none);
    return (none ? 0 : size) + (receiver_ == nullptr ? 0 : receiver_->accepted_count());
  }

  [[nodiscard]] bool has_told_all() const {
    if (dead_letters() < broken_) return false;
    if (receiver_ != nullptr && receiver_->accepted_count() < told_lines().size()) return false;
    return told().size() >= story_.alerts().size();
  }

  // Now and then the receiver goes away, and comes back after some hundred milliseconds.
  void open_or_close() {
    if (receiver_->is_open() ? story_.below(30) == 0 : story_.below(4) > 0) {
      receiver_->close();
    } else {
      receiver_->open();
    }
  }

  // Each telling of an alert arrived, in their order; what came more than once said the same.
  void check_received() const {
    std::vector<std::string> ids;
    std::map<std::string, std::string> bodies;
    for (const std::string& line : told_lines()) {
      const auto alert = nlohmann::json::parse(line);
      ids.push_back(alert.at("alert_id").get<std::string>() + "/" + std::to_string(alert.at("revision").get<int>()));
      bodies[ids.back()] = line;
    }
    CHECK(receiver_->contradicted().empty());
    CHECK((receiver_->accepted() == ids));
    CHECK((receiver_->bodies() == bodies));
    if (std::getenv("PICKET_KILLS") != nullptr) {
      WARN(ids.size() << " tellings of alerts arrived; " << receiver_->doubled() << " times one came again");
    }
  }

  [[nodiscard]] std::string out_path() const { return folder_.path("out.jsonl"); }
  [[nodiscard]] std::string table_path() const { return folder_.path("alerts.db"); }

  static Story::Expected expected_of(const nlohmann::json& alert) {
    std::tm begin{};
    std::istringstream(alert.at("window_start").get<std::string>()) >> std::get_time(&begin, "%Y-%m-%dT%H:%M:%SZ");
    return {alert.at("dedup").get<std::string>(), ::timegm(&begin), alert.at("event").at("n").get<std::int64_t>()};
  }

  [[nodiscard]] int dead_letters() const {
    const std::string text = read_file(folder_.path("dead.jsonl"));
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  }

  // The file of alerts, as far as its lines are whole: the last one may be being written.
  [[nodiscard]] std::vector<std::string> told_lines() const {
    std::vector<std::string> whole;
    const std::string text = read_file(out_path());
    std::istringstream lines(text.substr(0, text.rfind('\n') + 1));
    for (std::string line; std::getline(lines, line);) whole.push_back(line);
    return whole;
  }

  // The alerts that were created, in the order of the file.
  [[nodiscard]] Alerts told() const {
    Alerts alerts;
    for (const std::string& line : told_lines()) {
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
  std::unique_ptr<UnsteadyReceiver> receiver_;  // null if alerts are not posted
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
  SECTION("a file that is read to its end, its alerts posted") {
    Crashes crashes(Rotation::none, false, seed, Hook::unsteady);
    crashes.run_and_kill(kills);
    crashes.check();
  }
  SECTION("a log that is renamed, its alerts posted") {
    Crashes crashes(Rotation::rename, true, seed, Hook::unsteady);
    crashes.run_and_kill(kills);
    crashes.check();
  }
}
