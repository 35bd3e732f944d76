// The report of the benchmarks: rows on standard output as they come, and all of them as JSON in the end.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace picket::bench {

struct Goal {
  enum class Bound { at_least, at_most };
  Bound bound{};
  double value = 0;
};
[[nodiscard]] inline Goal at_least(double value) { return {Goal::Bound::at_least, value}; }
[[nodiscard]] inline Goal at_most(double value) { return {Goal::Bound::at_most, value}; }

// A further figure of a row: {"MB/s", 1234}.
struct Detail {
  std::string what;  // with its unit
  double value = 0;
};

struct Row {
  std::string name;
  double value = 0;
  std::string unit;
  std::optional<Goal> goal;
  std::vector<Detail> details;
};

class Report {
 public:
  // `command` is the command line. Prints the machine, the compiler and the head of the table.
  explicit Report(std::string command);

  void add(Row row);
  // Says why a part has no row.
  void skip(std::string_view name, std::string_view why);
  // Says why a part could not be measured.
  void fail(std::string_view name, std::string_view why);

  [[nodiscard]] bool failed() const { return !failed_.empty(); }

  // {machine, compiler, yardsticks, command, rows: [{name, value, unit, goal, met, details}], skipped, failed}.
  void write_json(const std::filesystem::path& file) const;

 private:
  struct Missing {
    std::string name;
    std::string why;
  };

  static void print(const Missing& missing, const char* instead);

  std::string command_;
  std::vector<Row> rows_;
  std::vector<Missing> skipped_;
  std::vector<Missing> failed_;
};

}  // namespace picket::bench
