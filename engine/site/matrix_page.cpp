#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "engine/site/lists.hpp"
#include "engine/site/overview_pages.hpp"
#include "engine/site/rule_view.hpp"
#include "engine/site/words.hpp"

namespace picket::site {
namespace {

constexpr const char* first_path = "matrix.html";
constexpr std::size_t onwards_share = 1'500;  // bytes of the links to what stands on other pages

// Of five shades by how many rules there are: 1, 2, up to 4, up to 9, more.
std::size_t shade_of(std::size_t rules) {
  constexpr std::array<std::size_t, 5> from = {1, 2, 3, 5, 10};
  return static_cast<std::size_t>(std::ranges::upper_bound(from, rules) - from.begin());
}

// End tags that HTML can do without are left out here: there are a thousand cells.
void add_cell(Html& html, const Page& page, const Site& site, const TechniqueCoverage& technique) {
  const RuleGroup* group = site.map.techniques.find(technique.technique->id);
  const std::size_t rules = technique.rules.size();
  if (rules == 0 || group == nullptr) {
    html.add(technique.technique->name);
    return;
  }
  html.open_link(page.to(group->page), "s" + std::to_string(shade_of(rules)));
  html.add(technique.technique->name, " <b>"_html, rules, "</b></a>"_html);
}

void add_technique(Html& html, const Page& page, const Site& site, const TechniqueCoverage& technique, bool gaps) {
  html.add("<li>"_html);
  add_cell(html, page, site, technique);
  if (!technique.subs.empty()) {
    const auto covered = static_cast<std::size_t>(std::ranges::count_if(technique.subs, &TechniqueCoverage::covered));
    html.add("<details"_html);
    if (covered > 0) html.add(" open"_html);
    html.add("><summary>"_html, covered, " of "_html, technique.subs.size(), "</summary><ul>"_html);
    for (const TechniqueCoverage& sub : technique.subs) {
      if (!gaps && !sub.covered()) continue;
      html.add("<li>"_html);
      add_cell(html, page, site, sub);
    }
    html.add("</ul></details>"_html);
  }
  html.add("\n"_html);
}

// `gaps`: sub-techniques without a rule are named, not only counted.
Html column_of(const Page& page, const Site& site, const TacticCoverage& tactic, bool gaps) {
  Html column;
  column.add(R"(<section id=")"_html, tactic.tactic->id, R"("><h2>)"_html, tactic.tactic->name, " <small>"_html,
             tactic.share.covered, " of "_html, tactic.share.known, "</small></h2><ul>\n"_html);
  for (const TechniqueCoverage& technique : tactic.techniques) add_technique(column, page, site, technique, gaps);
  column.add("</ul></section>\n"_html);
  return column;
}

Page begin_page(const Site& site, const AttackCoverage& coverage, std::size_t number) {
  Page page(site.texts, numbered_path(first_path, number), "ATT&CK coverage", Section::matrix);
  page.heading();
  page.main.add(R"(<p class="lead">)"_html, coverage.techniques.covered, " of "_html, coverage.techniques.known,
                " techniques and "_html, coverage.sub_techniques.covered, " of "_html, coverage.sub_techniques.known,
                " sub-techniques of "_html, coverage.table->title(), " have a rule. "_html);
  page.main.add("<a"_html, href(page.to("navigator.json")), " download>Layer for ATT&amp;CK Navigator</a></p>\n"_html);
  page.main.add(
      "<p class=\"legend\">Rules: <span class=\"s1\">1</span> <span class=\"s2\">2</span> <span class=\"s3\">3 or "
      "4</span> "
      "<span class=\"s4\">5 to 9</span> <span class=\"s5\">10 or more</span></p>\n"_html);
  return page;
}

std::vector<Html> columns_of(const Page& page, const Site& site, const AttackCoverage& coverage, bool gaps) {
  std::vector<Html> columns;
  for (const TacticCoverage& tactic : coverage.tactics) columns.push_back(column_of(page, site, tactic, gaps));
  return columns;
}

// How many columns stand on each page: as many as it may hold, one at least.
std::vector<std::size_t> divided(const std::vector<Html>& columns, std::size_t room) {
  std::vector<std::size_t> counts(1);
  std::size_t size = 0;
  for (const Html& column : columns) {
    if (counts.back() > 0 && size + column.size() > room) {
      counts.push_back(0);
      size = 0;
    }
    size += column.size();
    ++counts.back();
  }
  return counts;
}

// Links to a tactic lead to the first page: what stands on others has its place there, as a link onwards.
void add_links_onwards(Page& page, const AttackCoverage& coverage, const std::vector<std::size_t>& counts) {
  if (counts.size() == 1) return;
  page.main.add("<p>On the pages that follow:"_html);
  std::size_t column = counts.front();
  for (std::size_t number = 2; number <= counts.size(); ++number) {
    for (const std::size_t end = column + counts[number - 1]; column < end; ++column) {
      const Tactic& tactic = *coverage.tactics[column].tactic;
      page.main.add(R"( <a id=")"_html, tactic.id, R"(")"_html,
                    href(page.to(numbered_path(first_path, number) + "#" + tactic.id)), ">"_html, tactic.name,
                    "</a>"_html);
    }
  }
  page.main.add("</p>\n"_html);
}

}  // namespace

void make_matrix(const Site& site, const AttackCoverage& coverage, const TakeFile& take) {
  const Page first = begin_page(site, coverage, 1);
  const std::size_t room = page_budget - frame_share - onwards_share - first.main.size();
  std::vector<Html> columns = columns_of(first, site, coverage, true);
  std::vector<std::size_t> counts = divided(columns, room);
  if (counts.size() > 1) {
    columns = columns_of(first, site, coverage, false);
    counts = divided(columns, room);
  }
  std::size_t column = 0;
  for (std::size_t number = 1; number <= counts.size(); ++number) {
    Page page = begin_page(site, coverage, number);
    if (number == 1) add_links_onwards(page, coverage, counts);
    page.main.add("<div class=\"matrix\" tabindex=\"0\" role=\"region\" aria-label=\"Matrix\">\n"_html);
    for (const std::size_t end = column + counts[number - 1]; column < end; ++column) page.main.add(columns[column]);
    page.main.add("</div>\n"_html);
    add_pager(page, first_path, number, number < counts.size());
    std::string path = page.path();
    take({std::move(path), page.take()});
  }
}

}  // namespace picket::site
