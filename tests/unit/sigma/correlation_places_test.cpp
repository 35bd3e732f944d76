// Messages about Sigma's correlations point into the file, and say what was meant.
#include <memory>
#include <string>

#include "engine/analyse/analyse.hpp"
#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

constexpr const char* rule =
    "title: Failed login\nname: failed\nid: 4aa5\nlogsource: {category: door}\ndetection: {s: {is: f}, condition: s}\n"
    "---\ntitle: Login\nname: login\nlogsource: {category: door}\ndetection: {s: {is: l}, condition: s}\n";

// The first diagnostic of the correlation as "line:column code text", and "-> help" if there is any.
std::string first_of(const std::string& correlation, Level level = Level::error) {
  Diagnostics diagnostics;
  const auto pack = std::make_shared<const Pack>(
      load_sources({std::make_shared<const Source>("a.yml", rule),
                    std::make_shared<const Source>("b.yml", "title: K\nname: k\ncorrelation:\n" + correlation)},
                   {}, diagnostics));
  (void)analyse(pack, {.lints = false}, diagnostics);
  diagnostics.sort();
  for (const Diagnostic& one : diagnostics.all()) {
    if (one.level != level || one.source->name() != "b.yml") continue;
    const LineColumn at = one.source->locate(one.span.begin);
    return std::to_string(at.line) + ":" + std::to_string(at.column) + " " + std::string(row_of(one.code).word) + " " +
           std::string(one.source->text(one.span)) + (one.help.empty() ? "" : " -> ") + one.help;
  }
  return "";
}

const std::string count_head = "  type: event_count\n  rules: [failed]\n  timespan: 5m\n";
const std::string temporal = "  type: temporal\n  rules: [failed, login]\n  timespan: 5m\n";
const std::string many = "  condition: {gte: 5}\n";

TEST_CASE("a correlation without mistakes has none") { CHECK(first_of(count_head + many).empty()); }

TEST_CASE("errors of correlations have the place of what is wrong, and a cure") {
  CHECK(first_of("  type: event_cout\n  rules: [failed]\n  timespan: 5m\n" + many) ==
        "4:9 bad-value event_cout -> did you mean `event_count`?");
  CHECK(first_of("  type: event_count\n  rules: [faild]\n  timespan: 5m\n" + many) ==
        "5:11 unknown-rule faild -> did you mean `failed`?");
  CHECK(first_of("  type: event_count\n  rules: [failed, 4aa5]\n  timespan: 5m\n" + many) ==
        "5:19 duplicate-item 4aa5 -> take one of the two out");
  CHECK(first_of("  type: event_count\n  rules: [failed]\n  timespan: 5 minutes\n" + many) ==
        "6:13 bad-duration 5 minutes -> write a whole number and `s`, `m`, `h`, `d` or `w`: `90s`, `5m`, `1h`");
  CHECK(first_of("  type: event_count\n  rules: [failed]\n  timespan: 2M\n" + many) ==
        "6:13 bad-duration 2M -> months and years have no fixed length: write days, `30d`");
  CHECK(first_of("  type: event_count\n  rules: [failed]\n" + many) ==
        "3:1 missing-key correlation -> write `timespan: 5m`");
  CHECK(first_of(count_head + many + "  groupby: [user]\n") == "8:3 unknown-key groupby -> did you mean `group-by`?");
  CHECK(first_of(count_head + "  condition:\n    get: 5\n") == "8:5 unknown-key get -> did you mean `gte`?");
  CHECK(first_of(count_head + "  condition: {gte: 5, lt: 5}\n") ==
        "7:20 impossible-correlation 5 -> correct the numbers; a window without signals is not judged");
  CHECK(first_of("  type: value_count\n  rules: [failed]\n  timespan: 5m\n" + many) ==
        "7:3 missing-key condition -> write `field: name` beside the comparison");
  CHECK(first_of(temporal + "  condition: failed and not loggin\n") ==
        "7:29 unknown-item loggin -> did you mean `login`?");
  CHECK(first_of(temporal + "  condition: >\n    failed AND\n    login\n") ==
        "8:12 bad-sigma-condition AND -> write `and`");
  CHECK(first_of(temporal + "  group-by: [user]\n  aliases:\n    user:\n      failed: u\n      loggin: v\n") ==
        "11:7 unknown-item loggin -> did you mean `login`?");
  CHECK(first_of(temporal + "  group-by: [user]\n  aliases:\n    user:\n      failed: u\n") ==
        "9:5 impossible-correlation user -> write below it `login: field`");
  CHECK(first_of("  type: temporal\n  rules: [failed, k]\n  timespan: 5m\n") ==
        "5:19 impossible-correlation k -> take this rule out, or correlate the rules that `k` is made of");
}

TEST_CASE("what has no effect is a warning") {
  CHECK(first_of(count_head + "  condition: {gte: 5, field: user}\n", Level::warning) ==
        "7:23 ignored-value field -> take it out, or write another `type`");
  CHECK(first_of(temporal + "  condition: failed\n", Level::warning) ==
        "5:19 ignored-value login -> take it out of `rules`, or name it in the condition");
  CHECK(first_of(count_head + many + "  aliases:\n    user:\n      failed: u\n", Level::warning) ==
        "9:5 ignored-value user -> name it in `group-by`, or take it out");
}

TEST_CASE("a document with a correlation and no title is told so") {
  Diagnostics diagnostics;
  (void)load_sources({std::make_shared<const Source>("b.yml", "correlation: {type: temporal}\n")}, {}, diagnostics);
  diagnostics.sort();
  REQUIRE_FALSE(diagnostics.all().empty());
  CHECK(diagnostics.all().front().message == "the key `title` is missing");
}

TEST_CASE("a correlation that is checked by itself gets a note, for its rules may be elsewhere") {
  Diagnostics diagnostics;
  const auto pack = std::make_shared<const Pack>(
      load_sources({std::make_shared<const Source>("b.yml", "title: K\nname: k\ncorrelation:\n" + count_head + many)},
                   {}, diagnostics));
  (void)analyse(pack, {.lints = false}, diagnostics);
  CHECK_FALSE(diagnostics.has_errors());
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics.all().front().code == Code::unknown_rule);
}

}  // namespace
}  // namespace picket
