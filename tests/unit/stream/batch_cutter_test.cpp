#include "engine/stream/batch_cutter.hpp"

#include <random>

#include "tests/catch.hpp"
#include "tests/unit/stream/framing.hpp"
#include "tests/unit/stream/layouts.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

// The frames that a piece of lines stands for, as Framer::lines() promises them.
void add_lines(const Frame& lines, std::vector<OwnedFrame>& frames) {
  constexpr std::string_view blanks = " \t\r";
  std::uint64_t line = lines.line;
  for (std::size_t begin = 0; begin < lines.text.size(); ++line) {
    const std::size_t end = lines.text.find('\n', begin);
    REQUIRE(end != std::string_view::npos);
    const std::string_view text = lines.text.substr(begin, end - begin);
    const std::size_t first = text.find_first_not_of(blanks);
    if (first != std::string_view::npos) {
      const std::string_view trimmed = text.substr(first, text.find_last_not_of(blanks) + 1 - first);
      frames.push_back({std::string(trimmed), true, trimmed.size(), lines.offset + begin + first, line});
    }
    begin = end + 1;
  }
}

struct Cut {
  std::vector<OwnedFrame> frames;
  std::size_t batches = 0;
  std::size_t line_pieces = 0;
};

// Everything that a stream is cut into. `kept` batches are held on to, as threads that judge them would.
Cut cut(std::string_view text, std::function<std::size_t()> next_size, std::function<bool()> ready,
        FrameLimits limits = {}, std::size_t kept = 0) {
  Cut result;
  std::vector<Batch> held;
  std::size_t settled = 0;
  const auto settle = [&](std::size_t count) {
    for (; settled < count; ++settled) {
      for (const Piece& piece : held[settled].pieces) {
        if (piece.lines) {
          ++result.line_pieces;
          add_lines(piece.frame, result.frames);
        } else {
          result.frames.push_back(owned(piece.frame));
        }
      }
      held[settled].clear();
    }
  };
  BatchCutter cutter({.read = read_in_chunks(text, std::move(next_size)), .ready = std::move(ready)}, limits,
                     std::make_shared<BufferPool>());
  cutter.run({.take =
                  [&](Batch& batch) {
                    ++result.batches;
                    held.push_back(std::exchange(batch, {}));
                    if (held.size() > kept) settle(held.size() - kept);
                    return true;
                  },
              .rest = [] { return true; }});
  settle(held.size());
  CHECK(cutter.consumed() == text.size());
  return result;
}

bool always() { return true; }

// A stream that is mostly lines, of every kind that there is.
std::string random_stream(RandomEvents& random) {
  static const std::vector<std::string> oddities = {"\n",
                                                    " \t\r\n",
                                                    "[{\"a\":1},{\"b\":2}]\n",
                                                    "[\n",
                                                    "]\n",
                                                    "{\n",
                                                    "}\n",
                                                    "{\"a\":\n",
                                                    "\"a\":1\n",
                                                    "garbage\n",
                                                    "[]\n",
                                                    "\xEF\xBB\xBF",
                                                    "{\"a\":",
                                                    "{}{}\n",
                                                    "{ \"Records\" : [{}]}\n",
                                                    "{\"Records\":[\n",
                                                    "{},\n",
                                                    "{ \t\r\n",
                                                    "\"",
                                                    ",\n",
                                                    "{\"Records\":1}\n",
                                                    "{\"Records\"\n",
                                                    ":[{}]}\n",
                                                    "7\n",
                                                    "{}\r\n"};
  std::string text;
  for (std::size_t i = random.below(60); i > 0; --i) {
    if (random.below(3) == 0) {
      text += oddities[random.below(oddities.size())];
    } else {
      const bool printed = random.below(10) == 0;
      for (const auto& event : random.some(1 + random.below(4))) text += event.dump(printed ? 2 : -1) + "\n";
    }
  }
  if (random.below(2) == 0 && !text.empty()) text.pop_back();
  return text;
}

}  // namespace

