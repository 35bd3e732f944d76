// The project file: what it says, what is wrong with it, what it does to diagnostics.
#include "engine/project/project.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

struct Read {
  Project project;
  std::vector<std::string> faults;  // "code line:column -> fix"
};

Read read(const std::string& text) {
  const auto source = std::make_shared<const Source>("picket.yml", text);
  Diagnostics diagnostics;
  Read result{read_project(source, diagnostics), {}};
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    const LineColumn place = source->locate(diagnostic.span.begin);
    result.faults.push_back(std::string(row_of(diagnostic.code).word) + " " + std::to_string(place.line) + ":" +
                            std::to_string(place.column));
    if (!diagnostic.fixes.empty()) result.faults.back() += " -> " + diagnostic.fixes.front().replacement;
  }
  return result;
}

using Faults = std::vector<std::string>;

}  // namespace

TEST_CASE("a project file says levels, a table and paths") {
  const Read all = read(
      "lints:\n  unknown-field: error\n  plain-regex: off\n  python-rule: warning\n  unused-definition: note\n"
      "attack_table: data/attack.tsv\npaths: [rules, more/rules]\n");
  CHECK(all.faults.empty());
  REQUIRE(all.project.levels.size() == 4);
  CHECK(all.project.levels[0].code == Code::unknown_field);
  CHECK(all.project.levels[0].level == Level::error);
  CHECK_FALSE(all.project.levels[1].level.has_value());
  CHECK(all.project.attack_table->value == "data/attack.tsv");
  REQUIRE(all.project.paths.size() == 2);
  CHECK(all.project.paths[1].value == "more/rules");
  CHECK(read("").faults.empty());
  const Read times = read("event_time:\n  AWS.CloudTrail: eventTime\n  My.Log: meta['the time'].values[-1]\n");
  CHECK(times.faults.empty());
  CHECK(times.project.event_times.at("AWS.CloudTrail") == EventPath{std::string("eventTime")});
  CHECK(times.project.event_times.at("My.Log") ==
        EventPath{std::string("meta"), std::string("the time"), std::string("values"), std::int64_t{-1}});
  CHECK(read("# nothing yet\n").faults.empty());
}

TEST_CASE("what is wrong with a project file is told with its place, and a cure where there is one") {
  CHECK(read("lint:\n  unknown-field: error\n").faults == Faults{"unknown-key 1:1 -> lints"});
  CHECK(read("color: true\n").faults == Faults{"unknown-key 1:1"});
  CHECK(read("event_time: [x]\n").faults == Faults{"wrong-type 1:13"});
  CHECK(read("event_time:\n  A: 7\n  B: a..b\n  C: a[*].b\n  D: $\n").faults ==
        Faults{"wrong-type 2:6", "bad-path 3:8", "bad-value 4:6", "bad-value 5:6"});
  CHECK(read("lints:\n  unknown-feld: error\n").faults == Faults{"unknown-code 2:3 -> unknown-field"});
  CHECK(read("lints:\n  unknown-operator: off\n").faults == Faults{"fixed-level 2:3"});
  CHECK(read("lints:\n  unknown-field: eror\n").faults == Faults{"bad-value 2:18 -> error"});
  CHECK(read("lints:\n  unknown-field: 3\n").faults == Faults{"bad-value 2:18"});
  CHECK(read("lints:\n  unknown-field:\n").faults == Faults{"bad-value 2:3"});
  CHECK(read("lints: [unknown-field]\n").faults == Faults{"wrong-type 1:8"});
  CHECK(read("attack_table: [a]\n").faults == Faults{"wrong-type 1:15"});
  CHECK(read("paths: rules\n").faults == Faults{"wrong-type 1:8"});
  CHECK(read("paths: [rules, 7]\n").faults == Faults{"wrong-type 1:16"});
  CHECK(read("- lints\n").faults == Faults{"not-a-mapping 1:1"});
  CHECK(read("lints: {}\nlints: {}\n").faults == Faults{"duplicate-key 2:1"});
  CHECK(read("lints: [\n").faults.front().starts_with("yaml-syntax"));
}

TEST_CASE("levels are changed, and what is off is dropped") {
  const Read rules = read("lints:\n  unknown-field: error\n  plain-regex: off\n");
  const auto source = std::make_shared<const Source>("a.yml", "abc");
  Diagnostics diagnostics;
  diagnostics.add(Code::unknown_field, source, {0, 1}, "a");
  diagnostics.add(Code::plain_regex, source, {1, 2}, "b");
  diagnostics.add(Code::bare_value, source, {2, 3}, "c");
  apply_levels(rules.project, diagnostics);
  REQUIRE(diagnostics.size() == 2);
  CHECK(diagnostics.all()[0].level == Level::error);
  CHECK(diagnostics.all()[1].level == Level::warning);
  CHECK(diagnostics.has_errors());
}

}  // namespace picket
