// picket_bench: measures the built `picket` and prints a table. tests/bench/README.md holds what it printed, where.
//
//   picket_bench BINARIES RULES [--megabytes N]    the folder of picket and ruletest; the shipped rules
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/bench/generate.hpp"
#include "tests/bench/measure.hpp"

namespace {

using namespace picket::bench;
namespace fs = std::filesystem;

constexpr std::size_t rule_count = 1000;
constexpr std::size_t test_count = 3500;

class Scratch {
 public:
  Scratch() : path_(fs::temp_directory_path() / ("picket-bench-" + std::to_string(std::rand()))) {
    fs::create_directories(path_);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Cost median_of_runs(std::size_t runs, const fs::path& program, const std::vector<std::string>& arguments) {
  std::vector<Cost> costs;
  (void)cost_of_program(program, arguments);  // warm: what is measured is Picket, not the disk
  for (std::size_t i = 0; i < runs; ++i) costs.push_back(cost_of_program(program, arguments));
  return median(costs);
}

void row(const char* what, double wall, double cpu, const char* unit, const char* goal) {
  std::printf("| %-46s | %9.2f %-4s | %9.2f %-4s | %-8s |\n", what, wall, unit, cpu, unit, goal);
  std::fflush(stdout);
}

void rate_row(const char* what, double megabytes, Cost cost) {
  row(what, megabytes / cost.wall, megabytes / cost.cpu, "MB/s", "");
}

void ratio_row(const char* what, Cost yardstick, Cost cost) {
  row(what, yardstick.wall / cost.wall, yardstick.cpu / cost.cpu, "", "");
}

void measure_ruletest(const fs::path& binaries, const fs::path& scratch) {
  write_rules(scratch / "rules", rule_count, test_count);
  const Cost all = median_of_runs(5, binaries / "ruletest", {(scratch / "rules").string()});
  row("ruletest, 1,000 rules with 3,500 tests", all.wall, all.cpu, "s", "<= 1 s");
  const Cost cold = median_of_runs(21, binaries / "ruletest", {(scratch / "rules" / "rule_0.yml").string()});
  row("ruletest, one rule, from start to end", cold.wall * 1000, cold.cpu * 1000, "ms", "<= 20 ms");
}

// Alternately, so that what else the machine does falls on all alike.
void measure_run(const fs::path& binaries, const fs::path& rules, const fs::path& scratch, std::size_t megabytes) {
  const fs::path events = scratch / "events.jsonl";
  write_events(events, megabytes * 1'000'000);
  std::size_t size = 0;
  const std::string text = read_padded(events, size);
  const std::string_view lines(text.data(), size);
  const std::vector<std::string> arguments = {"run", "--rules", rules.string(), "--format", "jsonl", events.string()};
  std::vector<Cost> run;
  std::vector<Cost> walked;
  std::vector<Cost> parsed;
  std::size_t values = 0;
  for (int i = 0; i < 3; ++i) {
    walked.push_back(cost_of([&] { values += walk_lines(lines); }));
    parsed.push_back(cost_of([&] { values += parse_lines(lines); }));
    run.push_back(cost_of_program(binaries / "picket", arguments));
  }
  if (values == 0) throw std::runtime_error("no events");
  const double amount = static_cast<double>(size) / 1e6;
  rate_row("picket run, the shipped rules over JSON lines", amount, median(run));
  rate_row("  F: simdjson On-Demand raw walk, same bytes", amount, median(walked));
  rate_row("  simdjson DOM parse, same bytes", amount, median(parsed));
  ratio_row("  picket run / F", median(walked), median(run));
  ratio_row("  picket run / DOM", median(parsed), median(run));
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() != 2 && !(arguments.size() == 4 && arguments[2] == "--megabytes")) {
      std::fprintf(stderr, "usage: picket_bench BINARIES RULES [--megabytes N]\n");
      return 2;
    }
    const std::size_t megabytes = arguments.size() == 4 ? std::stoul(arguments[3]) : 200;
    std::srand(static_cast<unsigned>(std::chrono::steady_clock::now().time_since_epoch().count()));
    const Scratch scratch;
    std::printf("%s; medians\n\n", machine().c_str());
    std::printf("| %-46s | %-14s | %-14s | %-8s |\n|---|---|---|---|\n", "what", "by the wall", "by CPU time", "goal");
    measure_ruletest(arguments[0], scratch.path());
    measure_run(arguments[0], arguments[1], scratch.path(), megabytes);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "picket_bench: %s\n", error.what());
    return 2;
  }
}
