#include "engine/site/page.hpp"

#include <array>

namespace picket::site {
namespace {

struct NavigationEntry {
  Section section;
  std::string_view path;
  std::string_view text;
};
constexpr std::array navigation_entries = {
    NavigationEntry{Section::rules, "index.html", "Rules"},
    NavigationEntry{Section::matrix, "matrix.html", "ATT&CK"},
    NavigationEntry{Section::fields, "fields.html", "Fields"},
    NavigationEntry{Section::indicators, "indicators.html", "Indicators"},
    NavigationEntry{Section::log_types, "log-types.html", "Log types"},
    NavigationEntry{Section::packs, "packs.html", "Packs"},
    NavigationEntry{Section::statistics, "statistics.html", "Statistics"},
};

constexpr std::size_t longest_title = 200;  // bytes of a window's title

std::string_view cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

Url Page::to(std::string_view path) const {
  return Url::within((path_.find('/') == std::string::npos ? "" : "../") + std::string(path));
}

Page& Page::link(std::string_view path, std::string_view text, std::string_view classes) {
  main.open_link(to(path), classes).add(text, "</a>"_html);
  return *this;
}

void Page::script(std::string name, bool wasm) {
  scripts_.push_back(std::move(name));
  wasm_ = wasm_ || wasm;
}

void Page::heading(std::string_view kicker) {
  if (!crumbs_.empty()) {
    main.add(R"(<nav class="crumbs" aria-label="Breadcrumb"><ol>)"_html);
    for (const auto& [path, text] : crumbs_) {
      main.add("<li>"_html);
      link(path, cut(text, longest_title));
      main.add("</li>"_html);
    }
    main.add(R"(<li aria-current="page">)"_html, cut(title_, longest_title), "</li></ol></nav>\n"_html);
  }
  if (!kicker.empty()) main.add(R"(<p class="kicker">)"_html, kicker, "</p>\n"_html);
  main.add("<h1>"_html, cut(title_, 4 * longest_title), "</h1>\n"_html);
}

// The policy allows what the site brings with it, and nothing else.
void Page::head(Html& html) const {
  html.add(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; img-src 'self'; "
      "script-src 'self'"_html);
  if (wasm_) html.add(" 'wasm-unsafe-eval'"_html);
  html.add(
      "; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>"_html,
      cut(title_, longest_title));
  if (title_ != texts_->title) html.add(" · "_html, texts_->title);
  html.add("</title>\n<link rel=\"stylesheet\""_html, href(to("assets/site.css")), ">\n<link rel=\"icon\""_html,
           href(to("assets/icon.svg")), " type=\"image/svg+xml\">\n"_html,
           R"(<link rel="alternate" type="application/atom+xml" title="Changes")"_html, href(to("feed.xml")),
           ">\n"_html);
  // Not deferred: it sets the theme before anything is painted.
  html.add("<script"_html, source(to("assets/site.js")), "></script>\n"_html);
  for (const std::string& name : scripts_) {
    html.add("<script"_html, source(to("assets/" + name)), " defer></script>\n"_html);
  }
  html.add("</head>\n"_html);
}

void Page::navigation(Html& html) const {
  html.add(R"(<a class="skip")"_html, href(Url::within("#main")), ">Skip to content</a>\n<header class=\"bar\">"_html);
  html.open_link(to("index.html"), "brand").add(R"(<span class="mark" aria-hidden="true"></span>)"_html, texts_->title);
  html.add("</a>\n<nav aria-label=\"Site\"><ul>"_html);
  for (const NavigationEntry& entry : navigation_entries) {
    html.add("<li><a"_html, href(to(entry.path)));
    if (entry.section == section_) html.add(R"( aria-current="true")"_html);
    html.add(">"_html, entry.text, "</a></li>"_html);
  }
  html.add("</ul></nav>\n<button id=\"theme-toggle\" type=\"button\" hidden>Dark</button></header>\n"_html);
}

std::string Page::take() {
  Html html;
  html.reserve(main.size() + 4096);
  head(html);
  html.add("<body>\n"_html);
  navigation(html);
  html.add("<main id=\"main\" tabindex=\"-1\">\n"_html, main, "</main>\n<footer>"_html);
  html.add(
      "<p>Made by Picket from the rules themselves. Each states what it looks for; the catalog states how many "
      "others do.</p></footer>\n</body>\n</html>\n"_html);
  return html.take();
}

}  // namespace picket::site
