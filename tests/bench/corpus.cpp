#include "tests/bench/corpus.hpp"

#include <algorithm>

#include "engine/eval/execute.hpp"
#include "tests/bench/yardstick.hpp"

namespace picket::bench {
namespace {

constexpr std::size_t padding = std::max(block_padding, yardstick_padding);

}  // namespace

Slice::Slice(const std::string& lines, std::size_t block_size) : padded_(lines.size() + 2 * padding, '\n') {
  std::copy(lines.begin(), lines.end(), padded_.begin() + static_cast<std::ptrdiff_t>(padding));
  const std::string_view text(padded_.data() + padding, lines.size());
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.size();
    if (text.size() - begin > block_size) {
      const std::size_t last = text.rfind('\n', begin + block_size - 1);
      end = last != std::string_view::npos && last >= begin ? last + 1 : text.find('\n', begin + block_size) + 1;
    }
    blocks_.push_back(text.substr(begin, end - begin));
    begin = end;
  }
}

std::string_view Slice::text(std::size_t blocks) const {
  const std::string_view last = blocks_[blocks - 1];
  return {blocks_[0].data(), static_cast<std::size_t>(last.data() + last.size() - blocks_[0].data())};
}

Corpus make_corpus(std::size_t slices, std::size_t bytes, const std::function<void(std::string&)>& append_event) {
  Corpus corpus;
  std::string lines;
  for (std::size_t i = 0; i < slices; ++i) {
    lines.clear();
    while (lines.size() < bytes) append_event(lines);
    corpus.emplace_back(lines);
  }
  return corpus;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

}  // namespace picket::bench
