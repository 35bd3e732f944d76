// `picket run --webhook`: every alert arrives, whatever the receiver and the program go through.
#include <httplib.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <thread>

#include "tests/catch.hpp"
#include "tests/front_door/run_fixture.hpp"
#include "tests/front_door/watched_program.hpp"
#include "tests/front_door/web_server.hpp"

namespace picket::tests {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

class HookFixture : public RunFixture {
 public:
  [[nodiscard]] std::vector<std::string> hook_arguments(const std::string& address,
                                                        const std::vector<std::string>& more) const {
    std::vector<std::string> all =
        arguments({"--state", folder.path("state"), "--output", folder.path("out"), "--webhook", address});
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  [[nodiscard]] ProgramResult deliver(const std::string& address, const std::vector<std::string>& more) const {
    ProgramCall call;
    call.arguments = hook_arguments(address, more);
    return run_picket(call);
  }
  // A file of so many events, each of which is an alert.
  [[nodiscard]] std::string hits(const std::string& name, int count, const std::string& filler = "") const {
    std::string text;
    for (int n = 0; n < count; ++n) {
      text +=
          R"({"n":")" + name + "-" + std::to_string(n) + R"(","hit":true,"time":1769860800,"f":")" + filler + "\"}\n";
    }
    return folder.add(name, text);
  }
  // The alerts that the run has written to its file: what is to arrive.
  [[nodiscard]] std::vector<std::string> told() const {
    std::vector<std::string> ids;
    for (const nlohmann::json& alert : json_lines(read_file(folder.path("out")))) {
      ids.push_back(alert.at("alert_id").get<std::string>() + "/" + std::to_string(alert.at("revision").get<int>()));
    }
    return ids;
  }
};

WebReply fine(const WebRequest& /*request*/, std::size_t /*number*/) { return {}; }

// A port at which nobody listens.
int closed_port() { return WebServer(fine).port(); }

std::vector<std::string> without_repetitions(const std::vector<std::string>& ids) {
  std::vector<std::string> once;
  std::set<std::string> seen;
  for (const std::string& id : ids) {
    if (seen.insert(id).second) once.push_back(id);
  }
  return once;
}

}  // namespace

TEST_CASE("each alert is posted once, in order, as JSON, with its id and what the options say") {
  const HookFixture fixture;
  const WebServer server(fine);
  const std::string secret = fixture.folder.add("secret", "# ours\nAuthorization: Bearer s3cret\n");
  const ProgramResult result =
      fixture.deliver(server.address() + "?key=1", {fixture.hits("a", 20), "--webhook-header", "X-Team: blue",
                                                    "--webhook-header-file", secret, "--webhook-format", "ocsf"});
  CHECK(result.status == 0);
  CHECK(fixture.told().size() == 20);
  CHECK(server.accepted() == fixture.told());
  CHECK(server.requests().size() == 20);
  const WebRequest request = server.requests().at(0);
  CHECK(request.line == "POST /hook?key=1 HTTP/1.1");
  CHECK(request.headers.at("content-type") == "application/json");
  CHECK(request.headers.at("user-agent").starts_with("picket/"));
  CHECK(request.headers.at("authorization") == "Bearer s3cret");
  CHECK(request.headers.at("x-team") == "blue");
  CHECK(nlohmann::json::parse(request.body).at("class_uid") == 2004);
  // A second run has nothing to say.
  CHECK(fixture.deliver(server.address(), {fixture.folder.path("a")}).status == 0);
  CHECK(server.requests().size() == 20);
}

