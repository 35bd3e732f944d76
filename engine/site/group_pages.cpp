// Pages of what rules have in common: fields, indicators, log types, techniques, packs, definition libraries.
#include "engine/site/group_pages.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/html/markdown.hpp"
#include "engine/site/code.hpp"
#include "engine/site/lists.hpp"
#include "engine/site/rule_view.hpp"
#include "engine/site/words.hpp"

namespace picket::site {
namespace {

constexpr std::size_t most_group_rows = 60;      // of a table that stands before a list of rules
constexpr std::size_t longest_group_name = 120;  // bytes of a field or a value
constexpr std::size_t longest_group_prose = 4'000;

Page begin_page(const Site& site, std::string path, const std::string& title, Section section,
                std::string_view crumb_path, std::string_view crumb_text, std::string_view kicker) {
  Page page(site.texts, std::move(path), title, section);
  page.crumb(std::string(crumb_path), std::string(crumb_text));
  page.heading(kicker);
  return page;
}

std::string counts_in_words(const Site& site, const std::vector<RuleIndex>& rules) {
  return counted(rules.size(), "rule", "rules") + ": " + split_in_words(site.catalog.formats_of(rules));
}

void add_lead(Page& page, const std::string& text) { page.main.add(R"(<p class="lead">)"_html, text, "</p>\n"_html); }

// How often the rules look for something, or leave it out, among themselves.
struct Asked {
  IndicatorIndex indicator = 0;
  std::size_t rules = 0;
};

std::vector<Asked> asked_by(const Site& site, const std::vector<RuleIndex>& rules, bool exclusions) {
  std::map<IndicatorIndex, std::size_t> counts;
  for (const RuleIndex index : rules) {
    const CatalogRule& rule = site.catalog.rules()[index];
    std::size_t own = 0;
    for (const IndicatorRow& row : rule.indicators.rows) own += row.values.size();
    std::vector<IndicatorIndex> keys(
        rule.keys.begin() + static_cast<std::ptrdiff_t>(exclusions ? own : 0),
        exclusions ? rule.keys.end() : rule.keys.begin() + static_cast<std::ptrdiff_t>(own));
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    for (const IndicatorIndex key : keys) ++counts[key];
  }
  std::vector<Asked> asked;
  for (const auto& [indicator, count] : counts) asked.push_back({indicator, count});
  std::ranges::stable_sort(asked, std::greater(), &Asked::rules);
  return asked;
}

void add_indicator_cells(Page& page, const Site& site, IndicatorIndex index, bool with_field) {
  const CatalogIndicator& indicator = site.catalog.indicators()[index];
  if (with_field) {
    page.main.add(R"(<th scope="row">)"_html);
    page.main.open_link(page.to(site.map.fields.find(indicator.field)->page));
    page.main.add("<code>"_html, shortened(indicator.field, longest_group_name), "</code></a></th>"_html);
  }
  page.main.add(R"(<td><span class="kind">)"_html, spelling(indicator.kind), "</span></td><td>"_html);
  const std::string& path = site.map.indicator_page(index);
  if (path.empty()) {
    const std::vector<RuleIndex>& rules = indicator.rules.empty() ? indicator.excluded : indicator.rules;
    page.main.open_link(page.to(site.map.rule_page(rules.front())));
  } else {
    page.main.open_link(page.to(path));
  }
  page.main.add("<code>"_html,
                shortened(indicator.value.text.empty() ? "\"\"" : indicator.value.text, longest_group_name),
                "</code></a></td>"_html);
}

// Indicators of a group of rules, those most asked for first.
void add_asked(Page& page, const Site& site, const std::vector<Asked>& asked, std::string_view heading,
               std::string_view hint) {
  if (asked.empty()) return;
  page.main.add("<section><h2>"_html, heading, "</h2>\n<p class=\"hint\">"_html, hint,
                "</p>\n<div class=\"table\"><table><thead><tr><th scope=\"col\">Field</th><th scope=\"col\">Kind</th>"
                "<th scope=\"col\">Value</th><th scope=\"col\" class=\"number\">Rules here</th><th scope=\"col\" "
                "class=\"number\">Everywhere</th></tr></thead><tbody>\n"_html);
  constexpr std::size_t most = 30;
  for (std::size_t i = 0; i < asked.size() && i < most; ++i) {
    const CatalogIndicator& indicator = site.catalog.indicators()[asked[i].indicator];
    page.main.add("<tr>"_html);
    add_indicator_cells(page, site, asked[i].indicator, true);
    page.main.add(R"(<td class="number">)"_html, grouped_digits(asked[i].rules), R"(</td><td class="number">)"_html,
                  grouped_digits(std::max(indicator.rules.size(), indicator.excluded.size())), "</td></tr>\n"_html);
  }
  page.main.add("</tbody></table></div>\n"_html);
  if (asked.size() > most) {
    page.main.add(R"(<p class="hint">And )"_html, counted(asked.size() - most, "more", "more"), ".</p>\n"_html);
  }
  page.main.add("</section>\n"_html);
}

void end_with_rules(Page page, const Site& site, const std::vector<RuleIndex>& rules,
                    const std::function<Page(std::string path)>& begin, const TakeFile& take) {
  if (!rules.empty()) page.main.add("<h2>Rules</h2>\n"_html);
  list_rules(std::move(page), site, rules, begin, take);
}

}  // namespace

void make_field_page(const Site& site, const RuleGroup& group, const TakeFile& take) {
  const auto begin = [&](std::string path) {
    return begin_page(site, std::move(path), group.name, Section::fields, "fields.html", "Fields", "Field");
  };
  Page page = begin(group.page);
  add_lead(page, counts_in_words(site, group.rules) + ".");
  std::vector<IndicatorIndex> asked = group.indicators;
  const auto reach = [&](IndicatorIndex index) {
    const CatalogIndicator& indicator = site.catalog.indicators()[index];
    return indicator.rules.size() + indicator.excluded.size();
  };
  std::ranges::stable_sort(asked, std::greater(), reach);
  page.main.add(
      "<section><h2>What is asked of it</h2>\n<div class=\"table\"><table><thead><tr><th scope=\"col\">Kind</th>"
      "<th scope=\"col\">Value</th><th scope=\"col\" class=\"number\">Look for it</th><th scope=\"col\" "
      "class=\"number\">Leave it out</th></tr></thead><tbody>\n"_html);
  for (std::size_t i = 0; i < asked.size() && i < most_group_rows; ++i) {
    const CatalogIndicator& indicator = site.catalog.indicators()[asked[i]];
    page.main.add("<tr>"_html);
    add_indicator_cells(page, site, asked[i], false);
    page.main.add(R"(<td class="number">)"_html, grouped_digits(indicator.rules.size()),
                  R"(</td><td class="number">)"_html, grouped_digits(indicator.excluded.size()), "</td></tr>\n"_html);
  }
  page.main.add("</tbody></table></div>\n"_html);
  if (asked.size() > most_group_rows) {
    page.main.add(R"(<p class="hint">And )"_html, counted(asked.size() - most_group_rows, "value", "values"),
                  " more, which the rules' pages show.</p>\n"_html);
  }
  page.main.add("</section>\n"_html);
  end_with_rules(std::move(page), site, group.rules, begin, take);
}

void make_indicator_page(const Site& site, IndicatorIndex index, const TakeFile& take) {
  const CatalogIndicator& indicator = site.catalog.indicators()[index];
  const std::string title = shortened(indicator.field, 200) + " " + std::string(spelling(indicator.kind)) + " " +
                            shortened(indicator.value.text.empty() ? "\"\"" : indicator.value.text, 200);
  const auto begin = [&](std::string path) {
    Page page(site.texts, std::move(path), title, Section::indicators);
    page.crumb("fields.html", "Fields");
    page.crumb(site.map.fields.find(indicator.field)->page, indicator.field);
    page.heading("Indicator");
    return page;
  };
  Page page = begin(site.map.indicator_page(index));
  if (!indicator.rules.empty()) {
    add_lead(page, counted(indicator.rules.size(), "rule looks", "rules look") +
                       " for it: " + split_in_words(indicator.formats) + ".");
  }
  if (!indicator.excluded.empty()) {
    add_lead(page, counted(indicator.excluded.size(), "rule leaves", "rules leave") +
                       " it out: " + split_in_words(indicator.excluded_formats) + ".");
    page.main.add("<h2>Rules that leave it out</h2>\n<ol class=\"rules\">\n"_html);
    constexpr std::size_t most = 50;
    for (std::size_t i = 0; i < indicator.excluded.size() && i < most; ++i) {
      page.main.add(rule_item(page, site, indicator.excluded[i]));
    }
    page.main.add("</ol>\n"_html);
  }
  if (!indicator.rules.empty()) page.main.add("<h2>Rules that look for it</h2>\n"_html);
  list_rules(std::move(page), site, indicator.rules, begin, take);
}

void make_log_type_page(const Site& site, const RuleGroup& group, const TakeFile& take) {
  const auto begin = [&](std::string path) {
    return begin_page(site, std::move(path), group.name, Section::log_types, "log-types.html", "Log types", "Log type");
  };
  Page page = begin(group.page);
  add_lead(page, counts_in_words(site, group.rules) + ".");
  add_asked(page, site, asked_by(site, group.rules, false), "What its rules look for",
            "Values by how many rules of this log type look for them.");
  end_with_rules(std::move(page), site, group.rules, begin, take);
}

void make_technique_page(const Site& site, const RuleGroup& group, const TakeFile& take) {
  const AttackTable& table = site.catalog.attack();
  const Technique& technique = *table.find_technique(group.name);
  const auto begin = [&](std::string path) {
    return begin_page(site, std::move(path), technique.id + " " + full_name(table, technique), Section::matrix,
                      "matrix.html", "ATT&CK", "Technique");
  };
  Page page = begin(group.page);
  page.main.add(R"(<p class="lead">)"_html, counts_in_words(site, group.rules), ". "_html);
  for (const std::string& id : technique.tactics) {
    if (const Tactic* tactic = table.find_tactic(id)) {
      page.link("matrix.html#" + id, tactic->name, "chip");
      page.main.add(" "_html);
    }
  }
  page.main.open_link(attack_url(technique.id), "outside").add("At MITRE</a></p>\n"_html);
  add_asked(page, site, asked_by(site, group.rules, false), "Indicators",
            "What rules for this technique look for, by how many of them do.");
  add_asked(page, site, asked_by(site, group.rules, true), "Exclusions",
            "What rules for this technique leave out: what others have found to be no attack.");
  end_with_rules(std::move(page), site, group.rules, begin, take);
}

void make_pack_page(const Site& site, const RuleGroup& group, const TakeFile& take) {
  const auto& packs = site.catalog.packs();
  const auto pack = std::ranges::lower_bound(packs, group.name, {}, &CatalogPack::id);
  const std::string title = pack != packs.end() && pack->id == group.name ? pack->title : group.name;
  const auto begin = [&](std::string path) {
    return begin_page(site, std::move(path), title, Section::packs, "packs.html", "Packs", "Pack");
  };
  Page page = begin(group.page);
  add_lead(page, counts_in_words(site, group.rules) + ".");
  if (pack != packs.end()) page.main.add(markdown(pack->description, longest_group_prose));
  end_with_rules(std::move(page), site, group.rules, begin, take);
}

void make_library_page(const Site& site, const RuleGroup& group, const TakeFile& take) {
  const auto& libraries = site.catalog.libraries();
  const CatalogLibrary& library = *std::ranges::lower_bound(libraries, group.name, {}, &CatalogLibrary::id);
  const auto begin = [&](std::string path) {
    return begin_page(site, std::move(path), group.name, Section::packs, "packs.html", "Packs", "Definition library");
  };
  Page page = begin(group.page);
  add_lead(page, counted(library.names.size(), "definition", "definitions") + ", used by " +
                     counted(group.rules.size(), "rule", "rules") + ".");
  page.main.add(markdown(library.description, longest_group_prose));
  page.main.add(R"(<pre class="code" tabindex="0" data-copy><code>)"_html);
  constexpr std::size_t longest = 12'000;
  if (library.text.size() <= longest) {
    add_condition(page.main, library.text, syntax::TextForm::definitions,
                  [](Html& html, TokenKind kind, std::string_view name) {
                    if (kind != TokenKind::defined) return false;
                    html.add(R"(<i class="d" id="def-)"_html, name, R"(">)"_html).verbatim(name).add("</i>"_html);
                    return true;
                  });
  } else {
    page.main.verbatim(shortened(library.text, 2 * longest));
  }
  page.main.add("</code></pre>\n"_html);
  end_with_rules(std::move(page), site, group.rules, begin, take);
}

}  // namespace picket::site
