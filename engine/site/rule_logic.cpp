// The detection logic of a rule's page: its condition line by line, with what tests make of each.
#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "engine/frontend/correlation_rule.hpp"
#include "engine/site/code.hpp"
#include "engine/site/rule_view.hpp"
#include "engine/site/words.hpp"

namespace picket::site {
namespace {

constexpr std::size_t longest_logic = 12'000;  // bytes of HTML for a text

// What tests decide of the comparisons that begin on a line.
struct LineHeat {
  std::size_t comparisons = 0;
  std::size_t independent = 0;
};

std::vector<LineHeat> heat_of(const RuleView& view, const LogicText& logic, std::size_t lines) {
  if (!logic.first_line || view.gathered.coverage == nullptr || view.facts.figures.tests == 0) return {};
  std::vector<LineHeat> heat(lines);
  const Source& source = *view.gathered.about->source;
  for (const PartCoverage& part : view.gathered.coverage->parts) {
    if (part.kind != PartKind::comparison || part.opened || part.site->source.get() != &source) continue;
    const std::uint32_t line = source.locate(part.site->span.begin).line;
    if (line < *logic.first_line || line - *logic.first_line >= lines) continue;
    LineHeat& one = heat[line - *logic.first_line];
    ++one.comparisons;
    if (part.independent()) ++one.independent;
  }
  return heat;
}

void begin_line(Html& html, const std::vector<LineHeat>& heat, std::size_t line) {
  const LineHeat one = line < heat.size() ? heat[line] : LineHeat{};
  if (one.comparisons == 0) {
    html.add(R"(<span class="l">)"_html);
  } else if (one.independent == one.comparisons) {
    html.add(R"(<span class="l h2" title="decided both ways by tests">)"_html);
  } else if (one.independent > 0) {
    html.add(R"(<span class="l h1" title=")"_html, one.independent, " of "_html, one.comparisons,
             R"( comparisons decided both ways by tests">)"_html);
  } else {
    html.add(R"(<span class="l h0" title="no test decides this both ways">)"_html);
  }
}

// Where names of definitions lead: to the rule's own below the condition, to a library's on its page.
class DefinitionLinks {
 public:
  DefinitionLinks(const RuleView& view, const Page& page) : view_(&view), page_(&page) {
    const Rule& rule = *view.rule();
    for (const Definition& definition : rule.definitions) own_.insert(definition.name);
    for (const Located<std::string>& library : rule.libraries) libraries_.insert(library.value);
  }

  bool add(Html& html, TokenKind kind, std::string_view name) const {
    if (kind == TokenKind::defined) {
      if (!own_.contains(name)) return false;
      html.add(R"(<i class="d" id="def-)"_html, name, R"(">)"_html).verbatim(name).add("</i>"_html);
      return true;
    }
    if (own_.contains(name)) {
      html.open_link(Url::within("#def-" + std::string(name)), "d").verbatim(name).add("</a>"_html);
      return true;
    }
    const std::size_t dot = name.find('.');
    const std::string library(name.substr(0, dot));
    const RuleGroup* group = libraries_.contains(library) ? view_->site.map.libraries.find(library) : nullptr;
    if (group == nullptr || dot == std::string_view::npos) return false;
    std::string_view definition = name.substr(dot + 1);
    definition = definition.substr(0, definition.find('.'));
    html.open_link(page_->to(group->page + "#def-" + std::string(definition)), "d").verbatim(name).add("</a>"_html);
    return true;
  }

