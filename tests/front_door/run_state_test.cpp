// `picket run --state`: what it goes on from, and what it says when it cannot.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/catch.hpp"
#include "tests/front_door/run_fixture.hpp"
#include "tests/front_door/watched_program.hpp"

using namespace picket::tests;
using picket::tests::contains;
using Hits = std::vector<int>;

namespace {

// A pack, a log and the files of a run that remembers.
class Remembered {
 public:
  [[nodiscard]] std::vector<std::string> options(const std::string& log) const {
    return {"--state", state, "--output", out, log};
  }
  [[nodiscard]] ProgramResult run(const std::string& log) const { return fixture.run(options(log)); }
  [[nodiscard]] std::string log(int from, int to) const {
    std::string text = read_file(fixture.folder.path("log.jsonl"));
    for (int n = from; n < to; ++n) text += event(n) + "\n";
    return fixture.folder.add("log.jsonl", text);
  }
  [[nodiscard]] Hits hits() const { return hits_of(read_file(out)); }

  RunFixture fixture;
  std::string state = fixture.folder.path("state.db");
  std::string out = fixture.folder.path("out.jsonl");
};

// While it lives, no file may become larger than so many bytes, in this process and those it starts.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("a run goes on where the last one ended: with the file, and with the windows") {
  const Remembered remembered;
  remembered.fixture.folder.add("rules/hit.yml",
                                "AnalysisType: rule\nRuleID: Test.Hit\nEnabled: true\nLogTypes: [Test]\n"
                                "Severity: High\nThreshold: 3\nDedup: one\nCondition: hit eq true\n");
  CHECK(remembered.run(remembered.log(0, 2)).status == 0);
  CHECK(remembered.hits().empty());
  const ProgramResult second = remembered.run(remembered.log(2, 5));
  CHECK_THAT(second.err, contains("3 events"));
  CHECK(remembered.hits() == Hits{0});  // of the first run's first event
  const ProgramResult third = remembered.run(remembered.log(5, 5));
  CHECK_THAT(third.err, contains("0 events"));
  CHECK(json_lines(read_file(remembered.out)).size() == 2);  // created, and told again at the end of the second run
}

TEST_CASE("what a disk has changed in the state file is noticed, and nothing is done by it") {
  const Remembered remembered;
  remembered.fixture.folder.add("rules/hit.yml",
                                "AnalysisType: rule\nRuleID: Test.Hit\nEnabled: true\nLogTypes: [Test]\n"
                                "Severity: High\nThreshold: 3\nDedup: one\nCondition: hit eq true\n");
  CHECK(remembered.run(remembered.log(0, 2)).status == 0);
  const std::string whole = read_file(remembered.state);
  for (const auto& [was, is] : {std::pair("\"matches\":2", "\"matches\":3"), std::pair("log.jsonl", "log.json,")}) {
    std::string damaged = whole;
    const std::size_t at = damaged.find(was);
    REQUIRE(at != std::string::npos);
    damaged.replace(at, std::string(was).size(), is);
    std::ofstream(remembered.state, std::ios::binary) << damaged;
    const ProgramResult result = remembered.run(remembered.log(2, 3));
    CHECK(result.status == 2);
    CHECK_THAT(result.err, contains("is damaged (a row of its table `"));
    CHECK_THAT(result.err, contains("is not as it was written"));
    CHECK(remembered.hits().empty());
  }
  std::ofstream(remembered.state, std::ios::binary) << whole;
  CHECK(remembered.run(remembered.log(3, 3)).status == 0);
  CHECK(remembered.hits() == Hits{0});
}

TEST_CASE("what is known of standard input is remembered, though it cannot be read again") {
  const Remembered remembered;
  remembered.fixture.folder.add("rules/hit.yml",
                                "AnalysisType: rule\nRuleID: Test.Hit\nEnabled: true\nLogTypes: [Test]\n"
                                "Severity: High\nThreshold: 3\nDedup: one\nCondition: hit eq true\n");
  const std::vector<std::string> options = {"--state", remembered.state, "--output", remembered.out};
  CHECK(remembered.fixture.run(options, event(0) + "\n" + event(1) + "\n").status == 0);
  CHECK(remembered.hits().empty());
  CHECK(remembered.fixture.run(options, event(2) + "\n").status == 0);
  CHECK(remembered.hits() == Hits{0});
}

TEST_CASE("a last line that was not whole is judged once it is") {
  const Remembered remembered;
  const TemporaryFolder& folder = remembered.fixture.folder;
  const std::string half = event(1).substr(0, event(1).size() / 2);
  CHECK(remembered.run(folder.add("log.jsonl", event(0) + "\n" + half)).status == 0);
  CHECK(remembered.hits() == Hits{0});
  CHECK(remembered.run(folder.add("log.jsonl", event(0) + "\n" + event(1))).status == 0);
  CHECK(remembered.hits() == Hits{0, 1});
  CHECK(remembered.run(folder.add("log.jsonl", event(0) + "\n" + event(1) + "\n" + event(2) + "\n")).status == 0);
  CHECK(remembered.hits() == Hits{0, 1, 2});
}

