// `picket run` by its front door: arguments and input in; status, standard output and standard error out.
#include <unistd.h>

#include <csignal>

#include "tests/catch.hpp"
#include "tests/front_door/run_fixture.hpp"
#include "tests/unit/stream/layouts.hpp"
#include "tests/unit/stream/packing.hpp"

using namespace picket::tests;
using picket::tests::contains;
using Hits = std::vector<int>;

TEST_CASE("events of standard input become alerts, and the end is told on standard error") {
  const RunFixture fixture;
  const ProgramResult result = fixture.run({}, event(1) + "\n" + event(2, false) + "\n" + event(3) + "\n");
  CHECK(result.status == 0);
  CHECK(hits_of(result.out) == Hits{1, 3});
  const auto alert = json_lines(result.out).at(1);
  CHECK(alert.at("rule_id") == "Test.Hit");
  CHECK(alert.at("title") == "hit 3");
  CHECK(alert.at("severity") == "High");
  CHECK(alert.at("context") == nlohmann::json{{"n", 3}});
  CHECK(alert.at("input") == "<stdin>");
  CHECK(alert.at("line") == 3);
  CHECK(alert.at("log_type") == "Test");
  CHECK_THAT(result.err, contains("3 events"));
  CHECK_THAT(result.err, contains("2 alerts"));
  CHECK_THAT(result.err, contains("2          3  Test.Hit"));
  CHECK(result.err.find('\x1b') == std::string::npos);
}

TEST_CASE("what is rare may be learned from a sample, which changes no alert") {
  const RunFixture fixture;
  const std::string input = event(1) + "\n" + event(2, false) + "\n" + event(3) + "\n";
  const std::string sample = fixture.folder.add("sample.jsonl", event(7, false) + "\nno event\n" + event(8) + "\n");
  const ProgramResult sampled = fixture.run({"--sample", sample}, input);
  CHECK(sampled.status == 0);
  CHECK(hits_of(sampled.out) == Hits{1, 3});
  CHECK(sampled.out == fixture.run({}, input).out);

  const ProgramResult missing = fixture.run({"--sample", fixture.folder.path("none")}, input);
  CHECK(missing.status == 2);
  CHECK(missing.out.empty());
  CHECK_THAT(missing.err, contains("picket run: --sample ") && contains("none: No such file or directory"));
  const std::string empty = fixture.folder.add("empty.jsonl", "\n");
  CHECK_THAT(fixture.run({"--sample", empty}, input).err, contains("no line of it is an event"));
}

TEST_CASE("the same events in every layout, plain and packed, give the same alerts") {
  const RunFixture fixture;
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  RandomEvents random(seed);
  auto events = random.some(30);
  Hits expected;
  for (std::size_t i = 0; i < events.size(); ++i) {
    events[i]["p_log_type"] = "Test";
    events[i]["n"] = i;
    events[i]["hit"] = random.below(2) == 0;
    if (events[i]["hit"].get<bool>()) expected.push_back(static_cast<int>(i));
  }
  for (const Layout& layout : layouts_of(events)) {
    INFO(layout.name);
    const ProgramResult plain = fixture.run({fixture.folder.add("in", layout.text)});
    CHECK(plain.status == 0);
    CHECK(hits_of(plain.out) == expected);
    const std::string first = layout.text.substr(0, layout.text.size() / 2);
    const std::string second = layout.text.substr(first.size());
    for (const std::string& packed : {gzipped(first) + gzipped(second), zstd_packed(first) + zstd_packed(second)}) {
      const ProgramResult unpacked = fixture.run({}, packed);
      CHECK(unpacked.status == 0);
      CHECK(hits_of(unpacked.out) == expected);
    }
  }
}

