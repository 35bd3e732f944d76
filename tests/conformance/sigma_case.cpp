#include "tests/conformance/sigma_case.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <memory>

#include "engine/analyse/analyse.hpp"
#include "engine/eval/evaluate.hpp"
#include "engine/eval/execute.hpp"
#include "engine/event/json.hpp"
#include "engine/pack/pack.hpp"
#include "engine/sigma/native_text.hpp"
#include "engine/yaml/node.hpp"

namespace picket::tests {
namespace {

constexpr std::array<std::string_view, 8> sigma_case_keys = {"about", "selection", "detection", "logsource",
                                                             "files", "fits",      "misses",    "error"};

class SigmaCaseReader {
 public:
  SigmaCaseReader(SourcePtr source, std::vector<std::string>& faults) : source_(std::move(source)), faults_(faults) {}

  std::vector<SigmaCase> read() {
    Diagnostics diagnostics;
    const yaml::NodePtr root = yaml::load(source_, diagnostics);
    for (const Diagnostic& one : diagnostics.all()) faults_.push_back(source_->name() + ": " + one.message);
    const yaml::Mapping* mapping = root == nullptr ? nullptr : root->mapping();
    const auto* cases = mapping == nullptr ? nullptr : mapping->find("cases");
    if (cases == nullptr || cases->value->sequence() == nullptr) {
      faults_.push_back(source_->name() + ": there are no `cases`");
      return {};
    }
    std::vector<SigmaCase> read;
    for (const yaml::NodePtr& item : cases->value->sequence()->items) read_case(*item, read);
    return read;
  }

 private:
  void read_case(const yaml::Node& node, std::vector<SigmaCase>& into) {
    SigmaCase made;
    made.place = source_->name() + ":" + std::to_string(source_->locate(node.span.begin).line);
    const yaml::Mapping* mapping = node.mapping();
    if (mapping == nullptr) {
      faults_.push_back(made.place + ": a case is no mapping");
      return;
    }
    for (const auto& entry : mapping->entries) {
      if (std::ranges::find(sigma_case_keys, entry.key) == sigma_case_keys.end()) {
        faults_.push_back(made.place + ": unknown key " + entry.key);
      }
    }
    read_sources(*mapping, made);
    read_events(*mapping, "fits", made.fits);
    read_events(*mapping, "misses", made.misses);
    if (const auto* error = mapping->find("error")) made.error = error->value->scalar()->text;
    if (made.size() == 0) faults_.push_back(made.place + ": the case says nothing");
    into.push_back(std::move(made));
  }

  void read_sources(const yaml::Mapping& mapping, SigmaCase& made) {
    if (const auto* files = mapping.find("files")) {
      for (const yaml::NodePtr& file : files->value->sequence()->items) {
        made.sources.push_back(std::make_shared<const Source>("file" + std::to_string(made.sources.size() + 1) + ".yml",
                                                              file->scalar()->text));
      }
      return;
    }
    std::string text = "title: Conformance\nid: conformance\nlevel: low\n";
    const auto* log_source = mapping.find("logsource");
    text += "logsource: " + (log_source == nullptr ? "{category: conformance}" : as_written(*log_source)) + "\n";
    if (const auto* detection = mapping.find("detection")) {
      text += "detection: " + as_written(*detection) + "\n";
    } else if (const auto* selection = mapping.find("selection")) {
      text += "detection:\n  condition: selection\n  selection: " + as_written(*selection) + "\n";
    } else {
      faults_.push_back(made.place + ": there is neither `selection`, `detection` nor `files`");
    }
    made.sources.push_back(std::make_shared<const Source>("rule.yml", std::move(text)));
  }

  // The value with its lines as deep as they stand in the file.
  [[nodiscard]] std::string as_written(const yaml::Mapping::Entry& entry) const {
    const SourceSpan span = entry.value->span;
    const bool same_line = source_->locate(span.begin).line == source_->locate(entry.key_span.begin).line;
    std::string text(source_->text(span));
    if (same_line) return text;
    return "\n" + std::string(source_->locate(span.begin).column - 1, ' ') + text;
  }

