// A static website of a collection of rules: every file of it, made from a catalog. The door of engine/site.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/catalog/catalog.hpp"
#include "engine/catalog/gather.hpp"
#include "engine/catalog/implications.hpp"
#include "engine/pack/pack.hpp"
#include "engine/site/page.hpp"
#include "engine/site/site_map.hpp"

namespace picket::site {

// What all pages are made from. Immutable; safe to share between threads.
struct Site {
  Site(const Catalog& of, SiteTexts with);

  const Catalog& catalog;
  SiteTexts texts;
  SiteMap map;
  Implications implications;
};

// A file of the site.
struct SiteFile {
  std::string path;  // within the site, with `/`
  std::string content;
};

// Where files go as they are made, from several threads at once.
using TakeFile = std::function<void(SiteFile file)>;

// The page of a rule with its YAML and its JSON. REQUIRES: `rule` is of `pack`, and the facts of the same id are in the
// catalog.
void make_rule_files(const Site& site, const CheckedPack& pack, const GatheredRule& rule, const TestOptions& tests,
                     const TakeFile& take);

// The path of a page that is as it was before; also of those that continue its list.
using KeepPage = std::function<void(const std::string& path)>;

// All that is made from facts alone: every other page, the data of the search, the feed, the layer … With `groups`,
// pages of fields, log types and the like are made only if they are among these, and kept if not.
void make_other_files(const Site& site, std::size_t threads, const std::set<std::string>* groups, const TakeFile& take,
                      const KeepPage& keep);

// `picketContext=[…]`: the files that rules build on, for judging events in the browser.
[[nodiscard]] std::string context_script(const Pack& pack);

}  // namespace picket::site
