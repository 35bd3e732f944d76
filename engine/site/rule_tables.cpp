// ATT&CK, indicators, exclusions, output fields and related rules: the tables of a rule's page.
#include <algorithm>
#include <map>

#include "engine/site/rule_view.hpp"
#include "engine/site/words.hpp"

namespace picket::site {
namespace {

constexpr std::size_t most_values = 60;          // of one row
constexpr std::size_t most_table_rows = 60;      // of one table
constexpr std::size_t longest_table_name = 160;  // bytes of a field or a value
constexpr std::size_t most_similar = 8;
constexpr std::size_t most_related = 12;

void begin_section(Page& page, std::string_view id, std::string_view heading) {
  page.main.add(R"(<section id=")"_html, id, R"("><h2>)"_html, heading, "</h2>\n"_html);
}

void add_technique(Page& page, const RuleView& view, const std::string& id) {
  const AttackTable& table = view.site.catalog.attack();
  const Technique* technique = table.find_technique(id);
  page.main.add("<li>"_html);
  page.link(view.site.map.techniques.find(id)->page, id, "technique-id");
  page.main.add(" "_html, full_name(table, *technique), " "_html);
  page.main.open_link(attack_url(id), "outside").add("MITRE</a></li>"_html);
}

// How many rules look for the value, where others do too.
void add_reach(Page& page, const RuleView& view, IndicatorIndex key, bool exclusion) {
  const CatalogIndicator& indicator = view.site.catalog.indicators()[key];
  const std::vector<RuleIndex>& rules = exclusion ? indicator.excluded : indicator.rules;
  if (rules.size() < 2) return;
  const std::string split = split_in_words(exclusion ? indicator.excluded_formats : indicator.formats);
  page.main.add(" "_html);
  page.main.open_link(page.to(view.site.map.indicator_page(key)), "reach");
  page.main.add(grouped_digits(rules.size()), R"(<span class="split"> rules: )"_html, split, "</span></a>"_html);
}

void add_value(Page& page, const IndicatorValue& value) {
  if (value.field) {
    page.main.add(R"(<code class="f" title="another field">)"_html, shortened(value.text, longest_table_name),
                  "</code>"_html);
  } else if (value.text.empty()) {
    page.main.add(R"(<code class="empty">""</code>)"_html);
  } else {
    page.main.add("<code>"_html, shortened(value.text, longest_table_name), "</code>"_html);
  }
}

// `key` is the place of the first value's key in CatalogRule::keys, and is moved past the table's.
void add_indicator_table(Page& page, const RuleView& view, const std::vector<IndicatorRow>& rows, std::size_t& key,
                         bool exclusion) {
  page.main.add(
      "<div class=\"table\"><table><thead><tr><th scope=\"col\">Field</th><th scope=\"col\">Kind</th>"
      "<th scope=\"col\">Values</th></tr></thead><tbody>\n"_html);
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const IndicatorRow& row = rows[i];
    if (i >= most_table_rows || page.main.size() > end_of_tables) {
      key += row.values.size();
      ++left_out;
      continue;
    }
    page.main.add(R"(<tr><th scope="row">)"_html);
    page.main.open_link(page.to(view.site.map.fields.find(row.field)->page));
    page.main.add("<code>"_html, shortened(row.field, longest_table_name),
                  R"(</code></a></th><td><span class="kind">)"_html, spelling(row.kind), "</span>"_html);
    if (row.folded) page.main.add(R"( <span class="folded" title="in any case of letters">Aa</span>)"_html);
    page.main.add(R"(</td><td><ul class="values">)"_html);
    std::size_t shown = 0;
    for (std::size_t k = 0; k < row.values.size(); ++k, ++key) {
      if (k >= most_values || page.main.size() > end_of_tables) continue;
      ++shown;
      page.main.add("<li>"_html);
      add_value(page, row.values[k]);
      add_reach(page, view, view.facts.keys[key], exclusion);
      page.main.add("</li>"_html);
    }
    if (shown < row.values.size()) {
      page.main.add(R"(<li class="more">and )"_html, grouped_digits(row.values.size() - shown), " more</li>"_html);
    }
    page.main.add("</ul></td></tr>\n"_html);
  }
  page.main.add("</tbody></table></div>\n"_html);
  if (left_out > 0) {
    page.main.add("<p>And "_html, counted(left_out, "field", "fields"), " more; the rule body has all."_html,
                  "</p>\n"_html);
  }
}

void add_rule_link(Page& page, const RuleView& view, RuleIndex other) {
  const CatalogRule& rule = view.site.catalog.rules()[other];
  page.link(view.site.map.rule_page(other), shortened(rule.title, 200));
  page.main.add(" "_html);
  add_severity(page.main, rule.severity);
  page.main.add(R"( <span class="format">)"_html, format_word(rule.format), "</span>"_html);
}

void add_implied(Page& page, const RuleView& view, const std::vector<RuleIndex>& rules, std::string_view sentence) {
  if (rules.empty()) return;
  page.main.add("<p>"_html, sentence, R"(</p><ul class="related">)"_html);
  for (std::size_t i = 0; i < rules.size() && i < most_related && page.main.size() < end_of_relations; ++i) {
    page.main.add("<li>"_html);
    add_rule_link(page, view, rules[i]);
    page.main.add("</li>"_html);
  }
  if (rules.size() > most_related) {
    page.main.add("<li>and "_html, grouped_digits(rules.size() - most_related), " more</li>"_html);
  }
  page.main.add("</ul>\n"_html);
}

void add_similar(Page& page, const RuleView& view, const std::vector<SimilarRule>& similar) {
  if (similar.empty()) return;
  page.main.add(R"(<ul class="related">)"_html);
  constexpr std::size_t most_shared = 4;
  for (const SimilarRule& one : similar) {
    if (page.main.size() > end_of_relations) break;
    page.main.add("<li>"_html);
    add_rule_link(page, view, one.rule);
    page.main.add(R"(<span class="shared">shares )"_html);
    for (std::size_t i = 0; i < one.shared.size() && i < most_shared; ++i) {
      const CatalogIndicator& indicator = view.site.catalog.indicators()[one.shared[i]];
      if (i > 0) page.main.add(", "_html);
      page.main.add("<code>"_html, shortened(indicator.field, 60), " "_html, spelling(indicator.kind), " "_html,
                    shortened(indicator.value.text, 60), "</code>"_html);
    }
    if (one.shared.size() > most_shared) {
      page.main.add(" and "_html, grouped_digits(one.shared.size() - most_shared), " more"_html);
    }
    page.main.add("</span></li>\n"_html);
  }
  page.main.add("</ul>\n"_html);
}

}  // namespace

