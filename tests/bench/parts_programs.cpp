// The parts that measure the built programs as a user would, from start to end.
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>

#include "engine/analyse/analyse.hpp"
#include "engine/mutation/mutate.hpp"
#include "engine/pack/pack.hpp"
#include "tests/bench/generate.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/parts.hpp"
#include "tests/bench/yardstick.hpp"
#include "tests/front_door/watched_program.hpp"

namespace picket::bench {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

Cost median_of_runs(std::size_t runs, const fs::path& program, const Arguments& arguments) {
  std::vector<Cost> costs;
  (void)cost_of_program(program, arguments);  // warm: what is measured is Picket, not the disk
  for (std::size_t i = 0; i < runs; ++i) costs.push_back(cost_of_program(program, arguments));
  return median(costs);
}

void measure_ruletest(Bench& bench) {
  const Setting& setting = bench.setting();
  const fs::path folder = setting.scratch / "tested";
  write_rules(folder, 1000, 3500);
  const Cost all = median_of_runs(setting.rounds(), setting.binaries / "ruletest", {folder.string()});
  bench.report().add(
      {"ruletest", all.wall, "s", at_most(0.3), {{"rules", 1000}, {"tests", 3500}, {"s of all threads", all.cpu}}});
  const Cost one = median_of_runs(21, setting.binaries / "ruletest", {(folder / "rule_0.yml").string()});
  bench.report().add({"ruletest-start", one.wall * 1000, "ms", at_most(20), {{"rules", 1}}});
}

struct Mutated {
  std::size_t mutants = 0;
  std::size_t survivors = 0;  // and those that mean the same as the rule
  double explained = 100;     // of the survivors, those with an event or a proof, in percent
};

Mutated mutated(const fs::path& folder) {
  Diagnostics diagnostics;
  const auto pack = std::make_shared<const Pack>(load_pack({folder.string()}, {}, diagnostics));
  AnalysisOptions analysis;
  analysis.lints = false;
  const CheckedPack checked = analyse(pack, analysis, diagnostics);
  std::vector<const CheckedRule*> rules;
  for (const CheckedRule& rule : checked.rules) rules.push_back(&rule);
  Mutated sum;
  std::size_t explained = 0;
  for (const RuleMutation& rule : mutate_rules(checked, rules, {})) {
    sum.mutants += rule.mutants.size();
    sum.survivors += rule.mutants.size() - rule.count(Fate::killed);
    for (const MutantResult& mutant : rule.mutants) {
      if (mutant.killer || mutant.fate == Fate::equivalent) ++explained;
    }
  }
  if (sum.survivors > 0) sum.explained = 100.0 * static_cast<double>(explained) / static_cast<double>(sum.survivors);
  return sum;
}

// `cover` and `mutate` over such rules, so many that there are 15,000 mutants, each judged by the tests of its rule;
// events that would kill the survivors are searched as well.
void measure_workbench(Bench& bench) {
  const Setting& setting = bench.setting();
  const fs::path folder = setting.scratch / "workbench";
  write_rules(folder, 1200, 4200);
  const auto run = [&](const char* command) {
    return median_of_runs(3, setting.binaries / "picket", {command, "--format", "json", folder.string()});
  };
  const Cost cover = run("cover");
  bench.report().add({"cover", cover.wall, "s", at_most(5), {{"rules", 1200}, {"tests", 4200}}});
  const Cost mutate = run("mutate");
  const Mutated all = mutated(folder);
  bench.report().add({"mutate",
                      mutate.wall,
                      "s",
                      at_most(5),
                      {{"s of all threads", mutate.cpu}, {"mutants", static_cast<double>(all.mutants)}}});
  const fs::path some = setting.scratch / "survivors";
  write_rules(some, 300, 1050);
  const Mutated few = mutated(some);
  bench.report().add({"mutate-explained",
                      few.explained,
                      "%",
                      at_least(95),
                      {{"rules", 300}, {"survivors", static_cast<double>(few.survivors)}}});
}

// 1,000 files that all change (their keys are in another order), written anew and on the disk before each run, which
// would else wait for the writing of both; then the same files, formatted.
void measure_fmt(Bench& bench) {
  const Setting& setting = bench.setting();
  const fs::path folder = setting.scratch / "formatted";
  const Arguments arguments = {"fmt", folder.string()};
  std::vector<Cost> costs;
  for (std::size_t i = 0; i < setting.rounds(); ++i) {
    write_rules(folder, 1000, 3500);
    ::sync();
    costs.push_back(cost_of_program(setting.binaries / "picket", arguments));
  }
  const Cost changed = median(costs);
  bench.report().add({"fmt", changed.wall, "s", at_most(1), {{"files", 1000}, {"s of all threads", changed.cpu}}});
  const Cost kept = median_of_runs(setting.rounds(), setting.binaries / "picket", arguments);
  bench.report().add({"fmt-nothing", kept.wall, "s", at_most(1), {{"files", 1000}, {"s of all threads", kept.cpu}}});
}

// From the moment a rule file is saved to its tests' result, among 1,000 files that are watched.
void measure_watch(Bench& bench) {
  const Setting& setting = bench.setting();
  const fs::path folder = setting.scratch / "watched";
  write_rules(folder, 1000, 3500);
  const fs::path saved = folder / "rule_500.yml";
  std::string text;
  {
    std::ifstream file(saved);
    text.assign(std::istreambuf_iterator<char>(file), {});
  }
  tests::WatchedProgram watched((setting.binaries / "picket").string(), {"test", "--watch", folder.string()});
  const std::string waits = "watching; Ctrl-C ends\n";
  (void)watched.read_until(waits);
  std::vector<double> milliseconds;
  for (int i = 0; i < 21; ++i) {
    const auto before = std::chrono::steady_clock::now();
    std::ofstream(saved) << text << "# save " << i << "\n";
    (void)watched.read_until(" passed\n");
    milliseconds.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count());
    (void)watched.read_until(waits);
  }
  (void)watched.end(SIGINT);
  bench.report().add({"watch", median(milliseconds), "ms", at_most(100), {{"rules", 1000}}});
}

