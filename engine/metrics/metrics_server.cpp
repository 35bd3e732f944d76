#include "engine/metrics/metrics_server.hpp"

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/metrics/exposition.hpp"

namespace picket {
namespace {

struct Address {
  std::string host;
  int port = 0;
};

std::optional<Address> parse_address(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  Address address{.host = text.substr(0, colon), .port = 0};
  if (address.host.starts_with('[') && address.host.ends_with(']')) {
    address.host = address.host.substr(1, address.host.size() - 2);  // IPv6
  }
  if (address.host.empty()) address.host = "127.0.0.1";
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + colon + 1, end, address.port);
  constexpr int most = 65535;
  const bool sound = error == std::errc() && rest == end && address.port >= 0 && address.port <= most;
  return sound ? std::optional(address) : std::nullopt;
}

ServedPage page_at(std::string_view path, const MetricsBoard& board, const Readiness& readiness) {
  if (path == "/metrics") {
    return {.type = "text/plain; version=0.0.4; charset=utf-8", .text = exposition(board.get())};
  }
  if (path == "/healthz") return {.text = "ok\n"};
  if (path == "/readyz") {
    return readiness.ready ? ServedPage{.text = "ready\n"} : ServedPage{.status = 503, .text = "not ready\n"};
  }
  return {.status = 404, .text = "there are /metrics, /healthz and /readyz\n"};
}

}  // namespace

MetricsServer::MetricsServer(std::unique_ptr<PageServer> server, std::string address)
    : server_(std::move(server)), address_(std::move(address)) {}

MetricsServer::Started MetricsServer::start(const std::string& address, const MetricsBoard& board,
                                            const Readiness& readiness) {
  const auto parsed = parse_address(address);
  if (!parsed) return "is no address; write HOST:PORT, or :PORT for this machine only";
  auto server = PageServer::start(parsed->host, parsed->port, [&board, &readiness](std::string_view path) {
    return page_at(path, board, readiness);
  });
  if (server == nullptr) return "cannot be listened at: it is taken, or not this machine's";
  const bool brackets = parsed->host.find(':') != std::string::npos;  // IPv6
  std::string name = (brackets ? "[" + parsed->host + "]" : parsed->host) + ":" + std::to_string(server->port());
  return std::unique_ptr<MetricsServer>(new MetricsServer(std::move(server), std::move(name)));
}

}  // namespace picket
