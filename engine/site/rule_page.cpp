// The page of a rule: its frame, and what stands in its head.
#include <algorithm>

#include "engine/frontend/correlation_rule.hpp"
#include "engine/html/markdown.hpp"
#include "engine/site/code.hpp"
#include "engine/site/rule_view.hpp"
#include "engine/site/words.hpp"
#include "grammar/ast/print.hpp"

namespace picket::site {
namespace {

// Bytes of the rule's file, in colours; the rest is for head, facts, tables and tests.
constexpr std::size_t body_share = 34'000;
constexpr std::size_t longest_rule_prose = 7'000;
constexpr std::size_t most_chips = 30;  // of log types, packs or tags
constexpr std::size_t longest_chip = 80;

void begin_row(Page& page, std::string_view name) { page.main.add("<dt>"_html, name, "</dt><dd>"_html); }
void end_row(Page& page) { page.main.add("</dd>\n"_html); }

void add_log_types(Page& page, const RuleView& view) {
  if (view.facts.log_types.empty()) return;
  begin_row(page, view.facts.log_types.size() == 1 ? "Log type" : "Log types");
  page.main.add(R"(<ul class="chips">)"_html);
  for (std::size_t i = 0; i < view.facts.log_types.size() && i < most_chips; ++i) {
    page.main.add("<li>"_html);
    const RuleGroup* group = view.site.map.log_types.find(view.facts.log_types[i]);
    page.link(group->page, shortened(group->name, longest_chip));
    page.main.add("</li>"_html);
  }
  page.main.add("</ul>"_html);
  end_row(page);
}

void add_tags(Page& page, const RuleView& view) {
  if (view.facts.tags.empty()) return;
  begin_row(page, "Tags");
  page.main.add(R"(<ul class="chips">)"_html);
  for (std::size_t i = 0; i < view.facts.tags.size() && i < most_chips; ++i) {
    page.main.add("<li><span>"_html, shortened(view.facts.tags[i], longest_chip), "</span></li>"_html);
  }
  page.main.add("</ul>"_html);
  end_row(page);
}

void add_packs(Page& page, const RuleView& view) {
  if (view.facts.packs.empty()) return;
  begin_row(page, view.facts.packs.size() == 1 ? "Pack" : "Packs");
  page.main.add(R"(<ul class="chips">)"_html);
  for (std::size_t i = 0; i < view.facts.packs.size() && i < most_chips; ++i) {
    page.main.add("<li>"_html);
    const std::string& id = view.facts.packs[i];
    page.link(view.site.map.packs.find(id)->page, shortened(id, longest_chip));
    page.main.add("</li>"_html);
  }
  page.main.add("</ul>"_html);
  end_row(page);
}

void add_outside_link(Page& page, const std::string& url) {
  const std::string text = shortened(url, 120);
  if (Url::is_safe(url)) {
    page.main.open_link(Url::outside(url)).add(text, "</a>"_html);
  } else {
    page.main.add(R"(<span class="plain-url">)"_html, text, "</span>"_html);
  }
}

void add_reference(Page& page, const RuleView& view) {
  const std::string& reference = view.gathered.about->reference;
  if (reference.empty()) return;
  begin_row(page, "Reference");
  // Sigma has several, a line each.
  std::size_t begin = 0;
  constexpr std::size_t most = 10;
  for (std::size_t i = 0; begin < reference.size() && i < most; ++i) {
    const std::size_t end = std::min(reference.find('\n', begin), reference.size());
    if (i > 0) page.main.add("<br>"_html);
    add_outside_link(page, reference.substr(begin, end - begin));
    begin = end + 1;
  }
  end_row(page);
}

// A path as the part of a URL.
std::string in_url(std::string_view path) { return Url::within(path).text(); }

void add_source(Page& page, const RuleView& view) {
  begin_row(page, "Source");
  const std::string& path = view.facts.source;
  std::string url = view.site.texts.source;
  if (const std::size_t hole = url.find("{path}"); hole != std::string::npos) {
    url.replace(hole, std::string_view("{path}").size(), in_url(path));
  }
  if (Url::is_safe(url)) {
    page.main.open_link(Url::outside(url)).add("<code>"_html, shortened(path, 200), "</code></a>"_html);
  } else {
    page.main.add("<code>"_html, shortened(path, 200), "</code>"_html);
  }
  page.main.add(R"( <span class="downloads">)"_html);
  page.main.add("<a"_html, href(page.to(view.site.map.rule_yaml(view.index))), " download>YAML</a> "_html);
  page.main.add("<a"_html, href(page.to(view.site.map.rule_json(view.index))), " download>JSON</a></span>"_html);
  end_row(page);
}

std::string alerting_in_words(const Rule& rule) {
  std::string text;
  if (rule.threshold.value > 1) {
    text = "An alert comes with match number " + grouped_digits(static_cast<std::size_t>(rule.threshold.value)) +
           " within " + minutes_in_words(rule.dedup_minutes.value) + "; later ones join it.";
  } else {
    text = "The first match gives an alert; those within " + minutes_in_words(rule.dedup_minutes.value) +
           " of it join it.";
  }
  if (!rule.create_alert) text += " It gives signals only, no alerts.";
  return text;
}

void add_alerting(Page& page, const RuleView& view) {
  const Rule* rule = view.rule();
  if (rule == nullptr) return;
  begin_row(page, "Alerts");
  page.main.add(alerting_in_words(*rule));
  const Expr* key = rule->dedup ? &*rule->dedup : rule->alert_title ? &*rule->alert_title : nullptr;
  if (key != nullptr) {
    const std::string text = print_template(*key);
    page.main.add(" Matches belong together that have the same "_html, rule->dedup ? "dedup key" : "title",
                  R"(: <code class="template">)"_html);
    add_condition(page.main, shortened(text, 400), syntax::TextForm::text_template, {});
    page.main.add("</code>"_html);
  } else {
    page.main.add(" All matches of the rule belong together."_html);
  }
  end_row(page);
}

std::string percent(std::size_t part, std::size_t whole) {
  return std::to_string(whole == 0 ? 100 : part * 100 / whole) + "\u00a0%";
}

void add_figures(Page& page, const RuleView& view) {
  const CatalogFigures& figures = view.facts.figures;
  begin_row(page, "Tests");
  if (figures.tests == 0) {
    page.main.add("None."_html);
  } else {
    page.main.open_link(Url::within("#tests")).add(grouped_digits(figures.passed), " of "_html);
    page.main.add(grouped_digits(figures.tests), " pass</a>"_html);
    if (figures.comparisons > 0) {
      page.main.add("; they decide "_html, figures.independent, " of "_html, figures.comparisons,
                    figures.comparisons == 1 ? " comparison" : " comparisons", " both ways (MC/DC "_html,
                    percent(figures.independent, figures.comparisons), ")"_html);
    }
    if (figures.mutants > 0) {
      page.main.add("; they notice "_html, figures.killed, " of "_html, figures.mutants, " planted mistakes ("_html,
                    percent(figures.killed, figures.mutants), ")"_html);
    }
    page.main.add("."_html);
  }
  end_row(page);
}

void add_changes(Page& page, const RuleView& view) {
  if (!view.facts.changes) return;
  begin_row(page, "Changed");
  const auto date = [&](std::int64_t seconds) {
    page.main.add(R"(<time datetime=")"_html, timestamp_of(seconds), R"(">)"_html, date_of(seconds), "</time>"_html);
  };
  if (view.facts.changes->first != view.facts.changes->last) {
    date(view.facts.changes->last);
    page.main.add("; first seen "_html);
  }
  date(view.facts.changes->first);
  end_row(page);
}

void add_prose(Page& page, std::string_view id, std::string_view heading, const std::string& text) {
  if (text.empty()) return;
  page.main.add(R"(<section id=")"_html, id, R"(" class="prose"><h2>)"_html, heading, "</h2>\n"_html);
  page.main.add(markdown(text, longest_rule_prose), "</section>\n"_html);
}

void add_try(Page& page, const RuleView& view, bool whole_body) {
  if (view.rule() == nullptr || !whole_body || !view.site.texts.engine) return;
  page.main.add(R"(<section id="try" data-rule=")"_html, view.facts.id, R"(" data-file=")"_html, view.facts.source,
                "\" data-engine=\"../assets/engine.js\" data-context=\"../assets/context.js\"><h2>Try it</h2>\n"
                "<p>With JavaScript, this rule judges any event here, by the engine itself; nothing leaves the "
                "page.</p></section>\n"_html);
  page.script("try.js", true);
}

}  // namespace