  void read_events(const yaml::Mapping& mapping, std::string_view key, std::vector<Value>& events) {
    const auto* entry = mapping.find(key);
    if (entry == nullptr) return;
    const Value value = entry->value->value();
    if (value.list() == nullptr) {
      faults_.push_back(source_->name() + ": `" + std::string(key) + "` is no list");
      return;
    }
    events = *value.list();
  }

  SourcePtr source_;
  std::vector<std::string>& faults_;
};

std::string words_of(const Diagnostics& diagnostics) {
  std::string words;
  for (const Diagnostic& one : diagnostics.all()) {
    if (one.level == Level::error) words += " " + std::string(row_of(one.code).word) + " (" + one.message + ")";
  }
  return words.empty() ? " no error" : words;
}

// What is wrong with the rules once they were printed as files of our own, and loaded again.
std::vector<std::string> check_import(const SigmaCase& tested, const Pack& pack) {
  std::vector<std::string> wrong;
  for (const Rule& rule : pack.rules) {
    const std::string text = sigma::native_text(rule, "Conformance.Log");
    Diagnostics diagnostics;
    const Pack imported = load_sources({std::make_shared<const Source>("imported.yml", text)}, {}, diagnostics);
    if (imported.rules.empty()) {
      wrong.push_back(tested.place + ": the import does not load:" + words_of(diagnostics) + "\n" + text);
    } else if (!(imported.rules.front().condition == rule.condition) ||
               imported.rules.front().definitions != rule.definitions) {
      wrong.push_back(tested.place + ": the import is another rule:\n" + text);
    }
  }
  return wrong;
}

}  // namespace

std::shared_ptr<const CheckedPack> check_sources(const std::vector<SourcePtr>& sources, Diagnostics& diagnostics) {
  PackOptions pack_options;
  pack_options.threads = 1;
  auto pack = std::make_shared<const Pack>(load_sources(sources, pack_options, diagnostics));
  AnalysisOptions options;
  options.lints = false;
  options.threads = 1;
  return std::make_shared<const CheckedPack>(analyse(std::move(pack), options, diagnostics));
}

std::vector<SigmaCase> read_sigma_cases(const std::filesystem::path& path, std::vector<std::string>& faults) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return SigmaCaseReader(std::make_shared<const Source>(path.filename().string(), text), faults).read();
}

std::vector<std::string> check_sigma_case(const SigmaCase& tested) {
  Diagnostics diagnostics;
  const auto checked = check_sources(tested.sources, diagnostics);
  if (!tested.error.empty()) {
    const bool refused = std::ranges::any_of(diagnostics.all(), [&](const Diagnostic& one) {
      return one.level == Level::error && row_of(one.code).word == tested.error;
    });
    if (refused) return {};
    return {tested.place + ": expected " + tested.error + ", got" + words_of(diagnostics)};
  }
  if (diagnostics.has_errors()) return {tested.place + ": it does not load:" + words_of(diagnostics)};
  std::vector<std::string> wrong = check_import(tested, *checked->pack);
  const auto rules = std::make_shared<const RuleSet>(checked);
  Executor executor(rules);
  Evaluator evaluator(rules);
  const auto check = [&](const Value& event, bool expected) {
    const std::string text = to_json(event);
    const Judged judged = executor.judge(text, Time{});
    if (!judged.is_event || judged.matches.empty() == expected) {
      wrong.push_back(tested.place + ": the executor " + (expected ? "leaves " : "finds ") + text);
    }
    const std::string log_type(judged.log_type);
    const Value flat = executor.event().event();
    if (evaluator.judge(flat, log_type, Time{}).empty() == expected) {
      wrong.push_back(tested.place + ": the interpreter " + (expected ? "leaves " : "finds ") + text);
    }
  };
  for (const Value& event : tested.fits) check(event, true);
  for (const Value& event : tested.misses) check(event, false);
  return wrong;
}

}  // namespace picket::tests
