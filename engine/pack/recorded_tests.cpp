#include "engine/pack/recorded_tests.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

#include "engine/event/json.hpp"
#include "engine/shape/windows_event.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = std::uintmax_t{16} * 1024 * 1024;

std::optional<std::string> content_of(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error || size > largest_file) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  return text;
}

// The repository's paths begin at its root, which is somewhere above the rule.
std::optional<fs::path> find_upwards(const std::string& rule, const fs::path& relative) {
  const bool leads_out = relative.is_absolute() || std::ranges::find(relative, fs::path("..")) != relative.end();
  if (leads_out) return std::nullopt;
  std::error_code error;
  for (fs::path folder = fs::absolute(rule, error).parent_path(); !error; folder = folder.parent_path()) {
    if (fs::is_regular_file(folder / relative, error)) return folder / relative;
    error.clear();
    if (folder == folder.parent_path()) break;
  }
  return std::nullopt;
}

// The objects that follow one another in a text.
std::vector<std::string_view> objects_of(std::string_view text) {
  std::vector<std::string_view> objects;
  std::size_t begin = 0;
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted) {
      if (c == '\\') ++at;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (depth++ == 0) begin = at;
    } else if ((c == '}' || c == ']') && depth > 0 && --depth == 0) {
      objects.push_back(text.substr(begin, at + 1 - begin));
    }
  }
  return objects;
}

std::vector<Value> events_beside(const fs::path& info) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(info.parent_path(), error); !error && at != fs::directory_iterator();
       at.increment(error)) {
    if (at->path().extension() == ".json") files.push_back(at->path());
  }
  std::ranges::sort(files);
  std::vector<Value> events;
  for (const fs::path& file : files) {
    const std::optional<std::string> text = content_of(file);
    if (!text) continue;
    for (const std::string_view object : objects_of(*text)) {
      auto read = read_json(object);
      auto* event = std::get_if<Value>(&read);
      if (event == nullptr || event->object() == nullptr) continue;
      auto flat = flat_windows_event(*event);
      events.push_back(flat ? *std::move(flat) : std::move(*event));
    }
  }
  return events;
}

// How many of the events must match, by what `info.yml` says of them; nothing if it says nothing.
std::optional<std::size_t> least_matches(const fs::path& info) {
  const std::optional<std::string> text = content_of(info);
  if (!text) return std::nullopt;
  Diagnostics ignored;  // the file is not ours
  const yaml::NodePtr root = yaml::load(std::make_shared<const Source>(info.string(), *text), ignored);
  const yaml::Mapping* mapping = root == nullptr ? nullptr : root->mapping();
  const auto* tests = mapping == nullptr ? nullptr : mapping->find("regression_tests_info");
  const yaml::Sequence* list = tests == nullptr ? nullptr : tests->value->sequence();
  if (list == nullptr || list->items.empty() || list->items.front()->mapping() == nullptr) return std::nullopt;
  const auto* count = list->items.front()->mapping()->find("match_count");
  if (count == nullptr) return std::nullopt;
  const auto least = count->value->value().as_index();
  return least && *least >= 0 ? std::optional(static_cast<std::size_t>(*least)) : std::nullopt;
}

}  // namespace

std::vector<RuleTest> recorded_tests(const SourcePtr& source, const yaml::Node& document, Diagnostics& diagnostics) {
  const auto* entry = document.mapping()->find("regression_tests_path");
  if (entry == nullptr || entry->value->scalar() == nullptr) return {};
  const auto info = find_upwards(source->name(), entry->value->scalar()->text);
  if (!info) return {};
  std::vector<Value> events = events_beside(*info);
  const std::size_t least = least_matches(*info).value_or(events.size() == 1 ? 1 : 0);
  const SourceSpan span = entry->value->span;
  if (events.empty()) {
    Diagnostic& note =
        diagnostics.add(Code::ignored_value, source, span, "there is no event beside the recording's `info`");
    note.level = Level::note;
    note.help = "the rule has no recorded test";
    return {};
  }
  if (least > events.size()) {
    diagnostics
        .add(Code::bad_value, source, span,
             std::to_string(least) + " events of the recording must match, and it holds " +
                 std::to_string(events.size()))
        .help = "correct `match_count`, or record the other events";
    return {};
  }
  if (least < events.size()) {
    Diagnostic& note =
        diagnostics.add(Code::ignored_value, source, span,
                        "of the " + std::to_string(events.size()) + " recorded events " +
                            (least == 0 ? "some" : std::to_string(least)) + " must match, and nothing says which");
    note.level = Level::note;
    note.help = "they are no tests; `picket run` over them counts the matches";
    return {};
  }
  std::vector<RuleTest> tests;
  for (Value& event : events) {
    RuleTest& test = tests.emplace_back();
    const std::string number = events.size() == 1 ? "" : " " + std::to_string(tests.size());
    test.name = {"Recorded event" + number, span};
    test.span = span;
    test.expected = true;
    test.expected_span = span;
    test.event = std::move(event);
    test.event_span = span;
  }
  return tests;
}

}  // namespace picket
