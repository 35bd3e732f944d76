#include "engine/stream/dead_letter.hpp"

#include <nlohmann/json.hpp>

#include "tests/catch.hpp"

using namespace picket;

namespace {

nlohmann::json written(std::string_view text, bool whole = true, std::size_t shown = 64) {
  std::string line;
  append_dead_letter_json(line,
                          {.input = "logs/\xff.json",
                           .frame = {.text = text, .whole = whole, .length = 1000, .offset = 17, .line = 3},
                           .reason = "not an object",
                           .detail = "a number"},
                          shown);
  return nlohmann::json::parse(line);
}

}  // namespace

TEST_CASE("a dead letter says what, where and why") {
  CHECK(written("{\"a\":\n\x01") == nlohmann::json{{"input", "logs/\uFFFD.json"},
                                                   {"offset", 17},
                                                   {"line", 3},
                                                   {"reason", "not an object"},
                                                   {"detail", "a number"},
                                                   {"length", 1000},
                                                   {"text", "{\"a\":\n\x01"}});
}

TEST_CASE("bytes that are no UTF-8 are kept in base64") {
  CHECK(written("\xff").at("base64") == "/w==");
  CHECK(written("\xff\xfe").at("base64") == "//4=");
  CHECK(written("\xff\xfe\xfd").at("base64") == "//79");
  CHECK_FALSE(written("\xff").contains("text"));
  CHECK(written("é", true, 64).at("text") == "é");
}

TEST_CASE("a long text is cut between code points") {
  CHECK(written("aaaé", true, 4).at("text") == "aaa");
  CHECK(written("aaé", true, 4).at("text") == "aaé");
  CHECK(written("a🙂", true, 4).at("text") == "a");
  CHECK(written("aaa\xC3", false, 4).at("text") == "aaa");        // cut by the framer
  CHECK(written("aaa\xC3", true, 4).at("base64") == "YWFhww==");  // cut by whoever wrote it
}
