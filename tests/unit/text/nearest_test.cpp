#include "grammar/text/nearest.hpp"

#include <array>

#include "tests/catch.hpp"

using namespace picket;

TEST_CASE("the nearest word is the one that was meant") {
  constexpr std::array<std::string_view, 6> words{"contains", "starts_with", "ends_with", "eq", "Severity", "severity"};
  const auto near = [&](std::string_view written) {
    return nearest(written, std::span<const std::string_view>(words)).value_or("");
  };
  CHECK(near("conatins") == "contains");  // a swap
  CHECK(near("contain") == "contains");   // a letter less
  CHECK(near("starts_wiht") == "starts_with");
  CHECK(near("eqq") == "eq");
  CHECK(near("SEVERITY") == "Severity");  // only the case differs
  CHECK(near("SeverityX") == "Severity");
  CHECK(near("zzz").empty());
  CHECK(near("").empty());
  CHECK(near("q").empty());                        // nothing of the word would be left
  CHECK(near(std::string(100'000, 'a')).empty());  // and it takes no time
}
