#include "engine/event/event_scanner.hpp"

#include <algorithm>
#include <cstring>

#include "engine/event/escapes.hpp"
#include "engine/event/value.hpp"
#include "engine/event/words.hpp"

namespace picket {
namespace {

bool is_blank(char byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

// REQUIRES: eight readable bytes behind the text.
bool has_backslash(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); at += 8) {
    const std::size_t count = std::min<std::size_t>(8, text.size() - at);
    if (words::bytes_equal(words::first_bytes(words::load(text.data() + at), count), '\\') != 0) return true;
  }
  return false;
}

// Around a copied key: what FieldTrie::find() and unescape() read and write beyond it.
constexpr std::size_t key_padding = 16;

// Integers of up to so many digits are valid and within 64 bits by their length alone.
constexpr std::size_t plain_digits = 16;

// Whether every byte of the word is a digit.
bool are_digits(std::uint64_t word) {
  constexpr std::uint64_t zeros = words::ones * '0';
  constexpr std::uint64_t high_halves = words::ones * 0xF0;
  return (word & high_halves) == zeros && ((word + words::ones * 6) & high_halves) == zeros;
}

// The word's bytes as the highest ones.
constexpr std::uint64_t word_of(std::string_view word) {
  std::uint64_t bytes = 0;
  for (const char byte : word) bytes = bytes >> 8U | std::uint64_t{static_cast<unsigned char>(byte)} << 56U;
  return bytes;
}

// What a value is by its first byte, if it is a value at all.
constexpr std::array<FieldKind, 256> kinds = [] {
  std::array<FieldKind, 256> table{};
  table.fill(FieldKind::number);
  table['"'] = FieldKind::text;
  table['t'] = table['f'] = FieldKind::boolean;
  table['n'] = FieldKind::null;
  return table;
}();

// REQUIRES: eight readable bytes behind the token.
bool is_plain_integer(std::string_view token) {
  if (token.front() == '-') token.remove_prefix(1);
  const std::size_t count = token.size();
  if (count == 0 || count > plain_digits || (token.front() == '0' && count > 1)) return false;
  if (count >= 8) return are_digits(words::load(token.data())) && are_digits(words::load(token.data() + count - 8));
  // What is not there counts as zeros.
  const std::uint64_t digits = words::load(token.data()) << (64 - 8 * count);
  return are_digits(digits | (words::ones * '0') >> (8 * count));
}

// The exact reader refuses integers out of a double's range, by its own measure: such long ones are left to it.
constexpr std::size_t longest_number = 300;

bool is_number(std::string_view token) {
  if (token.size() > longest_number) return false;
  return is_plain_integer(token) || Value::from_number(token).has_value();
}

}  // namespace

EventFields::EventFields(const FieldTrie& trie) : fields_(trie.size()), present_(trie.size() + 1), order_(trie) {}

void EventFields::clear() {
  present_count_ = 0;
  order_.start_event();
  if (++event_ == 0) {
    std::fill(fields_.begin(), fields_.end(), State{});
    event_ = 1;
  }
}

// Forgets what was read at a node and below it, because another value takes its place.
void EventFields::take_back(const FieldTrie& trie, FieldId node) {
  for (FieldId id = node; id < trie.node(node).end; ++id) {
    State& state = fields_[id];
    if (state.event != event_) continue;
    state.event = 0;
    const auto behind = present_.begin() + static_cast<std::ptrdiff_t>(present_count_);
    const auto listed = std::find(present_.begin(), behind, id);
    if (listed == behind) continue;
    std::copy(listed + 1, behind, listed);
    --present_count_;
  }
}

// One event's walk. Every step reads the next structural character and knows by the grammar what it may be. Recursive:
// the limit on nesting bounds it.
class EventScanner::Walk {
 public:
  Walk(EventScanner& scanner, std::string_view block, const EventPlace& place, const FieldTrie& trie,
       EventFields& fields)
      : scanner_(scanner),
        block_(block),
        bytes_(block.data()),
        at_(place.places),
        end_(static_cast<std::uint32_t>(place.end.at)),
        has_escapes_(place.end.has_escapes),
        trie_(trie),
        fields_(fields) {}

