// `picket run --webhook https://…`: alerts go to whom the certificate says, and to nobody else.
#include <httplib.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>

#include "tests/catch.hpp"
#include "tests/front_door/run_fixture.hpp"

namespace picket::tests {
namespace {

template <auto release>
struct Freeing {
  template <typename T>
  void operator()(T* pointer) const {
    release(pointer);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freeing<X509_free>>;

// Its own authority; valid for an hour, for this name ("IP:127.0.0.1").
Certificate self_signed(EVP_PKEY* key, const char* subject) {
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3'600);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  const auto* common = reinterpret_cast<const unsigned char*>("receiver");
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common, -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, subject);
  X509_add_ext(certificate.get(), extension, -1);
  X509_EXTENSION_free(extension);
  X509_sign(certificate.get(), key, EVP_sha256());
  return certificate;
}

class SecureServer {
 public:
  explicit SecureServer(const char* subject)
      : key_(EVP_EC_gen("P-256")),
        certificate_(self_signed(key_.get(), subject)),
        server_(certificate_.get(), key_.get()) {
    server_.Post("/hook", [this](const httplib::Request&, httplib::Response&) { ++posts_; });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  SecureServer(const SecureServer&) = delete;
  SecureServer& operator=(const SecureServer&) = delete;
  ~SecureServer() {
    server_.stop();
    thread_.join();
  }

  // `picket run` to here, with this certificate as the only authority, or those of the system; what came of it.
  ProgramResult deliver(const RunFixture& fixture, bool trusted) const {
    const std::string file = fixture.folder.path("authority.pem");
    std::FILE* out = std::fopen(file.c_str(), "w");
    PEM_write_X509(out, certificate_.get());
    std::fclose(out);
    // NOLINTBEGIN(concurrency-mt-unsafe): nobody reads the environment meanwhile
    if (trusted) ::setenv("SSL_CERT_FILE", file.c_str(), 1);
    ProgramResult result = fixture.run({"--state", fixture.folder.path("state"), "--webhook-patience", "300ms",
                                        "--webhook", "https://127.0.0.1:" + std::to_string(port_) + "/hook",
                                        fixture.folder.add("log", event(1) + "\n")});
    ::unsetenv("SSL_CERT_FILE");
    // NOLINTEND(concurrency-mt-unsafe)
    return result;
  }
  [[nodiscard]] int posts() const { return posts_; }

 private:
  Key key_;
  Certificate certificate_;
  httplib::SSLServer server_;
  std::atomic<int> posts_ = 0;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace

TEST_CASE("a receiver whose certificate is trusted gets the alert") {
  const RunFixture fixture;
  const SecureServer server("IP:127.0.0.1");
  const ProgramResult result = server.deliver(fixture, true);
  CHECK(result.status == 0);
  CHECK(server.posts() == 1);
}

TEST_CASE("one that nobody trusts gets nothing, and the alert is kept") {
  const RunFixture fixture;
  const SecureServer server("IP:127.0.0.1");
  const ProgramResult result = server.deliver(fixture, false);
  CHECK(result.status == 2);
  CHECK(server.posts() == 0);
  CHECK(holds(result.err, "its certificate is not trusted; trying again"));
  CHECK(holds(result.err, "1 alert not delivered"));
}

TEST_CASE("one with another's certificate gets nothing") {
  const RunFixture fixture;
  const SecureServer server("DNS:somebody.else");
  const ProgramResult result = server.deliver(fixture, true);
  CHECK(result.status == 2);
  CHECK(server.posts() == 0);
}

}  // namespace picket::tests