TEST_CASE("a file written anew is another file") {
  const Remembered remembered;
  CHECK(remembered.run(remembered.log(0, 3)).status == 0);
  const std::string log =
      remembered.fixture.folder.add("log.jsonl", event(7) + "\n" + event(8) + "\n" + event(9) + "\n");
  CHECK(remembered.run(log).status == 0);
  CHECK(remembered.hits() == Hits{0, 1, 2, 7, 8, 9});
}

TEST_CASE("documents and packed files go on as well") {
  const Remembered remembered;
  const auto records = [](int to) {
    std::string text = "{\"Records\": [\n";
    for (int n = 0; n < to; ++n) text += (n > 0 ? ",\n" : "") + event(n);
    return text + "\n]}\n";
  };
  const std::string file = remembered.fixture.folder.add("log.json", records(3));
  CHECK(remembered.run(file).status == 0);
  CHECK(remembered.run(file).status == 0);
  CHECK(remembered.hits() == Hits{0, 1, 2});
}

TEST_CASE("what a state file cannot be is said, and nothing is judged") {
  const Remembered remembered;
  const std::string log = remembered.log(0, 3);
  SECTION("no database") {
    remembered.fixture.folder.add("state.db", "this is a text, and no database at all: long enough to be looked at");
    const ProgramResult result = remembered.run(log);
    CHECK(result.status == 2);
    CHECK_THAT(result.err, contains("state.db is no database of Picket"));
  }
  SECTION("a database of something else") {
    CHECK(remembered.run(log).status == 0);
    std::filesystem::rename(remembered.state, remembered.fixture.folder.path("other.db"));
    const ProgramResult result = picket::tests::picket({"alerts", remembered.fixture.folder.path("other.db")});
    CHECK(result.status == 2);
    CHECK_THAT(result.err, contains("is no database of this kind"));
  }
  SECTION("damaged") {
    CHECK(remembered.run(log).status == 0);
    std::string bytes = read_file(remembered.state);
    for (std::size_t i = 4096; i < bytes.size(); ++i) bytes[i] = static_cast<char>(bytes[i] ^ 0x5a);
    remembered.fixture.folder.add("state.db", bytes);
    const ProgramResult result = remembered.run(remembered.log(3, 5));
    CHECK(result.status == 2);
    CHECK_THAT(result.err, contains("state.db is damaged (") && contains("); put a copy of it in its place"));
    CHECK(std::ranges::count(result.err, '\n') == 1);
    CHECK(std::ranges::all_of(result.err, [](char byte) { return byte == '\n' || (byte >= ' ' && byte < 127); }));
    CHECK(remembered.hits() == Hits{0, 1, 2});
  }
  SECTION("in a folder that is not there") {
    CHECK(remembered.fixture.run({"--state", "/nonexistent/s.db", log}).status == 2);
  }
  SECTION("in use") {
    WatchedProgram other(std::string(PICKET_BUILD_DIR) + "/tools/picket",
                         remembered.fixture.arguments({"--state", remembered.state, "--metrics", ":0", "-f", log}));
    (void)other.read_until("/metrics");
    const ProgramResult result = remembered.run(log);
    CHECK(result.status == 2);
    CHECK_THAT(result.err, contains("state.db is in use by another program"));
    CHECK(other.end(SIGTERM) == 0);
  }
}