TEST_CASE("one thread and four write the same bytes") {
  const RunFixture fixture;
  const TemporaryFolder& folder = fixture.folder;
  std::string text;
  for (int n = 0; n < 20'000; ++n) {
    text += event(n, n % 3 == 0) + "\n";
    if (n % 500 == 0) text += "{\"broken\": " + std::to_string(n) + "\n" + event(n) + event(n) + "\n";
    // The document ends with its line, and the rest of it is no event.
    if (n % 500 == 1) text += "{\"Records\":[" + event(n) + ",\n" + event(n) + "]}\n";
    if (n % 500 == 2) text += R"({"p_log_type":"Other.)" + std::to_string(n) + "\"}\n";
  }
  folder.add("logs/a.jsonl", text);
  folder.add("logs/b.jsonl.gz", gzipped(text));
  folder.add("logs/c.jsonl.zst", zstd_packed(text));
  for (int n = 0; n < 50; ++n) folder.add("logs/d" + std::to_string(n), event(n) + "\n" + event(n, false) + "\n7\n");
  const auto run = [&](const std::string& threads, const std::string& letters) {
    return fixture.run({"--threads", threads, "--dead-letter", letters, folder.path("logs")});
  };
  const ProgramResult one = run("1", folder.path("dead1"));
  const ProgramResult four = run("4", folder.path("dead4"));
  CHECK(one.status == 0);
  CHECK_THAT(one.err, contains(" of " + std::to_string(3 * (6667 + 3 * 40) + 50).insert(2, 1, ',') + " matches"));
  CHECK(four.out == one.out);
  CHECK(json_lines(read_file(folder.path("dead1"))).size() == 3 * 3 * 40 + 50);
  CHECK(read_file(folder.path("dead4")) == read_file(folder.path("dead1")));
  const auto counts = [](const std::string& summary) { return summary.substr(summary.find('\n')); };
  CHECK(counts(four.err) == counts(one.err));
}

TEST_CASE("threads are counted from one") {
  const RunFixture fixture;
  for (const char* wrong : {"0", "-1", "many", "100000"})
    CHECK(fixture.run({"--threads", wrong}, event(1)).status == 2);
}

TEST_CASE("files, folders and patterns are judged in order") {
  const RunFixture fixture;
  const TemporaryFolder& folder = fixture.folder;
  folder.add("logs/b.json", event(2));
  folder.add("logs/a/deep.log", event(1));
  folder.add("logs/c.json.gz", gzipped(event(3)));
  folder.add("logs/d.json.zst", zstd_packed(event(9)));
  folder.add("logs/.hidden", event(99));
  folder.add("logs/LICENSE", "Nothing here\nis an event.\n");
  folder.add("one.json", event(4));
  folder.add("two.json", event(5));
  const ProgramResult result = fixture.run({folder.path("logs"), folder.path("*.json")});
  CHECK(result.status == 0);
  CHECK(hits_of(result.out) == Hits{1, 2, 3, 9, 4, 5});
  CHECK_THAT(result.err, contains("1 file left out"));
  CHECK_THAT(result.err, contains("6 inputs"));
  CHECK(hits_of(fixture.run({folder.path("two.json"), "-"}, event(7)).out) == Hits{5, 7});
}

