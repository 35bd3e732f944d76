#include "engine/metrics/metrics_server.hpp"

#include <httplib.h>

#include <charconv>
#include <optional>
#include <thread>
#include <utility>

#include "engine/metrics/exposition.hpp"

namespace picket {
namespace {

// Each connection holds a thread until it has asked and been answered: as many slow ones are needed to keep others from
// asking. They wait, and cost little more than room for addresses.
constexpr int threads = 96;
constexpr time_t patience_seconds = 2;  // for each part of a request, or of an answer

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

}  // namespace

class MetricsServer::Listener {
 public:
  Listener(const MetricsBoard& board, const Readiness& readiness) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(threads); };  // the server deletes it
    server_.set_read_timeout(patience_seconds);
    server_.set_write_timeout(patience_seconds);
    server_.set_payload_max_length(0);
    server_.set_keep_alive_max_count(1);  // nobody asks so often that it would be worth a thread that waits
    // Not what httplib would set: a port that another server has is not to be shared with it.
    server_.set_socket_options([](socket_t socket) {
      const int yes = 1;
      (void)::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    server_.Get("/metrics", [&board](const httplib::Request&, httplib::Response& response) {
      response.set_content(exposition(board.get()), "text/plain; version=0.0.4; charset=utf-8");
    });
    server_.Get("/healthz", [](const httplib::Request&, httplib::Response& response) {
      response.set_content("ok\n", "text/plain");
    });
    server_.Get("/readyz", [&readiness](const httplib::Request&, httplib::Response& response) {
      const bool ready = readiness.ready;
      response.status = ready ? 200 : 503;
      response.set_content(ready ? "ready\n" : "not ready\n", "text/plain");
    });
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() {
    server_.stop();
    if (thread_.joinable()) thread_.join();
  }

  // The port, or nothing if it cannot be had.
  std::optional<int> listen(const Address& address) {
    int port = address.port;
    if (port == 0) {
      port = server_.bind_to_any_port(address.host);
      if (port <= 0) return std::nullopt;
    } else if (!server_.bind_to_port(address.host, port)) {
      return std::nullopt;
    }
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    // A server that does not listen yet cannot be stopped: stop() would do nothing.
    while (!server_.is_running()) std::this_thread::yield();
    return port;
  }

 private:
  httplib::Server server_;
  std::thread thread_;
};

MetricsServer::MetricsServer(std::unique_ptr<Listener> listener, std::string address)
    : listener_(std::move(listener)), address_(std::move(address)) {}

MetricsServer::~MetricsServer() = default;

MetricsServer::Started MetricsServer::start(const std::string& address, const MetricsBoard& board,
                                            const Readiness& readiness) {
  const auto parsed = parse_address(address);
  if (!parsed) return "is no address; write HOST:PORT, or :PORT for this machine only";
  auto listener = std::make_unique<Listener>(board, readiness);
  const auto port = listener->listen(*parsed);
  if (!port) return "cannot be listened at: it is taken, or not this machine's";
  const bool is_ipv6 = parsed->host.find(':') != std::string::npos;
  const std::string name = (is_ipv6 ? "[" + parsed->host + "]" : parsed->host) + ":" + std::to_string(*port);
  return std::unique_ptr<MetricsServer>(new MetricsServer(std::move(listener), name));
}

}  // namespace picket
