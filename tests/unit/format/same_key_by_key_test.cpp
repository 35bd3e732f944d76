// What proves that a file whose keys were moved means what it meant, and what must not be taken for a proof.
#include <memory>
#include <string>
#include <vector>

#include "engine/format/same_meaning.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

// A key with its value, as it was and as it is.
struct Piece {
  std::string before;
  std::string after;
};

Piece kept(const std::string& text) { return {text, text}; }

// The file of the pieces, and the file of the pieces in their reverse order.
bool proved(const std::vector<Piece>& pieces, const std::string& behind = "") {
  std::string before;
  std::string after;
  std::vector<format::MovedKey> keys(pieces.size());
  const auto append = [](std::string& file, const std::string& text) {
    const auto begin = static_cast<std::uint32_t>(file.size());
    file += text;
    return SourceSpan{begin, static_cast<std::uint32_t>(file.size())};
  };
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    keys[pieces.size() - 1 - i].before = append(before, pieces[i].before);
    keys[i].after = append(after, pieces[pieces.size() - 1 - i].after);
  }
  Diagnostics diagnostics;
  format::Loaded old_file{std::make_shared<const Source>("rule.yml", before), nullptr};
  old_file.root = yaml::load(old_file.source, diagnostics);
  CAPTURE(before, after);
  REQUIRE(old_file.root != nullptr);
  return format::same_key_by_key(old_file, std::make_shared<const Source>("rule.yml", after + behind), keys);
}

const Piece type = kept("AnalysisType: rule\n");
const Piece condition = kept("Condition: |\n  a eq 1\n");

}  // namespace

TEST_CASE("keys that were moved, or edited without another meaning, are proved the same") {
  CHECK(proved({type, condition}));
  CHECK(proved({type, condition, kept("# of the title\nAlertTitle: a title\n  of two lines\n\n")}));
  CHECK(proved({type, condition, kept("\nTests:\n  - Name: one # first\n    Log: {a: 1}\n")}));
  CHECK(proved({type, {"Condition: |\n  a   ==  1\n", "Condition: |\n  a eq 1\n"}}));
  CHECK(proved({type, condition, {"RuleID: 'A'\n", "RuleID: A\n"}}));
  CHECK(proved({type, condition, kept("Description: 1 + 2 & 3*4\n")}));
}

TEST_CASE("another meaning is not proved the same") {
  CHECK_FALSE(proved({type, {"Condition: |\n  a eq 1\n", "Condition: |\n  a eq 2\n"}}));
  CHECK_FALSE(proved({type, {"Condition: |\n  a eq 1\n", "Condition: |\n  a eq\n"}}));
  CHECK_FALSE(proved({type, condition, {"RuleID: '1'\n", "RuleID: 1\n"}}));
  CHECK_FALSE(proved({type, condition, {"RuleID: A\n", "DisplayName: A\n"}}));
  CHECK_FALSE(proved({type, condition, {"RuleID: A\n", "# RuleID: A\n"}}));
  CHECK_FALSE(proved({type, condition, {"RuleID: A\n", "RuleID: A\nSeverity: High\n"}}));
  CHECK_FALSE(proved({type, condition, {"RuleID: A\n", "RuleID: [\n"}}));
  CHECK_FALSE(proved({{"AnalysisType: rule\n", "AnalysisType: policy\n"}, condition}));
  CHECK_FALSE(proved({type, condition}, "Severity: High\n"));
}

TEST_CASE("keys whose meaning hangs on what stands around them are not proved by themselves") {
  CHECK_FALSE(proved({type, condition, kept("Tags: &tags [a]\n"), kept("Reports: *tags\n")}));
  CHECK_FALSE(proved({type, condition, kept("Tags:\n  - &first a\n  - b\n")}));
  CHECK_FALSE(proved({type, condition, kept("Description: |+\n  text\n\n")}));
  CHECK_FALSE(proved({type, condition, kept("Description: >2+\n  text\n\n")}));
  CHECK_FALSE(proved({type, condition, kept("Description: text")}));
  CHECK_FALSE(proved({kept("AnalysisType: rule\nRuleID: A\n"), condition}));
}

}  // namespace picket::tests
