#include "engine/site/code.hpp"

#include <string>
#include <string_view>

#include "tests/catch.hpp"

namespace picket::tests {
namespace {

// What a reader would copy.
std::string text_of(std::string_view html) {
  std::string text;
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] == '<') {
      at = html.find('>', at) + 1;
      continue;
    }
    bool replaced = false;
    for (const auto& [entity, sign] :
         {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&#13;", "\r"}}) {
      if (!html.substr(at).starts_with(entity)) continue;
      text += sign;
      at += std::string_view(entity).size();
      replaced = true;
      break;
    }
    if (!replaced) text += html[at++];
  }
  return text;
}

std::string yaml(std::string_view text) {
  Html html;
  site::add_yaml(html, text);
  return html.take();
}

std::string condition(std::string_view text) {
  Html html;
  site::add_condition(html, text, syntax::TextForm::condition, {});
  return html.take();
}

}  // namespace

TEST_CASE("YAML in colours is the same text") {
  for (const char* text : {"", "\n", "a: b\n", "a: 'it''s' # note\n", "list: [1, 2]\n- - a: 1\n",
                           "k: |\n  x: y # no comment\n\n  z\nnext: true\n", "\"quoted key\": 5\r\n",
                           "a: \u202e<b>&\"'\n", "k: >-\n    deep\n  less\n", "no newline: at end", ": :\n", "# only\n",
                           "a:b: c\n", "- Name: x\n  Log: &create\n    <<: *other\n"}) {
    INFO(text);
    CHECK(text_of(yaml(text)) == text);
  }
}

TEST_CASE("keys, comments, strings and numbers of YAML are told apart; a block scalar is text") {
  CHECK(yaml("a: 1") == "<b>a</b>: <i class=\"n\">1</i>");
  CHECK(yaml("- \"x\" # c") == R"(<i class="p">-</i> <i class="s">&quot;x&quot;</i> <i class="c"># c</i>)");
  CHECK(yaml("k: |\n  a: 1\nb: x") == "<b>k</b>: |\n  a: 1\n<b>b</b>: x");
}

TEST_CASE("the detection language in colours is the same text, with its parts told apart") {
  for (const char* text : {"a eq 1", "a.b in [\"x\", 'y']  # note\nnot (c is null or f\"{d} e\" contains~ \"z\")",
                           "any x in items { x.port ge 22 }", "broken ( and", ""}) {
    INFO(text);
    CHECK(text_of(condition(text)) == text);
  }
  CHECK(condition("not aws.ok eq \"x\"  # c") ==
        "<i class=\"k\">not</i> <i class=\"f\">aws.ok</i> <i class=\"o\">eq</i> <i class=\"s\">&quot;x&quot;</i>  "
        "<i class=\"c\"># c</i>");
  CHECK(condition("lower(a) in [1]") ==
        R"(<i class="u">lower</i>(<i class="f">a</i>) <i class="o">in</i> [<i class="n">1</i>])");
}

}  // namespace picket::tests
