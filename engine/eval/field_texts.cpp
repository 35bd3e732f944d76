#include "engine/eval/field_texts.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "engine/event/escapes.hpp"
#include "engine/event/words.hpp"
#include "engine/pattern/pattern.hpp"

namespace picket {
namespace {

constexpr std::size_t padding = 16;
// What one long text needed is not kept for the many short ones.
constexpr std::size_t most_kept = std::size_t{64} * 1024;

char* room_for(std::vector<char>& bytes, std::size_t size) {
  const std::size_t needed = padding + size + padding;
  if (bytes.size() < needed || (bytes.size() > most_kept && needed <= most_kept)) {
    bytes = std::vector<char>(std::max(needed, std::min(needed * 2, most_kept)));
  }
  return bytes.data() + padding;
}

// REQUIRES: eight readable bytes behind the text.
bool is_ascii(std::string_view text) {
  std::uint64_t seen = 0;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) seen |= words::load(text.data() + at);
  if (at < text.size()) seen |= words::first_bytes(words::load(text.data() + at), text.size() - at);
  return (seen & words::highs) == 0;
}

// Empties a text for the next one.
std::string& emptied(std::string& text) {
  if (text.capacity() > most_kept) text = std::string();
  text.clear();
  return text;
}

// Good until the next one in the same place.
std::string_view copy_of(std::string_view text, std::vector<char>& bytes) {
  char* const out = room_for(bytes, text.size());
  std::copy(text.begin(), text.end(), out);
  return {out, text.size()};
}

}  // namespace

void FieldTexts::start(std::string_view block, const LineEnd& line, const EventFields& fields) {
  block_ = block;
  line_ = line;
  fields_ = &fields;
  if (++event_ == 0) {
    for (Text& text : texts_) text.decoded_in = text.folded_in = text.sought_in = 0;
    event_ = 1;
  }
}

std::string_view FieldTexts::decoded(FieldId field) {
  Text& text = texts_[field];
  if (text.decoded_in == event_) return text.decoded;
  text.decoded_in = event_;
  text.decoded = (*fields_)[field].in(block_);
  if (!line_.has_escapes || text.decoded.empty() ||
      std::memchr(text.decoded.data(), '\\', text.decoded.size()) == nullptr) {
    return text.decoded;
  }
  char* const out = room_for(text.decoded_bytes, text.decoded.size());
  text.decoded = std::string_view(out, unescape(text.decoded, out));
  return text.decoded;
}

std::string_view FieldTexts::folded(FieldId field) {
  Text& text = texts_[field];
  if (text.folded_in == event_) return text.folded;
  const std::string_view plain = decoded(field);
  text.folded_in = event_;
  char* const out = room_for(text.folded_bytes, plain.size());
  std::uint64_t seen = 0;
  // Reads and writes up to seven bytes too many: what is decoded has them behind it, as every block has.
  for (std::size_t at = 0; at < plain.size(); at += 8) {
    std::uint64_t word = words::load(plain.data() + at);
    word = words::first_bytes(word, std::min<std::size_t>(8, plain.size() - at));
    seen |= word;
    word = words::lower_ascii(word);
    std::memcpy(out + at, &word, sizeof word);
  }
  text.folded = std::string_view(out, plain.size());
  if ((seen & words::highs) != 0) {
    append_folded(plain, emptied(odd_));
    text.folded = copy_of(odd_, text.folded_bytes);
  }
  return text.folded;
}

std::string_view FieldTexts::sought_anew(FieldId field) {
  Text& text = texts_[field];
  if (text.sought_in == event_) return text.sought;
  text.sought_in = event_;
  const CapturedField captured = (*fields_)[field];
  text.sought = captured.kind == FieldKind::text ? sought_text(field) : sought_container(captured, text);
  return text.sought;
}

// Only what is odd is written anew, with whole escapes around it.
std::string_view FieldTexts::sought_container(const CapturedField& captured, Text& text) {
  const auto clamped = [&](std::size_t at) { return std::clamp<std::size_t>(at, captured.begin, captured.end); };
  std::size_t begin = clamped(line_.odd_begin);
  while (begin > captured.begin && block_[begin - 1] == '\\') --begin;
  std::size_t end = clamped(line_.odd_end);
  std::size_t backslashes = 0;
  while (end - backslashes > begin && block_[end - backslashes - 1] == '\\') ++backslashes;
  end += backslashes % 2;
  const std::string_view odd = block_.substr(begin, end - begin);
  char* const out = room_for(text.decoded_bytes, odd.size());
  append_folded({out, unescape(odd, out)}, emptied(folded_));
  emptied(odd_) = block_.substr(captured.begin, begin - captured.begin);
  append_escaped(folded_, odd_);
  odd_ += block_.substr(end, captured.end - end);
  return copy_of(odd_, text.sought_bytes);
}

std::string_view FieldTexts::sought_text(FieldId field) {
  const std::string_view raw = (*fields_)[field].in(block_);
  if (is_ascii(raw) && std::memchr(raw.data(), '\\', raw.size()) == nullptr) return raw;
  const std::string_view text = folded(field);
  append_escaped(text, emptied(odd_));
  return copy_of(odd_, texts_[field].sought_bytes);
}

}  // namespace picket
