#include "engine/event/event_scanner.hpp"

#include <algorithm>
#include <cstring>
#include <tuple>
#include <utility>

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

bool is_bracket(char byte) { return byte == '{' || byte == '['; }

// Around a copied key: what FieldTrie::find() and unescape() read and write beyond it.
constexpr std::size_t key_padding = 16;

// Integers of up to so many digits are valid and within 64 bits by their length alone.
constexpr std::size_t plain_digits = 16;

// Whether every byte of the word is a digit.
bool are_digits(std::uint64_t word) {
  constexpr std::uint64_t zeros = words::ones * '0';
  constexpr std::uint64_t high_halves = words::ones * 0xF0;
  return (((word & high_halves) ^ zeros) | (((word + words::ones * 6) & high_halves) ^ zeros)) == 0;
}

// The word's bytes as the highest ones.
constexpr std::uint64_t word_of(std::string_view word) {
  std::uint64_t bytes = 0;
  for (const char byte : word) bytes = bytes >> 8U | std::uint64_t{static_cast<unsigned char>(byte)} << 56U;
  return bytes;
}

constexpr std::uint64_t true_word = word_of("true");
constexpr std::uint64_t false_word = word_of("false");
constexpr std::uint64_t null_word = word_of("null");

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

// One event's walk over the places of its structural characters. Every step reads the next one and knows by the grammar
// what it may be. Each takes the place that it begins at and returns the one behind, or null for what is no JSON.
// Recursive: the limit on nesting bounds it.
class EventScanner::Walk {
 public:
  using Place = const std::uint32_t*;

  Walk(EventScanner& scanner, std::string_view block, const EventPlace& place, const FieldTrie& trie,
       EventFields& fields)
      : scanner_(scanner),
        block_(block),
        bytes_(block.data()),
        end_(static_cast<std::uint32_t>(place.end.at)),
        has_escapes_(place.end.has_escapes),
        trie_(trie),
        fields_(fields) {}

  Place run(Place at) {
    if (bytes_[*at] != '{') return nullptr;
    at = container(at, root());
    // Places ascend, so that what ends within the text has kept within it.
    return at != nullptr && at[-1] < end_ && *at >= end_ && are_scalars() ? at : nullptr;
  }

 private:
  // What is asked of the event itself.
  [[nodiscard]] AskedKey root() const {
    if (trie_.asks_root()) fields_.fields_[FieldTrie::root].event = fields_.event_;
    return {FieldTrie::root, (trie_.node(FieldTrie::root).mask != 0 ? AskedKey::has_children : 0) |
                                 (trie_.asks_root() ? AskedKey::asked : 0) |
                                 (trie_.lists_root() ? AskedKey::listed : 0)};
  }

  // The end of the token that begins at *at: what stands before the next structural character, without blanks.
  [[nodiscard]] std::uint32_t token_end(Place at) const {
    std::uint32_t end = at[1];
    // Compact texts, the rule, are done with one comparison: blanks, and nothing that may end a token, are up to ' '.
    while (static_cast<unsigned char>(bytes_[end - 1]) <= ' ' && is_blank(bytes_[end - 1])) --end;
    return end;
  }

  [[nodiscard]] Place container(Place at, AskedKey asked);
  [[nodiscard]] Place object(Place at, FieldId node);
  // Containers within one another that nobody asks about.
  struct Passed {
    static constexpr std::size_t most_levels = 64;
    std::uint64_t objects = 0;  // whether each is an object; the innermost one's is the lowest bit
    std::size_t levels = 0;
    bool is_new = true;  // nothing of the innermost one has been read

    [[nodiscard]] bool is_object() const { return (objects & 1U) != 0; }
    [[nodiscard]] char closing() const { return is_object() ? '}' : ']'; }
    void begin(char bracket) {
      objects = objects << 1U | (bracket == '{' ? 1U : 0U);
      ++levels;
    }
    void end() {
      objects >>= 1U;
      --levels;
    }
  };
  [[nodiscard]] Place passed_over(Place at);
  [[nodiscard]] Place passed_member(Place at, Passed& passed);
  [[nodiscard]] Place value(Place at, AskedKey asked);
  [[nodiscard]] Place special_value(Place at, FieldId node);