  const std::uint32_t* run() {
    if (byte() != '{') return nullptr;
    const AskedKey root(FieldTrie::root, trie_.node(FieldTrie::root).mask != 0 ? AskedKey::has_children : 0);
    // Places ascend, so that what ends within the text has kept within it.
    return container(root) && at_[-1] < end_ && *at_ >= end_ && are_scalars() ? at_ : nullptr;
  }

 private:
  [[nodiscard]] char byte() const { return bytes_[*at_]; }

  // The end of the token that begins at *at_: what stands before the next structural character, without blanks.
  [[nodiscard]] std::uint32_t token_end() const { return token_end(at_); }
  [[nodiscard]] std::uint32_t token_end(const std::uint32_t* at) const {
    std::uint32_t end = at[1];
    // Compact texts, the rule, are done with one comparison: blanks, and nothing that may end a token, are up to ' '.
    while (static_cast<unsigned char>(bytes_[end - 1]) <= ' ' && is_blank(bytes_[end - 1])) --end;
    return end;
  }

  // Each reads on from *at_ and returns false for what is no JSON.
  [[gnu::noinline]] bool container(AskedKey asked);
  template <bool asked>
  bool object(FieldId node);
  bool list();
  bool value(AskedKey asked);
  bool member(FieldId node, AskedKey key);
  bool special_value(FieldId node, std::uint32_t begin, std::uint32_t end);
  [[nodiscard]] AskedKey sought(FieldId node, KeyOrder::Cursor& cursor, std::string_view key);
  [[nodiscard]] static AskedKey asked_of(const FieldTrie::Child* child, bool exact);
  [[nodiscard]] bool are_scalars();
  [[nodiscard]] bool is_scalar(const std::uint32_t* at) const;

  [[nodiscard]] std::string_view decoded(std::uint32_t begin, std::uint32_t end);
  [[nodiscard]] bool takes(const FieldTrie::Child& child, bool exact, std::string_view key, std::uint32_t begin,
                           std::uint32_t end);
  [[nodiscard]] bool is_same_key(const EventFields::State& met, std::string_view key);

  // REQUIRES: something is asked.
  void capture(AskedKey asked, std::uint32_t begin, std::uint32_t end, FieldKind kind) {
    if (!asked.has(AskedKey::asked)) return;
    fields_.present_[fields_.present_count_] = asked.node();
    fields_.present_count_ += asked.has(AskedKey::listed) ? 1 : 0;
    fields_.fields_[asked.node()].captured = {.begin = begin, .end = end, .kind = kind};
  }

  EventScanner& scanner_;
  std::string_view block_;
  const char* bytes_;
  const std::uint32_t* at_;
  std::uint32_t end_;
  bool has_escapes_;
  std::size_t depth_ = 0;         // containers open
  std::size_t scalar_count_ = 0;  // EventScanner::scalars_ that wait
  const FieldTrie& trie_;
  EventFields& fields_;
};

bool EventScanner::Walk::container(AskedKey asked) {
  const std::uint32_t begin = *at_;
  if (depth_ == scanner_.nesting_ || begin >= end_) return false;
  ++depth_;
  const bool is_object = bytes_[begin] == '{';
  ++at_;
  bool closed = false;
  if (!is_object) {
    closed = list();
  } else if (!asked.is_nothing() && asked.has(AskedKey::has_children)) {
    closed = object<true>(asked.node());
  } else {
    closed = object<false>(no_field);
  }
  if (!closed) return false;
  --depth_;
  if (!asked.is_nothing()) capture(asked, begin, at_[-1] + 1, is_object ? FieldKind::object : FieldKind::list);
  return true;
}

