#include "grammar/text/source.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "grammar/text/unicode.hpp"

namespace picket {

SourceSpan cover(SourceSpan first, SourceSpan second) {
  return {std::min(first.begin, second.begin), std::max(first.end, second.end)};
}

Source::Source(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {
  constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max() - 1;
  if (text_.size() > most) text_.resize(most);
  line_begins_.push_back(0);
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
    line_begins_.push_back(static_cast<std::uint32_t>(at + 1));
  }
}

std::string_view Source::text(SourceSpan span) const {
  const std::size_t begin = std::min<std::size_t>(span.begin, text_.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, text_.size());
  return std::string_view(text_).substr(begin, end - begin);
}

LineColumn Source::locate(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto after = std::upper_bound(line_begins_.begin(), line_begins_.end(), offset);
  const auto begin = *std::prev(after);
  // Counts the bytes that begin a code point, so that a text which is not UTF-8 has columns, too.
  const std::string_view before = std::string_view(text_).substr(begin, offset - begin);
  std::size_t column = count_code_points(before);
  // A byte order mark is not part of the first line's text.
  if (begin == 0 && before.starts_with("\xEF\xBB\xBF")) --column;
  return {static_cast<std::uint32_t>(after - line_begins_.begin()), static_cast<std::uint32_t>(column + 1)};
}

std::string_view Source::line(std::uint32_t line) const {
  if (line == 0 || line > line_begins_.size()) return {};
  const std::size_t begin = line_begins_[line - 1];
  const std::size_t end = line < line_begins_.size() ? line_begins_[line] : text_.size();
  std::string_view text = std::string_view(text_).substr(begin, end - begin);
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  if (line == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

void TextMap::append(Piece piece) {
  if (piece.decoded_length == 0 && piece.source_length == 0) return;
  if (!pieces_.empty()) {
    Piece& last = pieces_.back();
    const bool both_verbatim = last.decoded_length == last.source_length && piece.decoded_length == piece.source_length;
    const bool adjacent =
        last.decoded + last.decoded_length == piece.decoded && last.source + last.source_length == piece.source;
    if (both_verbatim && adjacent) {
      last.decoded_length += piece.decoded_length;
      last.source_length += piece.source_length;
      return;
    }
  }
  pieces_.push_back(piece);
}

const TextMap::Piece* TextMap::piece_at(std::uint32_t decoded) const {
  const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), decoded,
                                      [](std::uint32_t at, const Piece& piece) { return at < piece.decoded; });
  return after == pieces_.begin() ? nullptr : &*std::prev(after);
}

std::uint32_t TextMap::begin_of(std::uint32_t decoded) const {
  const Piece* piece = piece_at(decoded);
  if (piece == nullptr) return origin_;
  const std::uint32_t into = decoded - piece->decoded;
  if (into >= piece->decoded_length) return piece->source + piece->source_length;
  return piece->decoded_length == piece->source_length ? piece->source + into : piece->source;
}

std::uint32_t TextMap::end_of(std::uint32_t decoded) const {
  if (decoded == 0) return begin_of(0);
  const Piece* piece = piece_at(decoded - 1);
  if (piece == nullptr) return origin_;
  const std::uint32_t into = decoded - piece->decoded;
  const bool verbatim = piece->decoded_length == piece->source_length;
  return verbatim && into < piece->decoded_length ? piece->source + into : piece->source + piece->source_length;
}

SourceSpan TextMap::to_source(SourceSpan decoded) const {
  const std::uint32_t begin = begin_of(decoded.begin);
  if (decoded.end <= decoded.begin) return {begin, begin};
  return {begin, std::max(begin, end_of(decoded.end))};
}

SourceText SourceText::standalone(std::string name, std::string text) {
  TextMap map(0);
  const auto length = static_cast<std::uint32_t>(text.size());
  map.append({.decoded = 0, .decoded_length = length, .source = 0, .source_length = length});
  auto source = std::make_shared<const Source>(std::move(name), text);
  return {std::move(source), std::move(text), std::move(map)};
}

SourceText SourceText::placed_at(SourcePtr source, std::string text, SourceSpan span) {
  TextMap map(span.begin);
  map.append({.decoded = 0,
              .decoded_length = static_cast<std::uint32_t>(text.size()),
              .source = span.begin,
              .source_length = span.end - span.begin});
  return {.source = std::move(source), .text = std::move(text), .map = std::move(map)};
}

}  // namespace picket
