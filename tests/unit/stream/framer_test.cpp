#include "engine/stream/framer.hpp"

#include <nlohmann/json.hpp>
#include <random>

#include "tests/catch.hpp"
#include "tests/unit/stream/framing.hpp"
#include "tests/unit/stream/layouts.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

struct Case {
  std::string_view shows;
  std::string text;
  std::vector<std::string> frames;
};

// Every case in whole and byte by byte: how a stream arrives must not matter.
void check(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    INFO(one.shows << "\n" << one.text);
    CHECK(texts_of(one.text) == one.frames);
    CHECK(texts_of(one.text, 1) == one.frames);
  }
}

}  // namespace

TEST_CASE("sound streams give their events, however they are laid out") {
  check({
      {"nothing", "", {}},
      {"only blanks", " \n\r\n\t\n", {}},
      {"JSON lines", "{\"a\":1}\n{\"a\":2}\n", {"{\"a\":1}", "{\"a\":2}"}},
      {"no line end at the end", "{\"a\":1}\n{\"a\":2}", {"{\"a\":1}", "{\"a\":2}"}},
      {"CRLF, blank and indented lines", "{\"a\":1}\r\n\r\n  {\"a\":2} \r\n", {"{\"a\":1}", "{\"a\":2}"}},
      {"a byte order mark", "\xEF\xBB\xBF{\"a\":1}\n{\"a\":2}\n", {"{\"a\":1}", "{\"a\":2}"}},
      {"a byte order mark in the middle", "{\"a\":1}\n\xEF\xBB\xBF{\"a\":2}\n", {"{\"a\":1}", "{\"a\":2}"}},
      {"one document over many lines",
       "{\n  \"a\": {\n    \"b\": [1,\n 2]\n  }\n}\n",
       {"{\n  \"a\": {\n    \"b\": [1,\n 2]\n  }\n}"}},
      {"documents over many lines", "{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n", {"{\n  \"a\": 1\n}", "{\n  \"a\": 2\n}"}},
      {"values side by side",
       "{\"a\":1}{\"a\":2} {\"a\":3}\n{\"a\":4}",
       {"{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "{\"a\":4}"}},
      {"values with commas between", "{\"a\":1},\n{\"a\":2},\n", {"{\"a\":1}", "{\"a\":2}"}},
      {"an array", R"([{"a":1},{"a":2}])", {"{\"a\":1}", "{\"a\":2}"}},
      {"an empty array", " [ ] ", {}},
      {"an array over many lines",
       "[\n  {\"a\":1},\n  {\n    \"a\": 2\n  }\n]\n",
       {"{\"a\":1}", "{\n    \"a\": 2\n  }"}},
      {"elements that are no objects",
       R"([1, "x,]", null, [2,[3]], {"a":1}])",
       {"1", "\"x,]\"", "null", "[2,[3]]", "{\"a\":1}"}},
      {"arrays on lines",
       "[{\"a\":1},{\"a\":2}]\n[{\"a\":3}]\n{\"a\":4}\n",
       {"{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "{\"a\":4}"}},
      {"Records", R"({"Records":[{"a":1},{"a":2}]})", {"{\"a\":1}", "{\"a\":2}"}},
      {"records, as Azure writes them",
       "{\"records\": [{\"a\":1},{\"a\":2}]}\n{\"records\":[{\"a\":3}]}\n",
       {"{\"a\":1}", "{\"a\":2}", "{\"a\":3}"}},
      {"an event that begins with records of its own",
       "{\"records\":2}\n{\"recordset\":[{}]}\n",
       {"{\"records\":2}", "{\"recordset\":[{}]}"}},
      {"Records over many lines", "{\n \"Records\" : [\n {\"a\":1},\n {\"a\":2}\n ]\n}\n", {"{\"a\":1}", "{\"a\":2}"}},
      {"Records on lines",
       "{\"Records\":[{\"a\":1}]}\n{\"Records\":[]}\n{\"Records\":[{\"a\":2}]}\n{\"a\":3}\n",
       {"{\"a\":1}", "{\"a\":2}", "{\"a\":3}"}},
      {"something behind Records",
       "{\"Records\":[{\"a\":1}],\"next\":{\"b\":[\"]}\"]}}\n{\"a\":2}\n",
       {"{\"a\":1}", "{\"a\":2}"}},
      {"an array of Records documents", R"([{"Records":[{"a":1}]},{"Records":[{"a":2}]}])", {"{\"a\":1}", "{\"a\":2}"}},
      {"a field that is called Records",
       "{\"Records\":[1,2]}\n{\"x\":1,\"Records\":[{}]}\n",
       {"{\"Records\":[1,2]}", R"({"x":1,"Records":[{}]})"}},
      {"brackets, quotes and backslashes in strings",
       R"([{"a":"}]\"{\\"},{"b":2}])",
       {R"({"a":"}]\"{\\"})", "{\"b\":2}"}},
      {"lines, then a document over many lines",
       "{\"a\":1}\n{\n\"a\":\n2\n}\n{\"a\":3}\n",
       {"{\"a\":1}", "{\n\"a\":\n2\n}", "{\"a\":3}"}},
      {"lines, then an array over many lines",
       "{\"a\":1}\n[\n{\"a\":2},\n{\"a\":3}\n]\n{\"a\":4}\n",
       {"{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "{\"a\":4}"}},
  });
}

