#include "engine/site/overview_pages.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/site/lists.hpp"
#include "engine/site/rule_view.hpp"
#include "engine/site/words.hpp"

namespace picket::site {
namespace {

constexpr std::size_t longest_overview_name = 160;

std::vector<RuleIndex> all_rules(const Site& site) {
  std::vector<RuleIndex> rules(site.catalog.rules().size());
  for (RuleIndex i = 0; i < rules.size(); ++i) rules[i] = i;
  return rules;
}

Page overview(const Site& site, std::string path, const char* title, Section section, const std::string& lead) {
  Page page(site.texts, std::move(path), title, section);
  page.heading();
  page.main.add(R"(<p class="lead">)"_html, lead, "</p>\n"_html);
  return page;
}

// Groups by how many rules they have, as a table over pages.
void list_groups(const Site& site, const std::vector<RuleGroup>& groups, std::string_view column,
                 std::function<Page(std::string path)> begin, std::string path, const TakeFile& take) {
  std::vector<const RuleGroup*> sorted;
  for (const RuleGroup& group : groups) sorted.push_back(&group);
  std::ranges::stable_sort(sorted, std::greater(), [](const RuleGroup* group) { return group->rules.size(); });
  const std::size_t most = sorted.empty() ? 1 : std::max<std::size_t>(sorted.front()->rules.size(), 1);
  Page first = begin(std::move(path));
  first.main.add(R"(<p class="hint">By )"_html, column, ", those of most rules first.</p>\n"_html);
  PagedList list(std::move(first),
                 "<div class=\"table\"><table class=\"groups\"><thead><tr><th scope=\"col\">Name</th><th scope=\"col\" "
                 "class=\"number\">Rules</th><th scope=\"col\">Share</th><th scope=\"col\">Formats</th></tr></thead>"
                 "<tbody>\n"_html,
                 "</tbody></table></div>\n"_html, std::move(begin), take);
  for (const RuleGroup* group : sorted) {
    list.add([&](const Page& page) {
      Html row;
      row.add(R"(<tr><th scope="row">)"_html).open_link(page.to(group->page));
      row.add(shortened(group->name, longest_overview_name), R"(</a></th><td class="number">)"_html,
              grouped_digits(group->rules.size()), R"(</td><td><meter min="0" max=")"_html, most, R"(" value=")"_html,
              group->rules.size(), R"(">)"_html, group->rules.size() * 100 / most, " %</meter></td><td>"_html,
              split_in_words(site.catalog.formats_of(group->rules)), "</td></tr>\n"_html);
      return row;
    });
  }
  list.finish();
}

void add_bars(Page& page, std::string_view heading, const std::vector<std::pair<std::string, std::size_t>>& bars) {
  std::size_t most = 1;
  for (const auto& [name, count] : bars) most = std::max(most, count);
  page.main.add(R"(<section class="bars"><h2>)"_html, heading, "</h2>\n<div class=\"table\"><table><tbody>\n"_html);
  for (const auto& [name, count] : bars) {
    page.main.add(R"(<tr><th scope="row">)"_html, shortened(name, longest_overview_name),
                  R"(</th><td class="number">)"_html, grouped_digits(count), R"(</td><td><meter min="0" max=")"_html,
                  most, R"(" value=")"_html, count, R"(">)"_html, count * 100 / most, " %</meter></td></tr>\n"_html);
  }
  page.main.add("</tbody></table></div></section>\n"_html);
}

std::vector<std::pair<std::string, std::size_t>> largest(const std::vector<RuleGroup>& groups) {
  constexpr std::size_t most = 12;
  std::vector<std::pair<std::string, std::size_t>> bars;
  for (const RuleGroup& group : groups) bars.emplace_back(group.name, group.rules.size());
  std::ranges::stable_sort(bars, std::greater(), [](const auto& bar) { return bar.second; });
  if (bars.size() > most) bars.resize(most);
  return bars;
}

}  // namespace