  // What is asked of a key, and which one is expected behind it.
  using Sought = std::pair<AskedKey, KeyOrder::Cursor>;
  [[nodiscard]] Sought sought(Place at, FieldId node, KeyOrder::Cursor cursor);
  [[nodiscard]] static AskedKey asked_of(const FieldTrie::Child* child, bool exact);
  [[nodiscard]] bool begin_member(AskedKey key);
  [[nodiscard]] bool are_scalars();
  [[nodiscard]] bool is_common_scalar(Place at) const;

  [[nodiscard]] std::string_view decoded(std::uint32_t begin, std::uint32_t end);
  [[nodiscard]] bool takes(const FieldTrie::Child& child, bool exact, std::string_view key, std::uint32_t begin,
                           std::uint32_t end);
  [[nodiscard]] bool is_same_key(const EventFields::State& met, std::string_view key);

  // Whether a container may begin there: within the event and the limit on nesting.
  [[nodiscard]] bool begin_container(std::uint32_t begin) { return begin < end_ && depth_++ < scanner_.nesting_; }
  // `behind`: the place behind its closing bracket.
  void end_container(Place behind, const Open& open, FieldKind kind) {
    --depth_;
    capture(open.asked, open.begin, behind[-1] + 1, kind);
  }

  void capture(AskedKey asked, std::uint32_t begin, std::uint32_t end, FieldKind kind) {
    if (asked.is_nothing() || !asked.has(AskedKey::asked)) return;
    fields_.present_[fields_.present_count_] = asked.node();
    fields_.present_count_ += asked.has(AskedKey::listed) ? 1 : 0;
    fields_.fields_[asked.node()].captured = {.begin = begin, .end = end, .kind = kind};
  }

  EventScanner& scanner_;
  std::string_view block_;
  const char* bytes_;
  std::uint32_t end_;
  bool has_escapes_;
  std::size_t depth_ = 0;         // containers open
  std::size_t open_count_ = 0;    // EventScanner::open_
  std::size_t scalar_count_ = 0;  // EventScanner::scalars_ that wait
  const FieldTrie& trie_;
  EventFields& fields_;
};

// A list or an object.
[[gnu::noinline]] EventScanner::Walk::Place EventScanner::Walk::container(Place at, AskedKey asked) {
  const std::uint32_t begin = *at;
  if (!begin_container(begin)) return nullptr;
  const bool is_object = bytes_[begin] == '{';
  const bool has_asked = !asked.is_nothing() && asked.has(AskedKey::has_children);
  at = is_object && has_asked ? object(at + 1, asked.node()) : passed_over(at);
  if (at == nullptr) return nullptr;
  end_container(at, {.asked = asked, .begin = begin}, is_object ? FieldKind::object : FieldKind::list);
  return at;
}

// An object that somebody asks about, from behind its bracket on, and those in it.
EventScanner::Walk::Place EventScanner::Walk::object(Place at, FieldId node) {
  const char* const bytes = bytes_;
  const std::size_t outer = open_count_;
  KeyOrder::Cursor cursor = fields_.order_.begin(node);
  if (bytes[*at] == '}') return at + 1;
  for (;;) {
    AskedKey key;
    if (cursor->is_at(bytes + at[0])) [[likely]] {
      key = cursor->asked;
      ++cursor;
    } else {
      std::tie(key, cursor) = sought(at, node, cursor);
      if (cursor == nullptr) return nullptr;
    }
    if (!key.is_nothing() && !begin_member(key)) {
      at = special_value(at, node);
    } else if (key.has(AskedKey::has_children) && bytes[at[2]] == '{' && open_count_ < most_open) {
      if (!begin_container(at[2])) return nullptr;
      scanner_.open_[open_count_++] = {.cursor = cursor, .node = node, .asked = key, .begin = at[2]};
      node = key.node();
      cursor = fields_.order_.begin(node);
      at += 3;
      if (bytes[*at] != '}') continue;
    } else {
      at = value(at + 2, key);
    }
    if (at == nullptr) return nullptr;
    while (bytes[*at] != ',') {
      if (bytes[*at++] != '}') return nullptr;
      if (open_count_ == outer) return at;
      const Open& open = scanner_.open_[--open_count_];
      end_container(at, open, FieldKind::object);
      cursor = open.cursor;
      node = open.node;
    }
    ++at;
  }
}

