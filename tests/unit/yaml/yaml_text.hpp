// What the YAML tests share: load a text, say what came out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/yaml/node.hpp"
#include "grammar/text/diagnostic.hpp"
#include "grammar/text/source.hpp"

namespace picket::tests {

struct LoadedYaml {
  SourcePtr source;
  yaml::NodePtr root;
  Diagnostics diagnostics;
};

inline LoadedYaml load_yaml(std::string text, const yaml::Limits& limits = {}) {
  LoadedYaml loaded{std::make_shared<const Source>("test.yml", std::move(text)), nullptr, {}};
  loaded.root = yaml::load(loaded.source, loaded.diagnostics, limits);
  return loaded;
}

// The value as JSON, or the first error as "code line:column".
inline std::string outcome(const LoadedYaml& loaded) {
  if (loaded.diagnostics.size() == 0) return loaded.root == nullptr ? "nothing" : to_json(loaded.root->value());
  const Diagnostic& first = loaded.diagnostics.all().front();
  const LineColumn place = loaded.source->locate(first.span.begin);
  return std::string(row_of(first.code).word) + " " + std::to_string(place.line) + ":" + std::to_string(place.column);
}

// The node at a path of keys and list indexes: {"Tests", "0", "Log"}.
inline const yaml::Node& at(const yaml::Node& root, const std::vector<std::string>& path) {
  const yaml::Node* node = &root;
  for (const std::string& step : path) {
    node = node->sequence() != nullptr ? node->sequence()->items.at(std::stoul(step)).get()
                                       : node->mapping()->find(step)->value.get();
  }
  return *node;
}

// "line:column-line:column" of a span, its end included.
inline std::string places(const Source& source, SourceSpan span) {
  const LineColumn begin = source.locate(span.begin);
  const LineColumn end = source.locate(span.end);
  return std::to_string(begin.line) + ":" + std::to_string(begin.column) + "-" + std::to_string(end.line) + ":" +
         std::to_string(end.column);
}

}  // namespace picket::tests