TEST_CASE("a full disk ends the run with a clear word; with room again, nothing is lost and nothing doubled") {
  const Remembered remembered;
  const std::string log = remembered.log(0, 3000);
  Hits all;
  for (int n = 0; n < 3000; ++n) all.push_back(n);
  {
    const FileSizeLimit limit(200'000);  // of the state file, its log, or the alerts
    const ProgramResult full = remembered.run(log);
    CHECK(full.status == 2);
    CHECK_THAT(full.err, contains("cannot write to " + remembered.out + ": File too large") ||
                             contains("the state file " + remembered.state + " cannot be "));
    CHECK_THAT(full.err, contains("; once that is mended, a run with the state file " + remembered.state +
                                  " goes on from there\n"));
  }
  CHECK(remembered.hits().size() < 3000);
  CHECK(remembered.run(log).status == 0);
  CHECK(remembered.hits() == all);
}

TEST_CASE("a state file that may not be written to is said before anything is judged") {
  if (::geteuid() == 0) {
    WARN("SKIPPED: root may write to everything");
    return;
  }
  const Remembered remembered;
  const std::string log = remembered.log(0, 3);
  CHECK(remembered.run(log).status == 0);
  std::filesystem::permissions(remembered.state, std::filesystem::perms::owner_read);
  const ProgramResult result = remembered.run(log);
  CHECK(result.status == 2);
  CHECK_THAT(result.err, contains("may not be written to"));
}

TEST_CASE("a followed log is judged as it is written to, and SIGTERM ends it well") {
  const Remembered remembered;
  const std::string log = remembered.log(0, 2);
  WatchedProgram program(std::string(PICKET_BUILD_DIR) + "/tools/picket",
                         remembered.fixture.arguments({"--state", remembered.state, "-f", log}));
  CHECK_THAT(program.read_until("\"n\":1,"), contains("hit 0"));
  CHECK(remembered.log(2, 3) == log);
  CHECK_THAT(program.read_until("\"n\":2,"), contains("hit 2"));
  CHECK(program.end(SIGTERM) == 0);
  CHECK(remembered.fixture.run({"-f"}).status == 2);
  CHECK(remembered.fixture.run({"-f", "-"}).status == 2);
}

TEST_CASE("what waits because of the lateness does not wait longer than that if nothing comes") {
  const Remembered remembered;
  WatchedProgram program(std::string(PICKET_BUILD_DIR) + "/tools/picket",
                         remembered.fixture.arguments({"--lateness", "1s", "-f", remembered.log(0, 1)}));
  CHECK_THAT(program.read_until("\"n\":0,"), contains("hit 0"));
  CHECK(program.end(SIGTERM) == 0);
}

TEST_CASE("what happens can be said as JSON lines") {
  const Remembered remembered;
  std::vector<std::string> options = remembered.options(remembered.log(0, 3));
  options.insert(options.end(), {"--log", "json", remembered.fixture.folder.path("none.jsonl")});
  const ProgramResult result = remembered.fixture.run(options);
  CHECK(result.status == 2);
  const auto lines = json_lines(result.err);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].at("level") == "error");
  CHECK_THAT(lines[0].at("message").get<std::string>(), contains("none.jsonl: No such file or directory"));
  CHECK(lines[1].at("level") == "note");
  CHECK(lines[1].at("message") == "ended");
  CHECK(lines[1].at("summary").at("events") == 3);
  CHECK(lines[1].at("time").get<std::string>().size() >= 20);
}

TEST_CASE("as JSON lines broken events are told, too") {
  const RunFixture fixture;
  std::string input;
  for (int n = 0; n < 7; ++n) input += "{broken \xff" + std::to_string(n) + "\n";
  const auto lines = json_lines(fixture.run({"--log", "json"}, input).err);
  REQUIRE(lines.size() == 7);
  CHECK(lines[0].at("level") == "warning");
  CHECK(lines[0].at("message") == "<stdin>:1: not UTF-8, at byte 8: {broken \\xff0");
  CHECK(lines[5].at("level") == "note");
  CHECK(lines[5].at("message") == "more like these; --dead-letter FILE keeps them all");
  CHECK(lines[6].at("summary").at("invalid").at("not UTF-8") == 7);
}

TEST_CASE("the alerts of a database can be asked for") {
  const Remembered remembered;
  const std::string database = remembered.fixture.folder.path("alerts.db");
  std::vector<std::string> options = remembered.options(remembered.log(0, 3));
  options.insert(options.end(), {"--alerts", database});
  CHECK(remembered.fixture.run(options).status == 0);
  const ProgramResult all = picket::tests::picket({"alerts", database});
  CHECK(all.status == 0);
  CHECK_THAT(all.out, contains("High      hit 0") && contains("High      hit 2"));
  const ProgramResult one = picket::tests::picket({"alerts", database, "--mentions", "1", "--format", "jsonl"});
  CHECK(hits_of(one.out) == Hits{1});
  CHECK(picket::tests::picket({"alerts", database, "--severity", "critical"}).status == 4);
  CHECK_THAT(picket::tests::picket({"alerts", database, "--severity", "Bogus"}).err,
             contains("--severity: there is no choice `Bogus`; choose of info|low|medium|high|critical\n"));
  CHECK(picket::tests::picket(
            {"alerts", database, "--rule", "Test.Hit", "--since", "2026-01-31", "--until", "2026-02-01"})
            .status == 0);
  const std::string id = json_lines(one.out).at(0).at("alert_id");
  CHECK_THAT(picket::tests::picket({"alerts", database, id.substr(0, 8)}).out,
             contains("A hit") && contains("n               1"));
  CHECK(picket::tests::picket({"alerts", database, "--since", "soon"}).status == 2);
  CHECK(remembered.fixture.run({"--alerts", database}).status == 2);  // without a state
}
