#include "engine/site/data_files.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/html/html.hpp"
#include "engine/site/pretty_json.hpp"
#include "engine/site/rule_view.hpp"
#include "engine/site/words.hpp"

namespace picket::site {
namespace {

constexpr std::size_t longest_data_text = 200;  // bytes of a description or a value in the search's data

// Names, each once, in the order in which they come.
class Names {
 public:
  std::size_t operator[](const std::string& name) {
    const auto [found, is_new] = known_.try_emplace(name, names_.size());
    if (is_new) names_.push_back(&found->first);
    return found->second;
  }
  [[nodiscard]] const std::vector<const std::string*>& all() const { return names_; }

 private:
  std::unordered_map<std::string, std::size_t> known_;  // its nodes stay where they are
  std::vector<const std::string*> names_;
};

void append_names(std::string& out, std::string_view key, const Names& names) {
  out += "\"" + std::string(key) + "\":[";
  for (std::size_t i = 0; i < names.all().size(); ++i) {
    if (i > 0) out += ',';
    append_json_string(out, *names.all()[i]);
  }
  out += "],\n";
}

template <typename Name>
void append_pairs(std::string& out, std::string_view key, const Names& ids, Name name_of) {
  out += "\"" + std::string(key) + "\":[";
  for (std::size_t i = 0; i < ids.all().size(); ++i) {
    out += i > 0 ? ",[" : "[";
    append_json_string(out, *ids.all()[i]);
    out += ',';
    append_json_string(out, name_of(*ids.all()[i]));
    out += ']';
  }
  out += "],\n";
}

struct Tables {
  Names statuses, packs, log_types, tags, tactics, techniques, fields, values;
};

void append_indices(std::string& out, const std::vector<std::string>& names, Names& table) {
  out += ",[";
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += ',';
    out += std::to_string(table[names[i]]);
  }
  out += ']';
}

void append_rule(std::string& out, const Site& site, RuleIndex index, Tables& tables) {
  const CatalogRule& rule = site.catalog.rules()[index];
  out += '[';
  append_json_string(out, site.map.rule_page(index));
  for (const std::string& text :
       {rule.id, shortened(rule.title, 2 * longest_data_text), first_words(rule.description, longest_data_text)}) {
    out += ',';
    append_json_string(out, text);
  }
  out += "," + std::to_string(static_cast<int>(rule.severity)) + "," + std::to_string(static_cast<int>(rule.format));
  out += "," + (rule.status.empty() ? "-1" : std::to_string(tables.statuses[rule.status]));
  out += "," + (rule.packs.empty() ? "-1" : std::to_string(tables.packs[rule.packs.front()]));
  append_indices(out, rule.log_types, tables.log_types);
  append_indices(out, rule.tags, tables.tags);
  std::vector<std::string> tactics;
  std::vector<std::string> techniques;
  for (const CatalogClaim& claim : rule.attack) {
    if (!claim.tactic.empty()) tactics.push_back(claim.tactic);
    if (!claim.technique.empty()) techniques.push_back(claim.technique);
    if (claim.tactic.empty()) {
      const std::vector<std::string>& own = site.catalog.attack().find_technique(claim.technique)->tactics;
      tactics.insert(tactics.end(), own.begin(), own.end());
    }
  }
  for (std::vector<std::string>* ids : {&tactics, &techniques}) {
    std::ranges::sort(*ids);
    ids->erase(std::unique(ids->begin(), ids->end()), ids->end());
  }
  append_indices(out, tactics, tables.tactics);
  append_indices(out, techniques, tables.techniques);
  out += ",[";
  bool first = true;
  for (const IndicatorRow& row : rule.indicators.rows) {
    for (const IndicatorValue& value : row.values) {
      if (!first) out += ',';
      first = false;
      out += std::to_string(tables.fields[row.field]) + "," + std::to_string(static_cast<int>(row.kind)) + "," +
             std::to_string(tables.values[shortened(value.text, longest_data_text)]);
    }
  }
  out += "]]";
}

}  // namespace

