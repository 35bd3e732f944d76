// `picket run` on lines of any length: bounded memory, nothing else lost.
#include "tests/catch.hpp"
#include "tests/front_door/run_fixture.hpp"
#include "tests/sanitized.hpp"

using namespace picket::tests;

namespace {

constexpr std::size_t mebibyte = std::size_t{1024} * 1024;

// Kilobytes: 16 MiB of event, doubled in its buffer, and the program. Sanitizers multiply memory, and the bound is
// about Picket's own.
constexpr long peak_allowed = sanitized ? 2'000'000 : 150'000;

struct Flood {
  std::string_view shows;
  std::string before;
  std::string unit;  // repeated
  std::string after;
};

ProgramResult run_flood(const RunFixture& fixture, const Flood& flood, std::size_t bytes,
                        const std::vector<std::string>& more) {
  ProgramCall call;
  call.arguments = fixture.arguments(more);
  call.input = [&](const WriteInput& write) {
    std::string chunk;
    while (chunk.size() < mebibyte) chunk += flood.unit;
    write(event(1) + "\n" + flood.before);
    for (std::size_t sent = 0; sent < bytes && write(chunk); sent += chunk.size()) {
    }
    write(flood.after + "\n" + event(2) + "\n");
  };
  return run_picket(call);
}

}  // namespace

TEST_CASE("a line of a gibibyte is one dead letter") {
  const RunFixture fixture;
  const std::string letters = fixture.folder.path("dead.jsonl");
  const ProgramResult result =
      run_flood(fixture, {"", R"({"a":")", "0123456789abcdef", "\"}"}, 1024 * mebibyte, {"--dead-letter", letters});
  CHECK(result.status == 0);
  CHECK(hits_of(result.out) == std::vector<int>{1, 2});
  CHECK(result.peak_kilobytes < peak_allowed);
  const auto dead = json_lines(read_file(letters));
  REQUIRE(dead.size() == 1);
  CHECK(dead[0].at("reason") == "too long");
  CHECK(dead[0].at("line") == 2);
  CHECK(dead[0].at("offset") == event(1).size() + 1);
  CHECK(dead[0].at("length") == 1024 * mebibyte + 8);
  CHECK(dead[0].at("text").get<std::string>().substr(0, 10) == R"({"a":"0123)");
  CHECK(dead[0].at("text").get<std::string>().size() == 65536);
}

TEST_CASE("floods of every kind pass in bounded memory") {
  const RunFixture fixture;
  for (const Flood& flood :
       {Flood{"an open string", R"({"a":")", "x", ""}, Flood{"brackets", "", "[", ""},
        Flood{"open objects", "", "{\"a\":", ""}, Flood{"garbage", "", "\x01\xff ", ""},
        Flood{"NULs", "", std::string(16, '\0'), ""}, Flood{"an array's open string", R"([{"a":")", "x", ""},
        Flood{"an array of scraps", "[", "x,{,", "]"}, Flood{"blanks", "", " ", ""},
        Flood{"a number", "{\"a\":", "1", "}"}}) {
    INFO(flood.shows);
    const ProgramResult result =
        run_flood(fixture, flood, 64 * mebibyte, {"--max-line", "1MiB", "--dead-letter", "/dev/null"});
    CHECK(result.status == 0);
    const auto hits = hits_of(result.out);
    REQUIRE_FALSE(hits.empty());
    CHECK(hits.front() == 1);
    CHECK(hits.back() == 2);
    CHECK(result.peak_kilobytes < peak_allowed);
  }
}

TEST_CASE("an array that is longer than any limit is judged element by element") {
  const RunFixture fixture;
  ProgramCall call;
  call.arguments = fixture.arguments({"--max-line", "4096"});
  const std::string filler = R"(,{"n":0,"pad":")" + std::string(1000, 'x') + "\"}";
  call.input = [&](const WriteInput& write) {
    write("{\"Records\":[" + event(1));
    for (int i = 0; i < 20'000 && write(filler); ++i) {
    }
    write("," + event(2) + "]}");
  };
  const ProgramResult result = run_picket(call);
  CHECK(result.status == 0);
  CHECK(hits_of(result.out) == std::vector<int>{1, 2});
  CHECK(result.peak_kilobytes < peak_allowed);
  CHECK_THAT(result.err, contains("20,002 events"));
}

TEST_CASE("the limit may be set, and is exact") {
  const RunFixture fixture;
  const std::string text = event(1);
  CHECK(hits_of(fixture.run({"--max-line", std::to_string(text.size())}, text).out) == std::vector<int>{1});
  CHECK(hits_of(fixture.run({"--max-line", std::to_string(text.size() - 1)}, text).out).empty());
  const ProgramResult negative = fixture.run({"--max-line", "-1"}, text);
  CHECK(negative.status == 2);
  CHECK(holds(negative.err, "--max-line: `-1` is no number of bytes"));
}
