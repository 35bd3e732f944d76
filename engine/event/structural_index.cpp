// Hot: every byte of every event comes by here.
#include "engine/event/structural_index.hpp"

#include <algorithm>
#include <array>

#include "engine/event/byte_marks.hpp"
#include "engine/event/line_collector.hpp"

namespace picket {
namespace {

using byte_marks::block;
using byte_marks::Marks;
using byte_marks::RareMarks;

constexpr std::size_t fetched_ahead = 1024;  // bytes asked of the memory before they are looked at

// Which characters are escaped, by a backslash that is not escaped itself: of 64 characters, a bit each. `carried` says
// whether the first one is, and is set for the next 64. (Langdale and Lemire, section 3.1.1.)
std::uint64_t escaped_of(std::uint64_t backslashes, std::uint64_t& carried) {
  constexpr std::uint64_t even = 0x5555555555555555U;
  backslashes &= ~carried;
  const std::uint64_t follows = backslashes << 1U | carried;
  const std::uint64_t odd_starts = backslashes & ~even & ~follows;
  std::uint64_t even_sequences = 0;
  carried = __builtin_add_overflow(odd_starts, backslashes, &even_sequences) ? 1 : 0;
  return (even ^ (even_sequences << 1U)) & follows;
}

// The index of a text, 64 bytes after the other.
template <typename Kernel>
class Indexing {
 public:
  Indexing(LineCollector& collector, bool by_lines, std::uint32_t* places)
      : collector_(collector), by_lines_(by_lines), out_(places) {}

  // `bytes`: those from `at` on.
  [[gnu::always_inline]] inline void take(const char* bytes, std::size_t at) {
    const Marks marks = Kernel::marks_of(bytes);
    const bool has_rare = marks.has_rare || collector_.is_beyond_ascii();
    const bool has_escapes = (marks.backslashes | carried_escape_) != 0;
    RareMarks rare;
    std::uint64_t escaped = 0;
    if (has_rare) rare = Kernel::rare_marks_of(bytes);
    if (has_escapes) escaped = escaped_of(marks.backslashes, carried_escape_);
    const std::uint64_t quotes = marks.quotes & ~escaped;
    // Of a string all but the closing quote.
    const std::uint64_t strings = Kernel::string_parities(quotes) ^ carried_string_;
    carried_string_ = 0 - (strings >> 63U);
    faults_ |= strings & rare.controls;
    const std::uint64_t words = ~(marks.operators | marks.blanks | quotes);
    const std::uint64_t behind_words = words << 1U | carried_word_;
    carried_word_ = words >> 63U;
    const std::uint64_t beginnings = quotes | (words & ~behind_words);
    const std::uint64_t structurals = (marks.operators | beginnings) & ~(strings ^ quotes);
    // Of most escapes, parts of paths and quotes in texts, nothing matters but that they are there.
    const std::uint64_t odd_escaped = escaped & ~(marks.backslashes | marks.quotes);
    if (has_rare || odd_escaped != 0) {
      collector_.look(at,
                      {.line_ends = by_lines_ ? rare.line_ends : 0,
                       .backslashes = marks.backslashes,
                       .escaped = escaped,
                       .odd_escaped = odd_escaped,
                       .others = rare.others,
                       .structurals = structurals},
                      out_);
    } else if (has_escapes) {
      collector_.note_escapes();
    }
    out_ = Kernel::append(structurals, static_cast<std::uint32_t>(at), out_);
  }

  // Behind the last place; null if there is no index.
  std::uint32_t* finish() {
    const bool is_utf8 = collector_.finish(out_);
    return is_utf8 && faults_ == 0 && carried_string_ == 0 ? out_ : nullptr;
  }

