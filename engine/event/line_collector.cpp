#include "engine/event/line_collector.hpp"

#include <simdjson.h>

#include <algorithm>
#include <bit>

#include "engine/event/escapes.hpp"

namespace picket {
namespace {

// An escape that stands in one certain way: nobody writes it otherwise.
bool is_canonical_escape(char escaped) { return escaped != 'u' && escaped != '/'; }

// An escape whose character stands among 64 bytes may begin before them and end behind them.
constexpr std::size_t odd_reach = 64 + 8;

}  // namespace

LineCollector::LineCollector(std::string_view text, const std::uint32_t* places, std::vector<EventPlace>& lines)
    : text_(text), lines_(lines) {
  lines_.clear();
  line_.places = places;
}

void LineCollector::look(std::size_t at, const LineMarks& marks, const std::uint32_t* place) {
  if (marks.others == 0) {
    check_beyond_ascii(at);
  } else if (beyond_ascii_from_ == none) {
    beyond_ascii_from_ = at;
  }
  std::uint64_t rest = ~std::uint64_t{0};
  for (std::uint64_t ends = marks.line_ends; ends != 0; ends &= ends - 1) {
    const std::uint64_t before = (ends & (~ends + 1)) - 1;
    look_at_part(at, rest & before, marks);
    end_line(at + static_cast<std::size_t>(std::countr_zero(ends)), place + std::popcount(marks.structurals & before));
    rest = ~before << 1U;
  }
  look_at_part(at, rest, marks);
}

// Looks at those bytes that `part` says, all of one line.
void LineCollector::look_at_part(std::size_t at, std::uint64_t part, const LineMarks& marks) {
  const auto note_odd = [this, at] {
    line_.end.odd_begin = std::min(line_.end.odd_begin, at - std::min<std::size_t>(at, 1));
    line_.end.odd_end = at + odd_reach;
  };
  if ((marks.others & part) != 0) note_odd();
  if (((marks.backslashes | marks.escaped) & part) == 0) return;
  line_.end.has_escapes = true;
  for (std::uint64_t left = marks.odd_escaped & part; left != 0; left &= left - 1) {
    const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(left));
    const char* const one = text_.data() + place;
    if (!is_valid_escape(one, place == low_half_)) line_.end.escapes_are_valid = false;
    if (is_canonical_escape(*one)) continue;
    note_odd();
    if (is_high_surrogate(one)) low_half_ = place + 6;
  }
}

void LineCollector::end_line(std::size_t at, const std::uint32_t* place) {
  line_.end.at = at;
  if (place != line_.places) lines_.push_back(line_);
  line_ = {.begin = at + 1, .end = {}, .places = place};
}

// A run of bytes beyond ASCII is checked once it is over: no character goes over its end.
void LineCollector::check_beyond_ascii(std::size_t end) {
  if (beyond_ascii_from_ == none) return;
  is_utf8_ = is_utf8_ && simdjson::validate_utf8(text_.substr(beyond_ascii_from_, end - beyond_ascii_from_));
  beyond_ascii_from_ = none;
}

bool LineCollector::finish(const std::uint32_t* place) {
  check_beyond_ascii(text_.size());
  end_line(text_.size(), place);
  return is_utf8_;
}

}  // namespace picket