TEST_CASE("a broken value takes nothing with it") {
  check({
      {"a broken line", "{\"a\":1}\n{\"a\":\n{\"a\":3}\n", {"{\"a\":1}", "{\"a\":", "{\"a\":3}"}},
      {"an open string", "{\"a\":1}\n{\"a\":\"x\n{\"a\":3}\n", {"{\"a\":1}", R"({"a":"x)", "{\"a\":3}"}},
      {"garbage", "{\"a\":1}\nwhat?\n{\"a\":3}\n", {"{\"a\":1}", "what?", "{\"a\":3}"}},
      {"the first line is garbage", "what?\n{\"a\":2}\n{\"a\":3}\n", {"what?", "{\"a\":2}", "{\"a\":3}"}},
      {"the first line is cut within a string",
       "{\"a\":\"x\n{\"a\":2}\n{\"a\":3}\n",
       {R"({"a":"x)", "{\"a\":2}", "{\"a\":3}"}},
      {"the first line is cut behind a comma",
       "{\"a\":1,\n{\"a\":2}\n{\"a\":3}\n",
       {"{\"a\":1,", "{\"a\":2}", "{\"a\":3}"}},
      {"the first line is cut behind a colon",
       "{\"a\":\n{\"a\":2}\n{\"a\":3}\n",
       {"{\"a\":", "{\"a\":2}", "{\"a\":3}"}},
      {"the first line is cut in an array",
       "{\"a\":[1,\n{\"a\":2}\n{\"a\":3}\n",
       {"{\"a\":[1,", "{\"a\":2}", "{\"a\":3}"}},
      {"the first line has something behind it", "{\"a\":1} x\n{\"a\":2}\n", {"{\"a\":1} x", "{\"a\":2}"}},
      {"the last line is cut", "{\"a\":1}\n{\"a\":", {"{\"a\":1}", "{\"a\":"}},
      {"a NUL and bytes that are no UTF-8",
       std::string("{\"a\":1}\n\0\xff\n{\"a\":3}\n", 19),
       {"{\"a\":1}", std::string("\0\xff", 2), "{\"a\":3}"}},
      {"garbage in an array", R"([{"a":1}, garbage, {"a":2}])", {"{\"a\":1}", "garbage", "{\"a\":2}"}},
      {"commas missing or doubled in an array",
       R"([{"a":1} {"a":2},,{"a":3},])",
       {"{\"a\":1}", "{\"a\":2}", "{\"a\":3}"}},
      {"a fault of grammar in an array",
       R"([{"a":tru e, "b":[{"a":9}]},{"a":2}])",
       {R"({"a":tru e, "b":[{"a":9}]})", "{\"a\":2}"}},
      {"an open object in an array on one line",
       R"([{"a":1},{"a":2,{"a":3}])",
       {"{\"a\":1}", "{\"a\":2,", "{\"a\":3}"}},
      {"an object that is none in an array", R"([{"a":1},{broken,{"a":3}])", {"{\"a\":1}", "{broken,", "{\"a\":3}"}},
      {"an open string in an array on one line",
       R"([{"a":1},{"a":"x},{"a":3}])",
       {"{\"a\":1}", R"({"a":"x},)", "{\"a\":3}"}},
      {"an open string in an array over many lines",
       "[\n  {\n    \"a\": \"x,\n    \"b\": {\n      \"c\": 1\n    }\n  },\n"
       "  {\n    \"a\": 2\n  }\n]\n{\"a\":3}\n",
       {"{\n    \"a\": \"x,\n    \"b\": {\n      \"c\": 1\n    }\n  },", "{\n    \"a\": 2\n  }", "{\"a\":3}"}},
      {"the last element of an array over many lines",
       "[\n  {\n    \"a\": \"x\n  }\n]\n{\"a\":3}\n",
       {"{\n    \"a\": \"x\n  }", "{\"a\":3}"}},
      {"elements that begin on the line of the last one's end",
       "[{\n  \"a\": \"x\n}, {\n  \"a\": 2\n}]",
       {"{\n  \"a\": \"x\n},", "{\n  \"a\": 2\n}"}},
      {"Records cut within a line",
       "{\"Records\":[{\"a\":1}]}\n{\"Records\":[{\"a\":2},{\"a\":\n{\"Records\":[{\"a\":3}]}\n",
       {"{\"a\":1}", "{\"a\":2}", "{\"a\":", "", "{\"a\":3}"}},
      {"an array that is not closed", R"([{"a":1},{"a":2})", {"{\"a\":1}", "{\"a\":2}", ""}},
      {"an array cut within an element", R"([{"a":1},{"a":)", {"{\"a\":1}", "{\"a\":"}},
      {"a document that is cut", "{\n  \"a\": 1,\n  \"b\"", {"{\n  \"a\": 1,\n  \"b\""}},
      {"a broken document among others",
       "{\n  \"a\": 1\n}\n{\n  \"a\": x y\n}\n{\n  \"a\": 3\n}\n",
       {"{\n  \"a\": 1\n}", "{\n  \"a\": x y\n}", "{\n  \"a\": 3\n}"}},
      {"brackets that do not fit", R"([{"a":[1}},{"a":2}])", {"{\"a\":[1}},", "{\"a\":2}"}},
      {"something behind Records that is broken",
       "{\"Records\":[{\"a\":1}] x}\n{\"a\":2}\n",
       {"{\"a\":1}", "x}", "{\"a\":2}"}},
  });
}

