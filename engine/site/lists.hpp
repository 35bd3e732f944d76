// Lists that go over as many pages as they need. Internal to engine/site.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/site/page.hpp"
#include "engine/site/site.hpp"

namespace picket::site {

// An entry of a list of rules, as search.js makes it, too.
[[nodiscard]] Html rule_item(const Page& page, const Site& site, RuleIndex index);

// The name of the page with that number, of those that the page `first` begins: `x.html`, `x~2.html`, …
[[nodiscard]] std::string numbered_path(const std::string& first, std::size_t number);
// Links from one of these pages to those beside it, if there are any. `more`: another follows.
void add_pager(Page& page, const std::string& first, std::size_t number, bool more);

// A list whose first page is `first`, already with its heading and whatever stands before the list; those that follow
// have their own names, `x~2.html`, and what `begin` gives them. Links lead from each to the next and back.
class PagedList {
 public:
  // `open` and `close` are the tags around the entries of each page.
  PagedList(Page first, Markup open, Markup close, std::function<Page(std::string path)> begin, const TakeFile& take);

  // `make` makes the entry for the page on which it will stand.
  void add(const std::function<Html(const Page& page)>& make);
  void finish();

 private:
  void end_page(bool more);

  std::string path_;
  Page page_;
  Markup open_;
  Markup close_;
  std::function<Page(std::string path)> begin_;
  const TakeFile* take_;
  std::size_t number_ = 1;
};

// The rules as a list of items over pages.
void list_rules(Page first, const Site& site, const std::vector<RuleIndex>& rules,
                std::function<Page(std::string path)> begin, const TakeFile& take);

}  // namespace picket::site
