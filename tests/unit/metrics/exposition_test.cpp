#include "engine/metrics/exposition.hpp"

#include <regex>
#include <set>
#include <sstream>

#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"

using namespace picket;
using picket::tests::contains;

namespace {

RunMetrics some() {
  RunMetrics metrics;
  metrics.tally.events = 1200;
  metrics.tally.invalid["not \"an\"\nobject\\"] = 3;
  metrics.tally.unjudged["Other"] = 4;
  RuleTally& rule = metrics.tally.rules["A.B"];
  rule.matches = 7;
  rule.by_severity = {0, 0, 0, 2, 1};
  metrics.tally.evaluation.add(1000, 0.0004);  // 0.4 µs each
  metrics.tally.evaluation.add(200, 10);       // far beyond the last bound
  metrics.latest_event = Time{1'000'000};
  metrics.now = Time{3'500'000};
  metrics.under_way["webhook"] = 5;
  metrics.refused["webhook"] = 3;
  metrics.rules = 89;
  metrics.rules_version = "v1";
  metrics.packs = {{.archive = "a/pack.tar.gz", .name = "linux", .version = 7}};
  return metrics;
}

std::set<std::string> names_in(const std::string& text) {
  static const std::regex name("(picket|process)_[a-z_]+");
  return {std::sregex_token_iterator(text.begin(), text.end(), name), std::sregex_token_iterator()};
}

}  // namespace

TEST_CASE("metrics as Prometheus reads them") {
  const std::string page = exposition(some());
  CHECK_THAT(page, contains("# TYPE picket_events_total counter\npicket_events_total 1200\n"));
  CHECK_THAT(page, contains("picket_invalid_total{reason=\"not \\\"an\\\"\\nobject\\\\\"} 3\n"));
  CHECK_THAT(page, contains("picket_alerts_total{rule=\"A.B\",severity=\"High\"} 2\n"));
  CHECK_THAT(page, contains("picket_alerts_total{rule=\"A.B\",severity=\"Critical\"} 1\n"));
  CHECK_THAT(page, !contains("severity=\"Low\""));
  CHECK_THAT(page, contains("picket_lag_seconds 2.5\n"));
  CHECK_THAT(page, contains("picket_parcels_under_way{destination=\"webhook\"} 5\n"));
  CHECK_THAT(page, contains("picket_webhook_refused_total{destination=\"webhook\"} 3\n"));
  CHECK_THAT(page, contains("picket_rules{version=\"v1\"} 89\n"));
  CHECK_THAT(page, contains("picket_pack_version{pack=\"linux\",archive=\"a/pack.tar.gz\"} 7\n"));
  // Buckets add up, and the last holds all.
  CHECK_THAT(page, contains("picket_evaluation_seconds_bucket{le=\"2.5e-07\"} 0\n"));
  CHECK_THAT(page, contains("picket_evaluation_seconds_bucket{le=\"5e-07\"} 1000\n"));
  CHECK_THAT(page, contains("picket_evaluation_seconds_bucket{le=\"0.01\"} 1000\n"));
  CHECK_THAT(page, contains("picket_evaluation_seconds_bucket{le=\"+Inf\"} 1200\n"));
  CHECK_THAT(page, contains("picket_evaluation_seconds_sum 10.0004\n"));
  CHECK_THAT(page, contains("picket_evaluation_seconds_count 1200\n"));
}

TEST_CASE("every line is a comment or a sample, and every sample's metric has its type before it") {
  static const std::regex sample(R"(([a-z_]+)(\{([a-z_]+="(\\.|[^"\\\n])*",?)+\})? [0-9.e+-]+)");
  std::istringstream lines(exposition(some()));
  std::string metric;
  std::set<std::string> seen;
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    std::smatch parts;
    if (line.starts_with("# TYPE ")) {
      metric = line.substr(7, line.find(' ', 7) - 7);
      CHECK(seen.insert(metric).second);
    } else if (!line.starts_with("# HELP ")) {
      REQUIRE(std::regex_match(line, parts, sample));
      CHECK(parts[1].str().starts_with(metric));
    }
  }
  CHECK(seen.size() > 20);
}

TEST_CASE("the dashboard asks for metrics that there are, and the documents name them all") {
  const std::string page = exposition(some());
  std::set<std::string> there = names_in(page);
  there.insert("picket_evaluation_seconds");
  const std::filesystem::path project = PICKET_PROJECT_DIR;
  for (const std::string& name : names_in(tests::read_file(project / "tools/service/grafana_dashboard.json"))) {
    CAPTURE(name);
    CHECK(there.contains(name));
  }
  const std::set<std::string> documented = names_in(tests::read_file(project / "tools/run/README.md"));
  for (const std::string& name : there) {
    CAPTURE(name);
    const bool part = name.ends_with("_bucket") || name.ends_with("_sum") || name.ends_with("_count");
    CHECK((part || documented.contains(name)));
  }
}
