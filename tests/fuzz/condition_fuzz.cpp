// Any bytes through the parsers: none may crash or hang, and what parses prints to a fixed point.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "grammar/ast/print.hpp"
#include "grammar/condition/parse.hpp"

using namespace picket;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void check_condition(const std::string& text) {
  Diagnostics diagnostics;
  const auto block = parse_condition(SourceText::standalone("fuzz", text), diagnostics);
  require(block.has_value() == (diagnostics.size() == 0));
  if (!block) return;
  const std::string printed = print(*block);
  Diagnostics again;
  // Parentheses that printing adds can exceed the bound on nesting, and nothing else may go wrong.
  const auto reparsed = parse_condition(SourceText::standalone("fuzz", printed), again);
  if (!reparsed) {
    require(again.all().front().code == Code::nesting_too_deep || again.all().front().code == Code::text_too_long);
    return;
  }
  require(*reparsed == *block);
  require(print(*reparsed) == printed);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check_condition(text);
  Diagnostics diagnostics;
  const SourceText source = SourceText::standalone("fuzz", text);
  if (const auto tree = parse_template(source, diagnostics)) static_cast<void>(print_template(*tree));
  if (const auto tree = parse_entries(source, diagnostics)) static_cast<void>(print_entries(*tree));
  if (const auto tree = parse_definitions(source, diagnostics)) static_cast<void>(print(*tree));
  if (const auto tree = parse_expression(source, diagnostics)) static_cast<void>(print(*tree));
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    require(diagnostic.span.begin <= diagnostic.span.end && diagnostic.span.end <= text.size() + 2);
  }
  return 0;
}