// Events that no rule matches, at least so many bytes.
std::string quiet_events(Executor& executor, std::size_t bytes) {
  const Spread spread;
  Chance chance(77);
  std::string kept;
  while (kept.size() < bytes) {
    std::string lines;
    while (lines.size() < 1'000'000) spread.append_event(lines, chance);
    for (const std::string_view line : lines_of(lines)) {
      if (executor.judge(line, judging_time).matches.empty()) kept.append(line).append("\n");
    }
  }
  return kept;
}

void write_file(const fs::path& file, std::string_view text) { std::ofstream(file, std::ios::binary) << text; }

// `picket run` over a file of events that no rule matches, against the executor over the same blocks in memory. What
// the program takes over an empty file, mostly to load the rules, is left out and told.
void measure_run(Bench& bench) {
  const Setting& setting = bench.setting();
  const std::vector<std::string> texts = rule_texts(Events::spread, 870);
  const fs::path folder = setting.scratch / "spread";
  fs::create_directories(folder);
  for (std::size_t i = 0; i < texts.size(); ++i) write_file(folder / ("rule" + std::to_string(i) + ".yml"), texts[i]);
  const auto executor = make_executor(std::make_shared<const RuleSet>(check_texts(texts)));
  const Slice probe(quiet_events(*executor, 1'000'000));
  const double rate =
      static_cast<double>(probe.text().size()) / cost_of([&] { (void)judge_blocks(*executor, probe.blocks()); }).cpu;
  const double most = setting.quick ? 40e6 : 400e6;
  const Slice slice(
      quiet_events(*executor, static_cast<std::size_t>(std::min(most, rate * (setting.quick ? 0.2 : 1)))));
  write_file(setting.scratch / "quiet.jsonl", slice.text());
  write_file(setting.scratch / "empty.jsonl", "");
  const auto run = [&](const char* file, bool one_processor) {
    const Arguments arguments = {"run",      "--rules", folder.string(),
                                 "--format", "jsonl",   (setting.scratch / file).string()};
    return cost_of_program(setting.binaries / "picket", arguments, one_processor).wall;
  };
  (void)run("quiet.jsonl", false);
  std::vector<double> start, library, one, all, one_over, all_over;
  for (std::size_t i = 0; i < setting.rounds(); ++i) {
    library.push_back(cost_of([&] { (void)judge_blocks(*executor, slice.blocks()); }).wall);
    start.push_back(run("empty.jsonl", true));
    one.push_back(run("quiet.jsonl", true) - start.back());
    all.push_back(run("quiet.jsonl", false) - run("empty.jsonl", false));
    one_over.push_back(library.back() / one.back());
    all_over.push_back(library.back() / all.back());
  }
  const double megabytes = static_cast<double>(slice.text().size()) / 1e6;
  const std::vector<Detail> shared = {
      {"MB/s of the library", megabytes / median(library)}, {"MB", megabytes}, {"s to load 870 rules", median(start)}};
  Row row{"run-one-processor", median(one_over), "x", at_least(0.9), {{"MB/s", megabytes / median(one)}}};
  row.details.insert(row.details.end(), shared.begin(), shared.end());
  bench.report().add(row);
  bench.report().add({"run-default", median(all_over), "x", at_least(0.9), {{"MB/s", megabytes / median(all)}}});
}

// The shipped rules over CloudTrail-like events, alerts and all, from start to end.
void measure_shipped(Bench& bench) {
  const Setting& setting = bench.setting();
  const fs::path file = setting.scratch / "cloudtrail.jsonl";
  std::string lines;
  Chance chance(4711);
  while (lines.size() < (setting.quick ? 10'000'000U : 100'000'000U)) append_event(lines, chance);
  write_file(file, lines);
  const Slice slice(lines);
  std::vector<double> runs, walks, over;
  const Arguments arguments = {"run", "--rules", setting.rules.string(), "--format", "jsonl", file.string()};
  for (std::size_t i = 0; i < 3; ++i) {
    walks.push_back(cost_of([&] { (void)walk_raw(slice.text()); }).wall);
    runs.push_back(cost_of_program(setting.binaries / "picket", arguments).wall);
    over.push_back(walks.back() / runs.back());
  }
  const double megabytes = static_cast<double>(lines.size()) / 1e6;
  bench.report().add({"run-shipped",
                      median(over),
                      "F",
                      {},
                      {{"MB/s", megabytes / median(runs)}, {"MB/s F", megabytes / median(walks)}}});
}

}  // namespace

std::vector<Part> program_parts() {
  return {{"ruletest", measure_ruletest},   {"fmt", measure_fmt}, {"watch", measure_watch},
          {"workbench", measure_workbench}, {"run", measure_run}, {"run-shipped", measure_shipped}};
}

}  // namespace picket::bench
