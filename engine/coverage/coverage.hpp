// How much of the rules' conditions their own tests exercise. The door of engine/coverage.
//
// A comparison that was never false in any test could be left out without a test failing; a value of a list that never
// matched could be misspelt. Every operand of `and` and `or` is evaluated for this, whether or not the verdict was
// already certain.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/analyse/parts.hpp"
#include "engine/ruletest/ruletest.hpp"

namespace picket {

// A value of the constant list on the right of a comparison.
struct ItemCoverage {
  Value value;
  std::size_t matched = 0;  // evaluations in which the comparison would hold for this value alone
};

// What tests made of a part of a condition. Counts are of evaluations: a part in a binder has one for each element.
struct PartCoverage {
  PartKind kind{};
  std::shared_ptr<const Site> site;
  bool opened = false;  // see ConditionPart: it is shown, but its own comparisons are what counts
  std::size_t times_true = 0;
  std::size_t times_false = 0;  // missing and wrong type among them
  std::size_t missing = 0;
  std::size_t wrong_type = 0;
  std::vector<ItemCoverage> items;

  // decided[value][verdict]: in some test the part had this value, the condition this verdict, and the verdict would
  // have been the other one had the part alone been otherwise.
  std::array<std::array<bool, 2>, 2> decided{};

  [[nodiscard]] std::size_t times() const { return times_true + times_false; }
  // Modified condition/decision coverage, masking form (RTCA DO-248C, FAQ 43; Chilenski 2001): there are two tests that
  // it decides, with different values and different verdicts.
  [[nodiscard]] bool independent() const {
    return (decided[1][1] && decided[0][0]) || (decided[1][0] && decided[0][1]);
  }
};

// The parts that stand in one file: a rule's condition and definitions, or a library.
struct TextCoverage {
  const CheckedRule* rule = nullptr;  // null: a library
  const Library* library = nullptr;   // null: a rule
  std::size_t tests = 0;              // that ran; of a library those of all rules that use it
  std::size_t failing = 0;            // of a rule's: those with another verdict than they expect
  std::vector<PartCoverage> parts;    // in the order of the text

  [[nodiscard]] const Source& source() const { return rule != nullptr ? *rule->rule->source : *library->source; }
  [[nodiscard]] const std::string& id() const { return rule != nullptr ? rule->rule->id.value : library->id.value; }
};

// So many of so many.
struct Share {
  std::size_t reached = 0;
  std::size_t all = 0;
  Share& operator+=(Share other) {
    reached += other.reached;
    all += other.all;
    return *this;
  }
  // 100 where there is nothing to reach.
  [[nodiscard]] double percent() const {
    return all == 0 ? 100.0 : 100.0 * static_cast<double>(reached) / static_cast<double>(all);
  }
};

struct CoverageShares {
  Share outcomes;  // of comparisons: true, and false
  Share values;    // of lists: matched
  Share branches;  // operands of `or`, values of choices, bodies of binders: true
  Share mcdc;      // comparisons that are independent()
  CoverageShares& operator+=(const CoverageShares& other);
};
[[nodiscard]] CoverageShares shares_of(const TextCoverage& text);

struct Coverage {
  std::vector<TextCoverage> rules;      // as given
  std::vector<TextCoverage> libraries;  // those whose definitions the rules use, in the pack's order
};

// Runs every test of the rules, in parallel; the result does not depend on the number of threads.
[[nodiscard]] Coverage cover_rules(const CheckedPack& pack, const std::vector<const CheckedRule*>& rules,
                                   const TestOptions& options);

}  // namespace picket
