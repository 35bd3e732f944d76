// Titles by ICU's words, which are tables of the ICU that is installed.
#include <unicode/bytestream.h>
#include <unicode/casemap.h>

#include <cstdint>
#include <limits>

#include "engine/pattern/pattern.hpp"

namespace picket {

std::string to_title(std::string_view text) {
  // A text of 2 GiB or more is beyond ICU's lengths and stays as it is.
  if (text.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) return std::string(text);
  const auto size = static_cast<std::int32_t>(text.size());
  std::string out;
  icu::StringByteSink<std::string> sink(&out, size);
  UErrorCode error = U_ZERO_ERROR;
  icu::CaseMap::utf8ToTitle("", 0, nullptr, icu::StringPiece(text.data(), size), sink, nullptr, error);
  return U_SUCCESS(error) ? out : std::string(text);
}

}  // namespace picket
