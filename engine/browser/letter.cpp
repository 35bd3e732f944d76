// Without ICU's tables of words and what reads them, which are 330 kB of a module.
#include "engine/pattern/letter.hpp"

#include <ucase.h>
#include <unicode/uchar.h>
#include <uprops.h>

#include <cstdint>
#include <string>

#include "grammar/text/unicode.hpp"

namespace picket::letter {

int word_break_of(char32_t code_point) {
  const std::uint32_t properties = u_getUnicodeProperties(static_cast<UChar32>(code_point), 2);
  return static_cast<int>((properties & UPROPS_WB_MASK) >> UPROPS_WB_SHIFT);
}

bool has_case(char32_t code_point) { return ucase_getType(static_cast<UChar32>(code_point)) != UCASE_NONE; }

void append_title(std::string& out, char32_t code_point) {
  const UChar* full = nullptr;
  const std::int32_t mapped =
      ucase_toFullTitle(static_cast<UChar32>(code_point), nullptr, nullptr, &full, UCASE_LOC_ROOT);
  if (mapped < 0) {
    append_utf8(out, code_point);
  } else if (mapped > UCASE_MAX_STRING_LENGTH) {
    append_utf8(out, static_cast<char32_t>(mapped));
  } else {
    for (std::int32_t i = 0; i < mapped; ++i) append_utf8(out, full[i]);  // none is beyond the plane of UTF-16's units
  }
}

}  // namespace picket::letter
