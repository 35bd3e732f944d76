// Any bytes as a YAML file, and as an analysis file: none may crash or hang, and every scalar's text has its place.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "engine/analyse/analyse.hpp"
#include "engine/pack/pack.hpp"
#include "engine/project/silence.hpp"
#include "engine/yaml/node.hpp"

using namespace picket;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void check(const SourcePtr& source, const yaml::Node& node, int depth) {
  require(node.span.begin <= node.span.end && node.span.end <= source->text().size());
  if (node.scalar() != nullptr) {
    const SourceText text = yaml::source_text(source, node);
    require(text.text == node.scalar()->text);
    const SourceSpan all = text.span(0, text.text.size());
    require(all.begin <= all.end && all.end <= source->text().size());
  }
  // Aliases share nodes, so a file may be a graph with far more paths than nodes.
  if (depth == 0) return;
  if (const auto* sequence = node.sequence()) {
    for (const auto& item : sequence->items) check(source, *item, depth - 1);
  } else if (const auto* mapping = node.mapping()) {
    for (const auto& entry : mapping->entries) check(source, *entry.value, depth - 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto source =
      std::make_shared<const Source>("fuzz.yml", std::string(reinterpret_cast<const char*>(data), size));
  Diagnostics diagnostics;
  const yaml::NodePtr root =
      yaml::load(source, diagnostics, {.bytes = 65'536, .nesting = 64, .nodes = 10'000, .aliases = 100});
  // (Duplicate keys are errors that leave a tree.)
  require(root != nullptr || diagnostics.has_errors());
  if (root == nullptr) return 0;
  check(source, *root, 6);
  auto pack = std::make_shared<const Pack>(load_sources({source}, {.threads = 1}, diagnostics));
  static_cast<void>(analyse(std::move(pack), {.threads = 1}, diagnostics));
  silence(std::vector{source}, {}, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    require(diagnostic.span.begin <= diagnostic.span.end && diagnostic.span.end <= source->text().size());
  }
  return 0;
}
