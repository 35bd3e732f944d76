// The one file that sees cpp-httplib's client.
#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <mutex>
#include <utility>

#include "engine/alert/product.hpp"
#include "engine/webhook/receiver.hpp"

namespace picket {
namespace {

constexpr std::size_t most_of_an_answer = 1024 * 1024;  // read and thrown away; beyond it the connection is closed

// A second name for the socket in use, by which another thread can end what is done with it: shutting down also ends
// a connect() and a TLS handshake under way, which the client's own stop() does not.
class SocketHandle {
 public:
  SocketHandle() = default;
  SocketHandle(const SocketHandle&) = delete;
  SocketHandle& operator=(const SocketHandle&) = delete;
  ~SocketHandle() { close(); }

  void watch(int socket) {
    const std::lock_guard lock(mutex_);
    close();
    descriptor_ = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
    if (given_up_) ::shutdown(descriptor_, SHUT_RDWR);
  }
  void give_up() {
    const std::lock_guard lock(mutex_);
    given_up_ = true;
    if (descriptor_ >= 0) ::shutdown(descriptor_, SHUT_RDWR);
  }
  [[nodiscard]] bool given_up() const {
    const std::lock_guard lock(mutex_);
    return given_up_;
  }

 private:
  void close() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
  }

  mutable std::mutex mutex_;
  int descriptor_ = -1;
  bool given_up_ = false;
};

std::string words_for(httplib::Error error) {
  switch (error) {
    case httplib::Error::Connection:
      return "cannot connect";
    case httplib::Error::ConnectionTimeout:
      return "cannot connect in time";
    case httplib::Error::Read:
      return "no answer";
    case httplib::Error::Write:
      return "the connection broke while sending";
    case httplib::Error::SSLConnection:
      return "TLS cannot be agreed on";
    case httplib::Error::SSLLoadingCerts:
      return "the certificates of the authorities cannot be read";
    case httplib::Error::SSLServerVerification:
      return "its certificate is not trusted";
    default:
      return httplib::to_string(error);
  }
}

class HttpReceiver : public Receiver {
 public:
  HttpReceiver(const WebAddress& address, HttpOptions options)
      : target_(address.path + address.query), options_(std::move(options)), client_(address.origin) {
    client_.set_connection_timeout(options_.connecting);
    client_.set_read_timeout(options_.answering);
    client_.set_write_timeout(options_.answering);
    client_.set_keep_alive(true);
    client_.set_follow_location(false);
    client_.set_url_encode(false);  // it is written as it shall be sent
    client_.set_tcp_nodelay(true);
    client_.enable_server_certificate_verification(true);
    client_.set_socket_options([this](socket_t socket) { handle_.watch(socket); });
  }

  [[nodiscard]] Answer send(const Parcel& parcel) override {
    if (handle_.given_up()) return {.status = 0, .reason = "given up", .retry_after = {}};
    const auto deadline = std::chrono::steady_clock::now() + options_.answering + options_.connecting;
    Answer answer;
    std::size_t read = 0;
    httplib::Request request = request_for(parcel);
    request.response_handler = [&](const httplib::Response& response) {
      answer.status = response.status;
      answer.reason = response.reason;
      answer.retry_after = response.get_header_value("Retry-After");
      return true;
    };
    request.content_receiver = [&](const char*, std::size_t size, std::uint64_t, std::uint64_t) {
      read += size;
      return read <= most_of_an_answer && std::chrono::steady_clock::now() < deadline;
    };
    const httplib::Result result = client_.send(request);
    // Once the status has come, the rest of the answer changes nothing.
    if (answer.status == 0) answer.reason = words_for(result.error());
    return answer;
  }

  void give_up() override { handle_.give_up(); }

 private:
  [[nodiscard]] httplib::Request request_for(const Parcel& parcel) const {
    httplib::Request request;
    request.method = "POST";
    request.path = target_;
    request.body = parcel.body;
    for (const auto& [name, value] : options_.headers) request.headers.emplace(name, value);
    request.headers.emplace("Content-Type", "application/json");
    request.headers.emplace("Idempotency-Key", parcel.id);
    request.headers.emplace("User-Agent", "picket/" + std::string(product_version()));
    return request;
  }

  std::string target_;
  HttpOptions options_;
  SocketHandle handle_;
  httplib::Client client_;
};

}  // namespace

std::unique_ptr<Receiver> reach_by_http(const WebAddress& address, HttpOptions options) {
  return std::make_unique<HttpReceiver>(address, std::move(options));
}

}  // namespace picket
