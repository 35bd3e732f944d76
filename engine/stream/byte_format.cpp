#include "engine/stream/byte_format.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace picket {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::string_view bytes;
  RecognisedFormat is;
  unsigned char first_mask = 0xFF;  // bits of the first byte that count
};

// What a stream may begin with that is no JSON text.
constexpr std::array<Signature, 9> signatures = {{
    {"\x1f\x8b"sv, {ByteFormat::gzip, {}}},
    {"\x28\xb5\x2f\xfd"sv, {ByteFormat::zstd, {}}},
    {"\x50\x2a\x4d\x18"sv, {ByteFormat::zstd, {}}, 0xF0},  // a skippable frame, as parallel packers put it first
    {"PK\x03\x04"sv, {ByteFormat::refused, "is a zip archive; unpack it first"sv}},
    {"BZh"sv, {ByteFormat::refused, "is packed by bzip2; unpack it first"sv}},
    {"\xfd"
     "7zXZ\0"sv,
     {ByteFormat::refused, "is packed by xz; unpack it first"sv}},
    {"\xff\xfe"sv, {ByteFormat::refused, "is UTF-16, not UTF-8; convert it first"sv}},
    {"\xfe\xff"sv, {ByteFormat::refused, "is UTF-16, not UTF-8; convert it first"sv}},
    {"PAR1"sv, {ByteFormat::refused, "is a Parquet file, not JSON"sv}},
}};

// How many of the first bytes are the signature's.
std::size_t common_length(const Signature& signature, std::string_view head) {
  const std::size_t most = std::min(head.size(), signature.bytes.size());
  std::size_t length = 0;
  for (; length < most; ++length) {
    const unsigned char mask = length == 0 ? signature.first_mask : 0xFF;
    if (((static_cast<unsigned char>(head[length]) ^ static_cast<unsigned char>(signature.bytes[length])) & mask) !=
        0) {
      break;
    }
  }
  return length;
}

}  // namespace

std::optional<RecognisedFormat> recognise_format(std::string_view head) {
  const bool undecided = std::any_of(signatures.begin(), signatures.end(), [head](const Signature& signature) {
    return head.size() < signature.bytes.size() && common_length(signature, head) == head.size();
  });
  if (undecided) return std::nullopt;
  return recognise_whole(head);
}

RecognisedFormat recognise_whole(std::string_view head) {
  const auto* found = std::find_if(signatures.begin(), signatures.end(), [head](const Signature& signature) {
    return common_length(signature, head) == signature.bytes.size();
  });
  return found == signatures.end() ? RecognisedFormat{} : found->is;
}

}  // namespace picket
