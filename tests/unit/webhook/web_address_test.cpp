#include "engine/webhook/web_address.hpp"

#include "tests/catch.hpp"

using namespace picket;

namespace {

// "origin path query", or what is wrong.
std::string parsed(std::string_view text) {
  const auto result = parse_web_address(text);
  if (const auto* fault = std::get_if<std::string>(&result)) return "fault: " + *fault;
  const auto& address = std::get<WebAddress>(result);
  return address.origin + " " + address.path + " " + address.query;
}

bool is_fault(std::string_view text) { return parsed(text).starts_with("fault"); }

}  // namespace

TEST_CASE("a web address is taken apart") {
  CHECK(parsed("http://host") == "http://host / ");
  CHECK(parsed("https://a.example:8443/hook/x?key=1&b=/2#part") == "https://a.example:8443 /hook/x ?key=1&b=/2");
  CHECK(parsed("http://127.0.0.1:80?x") == "http://127.0.0.1:80 / ?x");
  CHECK(parsed("http://[::1]:8080/a") == "http://[::1]:8080 /a ");
  CHECK(std::get<WebAddress>(parse_web_address("https://a/hook?key=secret")).shown() == "https://a/hook");
}

TEST_CASE("what is no web address is told from one") {
  for (const char* none : {"", "host/path", "ftp://host", "http://", "http:///x", "http://host:0", "http://host:65536",
                           "http://host:", "http://host:8o", "http://ho st/", "http://host/a b", "http://host/\r\nX: y",
                           "http://user:word@host/", "http://[::1", "http://[]/", "http://h\xc3\xb6st/"}) {
    INFO(none);
    CHECK(is_fault(none));
  }
  CHECK(parsed("http://u:p@host/").find("--webhook-header-file") != std::string::npos);
}

TEST_CASE("headers are read, and none can be smuggled in") {
  CHECK(std::get<WebHeader>(parse_web_header("Authorization:  Bearer a:b ")) ==
        WebHeader("Authorization", "Bearer a:b"));
  CHECK(std::get<WebHeader>(parse_web_header("X-Empty:")) == WebHeader("X-Empty", ""));
  for (const char* none : {"", "Authorization", ": x", "A b: x", "A: x\r\nB: y", "A: x\ny", "A: \x01", "Host: x",
                           "content-LENGTH: 3", "Idempotency-Key: x"}) {
    INFO(none);
    CHECK(std::holds_alternative<std::string>(parse_web_header(none)));
  }
  const auto secret = parse_web_header("Token: sec\x01ret");
  CHECK(std::get<std::string>(secret).find("sec") == std::string::npos);
}

TEST_CASE("a file of headers: a line for each, blank lines and comments beside") {
  const auto read = parse_web_headers("# ours\r\n\r\nA: 1\r\nB: 2");
  const auto& headers = std::get<std::vector<WebHeader>>(read);
  CHECK(headers == std::vector<WebHeader>{{"A", "1"}, {"B", "2"}});
  CHECK(std::holds_alternative<std::string>(parse_web_headers("A: 1\nnone\n")));
  CHECK(std::get<std::vector<WebHeader>>(parse_web_headers("")).empty());
}
