#include "engine/site/lists.hpp"

#include <utility>

#include "engine/site/words.hpp"

namespace picket::site {
namespace {

// Of what a page says itself: the frame around it comes to some 3 kB.
constexpr std::size_t longest_page = 48'000;

}  // namespace

Html rule_item(const Page& page, const Site& site, RuleIndex index) {
  const CatalogRule& rule = site.catalog.rules()[index];
  Html html;
  html.add(R"(<li class="rule">)"_html);
  html.open_link(page.to(site.map.rule_page(index))).add(R"(<span class="title">)"_html, shortened(rule.title, 300));
  html.add("</span></a> "_html);
  add_severity(html, rule.severity);
  html.add(R"( <span class="format">)"_html, format_key(rule.format), R"(</span><p class="about">)"_html);
  std::string about;
  constexpr std::size_t most = 3;
  for (std::size_t i = 0; i < rule.log_types.size() && i < most; ++i) {
    about += (i == 0 ? "" : ", ") + shortened(rule.log_types[i], 80);
  }
  std::string techniques;
  for (std::size_t i = 0; i < rule.attack.size() && i < most; ++i) {
    const std::string& id = rule.attack[i].technique.empty() ? rule.attack[i].tactic : rule.attack[i].technique;
    techniques += (techniques.empty() ? "" : ", ") + id;
  }
  html.add(about, about.empty() || techniques.empty() ? "" : " · ", techniques, "</p></li>\n"_html);
  return html;
}

std::string numbered_path(const std::string& first, std::size_t number) {
  if (number == 1) return first;
  return first.substr(0, first.rfind('.')) + "~" + std::to_string(number) + ".html";
}

void add_pager(Page& page, const std::string& first, std::size_t number, bool more) {
  if (!more && number == 1) return;
  page.main.add(R"(<nav class="pager" aria-label="Pages">)"_html);
  if (number > 1) page.link(numbered_path(first, number - 1), "Back", "back");
  page.main.add("<span>Page "_html, number, "</span>"_html);
  if (more) page.link(numbered_path(first, number + 1), "Next", "next");
  page.main.add("</nav>\n"_html);
}

PagedList::PagedList(Page first, Markup open, Markup close, std::function<Page(std::string path)> begin,
                     const TakeFile& take)
    : path_(first.path()), page_(std::move(first)), open_(open), close_(close), begin_(std::move(begin)), take_(&take) {
  page_.main.add(open_);
}

void PagedList::add(const std::function<Html(const Page& page)>& make) {
  Html item = make(page_);
  if (page_.main.size() + item.size() > longest_page) {
    end_page(true);
    page_ = begin_(numbered_path(path_, ++number_));
    page_.main.add(open_);
  }
  page_.main.add(item);
}

void PagedList::end_page(bool more) {
  page_.main.add(close_);
  add_pager(page_, path_, number_, more);
  std::string path = page_.path();
  (*take_)({std::move(path), page_.take()});
}

void PagedList::finish() { end_page(false); }

void list_rules(Page first, const Site& site, const std::vector<RuleIndex>& rules,
                std::function<Page(std::string path)> begin, const TakeFile& take) {
  PagedList list(std::move(first), "<ol class=\"rules\">\n"_html, "</ol>\n"_html, std::move(begin), take);
  for (const RuleIndex rule : rules) {
    list.add([&](const Page& page) { return rule_item(page, site, rule); });
  }
  list.finish();
}

}  // namespace picket::site
