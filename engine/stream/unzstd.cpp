#include "engine/stream/unzstd.hpp"

#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <array>
#include <utility>

namespace picket {
namespace {

constexpr std::size_t packed_bytes = std::size_t{128} * 1024;

constexpr std::size_t magic_bytes = 4;
constexpr std::size_t shortest_header = 5;
constexpr const char* something_else = "there is something else behind the zstd data";

std::string words_for(std::size_t error) {
  switch (ZSTD_getErrorCode(error)) {
    case ZSTD_error_prefix_unknown:  // the first frame was recognised by its prefix
      return something_else;
    case ZSTD_error_frameParameter_windowTooLarge:
      return "the zstd data needs more than 128 MiB of memory to be unpacked; unpack it first";
    case ZSTD_error_dictionary_wrong:
      return "the zstd data is packed with a dictionary; unpack it first";
    case ZSTD_error_checksum_wrong:
      return "the zstd data is corrupt: its checksum does not fit";
    case ZSTD_error_memory_allocation:
      return "no memory to unpack zstd";
    default:
      return "the zstd data is corrupt";
  }
}

}  // namespace

struct Unzstd::Stream {
  std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context{ZSTD_createDCtx(), ZSTD_freeDCtx};
  std::array<char, packed_bytes> packed;  // the first `filled` bytes are read, the first `used` of them unpacked
  std::size_t filled = 0;
  std::size_t used = 0;
  std::size_t wanted = shortest_header;  // packed bytes that make the next step
  std::size_t frame_bytes = 0;           // packed bytes of the frame so far; 0 between frames
  bool holds_more = false;               // there was no room for all that was unpacked
};

Unzstd::Unzstd(ReadBytes raw) : raw_(std::move(raw)), stream_(std::make_unique_for_overwrite<Stream>()) {
  ZSTD_DCtx* context = stream_->context.get();
  if (context == nullptr ||
      ZSTD_isError(ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, largest_window_log)) != 0) {
    end_with("no memory to unpack zstd");
  }
}

Unzstd::~Unzstd() = default;

// Step by step as libzstd asks for it, a block at a time: a step that fails tells nothing of what it unpacked before.
std::size_t Unzstd::read(std::span<char> to) {
  Stream& stream = *stream_;
  ZSTD_outBuffer out = {.dst = to.data(), .size = to.size(), .pos = 0};
  while (!ended_ && out.pos == 0) {
    if (stream.used == stream.filled && !stream.holds_more && !refill()) {
      end();
      break;
    }
    const std::size_t end = std::min(stream.filled, stream.used + stream.wanted);
    ZSTD_inBuffer in = {.src = stream.packed.data(), .size = end, .pos = stream.used};
    const std::size_t result = ZSTD_decompressStream(stream.context.get(), &out, &in);
    if (ZSTD_isError(result) != 0) {
      end_with(words_for(result));
      break;
    }
    stream.frame_bytes = result == 0 ? 0 : stream.frame_bytes + in.pos - stream.used;
    stream.used = in.pos;
    stream.wanted = result == 0 ? shortest_header : result;
    stream.holds_more = result != 0 && out.pos == out.size;
  }
  return out.pos;
}

bool Unzstd::refill() {
  stream_->used = 0;
  stream_->filled = raw_(stream_->packed);
  return stream_->filled > 0;
}

void Unzstd::end() {
  const std::size_t frame_bytes = stream_->frame_bytes;
  if (frame_bytes > 0) end_with(frame_bytes < magic_bytes ? something_else : "the zstd data is cut off");
  ended_ = true;
}

void Unzstd::end_with(std::string fault) {
  fault_ = std::move(fault);
  ended_ = true;
}

}  // namespace picket
