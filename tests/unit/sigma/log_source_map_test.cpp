#include "engine/sigma/log_source_map.hpp"

#include <set>

#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"

namespace picket::sigma {
namespace {

TEST_CASE("what ships is sound, and no log source is there twice") {
  std::set<std::string> seen;
  std::set<std::string> recognised;
  for (const LogSources& file : shipped_log_sources()) {
    CHECK_FALSE(file.id.value.empty());
    for (const RecognisedLogType& one : file.recognised) recognised.insert(one.log_type.value);
    for (const LogSource& one : file.log_sources) {
      const LogSourceName name{.category = one.category, .product = one.product, .service = one.service};
      INFO(name.in_words());
      CHECK(seen.insert(one.category.value_or("-") + " " + one.product.value_or("-") + " " + one.service.value_or("-"))
                .second);
      CHECK_FALSE(one.events.empty());
      for (const std::string& log_type : one.log_types) CHECK(recognised.contains(log_type));
    }
  }
  CHECK(seen.size() > 80);
}

TEST_CASE("a log source is found by all that a rule says of it") {
  const LogSourceMap map({});
  const auto found = map.find({.category = "process_creation", .product = "windows", .service = {}});
  REQUIRE(found);
  CHECK(found->log_types == std::vector<std::string>{"Windows.EventLogs"});
  CHECK(found->events.size() == 2);
  const auto of_all = map.find({.category = "process_creation", .product = {}, .service = {}});
  REQUIRE(of_all);
  CHECK(of_all->log_types == std::vector<std::string>{"Windows.EventLogs", "Linux.Sysmon"});
  const auto both = map.find({.category = "process_creation", .product = "windows", .service = "security"});
  REQUIRE(both);
  CHECK(both->events.size() == 2);
  CHECK(both->events.front().when.find("Sysmon/Operational") != std::string::npos);
  CHECK(both->events.front().when.find("\"Security\"") != std::string::npos);
  CHECK_FALSE(map.find({.category = {}, .product = "windows", .service = "no-such-service"}));
  CHECK_FALSE(map.find({.category = {}, .product = {}, .service = {}}));
}

}  // namespace
}  // namespace picket::sigma
