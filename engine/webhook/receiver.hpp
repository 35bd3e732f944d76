// Receiver: whoever takes alerts by HTTP. An edge of the world, hence virtual.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/alert/destination.hpp"
#include "engine/webhook/retry_delay.hpp"
#include "engine/webhook/web_address.hpp"

namespace picket {

struct Answer {
  int status = 0;           // of HTTP; 0: there was no answer
  std::string reason;       // that of the status, or why there was none
  std::string retry_after;  // the header of this name
};

class Receiver {
 public:
  Receiver() = default;
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;
  virtual ~Receiver() = default;

  // Sends a parcel and waits for the answer.
  [[nodiscard]] virtual Answer send(const Parcel& parcel) = 0;
  // Ends a send() that goes on, soon, and makes all further ones end at once. Called by any thread.
  virtual void give_up() = 0;
};

struct HttpOptions {
  std::vector<WebHeader> headers;
  Milliseconds connecting{5'000};
  Milliseconds answering{15'000};  // all of it: until the last byte of the answer
};

// A receiver reached by HTTP/1.1, or HTTPS, whose certificate is verified against the system's authorities
// (`SSL_CERT_FILE` and `SSL_CERT_DIR` name others). Redirects are not followed; a connection is used again. Of an
// answer's body nothing is kept.
[[nodiscard]] std::unique_ptr<Receiver> reach_by_http(const WebAddress& address, HttpOptions options);

}  // namespace picket
