// A small HTTP server of a test's own, that can also misbehave.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace picket::tests {

struct WebRequest {
  std::string line;                            // "POST /hook HTTP/1.1"
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;

  [[nodiscard]] std::string id() const {
    return headers.count("idempotency-key") > 0 ? headers.at("idempotency-key") : "";
  }
};

struct WebReply {
  std::string head = "200 OK";        // status and reason; then further headers, each "\r\nName: value"
  bool drop = false;                  // close the connection without an answer
  std::function<void()> before = {};  // called before it is answered
};

// Serves one connection after the other on a port of 127.0.0.1, on a thread of its own.
class WebServer {
 public:
  // `reply` is asked for each request, which is its number's, from 0.
  using Reply = std::function<WebReply(const WebRequest&, std::size_t number)>;
  // Port 0 is a free one.
  explicit WebServer(Reply reply, int port = 0);
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;
  ~WebServer();

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }
  [[nodiscard]] std::vector<WebRequest> requests() const;
  // The ids of those that were answered with 200, in order.
  [[nodiscard]] std::vector<std::string> accepted() const;
  // Waits until so many were, a minute at most.
  bool wait_for_accepted(std::size_t count) const;

 private:
  void serve();
  void serve_connection(int socket);

  Reply reply_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;
  std::vector<WebRequest> requests_;
  std::vector<std::string> accepted_;
  std::thread thread_;
};

}  // namespace picket::tests