void add_summary(Page& page, const RuleView& view) {
  page.main.add(R"(<div class="badges">)"_html);
  add_severity(page.main, view.facts.severity);
  page.main.add(R"(<span class="format">)"_html, format_word(view.facts.format), "</span>"_html);
  if (!view.facts.status.empty()) {
    page.main.add(R"(<span class="status">)"_html, shortened(view.facts.status, 40), "</span>"_html);
  }
  if (!view.facts.enabled) page.main.add(R"(<span class="status off">disabled</span>)"_html);
  page.main.add(R"(<code class="id">)"_html, shortened(view.facts.id, 200), "</code></div>\n"_html);
  page.main.add("<dl class=\"facts\">\n"_html);
  add_log_types(page, view);
  add_packs(page, view);
  add_tags(page, view);
  add_alerting(page, view);
  add_figures(page, view);
  add_reference(page, view);
  add_source(page, view);
  add_changes(page, view);
  page.main.add("</dl>\n"_html);
  add_prose(page, "description", "Description", view.gathered.about->description);
  add_prose(page, "runbook", "Runbook", view.gathered.about->runbook);
}

void make_rule_files(const Site& site, const CheckedPack& pack, const GatheredRule& rule, const TestOptions& tests,
                     const TakeFile& take) {
  const std::optional<RuleIndex> index = site.catalog.find(rule.about->id.value);
  const RuleView view{site, pack, rule, *index, site.catalog.rules()[*index]};
  Page page(site.texts, site.map.rule_page(*index), view.facts.title, Section::rules);
  page.crumb("index.html", "Rules");
  if (!view.facts.log_types.empty()) {
    const RuleGroup* group = site.map.log_types.find(view.facts.log_types.front());
    page.crumb(group->page, group->name);
  }
  page.heading(kind_word(view.facts.kind));
  add_summary(page, view);
  add_attack(page, view);
  add_logic(page, view);
  add_indicators(page, view);
  add_output_fields(page, view);
  add_relations(page, view);
  const std::size_t before = page.main.size() + frame_share;
  const Html body = body_of(view, std::min(body_share, before < page_budget ? page_budget - before : 0));
  add_try(page, view, body.size() > 0);
  const std::size_t taken = page.main.size() + body.size() + frame_share;
  add_tests(page, view, tests, taken < page_budget ? page_budget - taken : 0);
  page.main.add("<section id=\"body\"><h2>Rule body</h2>\n"_html);
  if (body.size() > 0) {
    page.main.add(R"(<pre id="rule-body" class="code" tabindex="0" data-copy><code>)"_html, body, "</code></pre>"_html);
  } else {
    page.main.add("<p>The file is too long for this page: "_html);
    page.main.add("<a"_html, href(page.to(site.map.rule_yaml(*index))), " download>download it</a>.</p>"_html);
  }
  page.main.add("</section>\n"_html);
  take({page.path(), page.take()});
  take({site.map.rule_yaml(*index), std::string(rule.about->source->text())});
  std::string json;
  append_facts(json, site, *index);
  take({site.map.rule_json(*index), json + "\n"});
}

}  // namespace picket::site
