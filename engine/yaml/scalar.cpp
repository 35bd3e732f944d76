#include "engine/yaml/scalar.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "engine/yaml/raw.hpp"
#include "grammar/text/unicode.hpp"

namespace picket::yaml {
namespace {

// Builds the decoded text and its map together; neighbouring verbatim bytes become one piece.
class Writer {
 public:
  Writer(std::string_view file, std::uint32_t begin) : file_(file), result_{{}, TextMap(begin)} {}

  // file[begin, end) as it is.
  void verbatim(std::uint32_t begin, std::uint32_t end) {
    if (begin == end) return;
    if (run_end_ != begin) flush();
    if (run_begin_ == run_end_) run_begin_ = begin;
    run_end_ = end;
    result_.text += file_.substr(begin, end - begin);
  }
  // file[begin, end) means `text`.
  void replaced(std::uint32_t begin, std::uint32_t end, std::string_view text) {
    flush();
    if (text.empty()) return;
    result_.map.append({size(), static_cast<std::uint32_t>(text.size()), begin, end - begin});
    result_.text += text;
  }
  [[nodiscard]] DecodedScalar take() {
    flush();
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(result_.text.size()); }

  void flush() {
    const std::uint32_t length = run_end_ - run_begin_;
    if (length > 0) result_.map.append({size() - length, length, run_begin_, length});
    run_begin_ = run_end_ = 0;
  }

  std::string_view file_;
  DecodedScalar result_;
  std::uint32_t run_begin_ = 0;  // verbatim bytes of the file not yet in the map
  std::uint32_t run_end_ = 0;
};

// --- flow scalars ---

// A run of white space: where it ends and how many line breaks it holds.
struct Gap {
  std::uint32_t end = 0;
  std::uint32_t breaks = 0;
};

Gap gap_at(std::string_view file, std::uint32_t at, std::uint32_t end) {
  Gap gap{at, 0};
  while (gap.end < end && is_space(file[gap.end])) {
    if (file[gap.end] == '\n') ++gap.breaks;
    ++gap.end;
  }
  return gap;
}

// Line folding (7.4, 6.5): one break is a blank, n breaks are n - 1.
void fold(Writer& out, std::uint32_t begin, const Gap& gap) {
  out.replaced(begin, gap.end, gap.breaks == 1 ? std::string(1, ' ') : std::string(gap.breaks - 1, '\n'));
}

DecodedScalar decode_plain(std::string_view file, SourceSpan span) {
  Writer out(file, span.begin);
  std::uint32_t at = span.begin;
  while (at < span.end) {
    if (!is_space(file[at])) {
      out.verbatim(at, at + 1);
      ++at;
      continue;
    }
    const Gap gap = gap_at(file, at, span.end);
    if (gap.breaks > 0) {
      fold(out, at, gap);
    } else {
      out.verbatim(at, gap.end);
    }
    at = gap.end;
  }
  return out.take();
}

DecodedScalar decode_single_quoted(std::string_view file, SourceSpan span) {
  const std::uint32_t end = span.end - 1;
  std::uint32_t at = span.begin + 1;
  Writer out(file, at);
  while (at < end) {
    if (file[at] == '\'') {
      out.replaced(at, at + 2, "'");
      at += 2;
    } else if (!is_space(file[at])) {
      out.verbatim(at, at + 1);
      ++at;
    } else {
      const Gap gap = gap_at(file, at, end);
      if (gap.breaks > 0) {
        fold(out, at, gap);
      } else {
        out.verbatim(at, gap.end);
      }
      at = gap.end;
    }
  }
  return out.take();
}

struct Escape {
  char letter;
  std::string_view means;
};
constexpr std::array<Escape, 19> escapes = {{{'0', std::string_view("\0", 1)},
                                             {'a', "\a"},
                                             {'b', "\b"},
                                             {'t', "\t"},
                                             {'\t', "\t"},
                                             {'n', "\n"},
                                             {'v', "\v"},
                                             {'f', "\f"},
                                             {'r', "\r"},
                                             {'e', "\x1b"},
                                             {' ', " "},
                                             {'"', "\""},
                                             {'\'', "'"},
                                             {'/', "/"},
                                             {'\\', "\\"},
                                             {'N', "\xc2\x85"},
                                             {'_', "\xc2\xa0"},
                                             {'L', "\xe2\x80\xa8"},
                                             {'P', "\xe2\x80\xa9"}}};

std::uint32_t hexadecimal(std::string_view digits) {
  std::uint32_t value = 0;
  for (const char c : digits) {
    const std::uint32_t digit =
        c <= '9' ? static_cast<std::uint32_t>(c - '0') : static_cast<std::uint32_t>((c | 0x20) - 'a' + 10);
    value = value * 16 + (digit & 15);
  }
  return value;
}

// An escape that is no escaped line break. Returns where it ends.
std::uint32_t decode_escape(Writer& out, std::string_view file, std::uint32_t at, std::uint32_t end) {
  const char letter = file[at + 1];
  const std::uint32_t digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
  const std::uint32_t past = std::min(at + 2 + digits, end);
  std::string text;
  if (digits > 0) {
    append_utf8(text, hexadecimal(file.substr(at + 2, past - at - 2)));
  } else {
    const auto* known =
        std::find_if(escapes.begin(), escapes.end(), [&](const Escape& e) { return e.letter == letter; });
    if (known != escapes.end()) text = known->means;
  }
  out.replaced(at, past, text);
  return past;
}

DecodedScalar decode_double_quoted(std::string_view file, SourceSpan span) {
  const std::uint32_t end = span.end - 1;
  std::uint32_t at = span.begin + 1;
  Writer out(file, at);
  while (at < end) {
    if (file[at] == '\\') {
      const bool breaks = file[at + 1] == '\n' || (file[at + 1] == '\r' && at + 2 < end && file[at + 2] == '\n');
      if (breaks) {  // the break and the blanks after it are nothing; empty lines after it stay
        const Gap gap = gap_at(file, at + 1, end);
        out.replaced(at, gap.end, std::string(gap.breaks - 1, '\n'));
        at = gap.end;
      } else {
        at = decode_escape(out, file, at, end);
      }
    } else if (!is_space(file[at])) {
      out.verbatim(at, at + 1);
      ++at;
    } else {
      const Gap gap = gap_at(file, at, end);
      if (gap.breaks > 0) {
        fold(out, at, gap);
      } else {
        out.verbatim(at, gap.end);
      }
      at = gap.end;
    }
  }
  return out.take();
}

std::optional<std::uint32_t> quoted_end(std::string_view file, std::uint32_t begin) {
  const char quote = file[begin];
  for (std::uint32_t at = begin + 1; at < file.size(); ++at) {
    if (quote == '"' && file[at] == '\\') {
      ++at;
    } else if (file[at] == quote) {
      if (quote == '"' || at + 1 >= file.size() || file[at + 1] != '\'') return at + 1;
      ++at;
    }
  }
  return std::nullopt;
}

std::optional<std::uint32_t> plain_end(std::string_view file, std::uint32_t begin, std::string_view text) {
  if (file.substr(begin, text.size()) == text) return begin + static_cast<std::uint32_t>(text.size());
  const auto size = static_cast<std::uint32_t>(file.size());
  std::uint32_t at = begin;
  std::size_t done = 0;
  while (done < text.size()) {
    if (at >= size) return std::nullopt;
    const Gap gap = gap_at(file, at, size);
    if (gap.breaks > 0) {
      const std::size_t folded = gap.breaks == 1 ? 1 : gap.breaks - 1;
      if (text.substr(done, folded) != (gap.breaks == 1 ? std::string(1, ' ') : std::string(folded, '\n'))) {
        return std::nullopt;
      }
      done += folded;
      at = gap.end;
    } else if (file[at] == text[done]) {
      ++at;
      ++done;
    } else {
      return std::nullopt;
    }
  }
  return at;
}

// --- block scalars ---

struct Line {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;   // before its line break
  std::uint32_t next = 0;  // where the next line begins