std::string search_data(const Site& site) {
  Tables tables;
  std::string rules = "\"rules\":[\n";
  for (RuleIndex i = 0; i < site.catalog.rules().size(); ++i) {
    if (i > 0) rules += ",\n";
    append_rule(rules, site, i, tables);
  }
  rules += "]}\n";
  std::string out =
      "picketCatalog={\n\"severities\":[\"Info\",\"Low\",\"Medium\",\"High\",\"Critical\"],\n"
      "\"formats\":[\"picket\",\"panther\",\"sigma\"],\n";
  append_names(out, "statuses", tables.statuses);
  append_names(out, "packs", tables.packs);
  append_names(out, "logTypes", tables.log_types);
  append_names(out, "tags", tables.tags);
  const AttackTable& attack = site.catalog.attack();
  append_pairs(out, "tactics", tables.tactics, [&](const std::string& id) { return attack.find_tactic(id)->name; });
  append_pairs(out, "techniques", tables.techniques,
               [&](const std::string& id) { return full_name(attack, *attack.find_technique(id)); });
  append_names(out, "fields", tables.fields);
  out += "\"kinds\":[";
  for (const std::string_view kind : indicator_kinds()) {
    if (out.back() != '[') out += ',';
    append_json_string(out, kind);
  }
  out += "],\n";
  append_names(out, "values", tables.values);
  out += rules;
  return out;
}

namespace {

void append_rows(JsonWriter& json, const Site& site, const CatalogRule& rule, bool exclusions, std::size_t& key) {
  json.begin('[');
  for (const IndicatorRow& row : exclusions ? rule.indicators.exclusions : rule.indicators.rows) {
    json.begin('{').key("field").text(row.field).key("kind").text(spelling(row.kind)).key("any_case").truth(row.folded);
    json.key("values").begin('[');
    for (const IndicatorValue& value : row.values) {
      const CatalogIndicator& indicator = site.catalog.indicators()[rule.keys[key++]];
      const FormatCounts& counts = exclusions ? indicator.excluded_formats : indicator.formats;
      json.begin('{').key("value").text(value.text);
      if (value.field) json.key("field").truth(true);
      json.key("rules").begin('{');
      for (std::size_t i = 0; i < counts.size(); ++i) {
        json.key(format_key(static_cast<RuleFormat>(i))).number(counts.at(i));
      }
      json.end('}').end('}');
    }
    json.end(']').end('}');
  }
  json.end(']');
}

}  // namespace

void append_facts(std::string& out, const Site& site, RuleIndex index) {
  const CatalogRule& rule = site.catalog.rules()[index];
  JsonWriter json(out);
  json.begin('{');
  json.key("id").text(rule.id).key("title").text(rule.title).key("description").text(rule.description);
  json.key("kind").text(kind_word(rule.kind)).key("format").text(format_key(rule.format));
  json.key("severity").text(spelling(rule.severity)).key("enabled").truth(rule.enabled);
  json.key("status").text(rule.status).key("source").text(rule.source).key("page").text(site.map.rule_page(index));
  json.key("log_types").texts(rule.log_types).key("tags").texts(rule.tags).key("packs").texts(rule.packs);
  json.key("attack").begin('[');
  for (const CatalogClaim& claim : rule.attack) {
    json.begin('{').key("tactic").text(claim.tactic).key("technique").text(claim.technique).end('}');
  }
  json.end(']');
  std::size_t key = 0;
  json.key("indicators");
  append_rows(json, site, rule, false, key);
  json.key("exclusions");
  append_rows(json, site, rule, true, key);
  json.key("output_fields").begin('[');
  for (const OutputField& field : rule.output_fields) {
    json.begin('{').key("field").text(field.field).key("where").texts(field.places).end('}');
  }
  json.end(']');
  const CatalogFigures& figures = rule.figures;
  json.key("tests").begin('{').key("all").number(figures.tests).key("passed").number(figures.passed);
  json.key("comparisons").number(figures.comparisons).key("decided").number(figures.independent);
  json.key("mutants").number(figures.mutants).key("noticed").number(figures.killed).end('}');
  if (rule.changes) {
    json.key("first_change").text(timestamp_of(rule.changes->first));
    json.key("last_change").text(timestamp_of(rule.changes->last));
  }
  json.end('}');
}