TEST_CASE("batches hold exactly the frames that come one by one, however the stream arrives") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  RandomEvents random(seed);
  std::size_t line_pieces = 0;
  for (int round = 0; round < 600; ++round) {
    const std::string text = (random.below(2) == 0 ? "{}\n" : "") + random_stream(random);
    const FrameLimits limits{.longest = random.below(3) == 0 ? 1 + random.below(200) : 100'000, .shown = 20};
    const std::size_t largest = std::size_t{1} << random.below(14);
    INFO("chunks of up to " << largest << ", lines of up to " << limits.longest << "\n" << text);
    // Where what is too long goes on depends on how much of it is held, so both get the same chunks.
    const auto sizes = [largest, chunks = RandomEvents(seed + static_cast<unsigned>(round))]() mutable {
      return 1 + chunks.below(largest);
    };
    const Cut batches = cut(
        text, sizes, [&] { return random.below(3) > 0; }, limits, random.below(4));
    line_pieces += batches.line_pieces;
    Framer one_by_one(read_in_chunks(text, sizes), limits);
    const auto expected = all_frames(one_by_one);
    REQUIRE(batches.frames.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      INFO(i << ": " << batches.frames[i].text << "\ninstead of " << expected[i].text);
      REQUIRE(batches.frames[i] == expected[i]);
    }
  }
  CHECK(line_pieces > 600);
}

TEST_CASE("long streams are cut into many batches, and what is cut stays as it was while it is held") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  RandomEvents random(seed);
  const auto events = random.some(5000);
  for (const Layout& layout : layouts_of(events)) {
    INFO(layout.name);
    for (const unsigned kept : {0U, 7U, 1000U}) {
      const Cut batches = cut(
          layout.text, [&] { return 1 + random.below(300'000); }, always, {}, kept);
      REQUIRE(batches.frames.size() == events.size());
      for (std::size_t i = 0; i < events.size(); ++i) {
        const OwnedFrame& frame = batches.frames[i];
        REQUIRE(layout.text.compare(frame.offset, frame.text.size(), frame.text) == 0);
      }
      CHECK(batches.batches > layout.text.size() / 400'000);
    }
  }
}

TEST_CASE("lines that are plain are handed out many at once") {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += "{\"n\":" + std::to_string(i) + "}\n";
  const Cut batches = cut(
      text, [] { return 1 << 20; }, always);
  CHECK(batches.frames.size() == 50'000);
  CHECK(batches.batches < 10);
  CHECK(batches.line_pieces < 10);
}

TEST_CASE("before a slow source is waited for, everything that can be judged is handed on") {
  const std::string text = "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n{\"a\":";
  std::size_t sent = 0;  // one line more with every rest
  std::size_t told = 1;  // lines that may be read
  std::vector<std::string> order;
  BatchCutter cutter({.read =
                          [&](std::span<char> to) {
                            const std::size_t end = std::min(text.find('\n', sent), text.size() - 1) + 1;
                            const std::size_t count = text.substr(sent, end - sent).copy(to.data(), to.size());
                            sent += count;
                            if (told > 0) --told;
                            return count;
                          },
                      .ready = [&] { return told > 0; }},
                     {}, std::make_shared<BufferPool>());
  cutter.run({.take =
                  [&](Batch& batch) {
                    for (const Piece& piece : batch.pieces) {
                      std::vector<OwnedFrame> frames;
                      if (piece.lines) {
                        add_lines(piece.frame, frames);
                      } else {
                        frames.push_back(owned(piece.frame));
                      }
                      for (const OwnedFrame& frame : frames) order.push_back(frame.text);
                    }
                    batch.clear();
                    return true;
                  },
              .rest =
                  [&] {
                    order.emplace_back("rest");
                    told = 1;
                    return true;
                  }});
  CHECK(order ==
        std::vector<std::string>{"{\"a\":1}", "rest", "{\"a\":2}", "rest", "{\"a\":3}", "rest", "rest", "{\"a\":"});
}

TEST_CASE("whoever takes batches can have enough of them") {
  const std::string text(1'000'000, '\n');
  for (const bool at_rest : {false, true}) {
    std::size_t calls = 0;
    std::size_t reads = 0;
    BatchCutter cutter({.read =
                            [&](std::span<char> to) {
                              ++reads;
                              return std::string_view("{}\n{}\n").copy(to.data(), to.size());
                            },
                        .ready = [&] { return !at_rest; }},
                       {}, std::make_shared<BufferPool>());
    cutter.run({.take =
                    [&](Batch& batch) {
                      batch.clear();
                      ++calls;
                      return at_rest;
                    },
                .rest = [&] { return reads == 0; }});
    CHECK(calls == 1);
    CHECK(reads < 50'000);
  }
}