Url attack_url(std::string_view id) {
  std::string path(id);
  if (const std::size_t dot = path.find('.'); dot != std::string::npos) path[dot] = '/';
  const bool tactic = path.starts_with("TA");
  return Url::outside("https://attack.mitre.org/" + std::string(tactic ? "tactics/" : "techniques/") + path + "/");
}

void add_attack(Page& page, const RuleView& view) {
  if (view.facts.attack.empty()) return;
  begin_section(page, "attack", "MITRE ATT&CK coverage");
  page.main.add(
      "<div class=\"table\"><table class=\"attack\"><thead><tr><th scope=\"col\">Tactic</th><th scope=\"col\">"
      "Techniques</th></tr></thead><tbody>\n"_html);
  const AttackTable& table = view.site.catalog.attack();
  std::map<std::string, std::vector<std::string>> by_tactic;
  for (const CatalogClaim& claim : view.facts.attack) {
    std::vector<std::string> tactics{claim.tactic};
    if (claim.tactic.empty()) tactics = table.find_technique(claim.technique)->tactics;
    for (const std::string& tactic : tactics) {
      std::vector<std::string>& techniques = by_tactic[tactic];
      if (!claim.technique.empty()) techniques.push_back(claim.technique);
    }
  }
  // In the order of the matrix.
  for (const Tactic& tactic : table.tactics()) {
    const auto found = by_tactic.find(tactic.id);
    if (found == by_tactic.end()) continue;
    page.main.add(R"(<tr><th scope="row">)"_html);
    page.main.open_link(page.to("matrix.html#" + tactic.id))
        .add(tactic.name, R"(</a> <span class="technique-id">)"_html);
    page.main.add(tactic.id, "</span></th><td><ul>"_html);
    for (const std::string& id : found->second) add_technique(page, view, id);
    page.main.add("</ul></td></tr>\n"_html);
  }
  page.main.add("</tbody></table></div></section>\n"_html);
}

void add_indicators(Page& page, const RuleView& view) {
  std::size_t key = 0;
  if (!view.facts.indicators.rows.empty()) {
    begin_section(page, "indicators", "Indicators");
    page.main.add(
        "<p class=\"hint\">What the rule looks for. A number tells how many rules of this catalog look for "
        "the same, itself among them.</p>\n"_html);
    add_indicator_table(page, view, view.facts.indicators.rows, key, false);
    page.main.add("</section>\n"_html);
  }
  if (view.facts.indicators.exclusions.empty()) return;
  begin_section(page, "exclusions", "Exclusions");
  page.main.add("<p class=\"hint\">What the rule leaves out: values that stand under a negation.</p>\n"_html);
  add_indicator_table(page, view, view.facts.indicators.exclusions, key, true);
  page.main.add("</section>\n"_html);
}

void add_output_fields(Page& page, const RuleView& view) {
  if (view.facts.output_fields.empty()) return;
  begin_section(page, "output", "Output fields");
  page.main.add(
      "<p class=\"hint\">What an alert carries of the event.</p>\n<div class=\"table\"><table><thead><tr>"
      "<th scope=\"col\">Field</th><th scope=\"col\">Where</th></tr></thead><tbody>\n"_html);
  for (std::size_t i = 0;
       i < view.facts.output_fields.size() && i < most_table_rows && page.main.size() < end_of_tables; ++i) {
    const OutputField& output = view.facts.output_fields[i];
    page.main.add(R"(<tr><th scope="row">)"_html);
    const RuleGroup* group = view.site.map.fields.find(output.field);
    if (group != nullptr) page.main.open_link(page.to(group->page));
    page.main.add("<code>"_html, shortened(output.field, longest_table_name), "</code>"_html);
    if (group != nullptr) page.main.add("</a>"_html);
    page.main.add("</th><td>"_html);
    for (std::size_t k = 0; k < output.places.size(); ++k) {
      if (k > 0) page.main.add(", "_html);
      page.main.add(shortened(output.places[k], 100));
    }
    page.main.add("</td></tr>\n"_html);
  }
  page.main.add("</tbody></table></div></section>\n"_html);
}

void add_relations(Page& page, const RuleView& view) {
  const std::vector<SimilarRule> similar = view.site.catalog.similar_to(view.index, most_similar);
  const std::vector<RuleIndex>& wider = view.site.implications.wider[view.index];
  const std::vector<RuleIndex>& narrower = view.site.implications.narrower[view.index];
  if (similar.empty() && wider.empty() && narrower.empty()) return;
  begin_section(page, "similar", "Similar rules");
  add_implied(page, view, wider, "Whatever this rule matches, these match as well:");
  add_implied(page, view, narrower, "This rule matches whatever these match:");
  add_similar(page, view, similar);
  page.main.add("</section>\n"_html);
}

}  // namespace picket::site