template <bool asked>
bool EventScanner::Walk::object(FieldId node) {
  if (byte() == '}') {
    ++at_;
    return true;
  }
  KeyOrder::Cursor cursor = fields_.order_.begin(asked ? node : FieldTrie::root);
  for (;;) {
    const std::uint32_t key_at = *at_;
    if (bytes_[key_at] != '"' || bytes_[at_[1]] != ':') return false;
    if constexpr (asked) {
      AskedKey key;
      // Of a compact text; a blank behind the key only makes it a key that is not known.
      const std::uint32_t size = at_[1] - key_at - 2;
      if (const KeyOrder::Known* known = cursor.next(bytes_ + key_at + 1, size)) {
        key = known->asked;
      } else {
        const std::uint32_t begin = key_at + 1;
        key = sought(node, cursor, block_.substr(begin, token_end() - 1 - begin));
      }
      if (key.is_nothing()) {
        at_ += 2;
        if (!value(key)) return false;
      } else if (!member(node, key)) {
        return false;
      }
    } else {
      at_ += 2;
      if (!value(AskedKey())) return false;
    }
    const char next = byte();
    ++at_;
    if (next == '}') return true;
    if (next != ',') return false;
  }
}

AskedKey EventScanner::Walk::asked_of(const FieldTrie::Child* child, bool exact) {
  if (child == nullptr) return {};
  return {child->node, (child->asked ? AskedKey::asked : 0) | (child->listed ? AskedKey::listed : 0) |
                           (child->has_children ? AskedKey::has_children : 0) |
                           (!exact || !child->last ? AskedKey::special : 0)};
}

// The value of a key that is asked for, which begins at *at_.
[[gnu::always_inline]] inline bool EventScanner::Walk::member(FieldId node, AskedKey key) {
  EventFields::State& met = fields_.fields_[key.node()];
  if (key.has(AskedKey::special) || met.event == fields_.event_) {
    const std::uint32_t begin = *at_ + 1;
    const std::uint32_t end = token_end() - 1;
    at_ += 2;
    return special_value(node, begin, end);
  }
  met.event = fields_.event_;
  met.key_begin = met.key_end = 0;
  met.captured.kind = FieldKind::absent;  // until its value is read
  at_ += 2;
  return value(key);
}

// What is asked of a key that is not known from earlier events.
[[gnu::noinline]] AskedKey EventScanner::Walk::sought(FieldId node, KeyOrder::Cursor& cursor, std::string_view key) {
  bool exact = false;
  if (!has_escapes_ || !has_backslash(key)) {
    const FieldTrie::Child* const child = trie_.find(node, key, exact);
    const AskedKey asked = asked_of(child, exact);
    fields_.order_.learn(node, cursor, key, asked);
    return asked;
  }
  const auto begin = static_cast<std::uint32_t>(key.data() - bytes_);
  const FieldTrie::Child* const child =
      trie_.find(node, decoded(begin, begin + static_cast<std::uint32_t>(key.size())), exact);
  return asked_of(child, exact);
}

// The value of a key whose spelling or repetition matters. Spellings that differ by case stand for one key, so it may
// be read for several children.
[[gnu::noinline]] bool EventScanner::Walk::special_value(FieldId node, std::uint32_t begin, std::uint32_t end) {
  const std::uint32_t* const value_at = at_;
  const std::string key(decoded(begin, end));  // reading a value may decode another key into the same place
  const std::string padded = std::string(key_padding, '\0') + key + std::string(key_padding, '\0');
  bool exact = false;
  bool taken = false;
  const FieldTrie::Child* child = trie_.find(node, std::string_view(padded).substr(key_padding, key.size()), exact);
  for (;; ++child) {
    if (takes(*child, trie_.is_spelt(*child, key), key, begin, end)) {
      at_ = value_at;
      if (!value(asked_of(child, true))) return false;
      taken = true;
    }
    if (child->last) break;
  }
  return taken || value(asked_of(nullptr, true));
}

