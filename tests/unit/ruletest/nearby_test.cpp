#include "engine/ruletest/nearby.hpp"

#include <variant>

#include "engine/event/json.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

Value json(std::string_view text) { return std::get<Value>(read_json(text)); }

}  // namespace

TEST_CASE("the nearest path of an event") {
  const Value event = json(R"({"userIdentity": {"userName": "dana", "arn": "a"}, "items": [{"name": "x"}],
                              "requestParameters": {"bucketName": "b"}, "eventName": "Put"})");
  const auto near = [&](std::string_view path) { return nearest_path(event, path).value_or("nothing"); };
  CHECK(near("userIdentity.userNme") == "userIdentity.userName");
  CHECK(near("userIdentty.userName") == "userIdentity.userName");
  CHECK(near("items[0].nmae") == "items[0].name");
  CHECK(near("bucketName") == "requestParameters.bucketName");  // elsewhere
  CHECK(near("detail.eventName") == "eventName");
  CHECK(near("sourceIPAddress") == "nothing");
  CHECK(near("") == "nothing");
  CHECK(nearest_path(json("7"), "a") == std::nullopt);
}

TEST_CASE("the nearest value") {
  CHECK(nearest_value("creat", json(R"(["destroy", "create"])")) == "\"create\"");
  CHECK(nearest_value("creat", "create") == "\"create\"");
  CHECK(nearest_value("create", "create") == std::nullopt);
  CHECK(nearest_value("zebra", json(R"(["destroy", "create"])")) == std::nullopt);
  CHECK(nearest_value(7, "7") == std::nullopt);
}

TEST_CASE("long values are cut between characters") {
  CHECK(short_json("abc") == "\"abc\"");
  CHECK(short_json("ééééé", 4) == "\"é…");
}

}  // namespace picket