void make_index(const Site& site, const TakeFile& take) {
  const std::size_t count = site.catalog.rules().size();
  const auto begin = [&](std::string path) {
    Page page(site.texts, std::move(path), site.texts.title, Section::rules);
    page.heading();
    return page;
  };
  Page page = begin("index.html");
  page.main.add(R"(<p class="lead">)"_html, counted(count, "rule", "rules"), " over "_html,
                counted(site.map.log_types.all().size(), "log type", "log types"), ", looking for "_html,
                counted(site.catalog.indicators().size(), "indicator", "indicators"), " in "_html,
                counted(site.map.fields.all().size(), "field", "fields"), ".</p>\n"_html);
  page.main.add(
      "<form id=\"search\" role=\"search\"><label for=\"query\">Search</label><input type=\"search\" id=\"query\" "
      "autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" placeholder=\"field:action value:destroy "
      "technique:T1098\" aria-describedby=\"query-hint\"><p id=\"query-hint\" class=\"hint\">Words, or "
      "<code>field:</code> <code>value:</code> <code>op:</code> <code>technique:</code> <code>severity:</code> "
      "<code>logtype:</code> <code>-not</code>. Needs JavaScript.</p></form>\n"
      "<div class=\"browse\"><div id=\"facets\"></div>\n<div class=\"found\"><p id=\"count\" role=\"status\">"_html,
      counted(count, "rule", "rules"), "</p>\n"_html);
  for (const char* name : {"search-data.js", "search-query.js", "search-columns.js", "search-index.js",
                           "search-facets.js", "search-results.js", "search-help.js", "search.js"}) {
    page.script(name);
  }
  PagedList list(std::move(page), "<ol id=\"results\" class=\"rules\">\n"_html, "</ol>\n"_html, begin, take);
  for (const RuleIndex rule : all_rules(site)) {
    list.add([&](const Page& on) { return rule_item(on, site, rule); });
  }
  list.finish();
}

void make_fields_overview(const Site& site, const TakeFile& take) {
  const auto& groups = site.map.fields.all();
  const auto begin = [&](std::string path) {
    return overview(site, std::move(path), "Fields", Section::fields,
                    counted(groups.size(), "field of events is", "fields of events are") + " compared with a value.");
  };
  list_groups(site, groups, "field", begin, "fields.html", take);
}

void make_log_types_overview(const Site& site, const TakeFile& take) {
  const auto& groups = site.map.log_types.all();
  const auto begin = [&](std::string path) {
    return overview(site, std::move(path), "Log types", Section::log_types,
                    counted(groups.size(), "log type", "log types") + ".");
  };
  list_groups(site, groups, "log type", begin, "log-types.html", take);
}

void make_indicators_overview(const Site& site, const TakeFile& take) {
  const auto& indicators = site.catalog.indicators();
  std::vector<IndicatorIndex> shared;
  for (IndicatorIndex i = 0; i < indicators.size(); ++i) {
    if (indicators[i].rules.size() > 1) shared.push_back(i);
  }
  std::ranges::stable_sort(shared, std::greater(), [&](IndicatorIndex i) { return indicators[i].rules.size(); });
  constexpr std::size_t most = 1'000;
  const auto begin = [&](std::string path) {
    return overview(site, std::move(path), "Indicators", Section::indicators,
                    counted(indicators.size(), "value is", "values are") + " looked for or left out; " +
                        counted(shared.size(), "is", "are") + " looked for by more than one rule.");
  };
  PagedList list(
      begin("indicators.html"),
      "<div class=\"table\"><table><thead><tr><th scope=\"col\">Field</th><th scope=\"col\">Kind</th>"
      "<th scope=\"col\">Value</th><th scope=\"col\" class=\"number\">Rules</th><th scope=\"col\">Formats</th>"
      "</tr></thead><tbody>\n"_html,
      "</tbody></table></div>\n"_html, begin, take);
  for (std::size_t i = 0; i < shared.size() && i < most; ++i) {
    const CatalogIndicator& indicator = indicators[shared[i]];
    list.add([&](const Page& page) {
      Html row;
      row.add(R"(<tr><th scope="row">)"_html).open_link(page.to(site.map.fields.find(indicator.field)->page));
      row.add("<code>"_html, shortened(indicator.field, longest_overview_name),
              R"(</code></a></th><td><span class="kind">)"_html, spelling(indicator.kind), "</span></td><td>"_html);
      row.open_link(page.to(site.map.indicator_page(shared[i])));
      row.add("<code>"_html,
              shortened(indicator.value.text.empty() ? "\"\"" : indicator.value.text, longest_overview_name),
              R"(</code></a></td><td class="number">)"_html, grouped_digits(indicator.rules.size()), "</td><td>"_html,
              split_in_words(indicator.formats), "</td></tr>\n"_html);
      return row;
    });
  }
  list.finish();
}

