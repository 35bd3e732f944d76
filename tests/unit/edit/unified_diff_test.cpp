#include "engine/edit/unified_diff.hpp"

#include <string>
#include <vector>

#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

std::string numbered(int from, int to) {
  std::string text;
  for (int i = from; i <= to; ++i) text += std::to_string(i) + "\n";
  return text;
}

// What `patch` would make of `before`: an independent reading of the format.
std::string patched(const std::string& before, const std::string& diff) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < before.size();) {
    const std::size_t end = std::min(before.find('\n', at), before.size() - 1) + 1;
    lines.push_back(before.substr(at, end - at));
    at = end;
  }
  std::string result;
  std::size_t next = 0;
  for (std::size_t at = 0; at < diff.size();) {
    const std::size_t end = diff.find('\n', at) + 1;
    std::string line = diff.substr(at, end - at);
    at = end;
    if (line.starts_with("--- ") || line.starts_with("+++ ")) continue;
    if (line.starts_with("@@ -")) {
      const std::size_t first = std::stoul(line.substr(4));
      const bool empty = line.substr(0, line.find(" +")).ends_with(",0");
      for (const std::size_t begin = first - (empty ? 0 : 1); next < begin; ++next) result += lines[next];
      continue;
    }
    if (diff.substr(at, 1) == "\\") {
      line.pop_back();
      at = diff.find('\n', at) + 1;
    }
    if (line.front() != '+') CHECK(lines.at(next++) == line.substr(1));
    if (line.front() != '-') result += line.substr(1);
  }
  for (; next < lines.size(); ++next) result += lines[next];
  return result;
}

}  // namespace

TEST_CASE("a change is shown with three lines around it") {
  const std::string before = numbered(1, 20);
  std::string after = before;
  after.replace(after.find("10\n"), 3, "ten\n10b\n");
  CHECK(unified_diff("x.yml", before, after) ==
        "--- a/x.yml\n+++ b/x.yml\n@@ -7,7 +7,8 @@\n 7\n 8\n 9\n-10\n+ten\n+10b\n 11\n 12\n 13\n");
  CHECK(unified_diff("x.yml", before, before).empty());
}

TEST_CASE("changes far apart are hunks of their own, near ones share one") {
  const std::string before = numbered(1, 40);
  std::string after = before;
  after.erase(after.find("5\n"), 2);
  after.replace(after.find("11\n"), 3, "eleven\n");
  after.replace(after.find("30\n"), 3, "thirty\n");
  const std::string diff = unified_diff("x", before, after);
  CHECK(diff.find("@@ -2,13 +2,12 @@\n") != std::string::npos);
  CHECK(diff.find("@@ -27,7 +26,7 @@\n") != std::string::npos);
}

TEST_CASE("texts without a line end, and without lines") {
  CHECK(unified_diff("x", "a", "a\n") == "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
  CHECK(unified_diff("x", "", "a\n") == "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+a\n");
  CHECK(unified_diff("x", "a\n", "") == "--- a/x\n+++ b/x\n@@ -1 +0,0 @@\n-a\n");
}

TEST_CASE("a diff leads from one text to the other") {
  bench::Chance chance(20261128);
  const auto random_text = [&] {
    std::string text;
    for (std::size_t count = chance.below(30); count > 0; --count) {
      text += static_cast<char>('a' + chance.below(4));
      if (count > 1 || !chance.one_in(3)) text += '\n';
    }
    return text;
  };
  for (int i = 0; i < 2'000; ++i) {
    const std::string before = random_text();
    const std::string after = random_text();
    CAPTURE(before, after);
    CHECK(patched(before, unified_diff("x", before, after)) == after);
  }
}

TEST_CASE("texts that have nothing in common are replaced whole, in bounded time") {
  const std::string before = numbered(1, 50'000);
  const std::string after = numbered(100'001, 150'000);
  const std::string diff = unified_diff("x", before, after);
  CHECK(diff.find("@@ -1,50000 +1,50000 @@") != std::string::npos);
  CHECK(patched(before, diff) == after);
}

}  // namespace picket::tests
