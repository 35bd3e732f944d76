#include "tools/terminal/display.hpp"
#include "tests/catch.hpp"

namespace picket {

TEST_CASE("nothing that steers a terminal survives escaping") {
  CHECK(escape_controls("plain é 日本") == "plain é 日本");
  CHECK(escape_controls("a\x1b[31mb\x07") == "a\\x1b[31mb\\x07");
  CHECK(escape_controls("line\nnext\r\t") == R"(line\nnext\r\t)");
  CHECK(escape_controls("a\tb", true) == "a\tb");
  CHECK(escape_controls("\xC2\x9B") == "\\u{9b}");                // CSI as a C1 control
  CHECK(escape_controls("x\xE2\x80\xAEtxt") == "x\\u{202e}txt");  // right-to-left override
  CHECK(escape_controls("x\xE2\x81\xA6y") == "x\\u{2066}y");      // isolate
  CHECK(escape_controls("\xEF\xBB\xBFy") == "\\u{feff}y");
  CHECK(escape_controls("caf\xE9!") == "caf\\xe9!");  // no UTF-8
  CHECK(escape_controls(std::string_view("\0", 1)) == "\\x00");
}

TEST_CASE("columns are those of a terminal") {
  CHECK(columns_of("abc") == 3);
  CHECK(columns_of("日本語") == 6);
  CHECK(columns_of("e\xCC\x81") == 1);  // e and a combining acute
  CHECK(columns_of("🐎") == 2);
}

TEST_CASE("shortening keeps whole characters and says that it cut") {
  CHECK(shorten("abc", 3) == "abc");
  CHECK(shorten("abcd", 3) == "ab…");
  CHECK(shorten("日本語", 5) == "日本…");
  CHECK(shorten("日本語", 4) == "日…");
  CHECK(shorten("", 1) == "");
}

}  // namespace picket
