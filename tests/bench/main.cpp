// picket_bench: measures the built `picket` and prints a table. tests/bench/README.md holds what it printed, where.
//
//   picket_bench BINARIES RULES [--megabytes N]    the folder of picket and ruletest; the shipped rules
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
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

Seconds median_of_runs(std::size_t runs, const fs::path& program, const std::vector<std::string>& arguments) {
  std::vector<Seconds> times;
  run_program(program, arguments);  // warm: what is measured is Picket, not the disk
  for (std::size_t i = 0; i < runs; ++i) times.push_back(timed([&] { run_program(program, arguments); }));
  return median(times);
}

void row(const char* what, double figure, const char* unit, const char* goal) {
  std::printf("| %-58s | %9.3f %-5s | %-9s |\n", what, figure, unit, goal);
}

void measure_ruletest(const fs::path& binaries, const fs::path& scratch) {
  write_rules(scratch / "rules", rule_count, test_count);
  const Seconds all = median_of_runs(5, binaries / "ruletest", {(scratch / "rules").string()});
  row("ruletest, 1,000 rules with 3,500 tests, wall", all, "s", "<= 1 s");
  const Seconds cold = median_of_runs(21, binaries / "ruletest", {(scratch / "rules" / "rule_0.yml").string()});
  row("ruletest, one rule, from start to end, wall", cold * 1000, "ms", "<= 20 ms");
}

// Alternately, so that what else the machine does falls on all alike.
void measure_run(const fs::path& binaries, const fs::path& rules, const fs::path& scratch, std::size_t megabytes) {
  const fs::path events = scratch / "events.jsonl";
  write_events(events, megabytes * 1'000'000);
  std::size_t size = 0;
  const std::string text = read_padded(events, size);
  const std::string_view lines(text.data(), size);
  const std::vector<std::string> arguments = {"run", "--rules", rules.string(), "--format", "jsonl", events.string()};
  std::vector<Seconds> run;
  std::vector<Seconds> walked;
  std::vector<Seconds> parsed;
  std::size_t values = 0;
  for (int i = 0; i < 3; ++i) {
    walked.push_back(timed([&] { values += walk_lines(lines); }));
    parsed.push_back(timed([&] { values += parse_lines(lines); }));
    run.push_back(timed([&] { run_program(binaries / "picket", arguments); }));
  }
  if (values == 0) throw std::runtime_error("no events");
  const double bytes = static_cast<double>(size) / 1e6;
  row("picket run, the shipped rules over JSON lines", bytes / median(run), "MB/s", "");
  row("  F: simdjson On-Demand raw walk, the same bytes", bytes / median(walked), "MB/s", "");
  row("  simdjson DOM parse, the same bytes", bytes / median(parsed), "MB/s", "");
  row("  picket run / F", median(walked) / median(run), "", "");
  row("  picket run / DOM", median(parsed) / median(run), "", "");
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
    std::printf("| %-58s | %-15s | %-9s |\n|---|---|---|\n", "what", "measured", "goal");
    measure_ruletest(arguments[0], scratch.path());
    measure_run(arguments[0], arguments[1], scratch.path(), megabytes);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "picket_bench: %s\n", error.what());
    return 2;
  }
}
