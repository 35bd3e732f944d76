// What a stream is, by its first bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace picket {

enum class ByteFormat : std::uint8_t { plain, gzip, zstd, refused };

struct RecognisedFormat {
  ByteFormat format = ByteFormat::plain;
  std::string_view refusal;  // why it is refused, in words that follow the input's name and a colon
};

// The format of a stream that begins with `head`; nothing if more bytes could still tell otherwise.
[[nodiscard]] std::optional<RecognisedFormat> recognise_format(std::string_view head);
// The same where `head` is the whole stream.
[[nodiscard]] RecognisedFormat recognise_whole(std::string_view head);

}  // namespace picket
