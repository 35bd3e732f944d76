#include "engine/html/html.hpp"

#include <string>
#include <string_view>

#include "engine/html/markdown.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

std::string escaped(std::string_view text) { return Html().add(text).take(); }

}  // namespace

TEST_CASE("text is escaped, markup is not, numbers are numbers") {
  const std::string title = R"(<script>alert("1")</script> & 'x')";
  Html html;
  html.add("<p title=\""_html, title, "\">"_html, 42, "</p>"_html);
  CHECK(html.text() == R"(<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;">42</p>)");
}

TEST_CASE("what cannot be seen, or turns the direction of reading, is written out") {
  CHECK(escaped("a\u202e"
                "b") == "a[U+202E]b");
  CHECK(escaped("\u2066\u200b\ufeff") == "[U+2066][U+200B][U+FEFF]");
  CHECK(escaped("\U000e0041") == "[U+E0041]");
  CHECK(escaped("é ü 漢 😀") == "é ü 漢 😀");
}

TEST_CASE("control characters and bytes that are no UTF-8 become U+FFFD; line ends and tabs stay") {
  CHECK(escaped(std::string_view("a\0b\x1b", 4)) == "a\ufffdb\ufffd");
  CHECK(escaped("a\n\tb") == "a\n\tb");
  CHECK(escaped("\xff\xc3") == "\ufffd\ufffd");
  CHECK(escaped("\xc3(") == "\ufffd(");
  CHECK(escaped("\xed\xa0\x80").find('\xed') == std::string::npos);  // a surrogate
}

TEST_CASE("verbatim text keeps each byte that HTML can hold, and shows what cannot be seen") {
  Html html;
  html.verbatim("a\u202e<b>\r\n");
  CHECK(html.text() == "a<span class=\"unseen\" data-code=\"U+202E\">\u202e</span>&lt;b&gt;&#13;\n");
}

TEST_CASE("only http, https and mailto are safe URLs") {
  for (const char* safe : {"http://a.example/", "https://a.example/?q=1&r=2#x", "HTTPS://A.example/", "mailto:a@b.c",
                           "https://a.example/\"><script>"}) {
    INFO(safe);
    CHECK(Url::is_safe(safe));
  }
  for (const char* unsafe :
       {"javascript:alert(1)", "JaVaScRiPt:alert(1)", " https://a.example/", "java\nscript:x", "data:text/html,x",
        "//a.example/", "/etc", "vbscript:x", "https:", "https://a.example/ b", "https://a.example/\nb",
        "https://a\u202e.example/", "file:///etc/passwd", "", "\x01https://a.example/", "https://\xff"}) {
    INFO(unsafe);
    CHECK_FALSE(Url::is_safe(unsafe));
  }
  CHECK(Html().open_link(Url::outside("https://a.example/\"><script>")).take() ==
        R"(<a href="https://a.example/&quot;&gt;&lt;script&gt;" rel="noreferrer">)");
}

TEST_CASE("a path within the site can be taken for nothing else") {
  CHECK(Url::within("../rules/A.B_c-1~2.html#tests").text() == "../rules/A.B_c-1~2.html#tests");
  CHECK(Url::within("javascript:alert(1)").text() == "javascript%3Aalert%281%29");
  CHECK(Url::within("a?b=é").text() == "a%3Fb%3D%C3%A9");
}

TEST_CASE("Markdown becomes HTML; what could do harm becomes text") {
  const struct {
    const char* text;
    const char* html;
  } cases[] = {
      {"one *two* `three`", "<p>one <em>two</em> <code>three</code></p>\n"},
      {"1. a\n2. b\n", "<ol><li>a</li>\n<li>b</li>\n</ol>\n"},
      {"3. c\n", "<ol start=\"3\"><li>c</li>\n</ol>\n"},
      {"# big", "<p class=\"heading\">big</p>\n"},
      {"<b onclick=x>hi</b>", "<p>&lt;b onclick=x&gt;hi&lt;/b&gt;</p>\n"},
      {"<script>\nalert(1)\n</script>", "<p>&lt;script&gt;\nalert(1)\n&lt;/script&gt;</p>\n"},
      {"[ok](https://a.example/)", "<p><a href=\"https://a.example/\" rel=\"noreferrer\">ok</a></p>\n"},
      {"[bad](javascript:alert(1))", "<p>bad</p>\n"},
      {"[bad](JAVASCRIPT:alert(1))", "<p>bad</p>\n"},
      {"[bad](&#106;avascript:alert(1))", "<p>bad</p>\n"},
      {"[bad](data:text/html,x)", "<p>bad</p>\n"},
      {"<javascript:alert(1)>", "<p>javascript:alert(1)</p>\n"},
      {"see https://a.example/x.",
       "<p>see <a href=\"https://a.example/x\" rel=\"noreferrer\">https://a.example/x</a>.</p>\n"},
      {"![a picture](https://a.example/x.png)", "<p>a picture</p>\n"},
      {"[![x](https://a.example/y)](https://a.example/z)",
       "<p><a href=\"https://a.example/z\" rel=\"noreferrer\">x</a></p>\n"},
      {"[a <https://inner.example/> b](https://outer.example/)",
       "<p><a href=\"https://outer.example/\" rel=\"noreferrer\">a https://inner.example/ b</a></p>\n"},
      {"", ""},
  };
  for (const auto& [text, html] : cases) {
    INFO(text);
    CHECK(markdown(text, 1000).text() == html);
  }
}

TEST_CASE("Markdown that is made to be slow is not") {
  std::string text;
  for (int i = 0; i < 30'000; ++i) text += "[";
  CHECK(markdown(text, 40'000).size() > 0);
  CHECK(markdown(std::string(1'000'000, '*'), 5'000).text().starts_with("<pre>"));
}

TEST_CASE("HTML of Markdown is no longer than asked for") {
  for (const char* part : {">", "é\"", "* a\n", "\"", "`"}) {
    std::string text;
    while (text.size() < 7'000) text += part;
    CHECK(markdown(text, 8'000).size() <= 8'100);
  }
}

}  // namespace picket::tests
