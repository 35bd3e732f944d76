#include "engine/html/markdown.hpp"

#include <md4c.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace picket {
namespace {

// As it is written, cut at a character.
Html as_written(std::string_view text, std::size_t most) {
  constexpr std::size_t growth = 6;  // of a sign that becomes an entity
  if (text.size() > most / growth) {
    std::size_t end = most / growth;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    text = text.substr(0, end);
  }
  Html html;
  html.add("<pre>"_html, text, "</pre>\n"_html);
  return html;
}

class Renderer {
 public:
  explicit Renderer(Html& html) : html_(&html) {}

  void enter_block(MD_BLOCKTYPE type, const void* detail) {
    switch (type) {
      case MD_BLOCK_QUOTE:
        html_->add("<blockquote>"_html);
        break;
      case MD_BLOCK_UL:
        html_->add("<ul>"_html);
        break;
      case MD_BLOCK_OL: {
        const unsigned start = static_cast<const MD_BLOCK_OL_DETAIL*>(detail)->start;
        if (start == 1) {
          html_->add("<ol>"_html);
        } else {
          html_->add(R"(<ol start=")"_html, start, R"(">)"_html);
        }
        break;
      }
      case MD_BLOCK_LI:
        html_->add("<li>"_html);
        break;
      case MD_BLOCK_H:
        html_->add(R"(<p class="heading">)"_html);
        break;
      case MD_BLOCK_CODE:
        html_->add("<pre><code>"_html);
        break;
      case MD_BLOCK_P:
        html_->add("<p>"_html);
        break;
      default:
        break;
    }
  }

  void leave_block(MD_BLOCKTYPE type) {
    switch (type) {
      case MD_BLOCK_QUOTE:
        html_->add("</blockquote>\n"_html);
        break;
      case MD_BLOCK_UL:
        html_->add("</ul>\n"_html);
        break;
      case MD_BLOCK_OL:
        html_->add("</ol>\n"_html);
        break;
      case MD_BLOCK_LI:
        html_->add("</li>\n"_html);
        break;
      case MD_BLOCK_HR:
        html_->add("<hr>\n"_html);
        break;
      case MD_BLOCK_CODE:
        html_->add("</code></pre>\n"_html);
        break;
      case MD_BLOCK_H:
      case MD_BLOCK_P:
        html_->add("</p>\n"_html);
        break;
      default:
        break;
    }
  }

  void enter_span(MD_SPANTYPE type, const void* detail) {
    switch (type) {
      case MD_SPAN_EM:
        html_->add("<em>"_html);
        break;
      case MD_SPAN_STRONG:
        html_->add("<strong>"_html);
        break;
      case MD_SPAN_CODE:
        html_->add("<code>"_html);
        break;
      case MD_SPAN_A: {
        const MD_ATTRIBUTE& href = static_cast<const MD_SPAN_A_DETAIL*>(detail)->href;
        const std::string_view url(href.text, href.size);
        // Within a link there is no other, whatever the parser says.
        links_.push_back(Url::is_safe(url) && !in_link());
        if (links_.back()) html_->open_link(Url::outside(url));
        break;
      }
      default:
        break;
    }
  }

  void leave_span(MD_SPANTYPE type) {
    switch (type) {
      case MD_SPAN_EM:
        html_->add("</em>"_html);
        break;
      case MD_SPAN_STRONG:
        html_->add("</strong>"_html);
        break;
      case MD_SPAN_CODE:
        html_->add("</code>"_html);
        break;
      case MD_SPAN_A:
        if (links_.back()) html_->add("</a>"_html);
        links_.pop_back();
        break;
      default:
        break;
    }
  }

  void text(MD_TEXTTYPE type, std::string_view text) {
    if (type == MD_TEXT_BR) {
      html_->add("<br>\n"_html);
    } else if (type == MD_TEXT_SOFTBR) {
      html_->add("\n"_html);
    } else {
      html_->add(text);
    }
  }

 private:
  [[nodiscard]] bool in_link() const { return std::find(links_.begin(), links_.end(), true) != links_.end(); }

  Html* html_;
  std::vector<bool> links_;
};

Renderer& renderer_of(void* user) { return *static_cast<Renderer*>(user); }

}  // namespace

Html markdown(std::string_view text, std::size_t most) {
  if (text.size() > most) return as_written(text, most);
  Html html;
  Renderer renderer(html);
  MD_PARSER parser{};
  parser.flags = MD_FLAG_NOHTML | MD_FLAG_PERMISSIVEURLAUTOLINKS;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* user) {
    renderer_of(user).enter_block(type, detail);
    return 0;
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* user) {
    renderer_of(user).leave_block(type);
    return 0;
  };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* user) {
    renderer_of(user).enter_span(type, detail);
    return 0;
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* user) {
    renderer_of(user).leave_span(type);
    return 0;
  };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* part, MD_SIZE size, void* user) {
    renderer_of(user).text(type, {part, size});
    return 0;
  };
  md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &renderer);
  return html.size() <= most ? std::move(html) : as_written(text, most);
}

}  // namespace picket