 private:
  LineCollector& collector_;
  bool by_lines_;
  std::uint32_t* out_;
  std::uint64_t carried_escape_ = 0;
  std::uint64_t carried_string_ = 0;  // all bits, if one is open
  std::uint64_t carried_word_ = 0;    // the last byte was one of a number or a word
  std::uint64_t faults_ = 0;
};

// Writes the index of the texts, and returns its end; null if there is none. REQUIRES: `places` has room for one for
// each byte, and for `block` more.
template <typename Kernel>
[[gnu::always_inline]] inline std::uint32_t* index_by(std::string_view texts, bool by_lines, std::uint32_t* places,
                                                      std::vector<EventPlace>& lines) {
  LineCollector collector(texts, places, lines);
  Indexing<Kernel> indexing(collector, by_lines, places);
  const std::size_t whole = texts.size() / block * block;
  for (std::size_t at = 0; at < whole; at += block) {
    __builtin_prefetch(texts.data() + at + fetched_ahead);
    indexing.take(texts.data() + at, at);
  }
  if (whole < texts.size()) {
    std::array<char, block> last{};
    last.fill(' ');
    std::copy(texts.data() + whole, texts.data() + texts.size(), last.begin());
    indexing.take(last.data(), whole);
  }
  return indexing.finish();
}

using Indexer = std::uint32_t* (*)(std::string_view, bool, std::uint32_t*, std::vector<EventPlace>&);

std::uint32_t* index_portably(std::string_view texts, bool by_lines, std::uint32_t* places,
                              std::vector<EventPlace>& lines) {
  return index_by<byte_marks::Portable>(texts, by_lines, places, lines);
}
#if defined(__aarch64__)
std::uint32_t* index_by_neon(std::string_view texts, bool by_lines, std::uint32_t* places,
                             std::vector<EventPlace>& lines) {
  return index_by<byte_marks::Neon>(texts, by_lines, places, lines);
}
#elif defined(__SSE2__)
std::uint32_t* index_by_sse2(std::string_view texts, bool by_lines, std::uint32_t* places,
                             std::vector<EventPlace>& lines) {
  return index_by<byte_marks::Sse2>(texts, by_lines, places, lines);
}
PICKET_FOR_AVX2 std::uint32_t* index_by_avx2(std::string_view texts, bool by_lines, std::uint32_t* places,
                                             std::vector<EventPlace>& lines) {
  return index_by<byte_marks::Avx2>(texts, by_lines, places, lines);
}
PICKET_FOR_AVX512 std::uint32_t* index_by_avx512(std::string_view texts, bool by_lines, std::uint32_t* places,
                                                 std::vector<EventPlace>& lines) {
  return index_by<byte_marks::Avx512>(texts, by_lines, places, lines);
}
#endif

Indexer indexer_of(StructuralIndex::Kernel kernel) {
  switch (kernel) {
#if defined(__aarch64__)
    case StructuralIndex::Kernel::neon:
      return index_by_neon;
#elif defined(__SSE2__)
    case StructuralIndex::Kernel::sse2:
      return index_by_sse2;
    case StructuralIndex::Kernel::avx2:
      return index_by_avx2;
    case StructuralIndex::Kernel::avx512:
      return index_by_avx512;
#endif
    default:
      return index_portably;
  }
}

}  // namespace

std::vector<StructuralIndex::Kernel> StructuralIndex::kernels() {
  std::vector<Kernel> all = {Kernel::portable};
#if defined(__aarch64__)
  all.push_back(Kernel::neon);
#elif defined(__SSE2__)
  all.push_back(Kernel::sse2);
  const bool has_avx2 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 &&
                        __builtin_cpu_supports("pclmul") != 0 && __builtin_cpu_supports("popcnt") != 0;
  if (has_avx2) all.push_back(Kernel::avx2);
  if (has_avx2 && __builtin_cpu_supports("avx512vbmi2") != 0) all.push_back(Kernel::avx512);
#endif
  return all;
}

StructuralIndex::StructuralIndex(Kernel kernel) : index_(indexer_of(kernel)) {}

bool StructuralIndex::build(std::string_view texts, bool by_lines) {
  constexpr std::size_t least_places = std::size_t{64} * 1024;
  count_ = 0;
  const std::size_t needed = texts.size() + block + sentinels;
  if (places_.size() < needed) {
    places_.clear();  // nothing of it is to be copied
    places_.resize(std::max(needed + needed / 4, least_places));
  }
  std::uint32_t* const end = index_(texts, by_lines, places_.data(), lines_);
  if (end == nullptr) {
    lines_.clear();
    return false;
  }
  count_ = static_cast<std::size_t>(end - places_.data());
  std::fill_n(end, sentinels, static_cast<std::uint32_t>(texts.size()));
  return true;
}

}  // namespace picket