std::string rules_json(const Site& site) {
  constexpr std::size_t usual_bytes_of_rule = 1'200;
  std::string out;
  out.reserve(site.catalog.rules().size() * usual_bytes_of_rule);
  out = "{\"rules\":[";
  for (RuleIndex i = 0; i < site.catalog.rules().size(); ++i) {
    out += i > 0 ? ",\n" : "\n";
    append_facts(out, site, i);
  }
  out += "\n]}\n";
  return out;
}

std::string feed(const Site& site) {
  std::vector<RuleIndex> changed;
  const std::vector<CatalogRule>& rules = site.catalog.rules();
  for (RuleIndex i = 0; i < rules.size(); ++i) {
    if (rules[i].changes) changed.push_back(i);
  }
  std::ranges::stable_sort(changed, std::greater(), [&](RuleIndex i) { return rules[i].changes->last; });
  constexpr std::size_t most = 50;
  if (changed.size() > most) changed.resize(most);
  // XML knows the five entities that HTML is escaped by here, and no others are written.
  Html xml;
  xml.add("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>"_html,
          site.texts.title, "</title>\n<id>"_html, site.texts.url.empty() ? "urn:picket:catalog" : site.texts.url,
          "</id>\n<updated>"_html, timestamp_of(changed.empty() ? 0 : rules[changed.front()].changes->last),
          "</updated>\n<author><name>"_html, site.texts.title, "</name></author>\n"_html);
  xml.add(R"(<link rel="self")"_html, href(Url::within("feed.xml")), "/>\n"_html);
  for (const RuleIndex index : changed) {
    const CatalogRule& rule = rules[index];
    const bool is_new = rule.changes->first == rule.changes->last;
    const std::string page = site.texts.url + Url::within(site.map.rule_page(index)).text();
    xml.add("<entry>\n<title>"_html, is_new ? "New: " : "Changed: ", shortened(rule.title, longest_data_text),
            "</title>\n<id>"_html, site.texts.url.empty() ? "urn:picket:rule:" + Url::within(rule.id).text() : page,
            "</id>\n<updated>"_html, timestamp_of(rule.changes->last), "</updated>\n<published>"_html,
            timestamp_of(rule.changes->first), "</published>\n<link"_html);
    xml.add(href(Url::is_safe(page) ? Url::outside(page) : Url::within(site.map.rule_page(index))),
            "/>\n<summary>"_html, first_words(rule.description, longest_data_text), "</summary>\n</entry>\n"_html);
  }
  xml.add("</feed>\n"_html);
  return xml.take();
}

std::string sitemap(const Site& site) {
  Html xml;
  xml.add(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"_html);
  const auto add = [&](std::string_view path, const std::optional<ChangeTimes>& changes) {
    xml.add("<url><loc>"_html, site.texts.url, Url::within(path).text(), "</loc>"_html);
    if (changes) xml.add("<lastmod>"_html, date_of(changes->last), "</lastmod>"_html);
    xml.add("</url>\n"_html);
  };
  for (const char* path : {"index.html", "matrix.html", "fields.html", "indicators.html", "log-types.html",
                           "packs.html", "statistics.html"}) {
    add(path, std::nullopt);
  }
  for (const GroupTable* table :
       {&site.map.fields, &site.map.log_types, &site.map.techniques, &site.map.packs, &site.map.libraries}) {
    for (const RuleGroup& group : table->all()) add(group.page, std::nullopt);
  }
  for (RuleIndex i = 0; i < site.catalog.rules().size(); ++i) {
    add(site.map.rule_page(i), site.catalog.rules()[i].changes);
  }
  xml.add("</urlset>\n"_html);
  return xml.take();
}

}  // namespace picket::site
