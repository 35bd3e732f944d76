// What every page has around what it says: head, navigation, foot.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/html/html.hpp"

namespace picket::site {

struct SiteTexts {
  std::string title = "Detection rules";
  std::string url;      // where the site will lie, with a `/` at its end; empty: not known
  bool engine = false;  // whether assets/engine.js is there, so that pages can try their rules
  std::string source;   // where a rule's file can be read: a URL with `{path}` in it; empty: nowhere
};

// The parts of the site that its navigation leads to.
enum class Section : std::uint8_t { rules, matrix, fields, indicators, log_types, packs, statistics };

class Page {
 public:
  // `path` is its place within the site; `title` is text.
  Page(const SiteTexts& texts, std::string path, std::string title, Section section)
      : texts_(&texts), path_(std::move(path)), title_(std::move(title)), section_(section) {}

  // What it says is added here.
  Html main;

  // A link from this page to a place within the site.
  [[nodiscard]] Url to(std::string_view path) const;
  // The link and its text.
  Page& link(std::string_view path, std::string_view text, std::string_view classes = {});
  // A crumb before the page's own title.
  void crumb(std::string path, std::string text) { crumbs_.emplace_back(std::move(path), std::move(text)); }
  // A file below assets/ that runs when the page is read; `wasm`: which may compile WebAssembly.
  void script(std::string name, bool wasm = false);

  // `<nav>` of crumbs and `<h1>`; what a page says begins with it.
  void heading(std::string_view kicker = {});

  [[nodiscard]] const std::string& path() const { return path_; }
  // The whole document.
  [[nodiscard]] std::string take();

 private:
  void head(Html& html) const;
  void navigation(Html& html) const;

  const SiteTexts* texts_;
  std::string path_;
  std::string title_;
  Section section_;
  std::vector<std::pair<std::string, std::string>> crumbs_;
  std::vector<std::string> scripts_;
  bool wasm_ = false;
};

}  // namespace picket::site
