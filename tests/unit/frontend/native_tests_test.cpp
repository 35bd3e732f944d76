// The `Tests` of rules as the native front end reads them.
#include "tests/catch.hpp"
#include "tests/unit/frontend/analysis_text.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

// What is found in a rule whose tests are these lines; the first is line 8.
Words found_in_tests(const std::string& lines) {
  ReadText read = read_text(rule_with("Tests:\n" + lines));
  return found(read);
}

}  // namespace

TEST_CASE("a test needs a name, a verdict and an event that is a mapping") {
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Log: {}}\n") == Words{});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Resource: {}}\n") == Words{});
  CHECK(found_in_tests("  - {ExpectedResult: true, Log: {}}\n") == Words{"missing-key 8:6"});
  CHECK(found_in_tests("  - {Name: a, Log: {}}\n") == Words{"missing-key 8:6"});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true}\n") == Words{"missing-key 8:6"});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Lgo: {}}\n") == Words{"unknown-key 8:37"});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Log: [1]}\n") == Words{"not-a-mapping 8:42"});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Log: '{\"a\": 1}'}\n") == Words{"not-a-mapping 8:42"});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Log: {}, Resource: {}}\n") ==
        Words{"conflicting-keys 8:46"});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: 1, Log: {}}\n") == Words{"wrong-type 8:31"});
  CHECK(found_in_tests("  - text\n") == Words{"not-a-mapping 8:5"});
  CHECK(found_in_tests("  -\n") == Words{"not-a-mapping 8:3"});
}

TEST_CASE("names of tests are unique in their rule") {
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Log: {}}\n"
                       "  - {Name: b, ExpectedResult: true, Log: {}}\n"
                       "  - {Name: a, ExpectedResult: false, Log: {}}\n") == Words{"duplicate-test 10:12"});
}

TEST_CASE("times, mocks and expectations") {
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Log: {}, Now: yesterday}\n") == Words{"bad-value 8:51"});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Log: {}, Now: 2026-01-31}\n") == Words{});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Log: {}, ExpectedSeverity: hihg}\n") ==
        Words{"bad-value 8:64"});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Log: {}, ExpectedContext: x}\n") ==
        Words{"not-a-mapping 8:63"});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Log: {}, ExpectedTitle: 5}\n") == Words{"wrong-type 8:61"});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: false, Log: {}, ExpectedTitle: x}\n") ==
        Words{"ignored-value 8:47"});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Log: {}, Mocks: [{objectName: X, returnValue: 1}]}\n") ==
        Words{});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Log: {}, Mocks: [{objectName: X}]}\n") ==
        Words{"missing-key 8:55"});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Log: {}, Mocks: [{objectName: X, returnValue: null}]}\n") ==
        Words{});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Log: {}, Mocks: [x]}\n") == Words{"not-a-mapping 8:54"});
  CHECK(found_in_tests(
            "  - {Name: a, ExpectedResult: true, Log: {}, Mocks: [{objectName: X, returnValue: 1}, {objectName: "
            "X, returnValue: 2}]}\n") == Words{"duplicate-item 8:100"});
  CHECK(found_in_tests("  - {Name: a, ExpectedResult: true, Log: {}, Memory: {a: 1}}\n").empty());
}

TEST_CASE("events keep what JSON says") {
  ReadText read =
      read_text(rule_with("Tests:\n  - Name: a\n    ExpectedResult: true\n    Log:\n      {\"t\": \"2026-01-31\", "
                          "\"d\": 2026-01-31, \"n\": 1.0, \"b\": on, \"e\": \"\\u00e9\", \"z\": null}\n"));
  CHECK(to_json(read.pack.rules.at(0).tests.at(0).event) ==
        "{\"t\":\"2026-01-31\",\"d\":\"2026-01-31\",\"n\":1,\"b\":\"on\",\"e\":\"\xc3\xa9\",\"z\":null}");
}
