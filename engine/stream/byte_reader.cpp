#include "engine/stream/byte_reader.hpp"

#include <array>
#include <system_error>
#include <utility>

#include "engine/stream/byte_format.hpp"

namespace picket {
namespace {

constexpr std::size_t unpacked_at_once = std::size_t{512} * 1024;

}  // namespace

ByteReader::~ByteReader() {
  if (ahead_ != nullptr) raw_.stop();
}

std::size_t ByteReader::read(std::span<char> to) {
  if (ended_) return 0;
  if (!recognised_) recognise();
  std::size_t count = 0;
  if (ahead_ != nullptr) {
    count = ahead_->read(to);
  } else if (unpacker_ != nullptr) {
    count = unpack(to);
    unpacked_ += count;
    if (unpacked_ >= unpacked_at_once) unpack_ahead();
  } else if (!refusal_) {
    count = read_raw(to);
  }
  ended_ = count == 0;
  return count;
}

bool ByteReader::ready() {
  if (ahead_ != nullptr) return ahead_->ready();
  return ended_ || !head_.empty() || raw_.ready();
}

void ByteReader::recognise() {
  std::array<char, 4096> buffer{};
  std::optional<RecognisedFormat> recognised;
  while (!(recognised = recognise_format(head_))) {
    const std::size_t count = raw_.read(buffer);
    if (count == 0) break;
    head_.append(buffer.data(), count);
  }
  recognised_ = true;
  const RecognisedFormat known = recognised.value_or(recognise_whole(head_));
  const auto raw = [this](std::span<char> to) { return read_raw(to); };
  switch (known.format) {
    case ByteFormat::plain:
      return;
    case ByteFormat::refused:
      refusal_ = known.refusal;
      return;
    case ByteFormat::gzip:
      unpacker_ = std::make_unique<Unpacker>(std::in_place_type<Gunzip>, raw);
      break;
    case ByteFormat::zstd:
      unpacker_ = std::make_unique<Unpacker>(std::in_place_type<Unzstd>, raw);
      break;
  }
  if (!raw_.regular()) unpack_ahead();  // so that a wait for packed bytes is none for those that are unpacked
}

std::size_t ByteReader::read_raw(std::span<char> to) {
  if (head_.empty()) return raw_.read(to);
  const std::size_t count = head_.copy(to.data(), to.size());
  head_.erase(0, count);
  return count;
}

std::size_t ByteReader::unpack(std::span<char> to) {
  return std::visit([to](auto& unpacker) { return unpacker.read(to); }, *unpacker_);
}

// Without a thread or a descriptor to spare it goes on as before.
void ByteReader::unpack_ahead() {
  if (std::exchange(ahead_tried_, true) || !raw_.make_stoppable()) return;
  try {
    ahead_ = std::make_unique<ReadAhead>([this](std::span<char> to) { return unpack(to); });
  } catch (const std::system_error&) {
    ahead_.reset();
  }
}

std::optional<std::string> ByteReader::fault() const {
  if (refusal_ || !ended_) return refusal_;
  if (unpacker_ == nullptr || raw_.fault()) return raw_.fault();
  if (raw_.interrupted()) return std::nullopt;  // of course the data is cut off then
  return std::visit([](const auto& unpacker) { return unpacker.fault(); }, *unpacker_);
}

}  // namespace picket
