// The events that rules are measured on: lines in blocks, as a reader of files hands them out.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace picket::bench {

// Some of a corpus: one text, with padding before and behind, cut into blocks of whole lines.
class Slice {
 public:
  // Takes lines, each with its line end.
  explicit Slice(const std::string& lines, std::size_t block_size = std::size_t{256} * 1024);
  Slice(const Slice&) = delete;
  Slice(Slice&&) = default;
  Slice& operator=(const Slice&) = delete;
  Slice& operator=(Slice&&) = delete;
  ~Slice() = default;

  [[nodiscard]] const std::vector<std::string_view>& blocks() const { return blocks_; }
  // All blocks, or the first ones, as one text; padded, too.
  [[nodiscard]] std::string_view text(std::size_t blocks) const;
  [[nodiscard]] std::string_view text() const { return text(blocks_.size()); }

 private:
  std::vector<char> padded_;  // moving it moves no byte, so that the blocks stay
  std::vector<std::string_view> blocks_;
};

// Slices that follow one another: the first one is to warm up with, the last one to count allocations on, each other
// one for one round of measuring, so that no round sees an event twice, nor a value that is said never to repeat.
using Corpus = std::vector<Slice>;

// Each slice has at least `bytes` of events that `append_event` adds, with their line ends, one at a time.
[[nodiscard]] Corpus make_corpus(std::size_t slices, std::size_t bytes,
                                 const std::function<void(std::string&)>& append_event);

[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace picket::bench