TEST_CASE("a receiver that fails now and then has every alert in the end, in order") {
  const HookFixture fixture;
  const WebServer server([](const WebRequest&, std::size_t number) -> WebReply {
    if (number == 2) return {.head = "500 Internal Server Error"};
    if (number == 4) return {.head = "429 Too Many Requests\r\nRetry-After: 1"};
    if (number == 7) return {.drop = true};
    return {};
  });
  const auto begun = Steady::now();
  const ProgramResult result = fixture.deliver(server.address(), {fixture.hits("a", 10)});
  CHECK(Steady::now() - begun >= milliseconds(1'000));
  CHECK(result.status == 0);
  CHECK(server.accepted() == fixture.told());
  CHECK(server.requests().size() == 13);
  CHECK(holds(result.err, "web hook " + server.address() + ": it answers 500 Internal Server Error; trying again"));
}

TEST_CASE("what is refused is kept as a dead letter, and the rest arrives") {
  const HookFixture fixture;
  const WebServer server([](const WebRequest&, std::size_t number) -> WebReply {
    if (number == 1) return {.head = "400 Bad Request"};
    if (number == 2) return {.head = "302 Found\r\nLocation: /other"};
    return {};
  });
  const std::string letters = fixture.folder.path("letters");
  const ProgramResult result =
      fixture.deliver(server.address(), {fixture.hits("a", 4), "--webhook-dead-letter", letters});
  CHECK(result.status == 0);
  const std::vector<std::string> told = fixture.told();
  CHECK(server.accepted() == std::vector<std::string>{told.at(0), told.at(3)});
  CHECK(server.requests().size() == 4);
  const auto kept = json_lines(read_file(letters));
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].at("id") == told.at(1));
  CHECK(kept[0].at("status") == 400);
  CHECK(kept[0].at("reason") == "Bad Request");
  CHECK(kept[0].at("alert") == json_lines(read_file(fixture.folder.path("out"))).at(1));
  CHECK(kept[1].at("status") == 302);
  CHECK(holds(result.err,
              "warning: web hook " + server.address() + " refuses alert " + told.at(1) + ": 400 Bad Request\n"));
  CHECK(holds(result.err, "warning: 2 alerts refused by the web hook " + server.address() + ": kept in " + letters));
  CHECK(!holds(result.err, "not all are told"));
}

TEST_CASE("what is refused and kept nowhere is counted and told as an error") {
  for (const int count : {5, 9}) {
    const HookFixture fixture;
    const WebServer server([](const WebRequest&, std::size_t) -> WebReply { return {.head = "400 Bad Request"}; });
    const std::string summary = fixture.folder.path("summary");
    const ProgramResult result =
        fixture.deliver(server.address(), {fixture.hits("a", count), "--summary", summary, "-q"});
    CHECK(result.status == 2);
    CHECK(holds(result.err, "error: web hook " + server.address() + " refuses alert " + fixture.told().at(4)));
    CHECK(holds(result.err, "not all are told") == (count > 5));
    CHECK(holds(result.err, "error: " + std::to_string(count) + " alerts refused by the web hook " + server.address() +
                                ", and not sent again: --webhook-dead-letter FILE keeps those that come\n"));
    CHECK(nlohmann::json::parse(read_file(summary)).at("refused") == count);
  }
}

TEST_CASE("what was refused is a metric") {
  const HookFixture fixture;
  const WebServer server([](const WebRequest&, std::size_t) -> WebReply { return {.head = "400 Bad Request"}; });
  WatchedProgram program(
      PICKET_BUILD_DIR "/tools/picket",
      fixture.hook_arguments(server.address(), {"--metrics", ":0", "--follow", fixture.hits("a", 7)}));
  program.read_until("metrics at http://");
  const std::string at = program.read_until("/metrics");
  program.read_until("not all are told");
  httplib::Client client("http://" + at.substr(0, at.find('/')));
  const std::string sample = "picket_webhook_refused_total{destination=\"web hook " + server.address() + "\"} 7\n";
  std::string page;
  for (int i = 0; i < 500 && !holds(page, sample); ++i) {
    std::this_thread::sleep_for(milliseconds(20));
    if (const auto answer = client.Get("/metrics")) page = answer->body;
  }
  CHECK(holds(page, sample));
  CHECK(program.end(SIGTERM) == 2);
}

