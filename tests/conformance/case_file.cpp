#include "tests/conformance/case_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <memory>
#include <utility>

#include "engine/event/time.hpp"

namespace picket::tests {

namespace {

constexpr std::string_view default_now = "2026-01-31T12:00:00Z";

// Reads the cases of one file; what a case lacks it takes from the file's own mapping.
class CaseReader {
 public:
  explicit CaseReader(CaseFile& file) : file_(file) {}

  void read(const yaml::Node& root) {
    const yaml::Mapping* mapping = root.mapping();
    if (mapping == nullptr) return fault(root, "the file is no mapping");
    shared_ = mapping;
    const yaml::Mapping::Entry* cases = mapping->find("cases");
    if (cases == nullptr || cases->value->sequence() == nullptr) return fault(root, "`cases` is no list");
    for (const yaml::NodePtr& item : cases->value->sequence()->items) read_case(*item);
  }

 private:
  void fault(const yaml::Node& node, const std::string& message) {
    file_.faults.push_back(place_of(node) + ": " + message);
  }

  [[nodiscard]] std::string place_of(const yaml::Node& node) const {
    return file_.name + ":" + std::to_string(file_.source->locate(node.span.begin).line);
  }

  [[nodiscard]] SourceText text_of(const yaml::Node& node) {
    if (node.scalar() == nullptr) {
      fault(node, "a text is no string");
      return SourceText::standalone({}, {});
    }
    return yaml::source_text(file_.source, node);
  }

  // The case's own entry, else the file's.
  [[nodiscard]] const yaml::Node* look_up(const yaml::Mapping& own, std::string_view key) const {
    if (const auto* entry = own.find(key)) return entry->value.get();
    if (const auto* entry = shared_->find(key)) return entry->value.get();
    return nullptr;
  }

  void read_case(const yaml::Node& node) {
    const yaml::Mapping* own = node.mapping();
    if (own == nullptr) return fault(node, "a case is no mapping");
    ConformanceCase out;
    out.place = place_of(node);
    for (const auto& entry : own->entries) {
      if (!is_known(entry.key)) fault(node, "unknown key `" + entry.key + "`");
      if (entry.key == "why") continue;
      out.key += entry.key + ": " + std::string(file_.source->text(entry.value->span)) + "\n";
    }
    if (!read_evaluated(node, *own, out)) return;
    read_surroundings(*own, out);
    if (!read_expected(node, *own, out.expected)) return;
    file_.cases.push_back(std::move(out));
  }

  static bool is_known(std::string_view key) {
    static constexpr std::array keys{"remember", "memory", "expr",  "condition", "template", "context",
                                     "event",    "let",    "use",   "model",     "mocks",    "now",
                                     "value",    "text",   "error", "within",    "kind",     "why"};
    return std::ranges::find(keys, key) != keys.end();
  }

  bool read_evaluated(const yaml::Node& node, const yaml::Mapping& own, ConformanceCase& out) {
    static constexpr std::array<std::pair<std::string_view, Evaluates>, 4> keys{{{"expr", Evaluates::expression},
                                                                                 {"condition", Evaluates::condition},
                                                                                 {"template", Evaluates::text_template},
                                                                                 {"context", Evaluates::context}}};
    int found = 0;
    for (const auto& [key, evaluates] : keys) {
      const auto* entry = own.find(key);
      if (entry == nullptr) continue;
      ++found;
      out.evaluates = evaluates;
      out.text = text_of(*entry->value);
    }
    if (found != 1) fault(node, "a case has exactly one of expr, condition, template and context");
    return found == 1;
  }

  void read_surroundings(const yaml::Mapping& own, ConformanceCase& out) {
    const yaml::Node* event = look_up(own, "event");
    out.event = event == nullptr ? Value(Object{}) : event->value();
    if (const yaml::Node* let = look_up(own, "let")) out.let = text_of(*let);
    if (const yaml::Node* use = look_up(own, "use"); use != nullptr && use->mapping() != nullptr) {
      for (const auto& entry : use->mapping()->entries) out.libraries.push_back({entry.key, text_of(*entry.value)});
    }
    if (const yaml::Node* model = look_up(own, "model")) read_model(*model, out);
    if (const auto* mocks = own.find("mocks"); mocks != nullptr && mocks->value->mapping() != nullptr) {
      for (const auto& entry : mocks->value->mapping()->entries)
        out.mocks.emplace_back(entry.key, entry.value->value());
    }
    if (const yaml::Node* remember = look_up(own, "remember")) out.remember = text_of(*remember);
    if (const yaml::Node* memory = look_up(own, "memory"); memory != nullptr && memory->mapping() != nullptr) {
      for (const auto& entry : memory->mapping()->entries) out.memory.emplace_back(entry.key, entry.value->value());
    }
    const yaml::Node* now = look_up(own, "now");
    const std::string_view text =
        now != nullptr && now->scalar() != nullptr ? std::string_view(now->scalar()->text) : default_now;
    if (const auto time = parse_time(text)) {
      out.now = *time;
    } else {
      fault(*now, "`now` is no time");
    }
  }

  void read_model(const yaml::Node& model, ConformanceCase& out) {
    if (model.mapping() == nullptr) return fault(model, "`model` is no mapping");
    out.has_model = !model.mapping()->entries.empty();
    for (const auto& entry : model.mapping()->entries) {
      const yaml::Mapping* how = entry.value->mapping();
      if (how == nullptr || how->entries.size() != 1) {
        fault(*entry.value, "a mapping is {path: …} or {expression: …}");
        continue;
      }
      out.model.push_back({entry.key, how->entries.front().key == "path", text_of(*how->entries.front().value)});
    }
  }

  bool read_expected(const yaml::Node& node, const yaml::Mapping& own, Expected& out) {
    if (const auto* entry = own.find("value")) out.value = entry->value->value();
    if (const auto* entry = own.find("text")) out.text = text_of(*entry->value).text;
    if (const auto* entry = own.find("error")) out.error = text_of(*entry->value).text;
    if (const auto* entry = own.find("kind")) out.kind = text_of(*entry->value).text;
    if (const auto* entry = own.find("within")) out.within = entry->value->value().as_double().value_or(0);
    const bool one = int{out.value.has_value()} + int{out.text.has_value()} + int{out.error.has_value()} == 1;
    if (!one) fault(node, "a case has exactly one of value, text and error");
    return one;
  }

  CaseFile& file_;
  const yaml::Mapping* shared_ = nullptr;
};

}  // namespace

CaseFile read_case_file(const std::filesystem::path& path) {
  CaseFile file;
  file.name = "tests/conformance/" + path.filename().string();
  std::ifstream stream(path, std::ios::binary);
  file.source = std::make_shared<const Source>(file.name, std::string(std::istreambuf_iterator<char>(stream), {}));
  Diagnostics diagnostics;
  const yaml::NodePtr root = yaml::load(file.source, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    const LineColumn at = file.source->locate(diagnostic.span.begin);
    file.faults.push_back(file.name + ":" + std::to_string(at.line) + ": " + diagnostic.message);
  }
  if (root) CaseReader(file).read(*root);
  return file;
}

}  // namespace picket::tests
