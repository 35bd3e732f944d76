// Source text and places in it.
//
// The whole front of the engine speaks of places as byte offsets into the file that the author edits; a line and a
// column are computed only when a message is shown. The door is Source; SourceText is a piece of condition text
// lifted out of a Source (a YAML scalar, say) that still knows where each of its bytes stands in the file.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace picket {

// A half-open range of bytes [begin, end) of one Source.
struct SourceSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const SourceSpan&, const SourceSpan&) = default;
};

// The smallest span that holds both.
[[nodiscard]] SourceSpan cover(SourceSpan first, SourceSpan second);

// A place as people count it: both from 1; columns count Unicode code points, a tab is one.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend auto operator<=>(const LineColumn&, const LineColumn&) = default;
};

// A named, immutable text. Shared by everything that points into it; safe to read from any thread.
class Source {
 public:
  // `name` is what messages call it: a path as the user gave it, or "<stdin>". A text of 4 GiB or more is cut there;
  // the loaders' size bounds refuse such a file long before.
  Source(std::string name, std::string text);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view text(SourceSpan span) const;

  // Offsets beyond the end are the end.
  [[nodiscard]] LineColumn locate(std::uint32_t offset) const;
  // Line `line` (from 1) without its line end; empty beyond the last.
  [[nodiscard]] std::string_view line(std::uint32_t line) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> line_begins_;
};

using SourcePtr = std::shared_ptr<const Source>;

// Where the bytes of a decoded text stand in the text it was decoded from.
//
// A map is a list of pieces in ascending order. In a verbatim piece both lengths are equal and bytes map one to one;
// any other piece (an escape, a folded line break) maps as a whole.
class TextMap {
 public:
  struct Piece {
    std::uint32_t decoded = 0;         // first byte in the decoded text
    std::uint32_t decoded_length = 0;  // bytes
    std::uint32_t source = 0;          // first byte in the source
    std::uint32_t source_length = 0;   // bytes
  };

  // The map of an empty text that stands at `source_offset`.
  explicit TextMap(std::uint32_t source_offset = 0) : origin_(source_offset) {}

  // Appends a piece. REQUIRES: it starts, in both texts, at or after the end of the piece before.
  void append(Piece piece);

  [[nodiscard]] SourceSpan to_source(SourceSpan decoded) const;

 private:
  [[nodiscard]] std::uint32_t begin_of(std::uint32_t decoded) const;
  [[nodiscard]] std::uint32_t end_of(std::uint32_t decoded) const;
  [[nodiscard]] const Piece* piece_at(std::uint32_t decoded) const;

  std::uint32_t origin_;
  std::vector<Piece> pieces_;
};

// A text in the detection language and where it stands in the author's file.
struct SourceText {
  SourcePtr source;
  std::string text;
  TextMap map;

  // A text that is its own source: for tests, and for conditions given on a command line.
  [[nodiscard]] static SourceText standalone(std::string name, std::string text);
  // A text that comes from elsewhere, all of which stands for one place of the file.
  [[nodiscard]] static SourceText placed_at(SourcePtr source, std::string text, SourceSpan span);

  [[nodiscard]] SourceSpan span(std::size_t begin, std::size_t end) const {
    return map.to_source({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }
};

}  // namespace picket