// A container that nobody asks about, and all in it.
EventScanner::Walk::Place EventScanner::Walk::passed_over(Place at) {
  Passed passed;
  passed.begin(bytes_[*at++]);
  for (;;) {
    if (!passed.is_new || bytes_[*at] != passed.closing()) {
      at = passed_member(at, passed);
      if (at == nullptr) return nullptr;
      if (passed.is_new) continue;
    }
    for (; bytes_[*at] != ','; passed.end(), --depth_) {
      if (bytes_[*at++] != passed.closing()) return nullptr;
      if (passed.levels == 1) return at;
    }
    ++at;
    passed.is_new = false;
  }
}

// A member or an element of the innermost container, or the beginning of one that is a container itself.
[[gnu::always_inline]] inline EventScanner::Walk::Place EventScanner::Walk::passed_member(Place at, Passed& passed) {
  if (passed.is_object()) {
    if (bytes_[at[0]] != '"' || bytes_[at[1]] != ':') return nullptr;
    at += 2;
  }
  const char first = bytes_[*at];
  passed.is_new = is_bracket(first) && passed.levels < Passed::most_levels;
  if (!passed.is_new) return value(at, AskedKey());
  if (!begin_container(*at)) return nullptr;
  passed.begin(first);
  return at + 1;
}

[[gnu::always_inline]] inline EventScanner::Walk::Place EventScanner::Walk::value(Place at, AskedKey asked) {
  const char first = bytes_[*at];
  if (is_bracket(first)) return container(at, asked);
  // Which of the others it is nobody has to guess.
  const std::uint32_t quote = first == '"' ? 1 : 0;
  if (!asked.is_nothing()) capture(asked, *at + quote, token_end(at) - quote, kinds[static_cast<unsigned char>(first)]);
  scanner_.scalars_[scalar_count_] = at;
  scalar_count_ += 1 - quote;
  return scalar_count_ < most_scalars || are_scalars() ? at + 1 : nullptr;
}

AskedKey EventScanner::Walk::asked_of(const FieldTrie::Child* child, bool exact) {
  if (child == nullptr) return {};
  return {child->node, (child->asked ? AskedKey::asked : 0) | (child->listed ? AskedKey::listed : 0) |
                           (child->has_children ? AskedKey::has_children : 0) |
                           (!exact || !child->last ? AskedKey::special : 0)};
}

// What is asked of a key that is not the one expected. No cursor if it is no key.
[[gnu::noinline]] EventScanner::Walk::Sought EventScanner::Walk::sought(Place at, FieldId node,
                                                                        KeyOrder::Cursor cursor) {
  if (bytes_[at[0]] != '"' || bytes_[at[1]] != ':') return {AskedKey(), nullptr};
  const std::uint32_t begin = *at + 1;
  const std::uint32_t end = token_end(at) - 1;
  for (std::size_t passed = 1; passed <= KeyOrder::passed; ++passed) {
    if (!cursor[passed].is_at(bytes_ + *at)) continue;
    return {cursor[passed].asked, cursor + passed + 1};
  }
  const std::string_view key = block_.substr(begin, end - begin);
  const field_trie::KeyWords key_words = field_trie::words_of(key);
  if (const KeyOrder::Cursor known = fields_.order_.find(node, key, key_words.hash); known != nullptr) {
    return {known->asked, known + 1};
  }
  bool exact = false;
  if (!has_escapes_ || !has_backslash(key)) {
    const FieldTrie::Child* const child = trie_.find(node, key, key_words, exact);
    const AskedKey asked = asked_of(child, exact);
    fields_.order_.learn(node, cursor, key, asked);
    return {asked, cursor};
  }
  const FieldTrie::Child* const child = trie_.find(node, decoded(begin, end), exact);
  return {asked_of(child, exact), cursor};
}

