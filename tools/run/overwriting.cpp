#include "tools/run/overwriting.hpp"

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "tools/terminal/display.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

using OutputFile = std::pair<const char*, const std::string*>;

// Those that are named.
std::vector<OutputFile> named_outputs(const RunOptions& options) {
  std::vector<OutputFile> files = {
      {"--output", &options.output},           {"--webhook-dead-letter", &options.webhook.dead_letter},
      {"--dead-letter", &options.dead_letter}, {"--summary", &options.summary},
      {"--alerts", &options.alerts},           {"--state", &options.state}};
  std::erase_if(files, [](const OutputFile& file) { return file.second->empty(); });
  return files;
}

// Those of them that are there, as regular files: a terminal or a pipe may be read and written.
std::vector<OutputFile> output_files(const RunOptions& options) {
  std::vector<OutputFile> files = named_outputs(options);
  std::erase_if(files, [](const OutputFile& file) {
    std::error_code ignored;
    return !fs::is_regular_file(*file.second, ignored);
  });
  return files;
}

bool are_one_file(const std::string& a, const std::string& b) {
  std::error_code ignored;
  return fs::equivalent(a, b, ignored);
}

// A file that is named as a path of rules, or lies below a folder of them and is named as theirs are.
bool is_rule_file(const std::string& file, const std::string& path) {
  if (are_one_file(file, path)) return true;
  const std::string extension = fs::path(file).extension().string();
  if (extension != ".yml" && extension != ".yaml") return false;
  std::error_code ignored;
  const fs::path within = fs::relative(fs::canonical(file, ignored), fs::canonical(path, ignored), ignored);
  return !within.empty() && *within.begin() != "..";
}

}  // namespace

std::string named_twice(const RunOptions& options) {
  const std::vector<OutputFile> files = named_outputs(options);
  for (auto one = files.begin(); one != files.end(); ++one) {
    for (auto other = files.begin(); other != one; ++other) {
      if (*one->second == *other->second) return std::string(other->first) + " and " + one->first;
    }
  }
  return {};
}

std::vector<std::string> leave_out_outputs(const RunOptions& options, FoundInputs& found) {
  std::vector<std::string> left_out;
  const std::vector<OutputFile> outputs = output_files(options);
  std::erase_if(found.files, [&](const FoundInput& input) {
    if (input.named) return false;
    for (const auto& [option, file] : outputs) {
      if (!are_one_file(*file, input.path)) continue;
      left_out.push_back(input.path);
      return true;
    }
    return false;
  });
  return left_out;
}

std::string overwritten(const RunOptions& options, const FoundInputs& found) {
  for (const auto& [option, file] : output_files(options)) {
    const std::string named = std::string(option) + " names " + escape_controls(*file);
    for (const FoundInput& input : found.files) {
      if (input.path != "-" && are_one_file(*file, input.path)) return named + ", which is an input";
    }
    if (options.follow) {
      for (const std::string& input : options.inputs) {
        if (are_one_file(*file, input)) return named + ", which is an input";
      }
    }
    for (const std::string& path : options.load.paths) {
      if (is_rule_file(*file, path)) return named + ", which is a file of the rules";
    }
  }
  return {};
}

}  // namespace picket
