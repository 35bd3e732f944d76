#include "engine/metrics/page_server.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <utility>

namespace picket {
namespace {

constexpr std::string_view end_of_request = "\r\n\r\n";
constexpr std::chrono::milliseconds leaving{1000};        // for a client to take note that all was sent
constexpr std::chrono::milliseconds out_of_sockets{100};  // then accepting is tried again

std::string_view words_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 431:
      return "Request Header Fields Too Large";
    default:
      return "Service Unavailable";
  }
}

std::string response(const ServedPage& page, bool with_text) {
  std::string text = "HTTP/1.1 " + std::to_string(page.status) + " " + std::string(words_of(page.status)) +
                     "\r\nContent-Type: " + page.type + "\r\nContent-Length: " + std::to_string(page.text.size()) +
                     "\r\nConnection: close\r\n";
  if (page.status == 405) text += "Allow: GET, HEAD\r\n";
  return text + "\r\n" + (with_text ? page.text : std::string());
}

std::string refusal(int status) {
  return response({.status = status, .text = std::string(words_of(status)) + "\n"}, true);
}

// A socket that listens, or -1.
int listen_at(const addrinfo& address) {
  const int listener =
      ::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol);
  if (listener < 0) return -1;
  // A port whose last server has just ended can be had; one that another server has cannot.
  const int yes = 1;
  (void)::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (::bind(listener, address.ai_addr, address.ai_addrlen) == 0 && ::listen(listener, SOMAXCONN) == 0) return listener;
  ::close(listener);
  return -1;
}

int listen_at(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return -1;
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> addresses(found, ::freeaddrinfo);
  int listener = -1;
  for (const addrinfo* at = found; at != nullptr && listener < 0; at = at->ai_next) listener = listen_at(*at);
  return listener;
}

int port_of(int listener) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  // The port stands at the same place in both families.
  return ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

bool try_again() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

std::unique_ptr<PageServer> PageServer::start(const std::string& host, int port, Pages pages, PageLimits limits) {
  const int listener = listen_at(host, port);
  if (listener < 0) return nullptr;
  return std::unique_ptr<PageServer>(new PageServer(listener, port_of(listener), std::move(pages), limits));
}

PageServer::PageServer(int listener, int port, Pages pages, PageLimits limits)
    : listener_(listener),
      port_(port),
      stop_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      pages_(std::move(pages)),
      limits_(limits),
      thread_([this] { work(); }) {}

PageServer::~PageServer() {
  (void)::eventfd_write(stop_, 1);
  thread_.join();
  for (const Connection& connection : connections_) ::close(connection.socket);
  ::close(listener_);
  ::close(stop_);
}

void PageServer::work() {
  std::vector<pollfd> events;
  while (true) {
    drop_ended();
    const short accepting = Steady::now() >= accept_from_ ? POLLIN : 0;
    events = {{.fd = stop_, .events = POLLIN, .revents = 0}, {.fd = listener_, .events = accepting, .revents = 0}};
    for (const Connection& connection : connections_) {
      const short wanted = connection.stage == Connection::Stage::answering ? POLLOUT : POLLIN;
      events.push_back({.fd = connection.socket, .events = wanted, .revents = 0});
    }
    if (::poll(events.data(), events.size(), milliseconds_to_wait()) < 0) continue;
    if (events[0].revents != 0) return;
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      if (events[i + 2].revents != 0) serve(connections_[i]);
    }
    if (events[1].revents != 0) accept_all();
  }
}

int PageServer::milliseconds_to_wait() const {
  const Steady::time_point now = Steady::now();
  Steady::time_point next = Steady::time_point::max();
  for (const Connection& connection : connections_) next = std::min(next, connection.until);
  if (accept_from_ > now) next = std::min(next, accept_from_);
  if (next == Steady::time_point::max()) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - now).count();
  return static_cast<int>(std::max<std::int64_t>(left, 0));
}

// Whoever asks at once, as all but slow clients do, is answered before anybody else comes.
void PageServer::accept_all() {
  // Not for ever: those that are here already have their turn, too.
  for (std::size_t count = 0; count < limits_.connections; ++count) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) {
      const bool full = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
      if (full) accept_from_ = Steady::now() + out_of_sockets;
      return;
    }
    if (connections_.size() >= limits_.connections) make_room();
    connections_.push_back({.socket = socket, .until = Steady::now() + limits_.asking, .text = {}});
    serve(connections_.back());
  }
}

void PageServer::make_room() {
  const auto asks = [](const Connection& connection) { return connection.stage == Connection::Stage::asking; };
  auto oldest = std::ranges::find_if(connections_, asks);
  if (oldest == connections_.end()) oldest = connections_.begin();
  ::close(oldest->socket);
  connections_.erase(oldest);
}

void PageServer::serve(Connection& connection) {
  if (connection.stage == Connection::Stage::asking) read_request(connection);
  if (connection.stage == Connection::Stage::answering) write_answer(connection);
  if (connection.stage != Connection::Stage::leaving) return;
  // What is closed before all was read that came is reset, and what was sent may be lost.
  std::array<char, 4096> rest{};
  const ssize_t got = ::recv(connection.socket, rest.data(), rest.size(), 0);
  if (got == 0 || (got < 0 && !try_again())) connection.stage = Connection::Stage::done;
}

void PageServer::read_request(Connection& connection) {
  std::array<char, 4096> piece{};
  while (connection.stage == Connection::Stage::asking) {
    const ssize_t got = ::recv(connection.socket, piece.data(), piece.size(), 0);
    if (got < 0 && try_again()) return;
    if (got <= 0) {
      connection.stage = Connection::Stage::done;
      return;
    }
    connection.text.append(piece.data(), static_cast<std::size_t>(got));
    const bool whole = connection.text.find(end_of_request) != std::string::npos;
    if (!whole && connection.text.size() <= limits_.request_bytes) continue;
    connection.text = whole ? answer_to(connection.text) : refusal(431);
    connection.stage = Connection::Stage::answering;
    connection.until = Steady::now() + limits_.answering;
  }
}

std::string PageServer::answer_to(std::string_view request) const {
  // RFC 9112, 3: method, target and version, with a blank between them.
  const std::string_view line = request.substr(0, request.find("\r\n"));
  const std::size_t first = line.find(' ');
  const std::size_t second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  if (second == std::string_view::npos || !line.substr(second + 1).starts_with("HTTP/1.")) return refusal(400);
  const std::string_view method = line.substr(0, first);
  if (method != "GET" && method != "HEAD") return refusal(405);
  const std::string_view target = line.substr(first + 1, second - first - 1);
  return response(pages_(target.substr(0, target.find('?'))), method == "GET");
}

void PageServer::write_answer(Connection& connection) {
  while (connection.sent < connection.text.size()) {
    const ssize_t got = ::send(connection.socket, connection.text.data() + connection.sent,
                               connection.text.size() - connection.sent, MSG_NOSIGNAL);
    if (got < 0 && try_again()) return;
    if (got < 0) {
      connection.stage = Connection::Stage::done;
      return;
    }
    connection.sent += static_cast<std::size_t>(got);
  }
  (void)::shutdown(connection.socket, SHUT_WR);
  connection.stage = Connection::Stage::leaving;
  connection.until = Steady::now() + leaving;
}

void PageServer::drop_ended() {
  const Steady::time_point now = Steady::now();
  std::erase_if(connections_, [&](const Connection& connection) {
    const bool ended = connection.stage == Connection::Stage::done || connection.until <= now;
    if (ended) ::close(connection.socket);
    return ended;
  });
}

}  // namespace picket