void make_packs_overview(const Site& site, const TakeFile& take) {
  Page page =
      overview(site, "packs.html", "Packs", Section::packs,
               counted(site.catalog.packs().size(), "pack", "packs") + " and " +
                   counted(site.catalog.libraries().size(), "definition library", "definition libraries") + ".");
  page.main.add("<ul class=\"cards\">\n"_html);
  for (const CatalogPack& pack : site.catalog.packs()) {
    const RuleGroup* group = site.map.packs.find(pack.id);
    page.main.add("<li><h2>"_html);
    page.link(group->page, shortened(pack.title, longest_overview_name));
    page.main.add("</h2><p>"_html, first_words(pack.description, 300), R"(</p><p class="about">)"_html,
                  counted(group->rules.size(), "rule", "rules"), "</p></li>\n"_html);
  }
  page.main.add("</ul>\n"_html);
  if (!site.catalog.libraries().empty()) {
    page.main.add("<h2>Definition libraries</h2>\n<ul class=\"cards\">\n"_html);
    for (const CatalogLibrary& library : site.catalog.libraries()) {
      const RuleGroup* group = site.map.libraries.find(library.id);
      page.main.add("<li><h3>"_html);
      page.link(group->page, shortened(library.id, longest_overview_name));
      page.main.add("</h3><p>"_html, first_words(library.description, 300), R"(</p><p class="about">)"_html,
                    counted(library.names.size(), "definition", "definitions"), ", used by "_html,
                    counted(group->rules.size(), "rule", "rules"), "</p></li>\n"_html);
    }
    page.main.add("</ul>\n"_html);
  }
  std::string path = page.path();
  take({std::move(path), page.take()});
}

void make_statistics(const Site& site, const AttackCoverage& coverage, const TakeFile& take) {
  const std::vector<CatalogRule>& rules = site.catalog.rules();
  CatalogFigures sum;
  std::size_t untested = 0;
  constexpr std::size_t severities = 5;
  std::array<std::size_t, severities> by_severity{};
  for (const CatalogRule& rule : rules) {
    sum.tests += rule.figures.tests;
    sum.passed += rule.figures.passed;
    sum.independent += rule.figures.independent;
    sum.comparisons += rule.figures.comparisons;
    sum.killed += rule.figures.killed;
    sum.mutants += rule.figures.mutants;
    untested += rule.figures.tests == 0 ? 1 : 0;
    ++by_severity.at(static_cast<std::size_t>(rule.severity));
  }
  Page page = overview(
      site, "statistics.html", "Statistics", Section::statistics,
      counted(rules.size(), "rule", "rules") + ": " + split_in_words(site.catalog.formats_of(all_rules(site))) + ".");
  page.main.add(R"(<dl class="tiles">)"_html);
  const auto tile = [&](std::string_view name, const std::string& figure, const std::string& about) {
    page.main.add("<div><dt>"_html, name, "</dt><dd><strong>"_html, figure, "</strong> "_html, about,
                  "</dd></div>\n"_html);
  };
  const auto percent = [](std::size_t part, std::size_t whole) {
    return std::to_string(whole == 0 ? 100 : part * 100 / whole) + "\u00a0%";
  };
  tile("Tests", grouped_digits(sum.tests), grouped_digits(sum.passed) + " pass");
  tile("Without tests", grouped_digits(untested), untested == 1 ? "rule" : "rules");
  tile("MC/DC", percent(sum.independent, sum.comparisons),
       "of " + counted(sum.comparisons, "comparison", "comparisons") + " decided both ways");
  if (sum.mutants > 0) {
    tile("Mutation score", percent(sum.killed, sum.mutants),
         "of " + counted(sum.mutants, "planted mistake", "planted mistakes") + " noticed");
  }
  tile("Techniques", grouped_digits(coverage.techniques.covered),
       "of " + grouped_digits(coverage.techniques.known) + " of " + coverage.table->title());
  tile("Indicators", grouped_digits(site.catalog.indicators().size()),
       "in " + counted(site.map.fields.all().size(), "field", "fields"));
  page.main.add("</dl>\n<div class=\"columns\">"_html);
  std::vector<std::pair<std::string, std::size_t>> bars;
  for (std::size_t i = severities; i-- > 0;) {
    bars.emplace_back(spelling(static_cast<Severity>(i)), by_severity.at(i));
  }
  add_bars(page, "Severity", bars);
  bars.clear();
  for (const TacticCoverage& column : coverage.tactics) bars.emplace_back(column.tactic->name, column.share.covered);
  add_bars(page, "Techniques covered by tactic", bars);
  add_bars(page, "Log types", largest(site.map.log_types.all()));
  add_bars(page, "Fields", largest(site.map.fields.all()));
  page.main.add("</div>\n"_html);
  std::string path = page.path();
  take({std::move(path), page.take()});
}

}  // namespace picket::site
