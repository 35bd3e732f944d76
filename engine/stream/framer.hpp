// Framer: a stream of bytes in, the texts of its events out. How a stream is laid out is found by scanning it, in
// bounded memory; tools/run/README.md states the rules for users.
//
//   lines      each line is one event, one array of events or one `Records` document; it stands alone, so that a broken
//              one takes nothing with it. Settled by a first value that begins and ends on one line.
//   documents  values one after another, over any number of lines or several on one. Settled by a first value that
//              goes on over a line end, or has a neighbour on its line.
//
// The elements of an array and of `{"Records": [...]}` (`records`) are events, one by one, never held together. The
// Framer knows nothing of JSON but strings and brackets: what it cuts out is the reader's to judge. After a broken
// value it goes on where the next one most likely begins (resync.hpp).
//
// A stream of lines is mostly one event a line, and of those the Framer need only see how they begin: whoever can judge
// many lines at once asks for lines() before each next().
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/stream/frame.hpp"
#include "engine/stream/window.hpp"

namespace picket {

// Where in a stream to begin: at its beginning, or later, at the begin of a line of a stream of lines.
struct FramingStart {
  std::uint64_t offset = 0;
  std::uint64_t line = 1;
  bool lines = false;  // the stream is known to be lines
};

class Framer {
 public:
  explicit Framer(ReadBytes read, FrameLimits limits = {},
                  std::shared_ptr<BufferPool> pool = std::make_shared<BufferPool>(), BeforeRead before_read = {})
      : window_(std::move(read), std::move(pool), std::move(before_read)), limits_(limits) {}
  // The bytes that are read are those from `start` on. REQUIRES: nothing was asked of it yet.
  void begin_at(const FramingStart& start);
  // Of a text that is the whole stream, and outlives the framer.
  explicit Framer(std::string_view text, FrameLimits limits = {}) : window_(text), limits_(limits) {}

  // The next text that stands where an event may stand; nothing at the end of the stream.
  [[nodiscard]] std::optional<Frame> next();

  // As many whole lines as are held in memory, of which next() would give each that is not blank as a frame of its own,
  // from its first byte that is no blank to its last. Nothing if there is none, or the next one is not of that kind.
  // Never reads.
  [[nodiscard]] std::optional<Frame> lines();

  // Where the texts of whole frames are: they live as long as somebody shares it. Null if the stream is a text.
  [[nodiscard]] const std::shared_ptr<Buffer>& memory() const { return window_.memory(); }

  // Bytes of the stream that are behind the frames handed out.
  [[nodiscard]] std::uint64_t consumed() const { return window_.offset(); }
  // The same with the frame handed out last, and the line that what follows begins on; of a frame that goes over
  // several lines, the one that it begins on.
  [[nodiscard]] std::uint64_t end() const { return window_.offset() + held_ - (held_ == 0 ? gone_ : 0); }
  [[nodiscard]] std::uint64_t end_line() const { return line_ + held_lines_; }

 private:
  // CloudTrail's key of its records, and that of Azure's messages.
  static constexpr std::array<std::string_view, 2> records_keys = {"\"Records\"", "\"records\""};
  enum class Layout : std::uint8_t { unknown, lines, documents };
  struct Container {
    bool records = false;     // an object's `Records`, else an array
    bool line_bound = false;  // it ends with its line, whatever is missing
  };

  // --- the parts of a stream ---
  [[nodiscard]] bool skip_blanks();
  [[nodiscard]] std::optional<Frame> top_level();
  [[nodiscard]] std::optional<Frame> element();
  [[nodiscard]] bool open_container();
  [[nodiscard]] std::optional<Frame> close_container();
  [[nodiscard]] std::optional<Frame> finish_object(bool line_bound);
  [[nodiscard]] Frame line();
  [[nodiscard]] Frame value();
  [[nodiscard]] Frame scrap();
  [[nodiscard]] Frame unclosed();

  // --- ends of values ---
  [[nodiscard]] Frame complete(std::size_t at, bool many_lines);
  [[nodiscard]] Frame broken(std::size_t at, bool many_lines);
  [[nodiscard]] std::size_t cut_on_line(std::size_t at);
  [[nodiscard]] std::size_t cut_before_line(std::size_t at);
  void settle(std::size_t at);

  // --- the text that is being taken: from the window's front ---
  void begin();
  [[nodiscard]] bool grow(std::size_t& at);
  [[nodiscard]] std::size_t to_line_end(std::size_t at);
  [[nodiscard]] Frame finish(std::size_t at);
  void let_go(std::size_t at);
  void consume(std::size_t count);
  void consume_held();

  // --- looking ahead ---
  [[nodiscard]] std::optional<char> peek(std::size_t at);
  [[nodiscard]] std::size_t past_blanks(std::size_t at, bool line_ends);
  [[nodiscard]] std::optional<std::size_t> records_header();
  [[nodiscard]] bool line_ends_at(std::size_t at);
  [[nodiscard]] bool at_fresh_line();

  Window window_;
  FrameLimits limits_;
  Layout layout_ = Layout::unknown;
  std::vector<Container> containers_;
  std::string sibling_key_;  // first key of the last element

  std::uint64_t line_ = 1;
  std::uint64_t line_begin_ = 0;  // offset
  std::size_t indent_ = 0;        // blanks before the first thing on the line
  bool fresh_line_ = true;        // nothing on this line yet

  Frame frame_;
  std::size_t held_ = 0;          // bytes of the window that are the frame handed out last
  std::uint64_t held_lines_ = 0;  // if it is of lines(): how many
  std::uint64_t gone_ = 0;        // bytes of the text being taken that are no longer in the window
  std::string head_;              // its first bytes, then
  std::uint64_t rescanned_ = 0;
};

}  // namespace picket
