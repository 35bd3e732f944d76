#include "tests/conformance/panther_cases.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <memory>
#include <utility>

#include "engine/frontend/native.hpp"
#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

constexpr std::array<std::string_view, 7> own_keys = {"holds", "fails", "alerts", "error", "why", "bases", "tests"};

// The keys of a rule that a case does not give: its own are put to these. A derived one needs less.
yaml::Mapping plain_rule(const std::string& id, bool derived) {
  const std::string rest = "Enabled: true\nLogTypes: [" + std::string(panther_log_type) + "]\nSeverity: Low\n";
  const auto source =
      std::make_shared<const Source>("rule.yml", "AnalysisType: rule\nRuleID: " + id + "\n" + (derived ? "" : rest));
  Diagnostics diagnostics;
  return *yaml::load(source, diagnostics)->mapping();
}

class PantherCaseReader {
 public:
  PantherCaseReader(PantherFile& file, SourcePtr source) : file_(file), source_(std::move(source)) {}

  void read(const yaml::Node& root) {
    const auto* cases = root.mapping() != nullptr ? root.mapping()->find("cases") : nullptr;
    if (cases == nullptr || cases->value->sequence() == nullptr) return fault(root, "`cases` is no list");
    shared_ = root.mapping()->find("Detection");
    bases_ = root.mapping()->find("bases");
    for (const yaml::NodePtr& item : cases->value->sequence()->items) read_case(*item);
  }

 private:
  void fault(const yaml::Node& node, const std::string& message) {
    file_.faults.push_back(place_of(node) + ": " + message);
  }

  [[nodiscard]] std::string place_of(const yaml::Node& node) const {
    return file_.name + ":" + std::to_string(source_->locate(node.span.begin).line);
  }

  void read_case(const yaml::Node& node) {
    const yaml::Mapping* own = node.mapping();
    if (own == nullptr) return fault(node, "a case is no mapping");
    PantherCase out;
    out.place = place_of(node);
    out.text = source_->text(node.span);
    const bool derived = own->find("BaseDetection") != nullptr;
    const auto* id = own->find("RuleID");
    yaml::Mapping rule =
        plain_rule(id != nullptr ? id->value->scalar()->text : "Case." + std::to_string(file_.cases.size()), derived);
    for (const auto& entry : own->entries) {
      if (entry.key != "RuleID" && std::ranges::find(own_keys, std::string_view(entry.key)) == own_keys.end())
        rule.entries.push_back(entry);
    }
    if (rule.find("Detection") == nullptr && rule.find("Condition") == nullptr && !derived) {
      if (shared_ == nullptr) return fault(node, "neither the case nor the file has a `Detection`");
      rule.entries.push_back(*shared_);
    }
    if (derived) {
      read_derived_rule(rule, own->find("bases"), out);
    } else {
      read_rule(std::move(rule), node.span, out);
    }
    if (const auto* tests = own->find("tests")) {
      out.tests.emplace();
      for (const yaml::NodePtr& name : tests->value->sequence()->items) out.tests->push_back(name->scalar()->text);
    }
    if (const auto* error = own->find("error")) out.expected_error = error->value->scalar()->text;
    read_events(*own, "holds", true, out);
    read_events(*own, "fails", false, out);
    read_alerts(*own, out);
    if (out.events.empty() == out.expected_error.empty()) fault(node, "a case has either events or an error");
    file_.cases.push_back(std::move(out));
  }

  void read_rule(yaml::Mapping mapping, SourceSpan span, PantherCase& out) {
    const yaml::Node node{std::move(mapping), span};
    Diagnostics diagnostics;
    Analysis analysis = read_analysis(source_, node, {}, diagnostics);
    if (auto* rule = std::get_if<Rule>(&analysis)) out.rule = std::move(*rule);
    for (const Diagnostic& diagnostic : diagnostics.all()) {
      if (diagnostic.level == Level::error) out.errors.emplace_back(row_of(diagnostic.code).word);
    }
  }

  // By its bases, those of the case or else of the file, each as a file of its own.
  void read_derived_rule(const yaml::Mapping& mapping, const yaml::Mapping::Entry* bases, PantherCase& out) {
    std::vector<SourcePtr> sources;
    const auto add = [&](const Value& file) {
      sources.push_back(std::make_shared<const Source>(std::to_string(sources.size()) + ".yml", to_json(file)));
    };
    add(yaml::Node{mapping, {}}.value());
    if (bases == nullptr) bases = bases_;
    for (const yaml::NodePtr& base : bases->value->sequence()->items) add(base->value());
    Diagnostics diagnostics;
    Pack pack = load_sources(sources, {}, diagnostics);
    for (Rule& rule : pack.rules) {
      if (rule.source == sources.front()) out.rule = std::move(rule);
    }
    for (const Diagnostic& diagnostic : diagnostics.all()) {
      if (diagnostic.source == sources.front() && diagnostic.level == Level::error)
        out.errors.emplace_back(row_of(diagnostic.code).word);
    }
  }

  void read_events(const yaml::Mapping& own, std::string_view key, bool holds, PantherCase& out) const {
    const auto* list = own.find(key);
    if (list == nullptr) return;
    for (const yaml::NodePtr& event : list->value->sequence()->items) {
      out.events.push_back({place_of(*event), event->value(), holds, std::nullopt});
    }
  }

  void read_alerts(const yaml::Mapping& own, PantherCase& out) {
    const auto* list = own.find("alerts");
    if (list == nullptr) return;
    for (const yaml::NodePtr& item : list->value->sequence()->items) {
      const auto* event = item->mapping()->find("event");
      if (event == nullptr) {
        fault(*item, "an alert has no `event`");
        continue;
      }
      out.events.push_back({place_of(*item), event->value->value(), true, item->value()});
    }
  }

  PantherFile& file_;
  SourcePtr source_;
  const yaml::Mapping::Entry* shared_ = nullptr;  // the logic of cases that have none
  const yaml::Mapping::Entry* bases_ = nullptr;   // what cases derive from
};

}  // namespace

std::vector<PantherFile> read_panther_files() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(project_dir() / "tests" / "conformance" / "panther"))
    paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<PantherFile> files;
  for (const auto& path : paths) {
    PantherFile& file = files.emplace_back();
    file.name = "tests/conformance/panther/" + path.filename().string();
    std::ifstream stream(path, std::ios::binary);
    const auto source =
        std::make_shared<const Source>(file.name, std::string(std::istreambuf_iterator<char>(stream), {}));
    Diagnostics diagnostics;
    const yaml::NodePtr root = yaml::load(source, diagnostics);
    for (const Diagnostic& diagnostic : diagnostics.all()) file.faults.push_back(file.name + ": " + diagnostic.message);
    if (root) PantherCaseReader(file, source).read(*root);
  }
  return files;
}

}  // namespace picket::tests
