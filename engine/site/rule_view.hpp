// What the parts of a rule's page are made from. Internal to engine/site.
#pragma once

#include <string>

#include "engine/site/logic_text.hpp"
#include "engine/site/site.hpp"

namespace picket::site {

struct RuleView {
  const Site& site;
  const CheckedPack& pack;
  const GatheredRule& gathered;
  RuleIndex index = 0;
  const CatalogRule& facts;

  // Of a rule that judges events; null of a correlation rule.
  [[nodiscard]] const Rule* rule() const { return gathered.rule != nullptr ? gathered.rule->rule : nullptr; }
  [[nodiscard]] const CorrelationRule* correlation() const {
    return gathered.correlation != nullptr ? gathered.correlation->rule : nullptr;
  }
};

// A page has so many bytes to itself; what is long gives way: tables end when the page has come to the second of these,
// lists of rules at the third, and the rule's file and its tests share the rest.
constexpr std::size_t page_budget = 60'000;
constexpr std::size_t frame_share = 4'500;  // what Page adds, and the ends of sections
constexpr std::size_t end_of_tables = 36'000;
constexpr std::size_t end_of_relations = 42'000;

// --- parts of the page, in their order; each adds a section with its heading, or nothing if there is nothing to say
// ---

void add_summary(Page& page, const RuleView& view);
void add_attack(Page& page, const RuleView& view);
void add_logic(Page& page, const RuleView& view);
void add_indicators(Page& page, const RuleView& view);
void add_output_fields(Page& page, const RuleView& view);
void add_relations(Page& page, const RuleView& view);
// Within so many bytes.
void add_tests(Page& page, const RuleView& view, const TestOptions& options, std::size_t budget);
// The file, highlighted if that fits; empty if it does not fit at all.
[[nodiscard]] Html body_of(const RuleView& view, std::size_t budget);

// The page of a tactic or a technique at MITRE.
[[nodiscard]] Url attack_url(std::string_view id);

// The rule's facts as JSON: what rules.json has of every rule.
void append_facts(std::string& out, const Site& site, RuleIndex index);

}  // namespace picket::site
