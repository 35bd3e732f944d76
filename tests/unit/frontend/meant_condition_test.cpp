#include "engine/simple/meant_condition.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/catch.hpp"

namespace picket::simple {
namespace {

// "Name", "Name?" if it is not certain, "" if nothing is near.
std::string meant_by(std::string_view written, bool filters = false) {
  const auto meant = meant_condition(written, filters);
  return meant ? std::string(meant->name) + (meant->certain ? "" : "?") : "";
}

TEST_CASE("a condition is proposed by what was said, and a negation stays one") {
  for (const auto& [written, meant] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"NotExists", "DoesNotExist"},
           {"NotEquals", "DoesNotEqual"},
           {"NotContains", "DoesNotContain"},
           {"NotStartsWith", "DoesNotStartWith"},
           {"DoesNotEquals", "DoesNotEqual"},
           {"INotEquals", "IDoesNotEqual"},
           {"NotIContains", "IDoesNotContain"},
           {"INotContains", "IDoesNotContain"},
           {"NotIsNull", "IsNotNull"},
           {"NotIn", "IsNotIn"},
           {"IsNotIPAddressInCIDR", "IsIPAddressNotInCIDR"},
           {"CIDRNotContainsIPAddresses", "CIDRDoesNotContainIPAddresses"},
           {"DoesEqual", "Equals"},
           {"DoesExist", "Exists"},
           {"DoesContain", "Contains"},
           {"IDoesContain", "IContains"},
           {"CIDRDoesContainIPAddresses", "CIDRContainsIPAddresses"},
           {"NotEquls", "DoesNotEqual"},
           // There is no such condition, and its opposite is not what was meant.
           {"IsNotIPAddress", ""},
           {"IsNotIPv4Address", ""},
           {"IsIPAddressNotPrivate", ""},
           {"IsNotGreaterThan", ""},
           {"NotAnyElement", ""},
           {"IHas", ""},
           {"IIsIn", ""},
           // A slip of the pen.
           {"Eqals", "Equals?"},
           {"equals", "Equals"},
           {"Startswith", "StartsWith?"},
           {"IsIpAddressPrivate", "IsIPAddressPrivate"},
           {"AnyElments", "AnyElement?"},
           {"xyz", ""},
       }) {
    INFO(written);
    CHECK(meant_by(written) == meant);
  }
}

TEST_CASE("what would turn a condition round is never certain") {
  CHECK(meant_by("DoesNtEqual") == "DoesNotEqual?");
  CHECK(meant_by("IsNoNull") == "IsNotNull?");
}

TEST_CASE("filters know fewer conditions") {
  CHECK(meant_by("IsNotIPAddressInCIDR", true) == "IsIPAddressNotInCIDR");
  CHECK(meant_by("IsIPAddressNotPublic", true).empty());
  CHECK(meant_by("NotExists", true).empty());
  CHECK(meant_by("NotStartsWith", true).empty());
}

}  // namespace
}  // namespace picket::simple
