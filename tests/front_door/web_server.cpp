#include "tests/front_door/web_server.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <utility>

namespace picket::tests {
namespace {

constexpr int attention_milliseconds = 20;

class Connection {
 public:
  Connection(int socket, const std::atomic<bool>& stopping) : socket_(socket), stopping_(stopping) {}

  // Up to the end of this text, or so many bytes; nothing if the other end is closed.
  std::optional<std::string> read_until(std::string_view end) {
    std::size_t at = 0;
    while ((at = read_.find(end)) == std::string::npos) {
      if (!read_more()) return std::nullopt;
    }
    return take(at + end.size());
  }
  std::optional<std::string> read(std::size_t size) {
    while (read_.size() < size) {
      if (!read_more()) return std::nullopt;
    }
    return take(size);
  }

 private:
  bool read_more() {
    pollfd event{.fd = socket_, .events = POLLIN, .revents = 0};
    while (::poll(&event, 1, attention_milliseconds) == 0) {
      if (stopping_) return false;
    }
    std::array<char, 65536> buffer{};
    const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (size <= 0) return false;
    read_.append(buffer.data(), static_cast<std::size_t>(size));
    return true;
  }
  std::string take(std::size_t size) {
    std::string text = read_.substr(0, size);
    read_.erase(0, size);
    return text;
  }

  int socket_;
  const std::atomic<bool>& stopping_;
  std::string read_;
};

std::optional<WebRequest> read_request(Connection& connection) {
  WebRequest request;
  const auto line = connection.read_until("\r\n");
  if (!line) return std::nullopt;
  request.line = line->substr(0, line->size() - 2);
  for (auto header = connection.read_until("\r\n"); header && *header != "\r\n";
       header = connection.read_until("\r\n")) {
    const std::size_t colon = header->find(": ");
    std::string name = header->substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    request.headers[name] = header->substr(colon + 2, header->size() - colon - 4);
  }
  const auto body = connection.read(std::stoul("0" + request.headers["content-length"]));
  if (!body) return std::nullopt;
  request.body = *body;
  return request;
}

}  // namespace

WebServer::WebServer(Reply reply, int port) : reply_(std::move(reply)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t length = sizeof address;
  if (::bind(listener_, generic, length) != 0 || ::listen(listener_, 16) != 0) throw std::runtime_error("bind");
  ::getsockname(listener_, generic, &length);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

WebServer::~WebServer() {
  stopping_ = true;
  thread_.join();
  ::close(listener_);
}

void WebServer::serve() {
  pollfd event{.fd = listener_, .events = POLLIN, .revents = 0};
  while (!stopping_) {
    if (::poll(&event, 1, attention_milliseconds) <= 0) continue;
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    serve_connection(connection);
    ::close(connection);
  }
}

void WebServer::serve_connection(int socket) {
  Connection connection(socket, stopping_);
  while (const auto request = read_request(connection)) {
    std::size_t number = 0;
    {
      const std::lock_guard lock(mutex_);
      number = requests_.size();
      requests_.push_back(*request);
    }
    const WebReply reply = reply_(*request, number);
    if (reply.before) reply.before();
    if (reply.drop) return;
    if (reply.head.starts_with("200")) {
      const std::lock_guard lock(mutex_);
      accepted_.push_back(request->id());
    }
    const std::string text = "HTTP/1.1 " + reply.head + "\r\nContent-Length: 2\r\n\r\nok";
    if (::send(socket, text.data(), text.size(), MSG_NOSIGNAL) < 0) return;
  }
}

std::vector<WebRequest> WebServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::vector<std::string> WebServer::accepted() const {
  const std::lock_guard lock(mutex_);
  return accepted_;
}

bool WebServer::wait_for_accepted(std::size_t count) const {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (accepted().size() < count) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(attention_milliseconds));
  }
  return true;
}

}  // namespace picket::tests
