// What the tests of one rule made of the parts of its condition. Internal to engine/coverage.
#pragma once

#include <map>
#include <tuple>
#include <vector>

#include "engine/coverage/coverage.hpp"
#include "engine/eval/interpret.hpp"

namespace picket {

class Recorder {
 public:
  // Both must outlive the recorder.
  Recorder(const CheckedPack& pack, const CheckedRule& rule);

  // Evaluates the condition for the test: once with all its parts, then once for each comparison that may decide it.
  void record(Interpreter& interpreter, const RuleTest& test, const TestOptions& options);

  // Tests whose verdict was not what they expect.
  [[nodiscard]] std::size_t failing() const { return failing_; }

  // In the order of parts_of(): those of the rule's file, and those of libraries.
  [[nodiscard]] std::vector<PartCoverage> take() { return std::move(parts_); }

 private:
  using Key = std::tuple<const Source*, std::uint32_t, std::uint32_t, PartKind>;
  [[nodiscard]] static Key key_of(const Site& site, PartKind kind) {
    return {site.source.get(), site.span.begin, site.span.end, kind};
  }
  PartCoverage* part_of(const Observation& seen);
  void count(const Observation& seen);
  static void count_values(const Observation& item, PartCoverage& part);
  void decide(Interpreter& interpreter, const EvaluationInput& input);

  const CheckedRule& rule_;
  std::vector<PartCoverage> parts_;
  std::map<Key, std::size_t> places_;
  std::size_t failing_ = 0;
};

}  // namespace picket
