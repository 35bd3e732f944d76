#include "engine/site/site.hpp"

#include <algorithm>
#include <utility>

#include "engine/catalog/attack_coverage.hpp"
#include "engine/pack/read_file.hpp"
#include "engine/parallel/for_each_index.hpp"
#include "engine/site/data_files.hpp"
#include "engine/site/group_pages.hpp"
#include "engine/site/navigator_layer.hpp"
#include "engine/site/overview_pages.hpp"
#include "engine/site/pretty_json.hpp"
#include "site_assets.hpp"

namespace picket::site {
namespace {

AttackCoverage coverage_of_catalog(const Site& site) {
  std::vector<AttackStatement> statements;
  for (const CatalogRule& rule : site.catalog.rules()) {
    if (!rule.enabled) continue;
    AttackStatement statement{{rule.id, rule.severity}, {}};
    for (const CatalogClaim& claim : rule.attack) {
      statement.claims.claims.push_back(
          {.span = {}, .tactic = claim.tactic, .technique = claim.technique, .tactic_span = {}, .technique_span = {}});
    }
    statements.push_back(std::move(statement));
  }
  return coverage_of(statements, site.catalog.attack_table());
}

// The rows of a table, if they are text, and not so many that every reader of a page would wait for them.
SourcePtr rows_of(const LookupTable& table) {
  constexpr std::size_t most = std::size_t{256} * 1024;
  if (table.rows == nullptr || table.rows->name().ends_with(".mmdb")) return nullptr;
  Diagnostics told_when_loaded;
  SourcePtr rows = read_file(table.rows->name(), most, told_when_loaded);
  return rows == nullptr || rows->text().size() > most ? nullptr : rows;
}

}  // namespace

Site::Site(const Catalog& of, SiteTexts with) : catalog(of), texts(std::move(with)), map(of), implications(of) {}

void make_other_files(const Site& site, std::size_t threads, const std::set<std::string>* groups, const TakeFile& take,
                      const KeepPage& keep) {
  const AttackCoverage coverage = coverage_of_catalog(site);
  // The largest first, so that no thread is left with one of them in the end.
  std::vector<std::function<void()>> tasks = {
      [&] {
        take({"rules.json", rules_json(site)});
      },
      [&] {
        take({"assets/search-data.js", search_data(site)});
      },
      [&] { make_index(site, take); },
      [&] { make_indicators_overview(site, take); },
      [&] { make_fields_overview(site, take); },
      [&] { make_log_types_overview(site, take); },
      [&] { make_packs_overview(site, take); },
      [&] { make_statistics(site, coverage, take); },
      [&] { make_matrix(site, coverage, take); },
      [&] {
        take({"navigator.json", navigator_layer(coverage)});
      },
      [&] {
        take({"feed.xml", feed(site)});
      },
  };
  if (!site.texts.url.empty()) tasks.emplace_back([&] { take({"sitemap.xml", sitemap(site)}); });
  const auto add = [&](const std::string& page, std::function<void()> make) {
    if (groups == nullptr || groups->contains(page)) {
      tasks.push_back(std::move(make));
    } else {
      keep(page);
    }
  };
  const auto add_groups = [&](const GroupTable& table, auto make) {
    for (const RuleGroup& group : table.all())
      add(group.page, [&site, &group, &take, make] { make(site, group, take); });
  };
  add_groups(site.map.log_types, make_log_type_page);
  add_groups(site.map.techniques, make_technique_page);
  add_groups(site.map.packs, make_pack_page);
  add_groups(site.map.libraries, make_library_page);
  add_groups(site.map.fields, make_field_page);
  for (IndicatorIndex i = 0; i < site.catalog.indicators().size(); ++i) {
    if (!site.catalog.indicators()[i].shared()) continue;
    add(site.map.indicator_page(i), [&site, &take, i] { make_indicator_page(site, i, take); });
  }
  for_each_index(tasks.size(), threads, 1, [&](std::size_t i) { tasks[i](); });
  for (const EmbeddedText& asset : site_assets()) take({"assets/" + std::string(asset.file), std::string(asset.text)});
}

std::string context_script(const Pack& pack) {
  std::string out = "picketContext=[";
  const auto add = [&](const Source& source) {
    out += out.back() == '[' ? "\n{\"name\":" : ",\n{\"name\":";
    append_json_string(out, source.name());
    out += ",\"text\":";
    append_json_string(out, source.text());
    out += "}";
  };
  for (const Library& library : pack.libraries) add(*library.source);
  for (const LookupTable& table : pack.lookup_tables) {
    if (!table.enabled) continue;
    add(*table.source);
    if (const SourcePtr rows = rows_of(table)) add(*rows);
  }
  for (const DataModel& model : pack.data_models) add(*model.source);
  for (const LogSources& log_sources : pack.log_sources) add(*log_sources.source);
  std::vector<std::string_view> bases;
  for (const Rule& rule : pack.rules) {
    if (!rule.descent) continue;
    for (const SourcePtr& base : rule.descent->bases) {
      if (std::ranges::find(bases, base->name()) != bases.end()) continue;
      bases.push_back(base->name());
      add(*base);
    }
  }
  return out + "\n]\n";
}

}  // namespace picket::site