TEST_CASE("frames say where they stand") {
  const auto lines = frames_of("\xEF\xBB\xBF{\"a\":1}\r\n\n  {\"a\":22}\n");
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == OwnedFrame{"{\"a\":1}", true, 7, 3, 1});
  CHECK(lines[1] == OwnedFrame{"{\"a\":22}", true, 8, 15, 3});
  const auto array = frames_of("[\n  {\"a\":1},\n  {\n    \"a\": 2\n  },\n  {\"a\":3}]\n");
  REQUIRE(array.size() == 3);
  CHECK(array[0] == OwnedFrame{"{\"a\":1}", true, 7, 4, 2});
  CHECK(array[1].line == 3);
  CHECK(array[2].line == 6);
  CHECK(array[2].offset == 35);
}

TEST_CASE("what is longer than the limit is passed over, its beginning kept") {
  const FrameLimits limits{.longest = 100, .shown = 10};
  const std::string long_event = R"({"a":")" + std::string(500'000, 'x') + "\"}";
  const OwnedFrame expected{R"({"a":"xxxx)", false, long_event.size(), 0, 0};
  const auto is_expected = [&](OwnedFrame frame) {
    frame.offset = frame.line = 0;
    return frame == expected;
  };
  for (const std::size_t chunk : {std::size_t{1} << 20, std::size_t{1000}}) {
    for (const auto& [text, at] : std::vector<std::pair<std::string, std::size_t>>{
             {"{\"b\":1}\n" + long_event + "\n{\"c\":1}\n", 1},
             {long_event + "\n{\"b\":1}\n{\"c\":1}\n", 0},
             {"[{\"b\":1}," + long_event + ",{\"c\":1}]", 1},
             {"{\"Records\":[" + long_event + ",\n{\"b\":1},{\"c\":1}]}", 0}}) {
      const auto frames = frames_of(text, chunk, limits);
      INFO(text.substr(0, 20) << " chunk " << chunk);
      REQUIRE(frames.size() == 3);
      CHECK(is_expected(frames[at]));
      CHECK(frames[2].text == "{\"c\":1}");
    }
  }
}

