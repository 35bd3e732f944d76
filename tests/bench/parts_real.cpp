// The parts that judge real logs by the shipped rules.
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tests/bench/parts.hpp"

namespace picket::bench {
namespace {

namespace fs = std::filesystem;

// Every record of every file of the folder, one a line.
std::vector<std::string> cloudtrail_records(const fs::path& folder) {
  std::vector<std::string> records;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    const auto document = nlohmann::ordered_json::parse(std::ifstream(entry.path()));
    for (const auto& record : document.at("Records")) records.push_back(record.dump() + "\n");
  }
  return records;
}

// The lines of every archive of the folder. Throws if there is no `unzip`.
std::vector<std::string> unzipped_lines(const fs::path& folder) {
  std::string text;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".zip") continue;
    std::FILE* pipe = ::popen(("unzip -p '" + entry.path().string() + "' '*.json'").c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run unzip");
    std::vector<char> buffer(std::size_t{1} << 16U);
    for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) != 0;) {
      text.append(buffer.data(), got);
    }
    if (::pclose(pipe) != 0) throw std::runtime_error("unzip failed");
    if (!text.empty() && text.back() != '\n') text += '\n';
  }
  std::vector<std::string> lines;
  for (const std::string_view line : lines_of(text)) lines.push_back(std::string(line) + "\n");
  return lines;
}

// The same as evtx_dump writes them: what the event log says of itself under `System`, the rest under `EventData`.
std::vector<std::string> nested_lines(const fs::path& folder) {
  using Json = nlohmann::ordered_json;
  std::vector<std::string> lines = unzipped_lines(folder);
  for (std::string& line : lines) {
    const Json flat = Json::parse(line);
    const auto attributes = [](Json of) { return Json{{"#attributes", std::move(of)}}; };
    Json system = {{"Provider", attributes({{"Name", flat.value("SourceName", "")}})},
                   {"TimeCreated", attributes({{"SystemTime", flat.value("EventTime", "")}})}};
    Json data = Json::object();
    for (const auto& [key, value] : flat.items()) {
      const bool of_system = key == "EventID" || key == "Channel" || key == "Task" || key == "Keywords";
      (of_system ? system : data)[key] = value;
    }
    system["Computer"] = flat.value("Hostname", "");
    line = Json{{"Event", {{"System", std::move(system)}, {"EventData", std::move(data)}}}}.dump() + "\n";
  }
  return lines;
}

using Read = std::vector<std::string> (*)(const fs::path& folder);

void measure_real(Bench& bench, const std::string& name, const std::string& pack, const std::string& log_type,
                  Read read) {
  const Setting& setting = bench.setting();
  const fs::path folder = setting.data / pack;
  if (!fs::is_directory(folder)) return bench.report().skip(name, "no folder " + folder.string());
  std::vector<std::string> lines = read(folder);
  if (lines.empty()) return bench.report().skip(name, "no logs in " + folder.string());
  Chance chance(5);
  for (std::size_t i = lines.size(); i > 1; --i) std::swap(lines[i - 1], lines[chance.below(i)]);
  std::size_t at = 0;
  const Corpus corpus = make_corpus(setting.rounds() + 2, setting.slice_bytes(),
                                    [&](std::string& out) { out += lines[at++ % lines.size()]; });
  const auto rules = std::make_shared<const RuleSet>(check_folder(setting.rules.string()));
  SpeedOptions options;
  options.log_type = log_type;
  const Speed speed = measure_speed(rules, corpus, options);
  Row row = speed_row(name, speed, {});
  row.details.push_back({"different events", static_cast<double>(lines.size())});
  bench.report().add(row);
}

}  // namespace

std::vector<Part> real_parts() {
  return {{"real-cloudtrail",
           [](Bench& bench) {
             measure_real(bench, "real-cloudtrail", "aws_cloudtrail", "AWS.CloudTrail", cloudtrail_records);
           }},
          {"real-windows",
           [](Bench& bench) { measure_real(bench, "real-windows", "windows", "Windows.EventLogs", unzipped_lines); }},
          {"real-windows-recognised",
           [](Bench& bench) { measure_real(bench, "real-windows-recognised", "windows", "", unzipped_lines); }},
          {"real-windows-nested",
           [](Bench& bench) { measure_real(bench, "real-windows-nested", "windows", "", nested_lines); }}};
}

}  // namespace picket::bench
