// By ICU's public functions.
#include "engine/pattern/letter.hpp"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/uchar.h>

#include "grammar/text/unicode.hpp"

namespace picket::letter {

int word_break_of(char32_t code_point) {
  return u_getIntPropertyValue(static_cast<UChar32>(code_point), UCHAR_WORD_BREAK);
}

bool has_case(char32_t code_point) { return u_hasBinaryProperty(static_cast<UChar32>(code_point), UCHAR_CASED) != 0; }

void append_title(std::string& out, char32_t code_point) {
  std::string bytes;
  append_utf8(bytes, code_point);
  std::string title;
  icu::StringByteSink<std::string> sink(&title);
  UErrorCode error = U_ZERO_ERROR;
  icu::CaseMap::utf8ToTitle("", U_TITLECASE_WHOLE_STRING, nullptr,
                            icu::StringPiece(bytes.data(), static_cast<std::int32_t>(bytes.size())), sink, nullptr,
                            error);
  out += U_SUCCESS(error) ? title : bytes;
}

}  // namespace picket::letter
