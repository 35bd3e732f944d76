#include "engine/stream/followed_input.hpp"

#include <algorithm>
#include <charconv>

#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

// Of lines that begin with a number: seconds.
std::optional<Time> time_of(std::string_view line) {
  std::int64_t seconds = 0;
  const auto read = std::from_chars(line.data(), line.data() + line.size(), seconds);
  return read.ec == std::errc() ? std::optional(Time{seconds * 1'000'000}) : std::nullopt;
}

// One line for each of so many seconds, `step` apart, of some two hundred bytes.
std::string log_of(int seconds, int step, const std::string& prefix = "") {
  std::string text;
  for (int at = 0; at < seconds; at += step) text += prefix + std::to_string(at) + std::string(200, '.') + "\n";
  return text;
}

struct Read {
  std::vector<std::string> files;   // in the order of batches
  std::int64_t farthest_apart = 0;  // seconds that a line lay behind one read before it
};

// All that has piled up in the logs.
Read read_all(const std::vector<std::string>& paths, bool with_times = true) {
  FollowOptions options;
  if (with_times) options.time_of = time_of;
  FollowedInput input(paths, options);
  Read all;
  std::int64_t latest = 0;
  input.read({.take =
                  [&](Batch& batch) {
                    all.files.push_back(*batch.input);
                    for (const Piece& piece : batch.pieces) {
                      std::string_view lines = piece.frame.text;
                      for (std::size_t end = lines.find('\n'); end != std::string_view::npos; end = lines.find('\n')) {
                        if (const auto time = time_of(lines)) {
                          const std::int64_t seconds = time->microseconds / 1'000'000;
                          all.farthest_apart = std::max(all.farthest_apart, latest - seconds);
                          latest = std::max(latest, seconds);
                        }
                        lines.remove_prefix(end + 1);
                      }
                    }
                    batch = {};
                    return true;
                  },
              .rest = [] { return false; }});
  return all;
}

}  // namespace

TEST_CASE("what has piled up in several logs is read nearly in the order in which it happened") {
  const TemporaryFolder folder;
  const std::string dense = folder.add("dense.log", log_of(20'000, 1));
  const std::string sparse = folder.add("sparse.log", log_of(20'000, 2));
  const Read all = read_all({sparse, dense});
  CHECK(all.files.size() > 10);
  CHECK(all.farthest_apart < 4'000);  // one piece of the sparse log
  CHECK(read_all({sparse, dense}, false).farthest_apart > 6'000);
}

TEST_CASE("a log that does not say when its events happened is read beside the others") {
  const TemporaryFolder folder;
  const std::string timed = folder.add("timed.log", log_of(20'000, 1));
  const std::string untimed = folder.add("untimed.log", log_of(20'000, 1, "at "));
  const Read all = read_all({untimed, timed});
  const auto half = all.files.begin() + static_cast<std::ptrdiff_t>(all.files.size() / 2);
  for (const std::string& path : {timed, untimed}) {
    CHECK(std::count(all.files.begin(), half, path) >= 3);
    CHECK(std::count(half, all.files.end(), path) >= 3);
  }
}