TEST_CASE("what waits for a receiver that is down stays bounded, however often the run is ended and begun again") {
  const HookFixture fixture;
  const std::string address = "http://127.0.0.1:" + std::to_string(closed_port()) + "/hook";
  const std::string log = fixture.hits("a", 20'000);
  std::size_t most = 0;
  for (const int signal : {SIGTERM, SIGKILL, SIGTERM, SIGKILL}) {
    WatchedProgram program(PICKET_BUILD_DIR "/tools/picket", fixture.hook_arguments(address, {log}));
    program.read_until("cannot connect; trying again");
    std::this_thread::sleep_for(milliseconds(1'000));
    const std::size_t waiting = fixture.told().size();
    if (most == 0) most = waiting;
    CHECK(program.end(signal) == (signal == SIGTERM ? 2 : -SIGKILL));
    CHECK(fixture.told().size() == waiting);
    CHECK(waiting == most);
  }
  CHECK(most > 1'000);
  CHECK(most < 10'000);
  const ProgramResult later = [&] {
    WatchedProgram program(PICKET_BUILD_DIR "/tools/picket", fixture.hook_arguments(address, {"--follow", log}));
    ProgramResult result;
    result.err = program.read_until("are left");
    result.status = program.end(SIGTERM);
    return result;
  }();
  CHECK(later.status == 0);
  CHECK(holds(later.err, " alerts of an earlier run not delivered to the web hook " + address +
                             ": judging begins when fewer than 1,000 are left"));
}

TEST_CASE("what was read of standard input is judged before a stop, for it could not be read again") {
  const HookFixture fixture;
  const std::string log = fixture.hits("a", 20'000);
  std::string command = "exec '" PICKET_BUILD_DIR "/tools/picket'";
  const std::string address = "http://127.0.0.1:" + std::to_string(closed_port()) + "/hook";
  for (const std::string& argument : fixture.hook_arguments(address, {})) command += " '" + argument + "'";
  WatchedProgram program("/bin/sh", {"-c", command + " <'" + log + "'"});
  program.read_until("cannot connect; trying again");
  std::this_thread::sleep_for(milliseconds(1'000));
  const std::size_t told = fixture.told().size();
  CHECK(told > 1'000);
  CHECK(program.end(SIGTERM) >= 0);
  CHECK(fixture.told().size() > told);
}

TEST_CASE("a receiver that is down: the run says what is left, and the next one delivers it") {
  const HookFixture fixture;
  const int port = closed_port();
  const std::string address = "http://127.0.0.1:" + std::to_string(port) + "/hook";
  const ProgramResult down = fixture.deliver(address, {fixture.hits("a", 3), "--webhook-patience", "300ms"});
  CHECK(down.status == 2);
  CHECK(holds(down.err, "cannot connect; trying again"));
  CHECK(holds(down.err, "3 alerts not delivered to the web hook " + address + ": kept in "));
  const WebServer server(fine, port);
  CHECK(fixture.deliver(address, {fixture.hits("b", 2)}).status == 0);
  CHECK(server.accepted() == fixture.told());
  CHECK(fixture.told().size() == 5);
}

TEST_CASE("a receiver that goes away and comes back during a run has every alert") {
  const HookFixture fixture;
  auto server = std::make_unique<WebServer>(fine);
  const int port = server->port();
  const std::string address = server->address();
  const std::string log = fixture.hits("a", 3);
  WatchedProgram program(PICKET_BUILD_DIR "/tools/picket", fixture.hook_arguments(address, {"--follow", log}));
  CHECK(server->wait_for_accepted(3));
  std::vector<std::string> arrived = server->accepted();
  server.reset();
  std::ofstream(log, std::ios::app) << R"({"n":"later","hit":true,"time":1769860800})"
                                    << "\n"
                                    << std::flush;
  std::this_thread::sleep_for(milliseconds(500));
  server = std::make_unique<WebServer>(fine, port);
  CHECK(server->wait_for_accepted(1));
  CHECK(program.end(SIGTERM) == 0);
  const std::vector<std::string> more = server->accepted();
  arrived.insert(arrived.end(), more.begin(), more.end());
  CHECK(without_repetitions(arrived) == fixture.told());
  CHECK(fixture.told().size() == 4);
}

TEST_CASE("a receiver that is down for long is waited for: judging stops, and all is there in the end") {
  const HookFixture fixture;
  const int port = closed_port();
  const std::string address = "http://127.0.0.1:" + std::to_string(port) + "/hook";
  constexpr std::size_t count = 20'000;
  const std::string log = fixture.hits("a", count, std::string(500, 'x'));
  WatchedProgram program(PICKET_BUILD_DIR "/tools/picket",
                         fixture.hook_arguments(address, {log, "--webhook-patience", "60s"}));
  std::size_t told = 0;
  for (std::size_t before = 1; told == 0 || told > before;) {
    before = told;
    std::this_thread::sleep_for(milliseconds(1'000));
    told = fixture.told().size();
  }
  CHECK(told < count / 2);
  const WebServer server(fine, port);
  CHECK(server.wait_for_accepted(count));
  CHECK(program.end(0) == 0);
  CHECK(fixture.told().size() == count);
  CHECK(server.accepted() == fixture.told());
}

TEST_CASE("killed in the middle, again and again, no alert is lost, and one that comes twice has its id") {
  const HookFixture fixture;
  const WebServer server([](const WebRequest&, std::size_t) -> WebReply {
    return {.before = [] { std::this_thread::sleep_for(milliseconds(1)); }};
  });
  const std::string log = fixture.hits("a", 600);
  for (std::size_t round = 1; round <= 4; ++round) {
    WatchedProgram program(PICKET_BUILD_DIR "/tools/picket", fixture.hook_arguments(server.address(), {log}));
    CHECK(server.wait_for_accepted(100 * round));
    CHECK(program.end(SIGKILL) == -SIGKILL);
  }
  CHECK(fixture.deliver(server.address(), {log}).status == 0);
  CHECK(fixture.told().size() == 600);
  CHECK(without_repetitions(server.accepted()) == fixture.told());
  std::map<std::string, std::string> bodies;
  for (const WebRequest& request : server.requests()) {
    CHECK(bodies.emplace(request.id(), request.body).first->second == request.body);
  }
}

TEST_CASE("a receiver that is slow slows the source; a stop ends the wait within a second") {
  const HookFixture fixture;
  const WebServer server([](const WebRequest&, std::size_t) -> WebReply {
    return {.before = [] { std::this_thread::sleep_for(milliseconds(5)); }};
  });
  const std::string log = fixture.hits("a", 60'000, std::string(1'000, 'x'));
  WatchedProgram program(PICKET_BUILD_DIR "/tools/picket", fixture.hook_arguments(server.address(), {log}));
  CHECK(server.wait_for_accepted(100));
  // Two seconds more of judging would be the whole file.
  std::this_thread::sleep_for(milliseconds(2'000));
  const std::size_t told = fixture.told().size();
  CHECK(told < 20'000);
  const auto begun = Steady::now();
  CHECK(program.end(SIGTERM) == 2);  // files are left
  CHECK(Steady::now() - begun < milliseconds(1'000));
  CHECK(server.accepted().size() < told);
}

TEST_CASE("a receiver that takes no connection or gives no answer does not hold up a stop") {
  for (const bool silent : {false, true}) {
    const HookFixture fixture;
    std::atomic<bool> let_go = false;
    const WebServer server([&](const WebRequest&, std::size_t) -> WebReply {
      return {.drop = true, .before = [&] {
                while (!let_go) std::this_thread::sleep_for(milliseconds(5));
              }};
    });
    // 192.0.2.0/24 is nobody's (RFC 5737).
    const std::string address = silent ? server.address() : "http://192.0.2.1:9/hook";
    WatchedProgram program(PICKET_BUILD_DIR "/tools/picket",
                           fixture.hook_arguments(address, {"--follow", fixture.hits("a", 1)}));
    while (fixture.told().empty()) std::this_thread::sleep_for(milliseconds(20));
    const auto begun = Steady::now();
    CHECK(program.end(SIGTERM) == 0);
    CHECK(Steady::now() - begun < milliseconds(1'500));
    let_go = true;
  }
}

TEST_CASE("what is wrong with the options is said before anything is judged") {
  const HookFixture fixture;
  const auto said = [&](const std::vector<std::string>& more) {
    const ProgramResult result = fixture.run(more, event(1));
    CHECK(result.status == 2);
    CHECK(result.out.empty());
    return result.err;
  };
  const std::string state = fixture.folder.path("s");
  CHECK(holds(said({"--webhook", "http://x/"}), "--webhook needs --state FILE"));
  CHECK(holds(said({"--webhook-header", "A: b"}), "no --webhook"));
  CHECK(holds(said({"--webhook", "x.example", "--state", state}), "--webhook is no web address"));
  CHECK(holds(said({"--webhook", "http://x/", "--state", state, "--webhook-header", "Host: y"}), "Host is Picket's"));
  CHECK(holds(said({"--webhook", "http://x/", "--state", state, "--webhook-header-file", "/none"}), "cannot be read"));
  CHECK(holds(said({"--webhook", "http://x/", "--state", state, "--webhook-format", "human"}), "human"));
  CHECK(holds(said({"--webhook", "http://x/", "--state", state, "--webhook-dead-letter", state}), "the same file"));
}

}  // namespace picket::tests