// Notes that the key was met. False if its spelling or repetition matter.
[[gnu::always_inline]] inline bool EventScanner::Walk::begin_member(AskedKey key) {
  EventFields::State& met = fields_.fields_[key.node()];
  if (key.has(AskedKey::special) || met.event == fields_.event_) return false;
  met.event = fields_.event_;
  met.key_begin = met.key_end = 0;
  met.captured.kind = FieldKind::absent;  // until its value is read
  return true;
}

// The value of such a key, which begins at *at. Spellings that differ by case stand for one key, so it may be read for
// several children.
[[gnu::noinline]] EventScanner::Walk::Place EventScanner::Walk::special_value(Place at, FieldId node) {
  const std::uint32_t begin = *at + 1;
  const std::uint32_t end = token_end(at) - 1;
  // Reading a value may decode another key into the same place.
  const std::string padded = std::string(key_padding, '\0').append(decoded(begin, end)).append(key_padding, '\0');
  const std::string_view key = std::string_view(padded).substr(key_padding, padded.size() - 2 * key_padding);
  bool exact = false;
  Place behind = nullptr;
  for (const FieldTrie::Child* child = trie_.find(node, key, exact);; ++child) {
    if (takes(*child, trie_.is_spelt(*child, key), key, begin, end)) {
      behind = value(at + 2, asked_of(child, true));
      if (behind == nullptr) return nullptr;
    }
    if (child->last) break;
  }
  return behind != nullptr ? behind : value(at + 2, AskedKey());
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

// Checks those that wait: first whether they are common ones, without a guess at any of them.
[[gnu::noinline]] bool EventScanner::Walk::are_scalars() {
  std::size_t others = 0;
  for (std::size_t i = 0; i < scalar_count_; ++i) {
    const Place at = scanner_.scalars_[i];
    scanner_.scalars_[others] = at;
    others += is_common_scalar(at) ? 0 : 1;
  }
  scalar_count_ = 0;
  for (std::size_t i = 0; i < others; ++i) {
    const Place at = scanner_.scalars_[i];
    const std::uint32_t end = token_end(at);
    if (end <= *at || !is_number(block_.substr(*at, end - *at))) return false;
  }
  return true;
}

// Whether true, false, null or an integer of up to eight digits stands at a place. Written so that the processor has
// nothing to guess.
[[gnu::always_inline]] inline bool EventScanner::Walk::is_common_scalar(Place at) const {
  constexpr std::uint64_t zeros = words::ones * '0';
  const std::uint32_t begin = *at;
  const std::uint32_t size = token_end(at) - begin;
  const std::uint32_t missing = (64 - 8 * size) % 64;  // bits; of other sizes it means nothing, as what follows
  const std::uint64_t bytes = words::load(bytes_ + begin) << missing;
  const auto bit = [](bool of) { return static_cast<unsigned>(of); };
  const unsigned is_integer = bit(are_digits(bytes | zeros >> 8U >> (56 - missing)));
  const unsigned is_plain = bit(size == 1) | bit(bytes_[begin] != '0');
  const unsigned has_four = bit(size == 4) & (bit(bytes == true_word) | bit(bytes == null_word));
  const unsigned has_five = bit(size == 5) & bit(bytes == false_word);
  return ((is_integer & is_plain) | has_four | has_five) & bit(size - 1 < 8);
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
  return Walk(*this, block, place, trie, fields).run(place.places);
}

}  // namespace picket