TEST_CASE("what cannot be read is told, the rest is judged, and the status is 2") {
  const RunFixture fixture;
  const TemporaryFolder& folder = fixture.folder;
  const std::string good = folder.add("good.json", event(1));
  SECTION("a file that is not there") {
    const ProgramResult result = fixture.run({folder.path("none.json"), good});
    CHECK(result.status == 2);
    CHECK(hits_of(result.out) == Hits{1});
    CHECK_THAT(result.err, contains("none.json: No such file or directory"));
  }
  SECTION("a pattern that matches nothing") { CHECK(fixture.run({folder.path("x*"), good}).status == 2); }
  SECTION("an archive") {
    const ProgramResult result = fixture.run({folder.add("logs.zip", "PK\x03\x04zip"), good});
    CHECK(result.status == 2);
    CHECK(hits_of(result.out) == Hits{1});
    CHECK_THAT(result.err, contains("logs.zip: is a zip archive"));
  }
  SECTION("a packed file that is cut off: what it gave is judged") {
    std::string text;
    for (int n = 0; n < 50'000; ++n) text += event(n) + "\n";
    for (const auto& [packer, packed] : {std::pair{"gzip", gzipped(text)}, std::pair{"zstd", zstd_packed(text)}}) {
      const std::string cut = folder.add("cut", packed.substr(0, packed.size() * 3 / 4));
      const ProgramResult result = fixture.run({cut, folder.add("after.json", event(99'999))});
      CHECK(result.status == 2);
      CHECK_THAT(result.err, contains("cut: the " + std::string(packer) + " data is cut off"));
      const Hits hits = hits_of(result.out);
      CHECK(hits.size() > 15'000);
      CHECK(hits.back() == 99'999);
    }
  }
  SECTION("a zstd file that would need too much memory") {
    const ProgramResult result = fixture.run({folder.add("huge.zst", zstd_frame_of_window(event(2), 28)), good});
    CHECK(result.status == 2);
    CHECK(hits_of(result.out) == Hits{1});
    CHECK_THAT(result.err, contains("huge.zst: the zstd data needs more than 128 MiB of memory"));
  }
}

TEST_CASE("broken lines are counted and kept, and take nothing with them") {
  const RunFixture fixture;
  const std::string letters = fixture.folder.path("dead.jsonl");
  const std::string input = event(1) + "\r\n{\"n\":2,\n42\nnot json\n\xff\n" + event(6) + "\n\n" + event(8) + event(9) +
                            "\n{\"a\":" + std::string(100'000, '[') + "\n" + event(11);
  const ProgramResult result = fixture.run({"--dead-letter", letters}, input);
  CHECK(result.status == 0);
  CHECK(hits_of(result.out) == Hits{1, 6, 8, 9, 11});
  const auto dead = json_lines(read_file(letters));
  REQUIRE(dead.size() == 5);
  CHECK(dead[0].at("line") == 2);
  CHECK(dead[0].at("offset") == event(1).size() + 2);
  CHECK(dead[0].at("text") == "{\"n\":2,");
  CHECK(dead[0].at("input") == "<stdin>");
  CHECK(dead[1].at("reason") == "not an object");
  CHECK(dead[1].at("detail") == "a number");
  CHECK(dead[3].at("base64") == "/w==");
  CHECK(dead[4].at("reason") == "nested too deep");
  CHECK(dead[4].at("length") == 100'005);
  CHECK(dead[4].at("text").get<std::string>().size() == 65536);
  CHECK_THAT(result.err, contains("5 invalid"));
  CHECK_THAT(result.err, contains("nested too deep 1"));
}

TEST_CASE("without a file for them, the first dead letters are shown, harmless to a terminal") {
  const RunFixture fixture;
  std::string input;
  for (int i = 0; i < 100; ++i) input += "\x1b[31mbad\xe2\x80\xae\n";
  const ProgramResult result = fixture.run({}, input);
  CHECK(result.status == 0);
  CHECK_THAT(result.err, contains("<stdin>:1: "));
  CHECK_THAT(result.err, contains("\\x1b[31mbad\\u{202e}"));
  CHECK_THAT(result.err, !contains("<stdin>:50"));
  CHECK_THAT(result.err, contains("100 invalid"));
  CHECK(result.err.find('\x1b') == std::string::npos);
}

TEST_CASE("log types: the event's own word, else the command line's, else it is said that there is none") {
  const RunFixture fixture;
  const std::string own = R"({"p_log_type":"Test","hit":true,"n":1})";
  const std::string other = R"({"p_log_type":"Other","hit":true,"n":2})";
  const std::string none = R"({"hit":true,"n":3})";
  const std::string input = own + "\n" + other + "\n" + none + "\n";
  const ProgramResult told = fixture.run({}, input);
  CHECK(hits_of(told.out) == Hits{1, 3});
  CHECK_THAT(told.err, contains("1 of log types that no rule judges: Other 1"));
  ProgramCall untold;
  untold.arguments = {"run", "-r", fixture.folder.path("rules"), "-"};
  untold.input = text_input(input);
  const ProgramResult result = run_picket(untold);
  CHECK(hits_of(result.out) == Hits{1});
  CHECK_THAT(result.err, contains("1 without log type"));
  CHECK_THAT(result.err, contains("the rules judge: Test"));
}

TEST_CASE("alerts go to a file, or it is said why not") {
  const RunFixture fixture;
  const std::string file = fixture.folder.path("alerts.jsonl");
  const ProgramResult result = fixture.run({"--output", file}, event(1) + "\n" + event(2));
  CHECK(result.status == 0);
  CHECK(result.out.empty());
  CHECK(hits_of(read_file(file)) == Hits{1, 2});
  const ProgramResult nowhere = fixture.run({"--output", "/nonexistent/alerts"}, event(1));
  CHECK(nowhere.status == 2);
  CHECK_THAT(nowhere.err, contains("cannot write to /nonexistent/alerts: No such file or directory"));
  const ProgramResult full = fixture.run({"--output", "/dev/full"}, event(1));
  CHECK(full.status == 2);
  CHECK_THAT(full.err, contains("cannot write the alerts to /dev/full: No space left on device"));
  const ProgramResult full_letters = fixture.run({"--dead-letter", "/dev/full"}, "x");
  CHECK(full_letters.status == 2);
  CHECK(fixture.run({"--output", file, "--dead-letter", file}, event(1)).status == 2);
}

TEST_CASE("a reader that goes away is no error") {
  const RunFixture fixture;
  ProgramCall call;
  call.arguments = fixture.arguments();
  call.read_at_most = 1;
  call.input = [](const WriteInput& write) {
    for (int n = 0; n < 1'000'000 && write(event(n) + "\n"); ++n) {
    }
  };
  const ProgramResult result = run_picket(call);
  CHECK(result.status == 0);
  CHECK_THAT(result.err, !contains("error"));
}

TEST_CASE("an alert does not wait for more input; a signal ends the run with its summary") {
  const RunFixture fixture;
  for (const int signal : {SIGINT, SIGTERM}) {
    ProgramCall call;
    call.arguments = fixture.arguments();
    call.signal_after_output = signal;
    // Writes an event, and then only blank lines until the program has gone: input never ends.
    call.input = [](const WriteInput& write) {
      write(event(1) + "\n");
      while (write("\n")) ::usleep(1000);
    };
    const ProgramResult result = run_picket(call);
    CHECK(result.status == 0);
    CHECK(hits_of(result.out) == Hits{1});
    CHECK_THAT(result.err, contains("interrupted"));
    CHECK_THAT(result.err, contains("1 event,"));
  }
}

TEST_CASE("alerts for people") {
  const RunFixture fixture;
  ProgramCall call;
  call.arguments = {"run", "-r", fixture.folder.path("rules"), "-t", "Test", "--format", "human"};
  call.input = text_input(R"({"n":"\u001b]0;x\u0007 \u202eabc","hit":true,"eventTime":"2026-01-31T12:00:00Z"})");
  const ProgramResult result = run_picket(call);
  CHECK(result.status == 0);
  CHECK(result.out ==
        "HIGH      hit \\x1b]0;x\\x07 \\u{202e}abc\n"
        "          2026-01-31T12:00:00Z  Test.Hit  Test  <stdin>:1\n"
        "          n  \\x1b]0;x\\x07 \\u{202e}abc\n"
        "\n");
}

TEST_CASE("rules that cannot be used stop the run before it begins") {
  const RunFixture fixture;
  SECTION("an error in one of them") {
    fixture.folder.add("rules/bad.yml",
                       "AnalysisType: rule\nRuleID: Bad\nEnabled: true\nLogTypes: [Test]\nSeverity: High\n"
                       "Condition: |\n  a eqals 1\n");
    const ProgramResult result = fixture.run({}, event(1));
    CHECK(result.status == 2);
    CHECK(result.out.empty());
    CHECK_THAT(result.err, contains("bad.yml:7:5"));
    CHECK_THAT(result.err, contains("unknown-operator"));
  }
  SECTION("no such folder") {
    ProgramCall call;
    call.arguments = {"run", "--rules", fixture.folder.path("nothing")};
    CHECK(run_picket(call).status == 2);
  }
  SECTION("none of them enabled") {
    fixture.folder.add("rules/hit.yml",
                       "AnalysisType: rule\nRuleID: Off\nEnabled: false\nLogTypes: [Test]\nSeverity: High\n"
                       "Condition: |\n  a eq 1\n");
    CHECK(fixture.run({}, event(1)).status == 4);
  }
  SECTION("Python rules are noted, once, and left out") {
    for (const char* name : {"a", "b"}) {
      fixture.folder.add(std::string("rules/") + name + ".yml",
                         std::string("AnalysisType: rule\nRuleID: Py.") + name +
                             "\nEnabled: true\nLogTypes: [Test]\nSeverity: High\nFilename: x.py\n");
    }
    const ProgramResult result = fixture.run({}, event(1));
    CHECK(result.status == 0);
    CHECK(hits_of(result.out) == Hits{1});
    CHECK_THAT(result.err, contains("2 rules not judged"));
  }
}

TEST_CASE("quiet is quiet") {
  const RunFixture fixture;
  const ProgramResult result = fixture.run({"--quiet"}, event(1) + "\nbroken\n");
  CHECK(hits_of(result.out) == Hits{1});
  CHECK(result.err.empty());
}
