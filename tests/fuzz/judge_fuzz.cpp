// Rule x event: the input's first part, up to a line `---`, is a condition and the rest a JSON event. Whatever compiles
// must judge whatever reads, without a crash, a hang or an exception, and twice alike.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "engine/analyse/analyse.hpp"
#include "engine/eval/interpret.hpp"
#include "engine/eval/judge.hpp"
#include "engine/event/json.hpp"
#include "engine/pack/pack.hpp"

using namespace picket;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

std::string indented(std::string_view text) {
  std::string out = "  ";
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "  ";
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t border = input.find("\n---\n");
  if (border == std::string_view::npos) return 0;
  const auto event = read_json(input.substr(border + 5));
  const Value* value = std::get_if<Value>(&event);
  if (value == nullptr || value->object() == nullptr) return 0;

  const std::string file =
      "AnalysisType: rule\nRuleID: F\nEnabled: true\nSeverity: Low\nLogTypes: [F]\nAlertTitle: 'x {a} {b.c}'\n"
      "AlertContext: |\n  a\n  all: $\nCondition: |\n" +
      indented(input.substr(0, border)) + "\n";
  Diagnostics diagnostics;
  auto pack = std::make_shared<const Pack>(
      load_sources({std::make_shared<const Source>("fuzz.yml", file)}, {.threads = 1}, diagnostics));
  const CheckedPack checked = analyse(std::move(pack), {.threads = 1}, diagnostics);
  if (checked.rules.empty()) return 0;
  Interpreter interpreter(checked);
  const CheckedRule& rule = checked.rules.front();
  const EvaluationInput evaluation{.event = value, .log_type = "F", .now = Time{0}, .mocks = nullptr, .steps = 100'000};
  interpreter.start(evaluation);
  const bool first = interpreter.holds(rule.condition);
  static_cast<void>(alert_texts(interpreter, rule));
  interpreter.start(evaluation);
  require(interpreter.holds(rule.condition) == first);
  return 0;
}
