// picket_bench: measures the engine and the built programs and prints a table. tests/bench/README.md says what each row
// means.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/bench/parts.hpp"

namespace picket::bench {
namespace {

namespace fs = std::filesystem;

class Scratch {
 public:
  Scratch() : path_(fs::temp_directory_path() / ("picket-bench-" + std::to_string(::getpid()))) {
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

struct Options {
  Setting setting;
  std::vector<std::string> only;
  std::string json;
  bool list = false;
};

void declare(CLI::App& app, Options& options) {
  options.setting.binaries = PICKET_BINARIES_DIR;
  options.setting.rules = PICKET_PROJECT_DIR "/rules";
  options.setting.data = PICKET_DEFAULT_DATA_DIR;
  app.add_option("--only", options.only, "measure the part of this name, and those below it (dense: dense-10, ...)");
  app.add_flag("--quick", options.setting.quick, "small inputs, to see whether all is well");
  app.add_option("--json", options.json, "write the report to this file, too");
  app.add_option("--binaries", options.setting.binaries, "the folder of picket and ruletest");
  app.add_option("--rules", options.setting.rules, "the shipped rules");
  app.add_option("--data", options.setting.data, "real logs; their parts are skipped where it is absent");
  app.add_flag("--list", options.list, "name the parts");
}

bool selected(const std::string& name, const std::vector<std::string>& only) {
  if (only.empty()) return true;
  return std::ranges::any_of(only, [&](const std::string& one) { return name == one || name.starts_with(one + "-"); });
}

// A part that cannot be measured, because executor and interpreter disagree or something is missing, spoils no other.
void measure(const Part& part, Bench& bench) {
  try {
    part.measure(bench);
  } catch (const std::exception& error) {
    bench.report().fail(part.name, error.what());
  }
}

int measure_all(const Options& options, const std::string& command) {
  std::vector<Part> parts = all_parts();
  std::erase_if(parts, [&](const Part& part) { return !selected(part.name, options.only); });
  if (options.list) {
    for (const Part& part : parts) std::printf("%s\n", part.name.c_str());
    return 0;
  }
  if (parts.empty()) throw std::runtime_error("no part of that name; --list names them");
  const Scratch scratch;
  Setting setting = options.setting;
  setting.scratch = scratch.path();
  Report report(command);
  Bench bench(setting, report);
  for (const Part& part : parts) measure(part, bench);
  if (!options.json.empty()) report.write_json(options.json);
  return report.failed() ? 2 : 0;
}

int run(int argc, char** argv) {
  CLI::App app("Measures Picket");
  Options options;
  declare(app, options);
  CLI11_PARSE(app, argc, argv);
  std::string command = "picket_bench";
  for (int i = 1; i < argc; ++i) command += std::string(" ") + argv[i];
  return measure_all(options, command);
}

}  // namespace
}  // namespace picket::bench

int main(int argc, char** argv) {
  try {
    return picket::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "picket_bench: %s\n", error.what());
    return 2;
  }
}
