#include "tests/bench/report.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "tests/bench/measure.hpp"
#include "tests/bench/yardstick.hpp"

namespace picket::bench {
namespace {

// Three digits that mean something; thousands whole.
std::string number_text(double value) {
  const double size = std::abs(value);
  const int digits = size >= 100 ? 0 : (size >= 10 ? 1 : (size >= 1 || size == 0 ? 2 : 3));
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.*f", digits, value);
  return buffer.data();
}

bool met(const Row& row) {
  return row.goal->bound == Goal::Bound::at_least ? row.value >= row.goal->value : row.value <= row.goal->value;
}

std::string goal_text(const Row& row) {
  if (!row.goal) return "";
  return std::string(row.goal->bound == Goal::Bound::at_least ? ">= " : "<= ") + number_text(row.goal->value) +
         (met(row) ? "" : ", missed");
}

}  // namespace

Report::Report(std::string command) : command_(std::move(command)) {
  std::printf("%s\n%s; simdjson's kernel: %s\n%s\n\n", machine().c_str(), compiler().c_str(),
              yardstick_kernel().c_str(), command_.c_str());
  std::printf("| %-26s | %-12s | %-16s | %s |\n|---|---|---|---|\n", "what", "figure", "goal", "details");
  std::fflush(stdout);
}

void Report::add(Row row) {
  std::string details;
  for (const Detail& detail : row.details) {
    details += (details.empty() ? "" : ", ") + number_text(detail.value) + " " + detail.what;
  }
  std::printf("| %-26s | %-12s | %-16s | %s |\n", row.name.c_str(), (number_text(row.value) + " " + row.unit).c_str(),
              goal_text(row).c_str(), details.c_str());
  std::fflush(stdout);
  rows_.push_back(std::move(row));
}

void Report::print(const Missing& missing, const char* instead) {
  std::printf("| %-26s | %-12s | %-16s | %s |\n", missing.name.c_str(), instead, "", missing.why.c_str());
  std::fflush(stdout);
}

void Report::skip(std::string_view name, std::string_view why) {
  print(skipped_.emplace_back(Missing{std::string(name), std::string(why)}), "skipped");
}

void Report::fail(std::string_view name, std::string_view why) {
  print(failed_.emplace_back(Missing{std::string(name), std::string(why)}), "failed");
}

void Report::write_json(const std::filesystem::path& file) const {
  nlohmann::ordered_json report = {{"machine", machine()},
                                   {"compiler", compiler()},
                                   {"yardsticks", yardstick_kernel()},
                                   {"command", command_},
                                   {"rows", nlohmann::ordered_json::array()},
                                   {"skipped", nlohmann::ordered_json::array()},
                                   {"failed", nlohmann::ordered_json::array()}};
  for (const Row& row : rows_) {
    nlohmann::ordered_json one = {{"name", row.name}, {"value", row.value}, {"unit", row.unit}};
    if (row.goal) {
      one["goal"] = goal_text({row.name, row.goal->value, row.unit, row.goal, {}});
      one["met"] = met(row);
    }
    for (const Detail& detail : row.details) one["details"][detail.what] = detail.value;
    report["rows"].push_back(std::move(one));
  }
  for (const Missing& one : skipped_) report["skipped"].push_back({{"name", one.name}, {"why", one.why}});
  for (const Missing& one : failed_) report["failed"].push_back({{"name", one.name}, {"why", one.why}});
  std::ofstream out(file);
  out << report.dump(2) << "\n";
  if (!out) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace picket::bench
