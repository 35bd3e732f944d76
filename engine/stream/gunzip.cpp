#include "engine/stream/gunzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace picket {
namespace {

constexpr int gzip_only = 15 + 16;  // zlib's way to say: the largest window, and a gzip header

}  // namespace

struct Gunzip::Stream {
  z_stream zlib{};
  bool ready = false;
  bool holds_more = false;  // there was no room for all that was unpacked
  std::array<unsigned char, 64 * 1024> packed;
};

Gunzip::Gunzip(ReadBytes raw) : raw_(std::move(raw)), stream_(std::make_unique_for_overwrite<Stream>()) {
  stream_->ready = inflateInit2(&stream_->zlib, gzip_only) == Z_OK;
  if (!stream_->ready) end_with("no memory to unpack gzip");
}

Gunzip::~Gunzip() {
  if (stream_->ready) inflateEnd(&stream_->zlib);
}

std::size_t Gunzip::read(std::span<char> to) {
  z_stream& zlib = stream_->zlib;
  const auto room = static_cast<uInt>(std::min<std::size_t>(to.size(), std::numeric_limits<uInt>::max()));
  zlib.next_out = reinterpret_cast<Bytef*>(to.data());
  zlib.avail_out = room;
  while (!ended_ && zlib.avail_out == room) {
    if (!in_member_ && !next_member()) break;
    if (zlib.avail_in == 0 && !stream_->holds_more && !refill()) {
      end_with("the gzip data is cut off");
      break;
    }
    const int result = inflate(&zlib, Z_NO_FLUSH);
    stream_->holds_more = result == Z_OK && zlib.avail_out == 0;
    if (result == Z_STREAM_END) {
      in_member_ = false;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      end_with(std::string("the gzip data is corrupt") + (zlib.msg != nullptr ? std::string(": ") + zlib.msg : ""));
    }
  }
  return room - zlib.avail_out;
}

bool Gunzip::refill() {
  std::array<unsigned char, 64 * 1024>& packed = stream_->packed;
  stream_->zlib.next_in = packed.data();
  stream_->zlib.avail_in = static_cast<uInt>(raw_({reinterpret_cast<char*>(packed.data()), packed.size()}));
  return stream_->zlib.avail_in > 0;
}

// Between members: another one, the end, or zeros that pad the file (tapes do that, and gzip itself lets them pass).
bool Gunzip::next_member() {
  z_stream& zlib = stream_->zlib;
  for (;;) {
    while (zlib.avail_in > 0 && *zlib.next_in == 0) {
      ++zlib.next_in;
      --zlib.avail_in;
    }
    if (zlib.avail_in > 0) break;
    if (!refill()) {
      ended_ = true;
      return false;
    }
  }
  if (*zlib.next_in != 0x1f) {
    end_with("there is something else behind the gzip data");
    return false;
  }
  in_member_ = inflateReset(&zlib) == Z_OK;
  if (!in_member_) end_with("the gzip data is corrupt");
  return in_member_;
}

void Gunzip::end_with(std::string fault) {
  fault_ = std::move(fault);
  ended_ = true;
}

}  // namespace picket