 private:
  const RuleView* view_;
  const Page* page_;
  std::set<std::string, std::less<>> own_;
  std::set<std::string, std::less<>> libraries_;
};

// Plain where there is no room for colours, and cut where there is none for all of it.
template <typename Paint>
Html in_colours(const std::string& text, Paint paint) {
  Html html;
  if (text.size() <= longest_logic) paint(html);
  if (html.size() > 0 && html.size() <= longest_logic) return html;
  constexpr std::size_t growth = 6;  // of a sign that becomes an entity
  Html plain;
  plain.verbatim(shortened(text, longest_logic / growth));
  return plain;
}

void add_texts(Page& page, const RuleView& view) {
  const LogicText logic = logic_text(*view.rule());
  if (logic.condition.empty()) {
    page.main.add("<p>The rule has no condition: every event of its log types is a match.</p>\n"_html);
    return;
  }
  const std::size_t lines = 1 + static_cast<std::size_t>(std::ranges::count(logic.condition, '\n'));
  const std::vector<LineHeat> heat = heat_of(view, logic, lines);
  const DefinitionLinks links(view, page);
  const LinkName link = [&](Html& html, TokenKind kind, std::string_view name) { return links.add(html, kind, name); };
  page.main.add(R"(<pre class="code logic" tabindex="0" data-copy><code>)"_html);
  page.main.add(in_colours(logic.condition, [&](Html& html) {
    add_condition_lines(html, logic.condition, syntax::TextForm::condition, link,
                        [&](Html& line_html, std::size_t line) { begin_line(line_html, heat, line); });
  }));
  page.main.add("</code></pre>\n"_html);
  if (!heat.empty()) {
    page.main.add(
        "<p class=\"hint\"><span class=\"key h2\"></span> tests decide the line both ways "
        "<span class=\"key h1\"></span> in part <span class=\"key h0\"></span> not at all</p>\n"_html);
  }
  if (logic.definitions.empty()) return;
  page.main.add("<h3>Definitions</h3>\n<pre class=\"code logic\" tabindex=\"0\"><code>"_html);
  page.main.add(in_colours(logic.definitions, [&](Html& html) {
    add_condition(html, logic.definitions, syntax::TextForm::definitions, link);
  }));
  page.main.add("</code></pre>\n"_html);
}

// How many signals an item asks for, in words.
std::string count_in_words(const CheckedCorrelation::Item& item) {
  if (item.absence) return item.least > 1 ? "fewer than " + grouped_digits(item.least) + " of" : "none of";
  std::string text = item.least == 1 ? "a signal of" : grouped_digits(item.least) + " signals of";
  if (item.too_many) text += " (at most " + grouped_digits(*item.too_many - 1) + ")";
  return text;
}

void add_correlation(Page& page, const RuleView& view) {
  const CheckedCorrelation& correlation = *view.gathered.correlation;
  page.main.add("<p>Within "_html, minutes_in_words(std::max<std::int64_t>(
                                       correlation.lookback.microseconds / microseconds_per_minute, 1)));
  page.main.add(correlation.ordered ? ", one after the other:" : ", in any order:", "</p>\n<ol class=\"items\">"_html);
  for (const CheckedCorrelation::Item& item : correlation.items) {
    page.main.add("<li>"_html, count_in_words(item), " "_html);
    for (std::size_t i = 0; i < item.sources.size(); ++i) {
      if (i > 0) page.main.add(" or "_html);
      const std::string& id = item.sources[i].rule;
      if (const auto rule = view.site.catalog.find(id)) {
        page.link(view.site.map.rule_page(*rule), shortened(view.site.catalog.rules()[*rule].title, 200));
      } else {
        page.main.add("<code>"_html, id, "</code>"_html);
      }
    }
    page.main.add("</li>\n"_html);
  }
  page.main.add("</ol>\n"_html);
  if (!correlation.column_names.empty()) {
    page.main.add("<p>All with the same "_html);
    for (std::size_t i = 0; i < correlation.column_names.size(); ++i) {
      if (i > 0) page.main.add(i + 1 == correlation.column_names.size() ? " and " : ", ");
      page.main.add("<code>"_html, shortened(correlation.column_names[i], 120), "</code>"_html);
    }
    page.main.add(".</p>\n"_html);
  }
}

}  // namespace

void add_logic(Page& page, const RuleView& view) {
  page.main.add("<section id=\"logic\"><h2>Detection logic</h2>\n"_html);
  if (view.rule() != nullptr) {
    add_texts(page, view);
  } else {
    add_correlation(page, view);
  }
  page.main.add("</section>\n"_html);
}

}  // namespace picket::site
