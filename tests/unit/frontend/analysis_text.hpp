// What the front end's tests share: read one analysis file, say what came out.
#pragma once

#include <string>
#include <vector>

#include "engine/pack/pack.hpp"

namespace picket::tests {

using Words = std::vector<std::string>;

struct ReadText {
  Pack pack;
  Diagnostics diagnostics;
};

inline ReadText read_text(std::string text, bool strict = false) {
  ReadText read;
  PackOptions options;
  options.strict = strict;
  options.threads = 1;
  read.pack = load_sources({std::make_shared<const Source>("test.yml", std::move(text))}, options, read.diagnostics);
  return read;
}

// "code line:column" of each diagnostic, in order of their places.
inline std::vector<std::string> found(ReadText& read) {
  read.diagnostics.sort();
  std::vector<std::string> result;
  for (const Diagnostic& diagnostic : read.diagnostics.all()) {
    const LineColumn place = diagnostic.source->locate(diagnostic.span.begin);
    result.push_back(std::string(row_of(diagnostic.code).word) + " " + std::to_string(place.line) + ":" +
                     std::to_string(place.column));
  }
  return result;
}

// A rule without fault, of six lines and the lines given.
inline std::string rule_with(const std::string& lines) {
  return "AnalysisType: rule\n"
         "RuleID: Test.Rule\n"
         "Enabled: true\n"
         "LogTypes: [Test.Log]\n"
         "Severity: High\n"
         "Condition: a eq 1\n" +
         lines;
}

// The text after the first fix of the first diagnostic.
inline std::string fixed(const ReadText& read) {
  const Diagnostic& diagnostic = read.diagnostics.all().front();
  std::string text(diagnostic.source->text());
  if (diagnostic.fixes.empty()) return text;
  const Fix& fix = diagnostic.fixes.front();
  return text.replace(fix.span.begin, fix.span.end - fix.span.begin, fix.replacement);
}

}  // namespace picket::tests
