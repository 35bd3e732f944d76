// The parts of the benchmarks, each by its name, and what they share.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/corpus.hpp"
#include "tests/bench/dense.hpp"
#include "tests/bench/report.hpp"
#include "tests/bench/speed.hpp"
#include "tests/bench/spread.hpp"

namespace picket::bench {

// Where things are, and how long it may take.
struct Setting {
  std::filesystem::path binaries;  // of picket and ruletest
  std::filesystem::path rules;     // the shipped ones
  std::filesystem::path data;      // real logs; parts that read them are skipped where it is absent
  std::filesystem::path scratch;   // an empty folder
  bool quick = false;              // small inputs: to see whether all is well, not to quote

  [[nodiscard]] std::size_t rounds() const { return quick ? 5 : 7; }
  [[nodiscard]] std::size_t slice_bytes() const { return quick ? 2'000'000 : 12'000'000; }
};

enum class Events { spread, spread_even, dense_natural, dense_half_unique };  // spread_even: by Attention::even

// A speed to be measured.
struct Scenario {
  std::string name;
  Events events{};
  std::size_t rules = 0;
  std::optional<double> least_over_raw;  // the goal
  bool memo = true;
  bool keywords = false;  // rules that seek words in all of an event, not those of the events' shape
};

class Bench {
 public:
  Bench(Setting setting, Report& report) : setting_(std::move(setting)), report_(report) {}

  [[nodiscard]] const Setting& setting() const { return setting_; }
  [[nodiscard]] Report& report() { return report_; }

  // Made when first asked for, and kept.
  [[nodiscard]] const Corpus& corpus(Events events);
  // Measured and reported when first asked for. REQUIRES: one of scenarios().
  [[nodiscard]] const Speed& speed(std::string_view name);

 private:
  Setting setting_;
  Report& report_;
  std::map<Events, Corpus> corpora_;
  std::map<std::string, Speed, std::less<>> speeds_;
};

[[nodiscard]] const std::vector<Scenario>& scenarios();
[[nodiscard]] std::vector<std::string> rule_texts(Events events, std::size_t count);
// A row of a speed: the ratio to F, and all else as details.
[[nodiscard]] Row speed_row(const std::string& name, const Speed& speed, std::optional<double> least_over_raw);

// A part adds one row or a few.
struct Part {
  std::string name;
  std::function<void(Bench&)> measure;
};

// In the order in which they are measured. `--only NAME` selects the part of that name and those whose name begins with
// it and a "-".
[[nodiscard]] std::vector<Part> all_parts();

[[nodiscard]] std::vector<Part> speed_parts();        // each scenario, and the rows that compare them
[[nodiscard]] std::vector<Part> compile_parts();      // from checked rules to a ready executor
[[nodiscard]] std::vector<Part> thread_parts();       // two executors against one
[[nodiscard]] std::vector<Part> real_parts();         // the shipped rules over real logs
[[nodiscard]] std::vector<Part> attack_parts();       // hostile events and rules
[[nodiscard]] std::vector<Part> correlation_parts();  // signals of many keys
[[nodiscard]] std::vector<Part> state_parts();        // what is known of the past, and writing it down
[[nodiscard]] std::vector<Part> reload_parts();       // rules that change while they judge
[[nodiscard]] std::vector<Part> catalog_parts();      // the catalog, and the search of its site
[[nodiscard]] std::vector<Part> program_parts();      // ruletest and picket run, from start to end

}  // namespace picket::bench
