#include "engine/metrics/metrics_server.hpp"

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "tests/catch.hpp"
#include "tests/plain_http.hpp"

using namespace picket;
using picket::tests::contains;
using picket::tests::http_answer;
using picket::tests::http_get;
using picket::tests::PlainConnection;

TEST_CASE("metrics and health are answered") {
  MetricsBoard board;
  Readiness readiness;
  auto started = MetricsServer::start(":0", board, readiness);
  REQUIRE(std::holds_alternative<std::unique_ptr<MetricsServer>>(started));
  const std::string address = std::get<std::unique_ptr<MetricsServer>>(started)->address();
  CHECK_THAT(address, contains("127.0.0.1:"));
  CHECK_THAT(http_get(address, "/healthz"), contains("HTTP/1.1 200"));
  CHECK_THAT(http_get(address, "/readyz"), contains("HTTP/1.1 503"));
  readiness.ready = true;
  CHECK_THAT(http_get(address, "/readyz"), contains("HTTP/1.1 200"));
  RunMetrics metrics;
  metrics.tally.events = 5;
  board.put(std::move(metrics));
  CHECK_THAT(http_get(address, "/metrics"),
             contains("HTTP/1.1 200") && contains("version=0.0.4") && contains("picket_events_total 5\n"));
  CHECK_THAT(http_get(address, "/"), contains("HTTP/1.1 404"));
  CHECK_THAT(http_get(address, "/healthz?now=1"), contains("HTTP/1.1 200"));
  CHECK_THAT(http_answer(address, "nonsense\r\n\r\n"), contains("HTTP/1.1 400"));
  const std::string head = http_answer(address, "HEAD /healthz HTTP/1.1\r\n\r\n");
  CHECK_THAT(head, contains("Content-Length: 3\r\n"));
  CHECK(head.ends_with("\r\n\r\n"));
  // It is taken now.
  const auto again = MetricsServer::start(address, board, readiness);
  REQUIRE(std::holds_alternative<std::string>(again));
  CHECK_THAT(std::get<std::string>(again), contains("cannot be listened at"));
}

TEST_CASE("what is no address is said") {
  const MetricsBoard board;
  const Readiness readiness;
  for (const char* wrong : {"", "9464", "localhost", ":port", ":70000", ":-1", ":1x"}) {
    CAPTURE(wrong);
    const auto started = MetricsServer::start(wrong, board, readiness);
    REQUIRE(std::holds_alternative<std::string>(started));
    CHECK_THAT(std::get<std::string>(started), contains("is no address"));
  }
}

TEST_CASE("clients that ask slowly keep nobody from being answered") {
  const MetricsBoard board;
  const Readiness readiness;
  auto started = MetricsServer::start(":0", board, readiness);
  REQUIRE(std::holds_alternative<std::unique_ptr<MetricsServer>>(started));
  const std::string address = std::get<std::unique_ptr<MetricsServer>>(started)->address();
  std::vector<std::unique_ptr<PlainConnection>> slow;
  for (int i = 0; i < 60; ++i) {
    slow.push_back(std::make_unique<PlainConnection>(address));
    REQUIRE(slow.back()->send("GET /metrics HTTP/1.1\r\n"));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));  // a few at most may wait to be let in
  }
  const auto begun = std::chrono::steady_clock::now();
  CHECK_THAT(http_get(address, "/healthz"), contains("HTTP/1.1 200"));
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(1));
}
