#include "engine/metrics/metrics_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "tests/catch.hpp"

using namespace picket;
using picket::tests::contains;

namespace {

// The whole answer to a request, by hand: nothing of the server's own library is asked.
std::string answer_of(const std::string& address, const std::string& request) {
  const int connection = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
  ::inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
  REQUIRE(::connect(connection, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0);
  REQUIRE(::send(connection, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()));
  std::string answer;
  std::array<char, 4096> part{};
  for (ssize_t size = 0; (size = ::recv(connection, part.data(), part.size(), 0)) > 0;) {
    answer.append(part.data(), static_cast<std::size_t>(size));
  }
  ::close(connection);
  return answer;
}

std::string get(const std::string& address, const std::string& path) {
  return answer_of(address, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
}

}  // namespace

TEST_CASE("metrics and health are answered") {
  MetricsBoard board;
  Readiness readiness;
  auto started = MetricsServer::start(":0", board, readiness);
  REQUIRE(std::holds_alternative<std::unique_ptr<MetricsServer>>(started));
  const std::string address = std::get<std::unique_ptr<MetricsServer>>(started)->address();
  CHECK_THAT(address, contains("127.0.0.1:"));
  CHECK_THAT(get(address, "/healthz"), contains("HTTP/1.1 200"));
  CHECK_THAT(get(address, "/readyz"), contains("HTTP/1.1 503"));
  readiness.ready = true;
  CHECK_THAT(get(address, "/readyz"), contains("HTTP/1.1 200"));
  RunMetrics metrics;
  metrics.tally.events = 5;
  board.put(std::move(metrics));
  CHECK_THAT(get(address, "/metrics"),
             contains("HTTP/1.1 200") && contains("version=0.0.4") && contains("picket_events_total 5\n"));
  CHECK_THAT(get(address, "/"), contains("HTTP/1.1 404"));
  CHECK_THAT(answer_of(address, "nonsense\r\n\r\n"), contains("400"));
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
