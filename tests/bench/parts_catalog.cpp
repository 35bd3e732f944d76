// The catalog's site: all of it, what one rule changes, and what a key press of its search costs.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <variant>
#include <vector>

#include "engine/event/json.hpp"
#include "tests/bench/generate.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/parts.hpp"
#include "tools/changes/run_program.hpp"

namespace picket::bench {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

// The median of the whole site, each time into a new folder, and of rebuilds after one rule has changed.
void measure_catalog(Bench& bench) {
  const Setting& setting = bench.setting();
  const std::size_t rules = setting.quick ? 1'000 : 10'000;
  const fs::path folder = setting.scratch / "catalog";
  write_rules(folder, rules, 2 * rules);
  ::setenv("XDG_CACHE_HOME", (setting.scratch / "cache").c_str(), 1);  // NOLINT(concurrency-mt-unsafe): one thread
  // Each into a folder of its own, and none removed in between: ext4 is slow to give an inode again that has just been
  // deleted, so that the second run would measure the removal of the first.
  const auto arguments = [&](std::size_t i) {
    return Arguments{"catalog", folder.string(), "-o", (setting.scratch / ("site" + std::to_string(i))).string()};
  };
  std::vector<Cost> whole;
  constexpr std::size_t times = 5;
  for (std::size_t i = 0; i < times; ++i) {
    whole.push_back(cost_of_program(setting.binaries / "picket", arguments(i)));
  }
  const Cost all = median(whole);
  const auto count = static_cast<double>(rules);
  bench.report().add({"catalog", all.wall, "s", at_most(3), {{"rules", count}, {"s of all threads", all.cpu}}});

  const fs::path changed = folder / "rule_500.yml";
  std::string text;
  {
    std::ifstream file(changed);
    text.assign(std::istreambuf_iterator<char>(file), {});
  }
  std::vector<Cost> rebuilds;
  for (std::size_t i = 0; i < times; ++i) {
    std::ofstream(changed) << text << "# change " << i << "\n";
    rebuilds.push_back(cost_of_program(setting.binaries / "picket", arguments(0)));
  }
  const Cost one = median(rebuilds);
  bench.report().add(
      {"catalog-one-rule", one.wall, "s", at_most(0.3), {{"rules", count}, {"s of all threads", one.cpu}}});
}

// By tests/site/bench_search.mjs, in a browser: milliseconds from a key press to the list of results, the slowest of
// all presses; and of three rounds the median of each key, of which the slowest tells what is slow by itself.
void measure_search(Bench& bench) {
  const fs::path script = bench.setting().rules.parent_path() / "tests" / "site" / "bench_search.mjs";
  const auto ran = run_program({"node", script.string()});
  if (const auto* fault = std::get_if<std::string>(&ran)) return bench.report().skip("catalog-search", *fault);
  const auto& output = std::get<ProgramOutput>(ran);
  constexpr int skipped = 77;
  if (output.status == skipped) {
    return bench.report().skip("catalog-search", output.out.substr(0, output.out.find('\n')));
  }
  const auto read = read_json(output.out);
  const auto* figures = std::get_if<Value>(&read);
  if (output.status != 0 || figures == nullptr || figures->object() == nullptr) {
    const std::size_t error = std::min(output.err.find("Error"), output.err.size());
    return bench.report().fail("catalog-search", "bench_search.mjs ended with " + std::to_string(output.status) + ": " +
                                                     output.err.substr(error, output.err.find('\n', error) - error));
  }
  const auto number = [](const Value* value) { return value->as_double().value_or(0); };
  const auto figure = [&](const char* what, const char* which) {
    return number(figures->object()->find_exact(what)->object()->find_exact(which));
  };
  bench.report().add({"catalog-search",
                      number(figures->object()->find_exact("slowest")),
                      "ms",
                      at_most(20),
                      {{"ms median", figure("answer", "median")},
                       {"ms of CPU time", figure("work", "worst")},
                       {"ms slowest key by its median", figure("answer", "worst")}}});
}

}  // namespace

std::vector<Part> catalog_parts() { return {{"catalog", measure_catalog}, {"catalog-search", measure_search}}; }

}  // namespace picket::bench
