#include "engine/stream/batch_cutter.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace picket {
namespace {

// A batch that has so much is handed on: enough to be worth its way to another thread and back, and little enough to be
// in that thread's cache.
constexpr std::size_t enough_bytes = std::size_t{128} * 1024;
constexpr std::size_t enough_pieces = 4096;

}  // namespace

BatchCutter::BatchCutter(ByteSource source, FrameLimits limits, std::shared_ptr<BufferPool> pool)
    : source_(std::move(source)),
      framer_([this](std::span<char> to) { return stopped_ ? 0 : source_.read(to); }, limits, std::move(pool),
              [this](bool moves) { before_read(moves); }) {}

void BatchCutter::run(const BatchTaker& taker) {
  taker_ = &taker;
  while (!stopped_) {
    std::optional<Frame> frame = framer_.lines();
    const bool lines = frame.has_value();
    if (!lines) frame = framer_.next();
    if (!frame || (source_.interrupted && source_.interrupted())) break;
    add(*frame, lines);
    if (batch_.bytes >= enough_bytes || batch_.pieces.size() >= enough_pieces) hand_on();
  }
  hand_on();
}

void BatchCutter::before_read(bool moves) {
  const bool waits = !stopped_ && !source_.ready();
  if (moves || waits) hand_on();
  if (waits && !stopped_) stopped_ = !taker_->rest();
}

void BatchCutter::add(const Frame& frame, bool lines) {
  Piece& piece = batch_.pieces.emplace_back(Piece{.frame = frame, .lines = lines});
  batch_.bytes += frame.text.size();
  batch_.end = framer_.end();
  batch_.end_line = framer_.end_line();
  if (frame.whole) return;
  const auto shown = std::make_shared<Buffer>(frame.text.size());
  std::copy(frame.text.begin(), frame.text.end(), shown->data());
  piece.frame.text = {shown->data(), frame.text.size()};
  batch_.memory.push_back(shown);
}

// All pieces but the beginnings of those that are too long are in one memory: before that changes, they are handed on.
void BatchCutter::hand_on() {
  if (batch_.pieces.empty() || stopped_) return;
  if (framer_.memory() != nullptr) batch_.memory.push_back(framer_.memory());
  stopped_ = !taker_->take(batch_);
}

}  // namespace picket
