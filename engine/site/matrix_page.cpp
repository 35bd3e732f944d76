#include <algorithm>
#include <array>

#include "engine/site/overview_pages.hpp"
#include "engine/site/rule_view.hpp"
#include "engine/site/words.hpp"

namespace picket::site {
namespace {

// Of five shades by how many rules there are: 1, 2, up to 4, up to 9, more.
std::size_t shade_of(std::size_t rules) {
  constexpr std::array<std::size_t, 5> from = {1, 2, 3, 5, 10};
  return static_cast<std::size_t>(std::ranges::upper_bound(from, rules) - from.begin());
}

// End tags that HTML can do without are left out here: there are a thousand cells.
void add_cell(Page& page, const Site& site, const TechniqueCoverage& technique) {
  const RuleGroup* group = site.map.techniques.find(technique.technique->id);
  const std::size_t rules = technique.rules.size();
  if (rules == 0 || group == nullptr) {
    page.main.add(technique.technique->name);
    return;
  }
  page.main.open_link(page.to(group->page), "s" + std::to_string(shade_of(rules)));
  page.main.add(technique.technique->name, " <b>"_html, rules, "</b></a>"_html);
}

void add_technique(Page& page, const Site& site, const TechniqueCoverage& technique, bool gaps) {
  page.main.add("<li>"_html);
  add_cell(page, site, technique);
  if (!technique.subs.empty()) {
    const auto covered = static_cast<std::size_t>(std::ranges::count_if(technique.subs, &TechniqueCoverage::covered));
    page.main.add("<details"_html);
    if (covered > 0) page.main.add(" open"_html);
    page.main.add("><summary>"_html, covered, " of "_html, technique.subs.size(), "</summary><ul>"_html);
    for (const TechniqueCoverage& sub : technique.subs) {
      if (!gaps && !sub.covered()) continue;
      page.main.add("<li>"_html);
      add_cell(page, site, sub);
    }
    page.main.add("</ul></details>"_html);
  }
  page.main.add("\n"_html);
}

// `gaps`: sub-techniques without a rule are named, not only counted.
Page matrix_page(const Site& site, const AttackCoverage& coverage, bool gaps) {
  Page page(site.texts, "matrix.html", "ATT&CK coverage", Section::matrix);
  page.heading();
  page.main.add("<p class=\"lead\">"_html, coverage.techniques.covered, " of "_html, coverage.techniques.known,
                " techniques and "_html, coverage.sub_techniques.covered, " of "_html, coverage.sub_techniques.known,
                " sub-techniques of "_html, coverage.table->title(), " have a rule. "_html);
  page.main.add("<a"_html, href(page.to("navigator.json")), " download>Layer for ATT&amp;CK Navigator</a></p>\n"_html);
  page.main.add(
      "<p class=\"legend\">Rules: <span class=\"s1\">1</span> <span class=\"s2\">2</span> <span class=\"s3\">3 or "
      "4</span> "
      "<span class=\"s4\">5 to 9</span> <span class=\"s5\">10 or more</span></p>\n<div class=\"matrix\" tabindex=\"0\" role=\"region\" aria-label=\"Matrix\">\n"_html);
  for (const TacticCoverage& column : coverage.tactics) {
    page.main.add("<section id=\""_html, column.tactic->id, "\"><h2>"_html, column.tactic->name, " <small>"_html,
                  column.share.covered, " of "_html, column.share.known, "</small></h2><ul>\n"_html);
    for (const TechniqueCoverage& technique : column.techniques) add_technique(page, site, technique, gaps);
    page.main.add("</ul></section>\n"_html);
  }
  page.main.add("</div>\n"_html);
  return page;
}

}  // namespace

void make_matrix(const Site& site, const AttackCoverage& coverage, const TakeFile& take) {
  Page page = matrix_page(site, coverage, true);
  if (page.main.size() > page_budget - frame_share) page = matrix_page(site, coverage, false);
  std::string path = page.path();
  take({std::move(path), page.take()});
}

}  // namespace picket::site
