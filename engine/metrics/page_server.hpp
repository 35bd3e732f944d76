// PageServer: HTTP for a few short pages that anybody may ask for, and that nobody can keep from others.
//
// One thread serves all connections and waits for none of them: a client that is slow is slow for itself. A server with
// a thread for each connection is kept busy by as many clients as it has threads, each of which sends a byte now and
// then; whoever asks whether the program lives would be told that it does not.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace picket {

struct ServedPage {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string text;
};

struct PageLimits {
  std::size_t connections = 64;  // the oldest of more is closed, first of those that have not asked yet
  std::size_t request_bytes = std::size_t{8} * 1024;
  std::chrono::milliseconds asking{2000};       // until a request is whole
  std::chrono::milliseconds answering{10'000};  // until its answer is taken
};

class PageServer {
 public:
  // The page at a path, without what stands behind `?`. Called by the server's thread.
  using Pages = std::function<ServedPage(std::string_view path)>;

  // Listens at a port of a host, by name or address; port 0 is a free one. Null if that cannot be done.
  [[nodiscard]] static std::unique_ptr<PageServer> start(const std::string& host, int port, Pages pages,
                                                         PageLimits limits = {});
  PageServer(const PageServer&) = delete;
  PageServer& operator=(const PageServer&) = delete;
  ~PageServer();

  [[nodiscard]] int port() const { return port_; }

 private:
  using Steady = std::chrono::steady_clock;
  struct Connection {
    enum class Stage : std::uint8_t { asking, answering, leaving, done };
    int socket = -1;
    Stage stage = Stage::asking;
    Steady::time_point until;
    std::string text;  // of the request, then of the answer
    std::size_t sent = 0;
  };

  PageServer(int listener, int port, Pages pages, PageLimits limits);
  void work();
  [[nodiscard]] int milliseconds_to_wait() const;
  void accept_all();
  void make_room();
  void serve(Connection& connection);
  void read_request(Connection& connection);
  void write_answer(Connection& connection);
  [[nodiscard]] std::string answer_to(std::string_view request) const;
  void drop_ended();

  int listener_;
  int port_;
  int stop_;
  Pages pages_;
  PageLimits limits_;
  std::vector<Connection> connections_;  // in the order in which they came
  Steady::time_point accept_from_;       // later than now while there are no descriptors left
  std::thread thread_;
};

}  // namespace picket
