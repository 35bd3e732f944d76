// HTML that cannot be broken by what is written into it: text is escaped unless a programmer wrote it as markup.
//
//   html.add("<p class=\"about\">"_html, rule.title, "</p>"_html);
//
// Markup is a literal, checked when it is compiled; whatever comes at run time is text. Places where escaping is not
// enough (a URL, a script, a style) cannot be written with text at all.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace picket {

// Tags and text that stand in the source code.
class Markup {
 public:
  consteval Markup(const char* text, std::size_t size) : text_(text, size) { check(); }
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  // Where a piece of markup ends, text follows: within quotes it must be the value of an attribute that means no
  // more than its text, and never where a tag's or an attribute's name stands.
  consteval void check() const {
    const char* const refused = "text cannot follow this markup";
    // NOLINTBEGIN(misc-throw-by-value-catch-by-reference): what is thrown here is an error of the compiler
    if (text_.ends_with('=')) throw refused;
    for (const std::string_view attribute :
         {" href=\"", " src=\"", " action=\"", " style=\"", " srcdoc=\"", " formaction=\"", " on"}) {
      const std::size_t at = text_.rfind(attribute);
      if (at == std::string_view::npos) continue;
      if (attribute == " on" || text_.find('"', at + attribute.size()) == std::string_view::npos) throw refused;
    }
    if (text_.ends_with("<script>") || text_.ends_with("<style>") || text_.ends_with('<')) throw refused;
    // NOLINTEND(misc-throw-by-value-catch-by-reference)
  }

  std::string_view text_;
};

consteval Markup operator""_html(const char* text, std::size_t size) { return {text, size}; }

// A place to link to, of a scheme that runs nothing.
class Url {
 public:
  // `http:`, `https:` and `mailto:`, without control characters or blanks; nothing else from outside is a link.
  [[nodiscard]] static bool is_safe(std::string_view text);
  // REQUIRES: is_safe(text).
  [[nodiscard]] static Url outside(std::string_view text);
  // A path within the site, as this program has made it: `../rules/A.html#tests`. Bytes other than letters, digits and
  // `-._~/#` are percent-encoded (RFC 3986), so that no path can be taken for a scheme.
  [[nodiscard]] static Url within(std::string_view path);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  explicit Url(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// A whole attribute, ` href="…"` or ` src="…"`, which is the only way to write one.
struct UrlAttribute {
  std::string_view name;
  Url url;
};
[[nodiscard]] inline UrlAttribute href(Url url) { return {"href", std::move(url)}; }
[[nodiscard]] inline UrlAttribute source(Url url) { return {"src", std::move(url)}; }

class Html {
 public:
  // Adds the parts in order: markup and HTML as they are, numbers in decimal, text escaped.
  template <typename... Parts>
  Html& add(const Parts&... parts) {
    (put(parts), ...);
    return *this;
  }
  // `<a href="…">`, with an end tag to follow. A link out of the site tells its target nothing of where it stood.
  Html& open_link(const Url& url, std::string_view classes = {});
  // A text of many lines, every byte of which a reader may copy: characters that cannot be seen, or that turn the
  // direction of reading, stay, each in `<span class="unseen" data-code="U+202E">`, which shows its code.
  Html& verbatim(std::string_view text);

  void reserve(std::size_t bytes) { text_.reserve(bytes); }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void put(Markup markup) { text_ += markup.text(); }
  void put(const Html& html) { text_ += html.text_; }
  void put(std::string_view text);
  void put(const char* text) { put(std::string_view(text)); }
  void put(const UrlAttribute& attribute);
  template <std::integral Number>
  void put(Number number) {
    text_ += std::to_string(number);
  }
  void put(bool) = delete;  // NOLINT(modernize-use-equals-delete): private like the others
  void put(char) = delete;  // NOLINT(modernize-use-equals-delete)

  std::string text_;
};

// The text as it may stand between tags and in quotes: the five signs of HTML as entities; bytes that are no UTF-8, and
// control characters, as U+FFFD; what turns the direction of reading or cannot be seen as `[U+202E]`.
void append_escaped(std::string& out, std::string_view text);

}  // namespace picket