  [[nodiscard]] std::uint32_t length() const { return end - begin; }
};

Line line_at(std::string_view file, std::uint32_t begin) {
  const std::size_t newline = file.find('\n', begin);
  const auto size = static_cast<std::uint32_t>(file.size());
  if (newline == std::string_view::npos) return {begin, size, size};
  auto end = static_cast<std::uint32_t>(newline);
  const std::uint32_t next = end + 1;
  if (end > begin && file[end - 1] == '\r') --end;
  return {begin, end, next};
}

std::uint32_t count_spaces(std::string_view line) {
  const std::size_t first = line.find_first_not_of(' ');
  return static_cast<std::uint32_t>(first == std::string_view::npos ? line.size() : first);
}

struct BlockHeader {
  bool folded = false;
  char chomping = ' ';     // '-', '+' or ' '
  std::uint32_t body = 0;  // the line after it
};

BlockHeader block_header(std::string_view file, std::uint32_t begin) {
  BlockHeader header;
  header.folded = file[begin] == '>';
  for (std::uint32_t at = begin + 1; at < file.size() && !is_space(file[at]); ++at) {
    if (file[at] == '-' || file[at] == '+') header.chomping = file[at];
  }
  header.body = line_at(file, begin).next;
  return header;
}

// How far the text of a block scalar is indented: what its first line that is not empty has more blanks in the file
// than in `text`.
std::uint32_t block_indentation(std::string_view file, std::uint32_t body, std::string_view text) {
  const std::size_t first = text.find_first_not_of('\n');
  std::uint32_t at = body;
  // Nothing but empty lines: the next line with text, however deep, is no longer part of it.
  if (first == std::string_view::npos) return std::numeric_limits<std::uint32_t>::max();
  for (std::size_t empty = 0; empty < first && at < file.size(); ++empty) at = line_at(file, at).next;
  const Line line = line_at(file, at);
  const std::uint32_t in_file = count_spaces(file.substr(line.begin, line.length()));
  const std::uint32_t in_text = count_spaces(text.substr(first));
  return in_file > in_text ? in_file - in_text : 0;
}

// The lines of a block scalar with their indentation taken off; lines after the last with text are `trailing`.
struct BlockLines {
  std::vector<Line> lines;
  std::size_t with_text = 0;
};

BlockLines block_lines(std::string_view file, std::uint32_t body, std::uint32_t indentation) {
  BlockLines result;
  for (std::uint32_t at = body; at < file.size();) {
    Line line = line_at(file, at);
    const std::uint32_t spaces = count_spaces(file.substr(line.begin, line.length()));
    const bool empty = spaces >= line.length();
    if (!empty && spaces < indentation) break;
    if (indentation == 0 && (file.substr(at, 3) == "---" || file.substr(at, 3) == "...")) break;
    at = line.next;
    line.begin += std::min(indentation, spaces);
    result.lines.push_back(line);
    if (line.length() > 0) result.with_text = result.lines.size();
  }
  return result;
}

void write_literal(Writer& out, const BlockLines& block) {
  for (std::size_t i = 0; i < block.with_text; ++i) {
    const Line& line = block.lines[i];
    out.verbatim(line.begin, line.end);
    if (i + 1 == block.with_text) break;
    if (line.next - line.end == 1) {
      out.verbatim(line.end, line.next);
    } else {
      out.replaced(line.end, line.next, "\n");
    }
  }
}

// Folding of block scalars (8.1.3): a single break between two lines that begin at the indentation is a blank; breaks
// around lines that are indented more stay.
void write_folded(Writer& out, std::string_view file, const BlockLines& block) {
  bool more_indented = false;
  bool any = false;
  std::size_t at = 0;
  std::uint32_t gap_begin = 0;
  std::size_t breaks = 0;
  for (; at < block.with_text; ++at) {
    const Line& line = block.lines[at];
    if (line.length() == 0) {
      if (breaks == 0) gap_begin = line.begin;
      ++breaks;
      continue;
    }
    const bool now_more = is_blank(file[line.begin]);
    if (!any || more_indented || now_more) {
      out.replaced(gap_begin, line.begin, std::string(breaks, '\n'));
    } else {
      out.replaced(gap_begin, line.begin, breaks == 1 ? std::string(1, ' ') : std::string(breaks - 1, '\n'));
    }
    out.verbatim(line.begin, line.end);
    any = true;
    more_indented = now_more;
    gap_begin = line.end;
    breaks = 1;
  }
}

DecodedScalar decode_block(std::string_view file, SourceSpan span, std::string_view text) {
  const BlockHeader header = block_header(file, span.begin);
  const BlockLines block = block_lines(file, header.body, block_indentation(file, header.body, text));
  Writer out(file, header.body);
  if (header.folded) {
    write_folded(out, file, block);
  } else {
    write_literal(out, block);
  }
  if (header.chomping == '-') return out.take();
  const std::size_t first = block.with_text == 0 ? 0 : block.with_text - 1;
  const std::size_t last = header.chomping == '+' ? block.lines.size() : block.with_text;
  for (std::size_t i = first; i < last; ++i) {
    const Line& line = block.lines[i];
    if (line.next > line.end) out.replaced(line.end, line.next, "\n");
  }
  return out.take();
}

}  // namespace

std::optional<std::uint32_t> scalar_end(std::string_view file, std::uint32_t begin, std::string_view text) {
  if (text.empty() && begin >= file.size()) return begin;
  const char first = file[begin];
  if (first == '"' || first == '\'') return quoted_end(file, begin);
  if (first != '|' && first != '>') return plain_end(file, begin, text);
  const BlockHeader header = block_header(file, begin);
  const BlockLines block = block_lines(file, header.body, block_indentation(file, header.body, text));
  if (block.with_text == 0) return line_at(file, begin).end;
  return block.lines[block.with_text - 1].end;
}

DecodedScalar decode_scalar(std::string_view file, SourceSpan span, std::string_view text) {
  if (span.begin >= span.end) return {{}, TextMap(span.begin)};
  switch (file[span.begin]) {
    case '"':
      return decode_double_quoted(file, span);
    case '\'':
      return decode_single_quoted(file, span);
    case '|':
    case '>':
      return decode_block(file, span, text);
    default:
      return decode_plain(file, span);
  }
}

}  // namespace picket::yaml
