// Nothing from outside is markup in a Markdown report.
#include "tools/report/markdown.hpp"

#include "tests/catch.hpp"

using namespace picket;

TEST_CASE("text shows as it is") {
  CHECK(markdown_text("plain words, 1.5 & more; a: b") == "plain words, 1.5 & more; a: b");
  CHECK(markdown_text("a|b `c` *d* _e_ ~f~") == R"(a\|b \`c\` \*d\* \_e\_ \~f\~)");
  CHECK(markdown_text("<b>[x](y)</b> # \\") == R"(\<b\>\[x\](y)\</b\> \# \\)");
  CHECK(markdown_text("&lt;&#64; & AT&T") == R"(\&lt;\&\#64; & AT&T)");
  CHECK(markdown_text("two\nlines") == "two\\\\nlines");
}

TEST_CASE("nobody is mentioned and nothing commanded") {
  CHECK(markdown_text("@team") == "@\u200bteam");
  CHECK(markdown_text("::error::x") == "\u200b::error::x");
  CHECK(markdown_text(" ::error::x") == " \u200b::error::x");
  CHECK(markdown_text("a::b") == "a::b");
  CHECK(markdown_text("x ##[error]") == "x \\#\\#\u200b\\[error\\]");
}

TEST_CASE("a line of HTML holds text only") {
  CHECK(html_text("a<b>&lt; _c_ @d") == "a&lt;b&gt;&amp;lt; _c_ @\u200bd");
}

TEST_CASE("nothing ends a block") {
  CHECK(markdown_block("diff", "+ a\n") == "```diff\n+ a\n```\n");
  CHECK(markdown_block("", "a") == "```\na\n```\n");
  CHECK(markdown_block("json", "```\n````") == "`````json\n```\n````\n`````\n");
  CHECK(markdown_block("diff", "  ::set-output\n##[x]\na::b\n") ==
        "```diff\n  \u200b::set-output\n##\u200b[x]\na::b\n```\n");
}