TEST_CASE("the limit is exact") {
  const std::string event = R"({"a":"xyz"})";
  CHECK(frames_of(event + "\n", 3, {.longest = event.size(), .shown = 4})[0].whole);
  CHECK_FALSE(frames_of(event + "\n", 3, {.longest = event.size() - 1, .shown = 4})[0].whole);
}

TEST_CASE("a long line that never ends is one dead letter") {
  const FrameLimits limits{.longest = 1000, .shown = 10};
  const std::string open = R"({"a":")" + std::string(300'000, 'x');
  CHECK(frames_of(open, 5000, limits).size() == 1);
  CHECK(frames_of(open + "\n{\"b\":1}\n", 5000, limits).back().text == "{\"b\":1}");
  CHECK(frames_of(std::string(300'000, 'z') + "\n{\"b\":1}\n", 5000, limits).back().text == "{\"b\":1}");
  CHECK(frames_of("[" + std::string(300'000, '['), 5000, limits).size() == 1);
  CHECK(frames_of("[" + std::string(300'000, 'z') + ",{\"b\":1}]", 5000, limits).back().text == "{\"b\":1}");
}

TEST_CASE("the same events in every layout give the same frames, in whatever chunks they arrive") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  RandomEvents random(seed);
  for (int round = 0; round < 40; ++round) {
    const auto events = random.some(1 + random.below(20));
    for (const Layout& layout : layouts_of(events)) {
      const std::size_t largest = std::size_t{1} << random.below(16);
      INFO(layout.name << ", chunks of up to " << largest << "\n" << layout.text.substr(0, 2000));
      Framer framer(read_in_chunks(layout.text, [&] { return 1 + random.below(largest); }));
      const auto frames = all_frames(framer);
      REQUIRE(frames.size() == events.size());
      for (std::size_t i = 0; i < frames.size(); ++i) {
        CHECK(nlohmann::ordered_json::parse(frames[i].text) == events[i]);
        CHECK(layout.text.substr(frames[i].offset, frames[i].text.size()) == frames[i].text);
      }
    }
  }
}

TEST_CASE("one broken event among others takes no other with it, in every layout of one event a line") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  RandomEvents random(seed);
  for (int round = 0; round < 200; ++round) {
    const auto events = random.some(3 + random.below(10));
    const std::size_t victim = random.below(events.size());
    std::string text;
    for (std::size_t i = 0; i < events.size(); ++i) {
      std::string line = events[i].dump();
      if (i == victim) line.resize(1 + random.below(line.size() - 1));
      text += line + "\n";
    }
    INFO(text);
    std::size_t sound = 0;
    for (const std::string& frame : texts_of(text)) {
      const auto parsed = nlohmann::ordered_json::parse(frame, nullptr, false);
      if (parsed.is_discarded()) continue;
      CHECK(std::count(events.begin(), events.end(), parsed) == 1);
      ++sound;
    }
    CHECK(sound == events.size() - 1);
  }
}
