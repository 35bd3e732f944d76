#include "engine/stream/framer.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "engine/stream/resync.hpp"
#include "engine/stream/structure.hpp"

namespace picket {
namespace {

constexpr std::size_t longest_header = 4096;  // of `{"Records": [` with its blanks
constexpr std::size_t deepest_container = 4;
// A broken value may be scanned again from a line or object within it. A stream made so that this happens all the time
// gets no more of it than this beyond its own length, so that it is read in linear time.
constexpr std::uint64_t free_rescans = std::uint64_t{64} * 1024 * 1024;

bool is_blank(char byte) { return byte == ' ' || byte == '\t' || byte == '\r'; }

}  // namespace

void Framer::begin_at(const FramingStart& start) {
  window_.begin_at(start.offset);
  line_ = start.line;
  line_begin_ = start.offset;
  if (start.lines) layout_ = Layout::lines;
}

std::optional<Frame> Framer::next() {
  consume_held();
  while (skip_blanks()) {
    if (auto frame = containers_.empty() ? top_level() : element()) return frame;
  }
  if (containers_.empty()) return std::nullopt;
  return unclosed();
}

// Moves to the next thing; false at the end of the stream. The line end of a line-bound container is a thing.
bool Framer::skip_blanks() {
  const bool line_bound = !containers_.empty() && containers_.back().line_bound;
  const bool commas = !containers_.empty() || layout_ == Layout::documents;
  for (;;) {
    const std::string_view text = window_.view();
    std::size_t at = 0;
    while (at < text.size() &&
           (is_blank(text[at]) || (text[at] == ',' && commas) || (text[at] == '\n' && !line_bound))) {
      ++at;
    }
    if (!containers_.empty() && layout_ == Layout::unknown && text.substr(0, at).find('\n') != std::string_view::npos) {
      layout_ = Layout::documents;
    }
    consume(at);
    if (window_.size() == 0) {
      if (!window_.more()) return false;
      continue;
    }
    if (fresh_line_ && containers_.empty() && peek(0) == '\xEF' && peek(1) == '\xBB' && peek(2) == '\xBF') {
      window_.drop(3);  // a byte order mark, also that of a file appended to another
      line_begin_ = window_.offset();
      continue;
    }
    if (fresh_line_) indent_ = static_cast<std::size_t>(window_.offset() - line_begin_);
    fresh_line_ = false;
    begin();
    return true;
  }
}

std::optional<Frame> Framer::top_level() {
  const char first = window_.view().front();
  if (open_container()) return std::nullopt;
  if (first == '{' && (layout_ != Layout::lines || line_ends_at(1))) return value();
  return line();
}

std::optional<Frame> Framer::element() {
  const char first = window_.view().front();
  if (first == '\n') return unclosed();
  if (first == ']') return close_container();
  // Arrays within arrays are no events; documents within arrays are.
  if (first == '{' && containers_.size() < deepest_container && open_container()) return std::nullopt;
  if (first == '{' || first == '[' || first == '"') return value();
  return scrap();
}

bool Framer::open_container() {
  const char first = window_.view().front();
  const std::optional<std::size_t> records = first == '{' ? records_header() : std::nullopt;
  if (first != '[' && !records) return false;
  const std::size_t header = records.value_or(1);
  const bool many_lines = window_.view().substr(0, header).find('\n') != std::string_view::npos;
  Container container{.records = records.has_value(), .line_bound = false};
  if (!containers_.empty()) {
    container.line_bound = containers_.back().line_bound;
  } else {
    container.line_bound = layout_ == Layout::lines && !many_lines && !line_ends_at(header);
  }
  if (many_lines && layout_ == Layout::unknown) layout_ = Layout::documents;
  consume(header);
  containers_.push_back(container);
  sibling_key_.clear();
  return true;
}

std::optional<Frame> Framer::close_container() {
  const Container container = containers_.back();
  consume(1);
  containers_.pop_back();
  std::optional<Frame> frame;
  if (container.records) frame = finish_object(container.line_bound);
  if (containers_.empty() && !frame) settle(0);
  return frame;
}

// What stands behind `Records` in its object describes the batch, and is passed over.
std::optional<Frame> Framer::finish_object(bool line_bound) {
  StructureScanner scanner = StructureScanner::within_object();
  for (;;) {
    if (window_.size() == 0 && !window_.more()) return unclosed();
    std::size_t used = 0;
    const StructureScanner::Status status = scanner.scan(window_.view(), used);
    const bool line_end = status == StructureScanner::Status::newline;
    if (line_end && line_bound) {
      consume(used - 1);
      return unclosed();
    }
    consume(used);
    if (line_end && layout_ == Layout::unknown) layout_ = Layout::documents;
    // What breaks the object is left for the next look: a scrap of its own.
    if (status == StructureScanner::Status::complete || status == StructureScanner::Status::broken) return std::nullopt;
  }
}

Frame Framer::line() { return finish(to_line_end(0)); }

Frame Framer::value() {
  if (const auto end = plain_value_end(window_.view())) return complete(*end, false);
  const bool line_bound = !containers_.empty() && containers_.back().line_bound;
  StructureScanner scanner;
  std::size_t at = 0;
  bool many_lines = false;
  for (;;) {
    if (at == window_.size() && !grow(at)) return broken(at, many_lines);
    std::size_t used = 0;
    const StructureScanner::Status status = scanner.scan(window_.view().substr(at), used);
    at += used;
    switch (status) {
      case StructureScanner::Status::more:
        break;
      case StructureScanner::Status::complete:
        return complete(at, many_lines);
      case StructureScanner::Status::newline:
        if (line_bound || scanner.lenient()) return broken(at - 1, many_lines);
        many_lines = true;
        break;
      case StructureScanner::Status::broken:
        // On one line, brackets that fit are a better sign of the end than any guess. Over several lines they would
        // make a live stream wait for what may never come.
        if (many_lines || scanner.lenient() || window_.view()[at] == '\n') return broken(at, many_lines);
        scanner.be_lenient();
        break;
    }
  }
}

Frame Framer::scrap() {
  std::size_t at = 0;
  for (;;) {
    at = std::min(window_.view().find_first_of(",]{[\"\n", at), window_.size());
    if (at < window_.size() || !grow(at)) return finish(at);
  }
}

// A document that ends before its brackets are closed.
Frame Framer::unclosed() {
  containers_.clear();
  begin();
  return finish(0);
}

Frame Framer::complete(std::size_t at, bool many_lines) {
  if (!containers_.empty()) {
    if (many_lines && layout_ == Layout::unknown) layout_ = Layout::documents;
    if (gone_ == 0) sibling_key_ = first_key(window_.view().substr(0, at));
    return finish(at);
  }
  if (layout_ != Layout::unknown) return finish(at);
  if (many_lines) {
    layout_ = Layout::documents;
    return finish(at);
  }
  const std::optional<char> next = peek(past_blanks(at, false));
  if (!next || *next == '\n' || *next == '{' || *next == '[' || *next == ',') {
    settle(at);
    return finish(at);
  }
  layout_ = Layout::lines;  // the rest of the line is no value, so the line is broken as a whole
  return finish(to_line_end(at));
}

Frame Framer::broken(std::size_t at, bool many_lines) {
  const bool in_array = !containers_.empty();
  if (rescanned_ > free_rescans + window_.offset()) return finish(to_line_end(at));
  std::size_t cut = 0;
  if (many_lines) {
    cut = cut_before_line(at);
    const std::string_view taken = window_.view().substr(0, cut);
    const bool next_line = gone_ == 0 && std::count(taken.begin(), taken.end(), '\n') == 1;
    if (layout_ == Layout::unknown) layout_ = next_line && !in_array ? Layout::lines : Layout::documents;
  } else {
    cut = in_array ? cut_on_line(at) : to_line_end(at);
  }
  if (cut < at) rescanned_ += at - cut;
  const bool end = cut == window_.size() && !window_.more();
  if (end) containers_.clear();  // the end is reported once
  return finish(cut);
}

std::size_t Framer::cut_before_line(std::size_t at) {
  std::size_t from = 0;
  for (;;) {
    const auto cut = find_line_cut(window_.view(), from, indent_, !containers_.empty());
    if (cut) return *cut;
    const std::size_t last = window_.view().rfind('\n');
    from = last == std::string_view::npos ? window_.size() : last;
    at = window_.size();
    if (!grow(at)) return at;
    if (at == 0) from = 0;
  }
}

std::size_t Framer::cut_on_line(std::size_t at) {
  const std::string own_key(gone_ == 0 ? first_key(window_.view()) : std::string_view{});
  const std::string& key = own_key.empty() ? sibling_key_ : own_key;
  const std::size_t broken_at = at;
  const std::uint64_t gone_before = gone_;
  const std::size_t end = to_line_end(at);
  const std::size_t from = gone_ == gone_before ? broken_at : 0;
  return find_sibling(window_.view().substr(0, end), from, key).value_or(end);
}

// A first value that ended before `at` settles how the stream is laid out.
void Framer::settle(std::size_t at) {
  if (layout_ != Layout::unknown) return;
  const std::optional<char> next = peek(past_blanks(at, false));
  layout_ = !next || *next == '\n' ? Layout::lines : Layout::documents;
}

void Framer::begin() {
  frame_ = {.text = {}, .whole = true, .length = 0, .offset = window_.offset(), .line = line_};
  gone_ = 0;
  head_.clear();
}

// Reads on behind `at`, the end of the window. False at the end of the stream. What is longer than the limit is let go,
// and `at` is moved.
bool Framer::grow(std::size_t& at) {
  if (at > limits_.longest) {
    let_go(at);
    at = 0;
  }
  return window_.more();
}

std::size_t Framer::to_line_end(std::size_t at) {
  for (;;) {
    const std::string_view text = window_.view();
    const void* found = at < text.size() ? std::memchr(text.data() + at, '\n', text.size() - at) : nullptr;
    if (found != nullptr) return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    at = text.size();
    if (!grow(at)) return at;
  }
}

Frame Framer::finish(std::size_t at) {
  std::string_view text = window_.view().substr(0, at);
  held_ = at;
  while (!text.empty() && (is_blank(text.back()) || text.back() == '\n')) text.remove_suffix(1);
  frame_.length = gone_ + text.size();
  frame_.whole = frame_.length <= limits_.longest;
  if (frame_.whole) {
    frame_.text = text;
    return frame_;
  }
  head_ += text.substr(0, limits_.shown - std::min(limits_.shown, head_.size()));
  frame_.text = head_;
  return frame_;
}

// Drops the first bytes of the text being taken, except for what a dead letter shows of it.
void Framer::let_go(std::size_t at) {
  head_ += window_.view().substr(0, std::min(at, limits_.shown - std::min(limits_.shown, head_.size())));
  gone_ += at;
  consume(at);
}

// Leaves bytes behind, and keeps count of lines.
void Framer::consume(std::size_t count) {
  const std::string_view text = window_.view().substr(0, count);
  const void* found = text.empty() ? nullptr : ::memrchr(text.data(), '\n', text.size());  // rfind goes byte by byte
  if (found != nullptr) {
    const auto last = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    line_ += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
    line_begin_ = window_.offset() + last + 1;
    const std::size_t first = text.find_first_not_of(" \t\r,", last + 1);
    fresh_line_ = first == std::string_view::npos;
    if (!fresh_line_) indent_ = first - last - 1;
  }
  window_.drop(count);
}

std::optional<char> Framer::peek(std::size_t at) {
  while (at >= window_.size()) {
    if (!window_.more()) return std::nullopt;
  }
  return window_.view()[at];
}

// The first byte at or behind `at` that is no blank.
std::size_t Framer::past_blanks(std::size_t at, bool line_ends) {
  for (const std::size_t limit = at + longest_header; at < limit; ++at) {
    const std::optional<char> byte = peek(at);
    if (!byte || !(is_blank(*byte) || (line_ends && *byte == '\n'))) break;
  }
  return at;
}

// The length of `{"Records": [` at the window's front, if the array's elements may be events.
std::optional<std::size_t> Framer::records_header() {
  std::size_t at = past_blanks(1, true);
  const auto stands = [&](std::string_view key) {
    std::size_t behind = at;
    return std::all_of(key.begin(), key.end(), [&](char byte) { return peek(behind++) == byte; });
  };
  if (std::none_of(records_keys.begin(), records_keys.end(), stands)) return std::nullopt;
  at = past_blanks(at + records_keys.front().size(), true);
  if (peek(at) != ':') return std::nullopt;
  at = past_blanks(at + 1, true);
  if (peek(at) != '[') return std::nullopt;
  const std::optional<char> first = peek(past_blanks(at + 1, true));
  if (!first || (*first != '{' && *first != ']')) return std::nullopt;
  return at + 1;
}

// Whether only blanks are left on the line.
bool Framer::line_ends_at(std::size_t at) { return peek(past_blanks(at, false)) == '\n'; }

}  // namespace picket