// Whether the value of `key` is the child's, as far as the object has been read: the last one of the exact key, else
// the last one of the first key that is equal up to case. What an earlier key left is taken back.
bool EventScanner::Walk::takes(const FieldTrie::Child& child, bool exact, std::string_view key, std::uint32_t begin,
                               std::uint32_t end) {
  if (child.exact && !exact) return false;
  EventFields::State& met = fields_.fields_[child.node];
  if (met.event == fields_.event_) {
    if (!exact && (met.key_end == 0 || !is_same_key(met, key))) return false;
    fields_.take_back(trie_, child.node);
  }
  met.event = fields_.event_;
  met.captured.kind = FieldKind::absent;  // until its value is read
  met.key_begin = exact ? 0 : begin;
  met.key_end = exact ? 0 : end;
  return true;
}

bool EventScanner::Walk::is_same_key(const EventFields::State& met, std::string_view key) {
  const std::string copy(key);  // decoding the other one may overwrite it
  return decoded(met.key_begin, met.key_end) == copy;
}

bool EventScanner::Walk::list() {
  if (byte() == ']') {
    ++at_;
    return true;
  }
  for (;;) {
    if (!value(AskedKey())) return false;
    const char next = byte();
    ++at_;
    if (next == ']') return true;
    if (next != ',') return false;
  }
}

[[gnu::always_inline]] inline bool EventScanner::Walk::value(AskedKey asked) {
  const char first = byte();
  if (first == '"') {
    if (!asked.is_nothing()) capture(asked, *at_ + 1, token_end() - 1, FieldKind::text);
    ++at_;
    return true;
  }
  if (first == '{' || first == '[') return container(asked);
  if (!asked.is_nothing()) capture(asked, *at_, token_end(), kinds[static_cast<unsigned char>(first)]);
  scanner_.scalars_[scalar_count_++] = at_++;
  return scalar_count_ < most_scalars || are_scalars();
}

// Checks those that wait.
[[gnu::noinline]] bool EventScanner::Walk::are_scalars() {
  bool all = true;
  for (std::size_t i = 0; i < scalar_count_; ++i) all = all && is_scalar(scanner_.scalars_[i]);
  scalar_count_ = 0;
  return all;
}

// Whether a number, true, false or null stands at a place: without a branch for those that are common.
[[gnu::always_inline]] inline bool EventScanner::Walk::is_scalar(const std::uint32_t* at) const {
  constexpr std::uint64_t zeros = words::ones * '0';
  const std::uint32_t begin = *at;
  const std::uint32_t end = token_end(at);
  if (end <= begin) return false;
  const std::uint32_t size = end - begin;
  if (size <= 8) {
    const std::uint64_t bytes = words::load(bytes_ + begin) << (64 - 8 * size);
    const bool is_integer = are_digits(bytes | zeros >> 8U >> (8 * (size - 1)));
    const bool is_plain = size == 1 || bytes_[begin] != '0';
    const bool is_word = (size == 4 && (bytes == word_of("true") || bytes == word_of("null"))) ||
                         (size == 5 && bytes == word_of("false"));
    if (((static_cast<int>(is_integer) & static_cast<int>(is_plain)) | static_cast<int>(is_word)) != 0) return true;
  }
  return is_number(block_.substr(begin, size));
}

// A key without its escapes, with bytes around it that may be read.
std::string_view EventScanner::Walk::decoded(std::uint32_t begin, std::uint32_t end) {
  const std::string_view raw = block_.substr(begin, end - begin);
  if (!has_backslash(raw)) return raw;
  std::string& copy = scanner_.key_;
  copy.assign(key_padding + raw.size() + key_padding, '\0');
  const std::size_t length = unescape(raw, copy.data() + key_padding);
  return std::string_view(copy).substr(key_padding, length);
}

const std::uint32_t* EventScanner::scan(std::string_view block, const EventPlace& place, const FieldTrie& trie,
                                        EventFields& fields) {
  fields.clear();
  if (!place.end.escapes_are_valid) return nullptr;
  return Walk(*this, block, place, trie, fields).run();
}

}  // namespace picket
