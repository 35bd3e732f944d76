// The syntax is RE2's (its doc/syntax.txt), as far as sets and counts of characters go by it. What is not understood
// makes the reader give up, which is always right.
#include "engine/pattern/required_run.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

constexpr std::size_t shortest_run = 8;       // shorter ones are in too many texts
constexpr std::size_t most = 1'000'000;       // that a count goes up to
constexpr std::size_t deepest_group = 100;    // recursion
constexpr std::uint32_t beyond_ascii = 0x80;  // stands for all characters that are

ByteSet bytes_from(std::size_t from, std::size_t to) {
  ByteSet set;
  for (std::size_t byte = from; byte <= to; ++byte) set.set(byte);
  return set;
}

ByteSet bytes_of(std::string_view bytes) {
  ByteSet set;
  for (const char byte : bytes) set.set(static_cast<unsigned char>(byte));
  return set;
}

const ByteSet& ascii() {
  static const ByteSet set = bytes_from(0, 0x7F);
  return set;
}

// Characters that one place of a text may hold: by their bytes, and which of the ASCII ones surely.
struct Characters {
  ByteSet may;
  ByteSet surely;

  [[nodiscard]] static Characters all_of(const ByteSet& set) { return {set, set & ascii()}; }
  [[nodiscard]] static Characters any() { return {ByteSet().set(), {}}; }
  // Bytes of what is beyond ASCII are in it either way: nobody knows which of them.
  [[nodiscard]] Characters others() const { return {~surely, ~may & ascii()}; }
  Characters& operator|=(const Characters& more) {
    may |= more.may;
    surely |= more.surely;
    return *this;
  }
};

// What a part of a regex asks for.
struct Part {
  enum class Kind : std::uint8_t { nothing, character, run, other };
  Kind kind = Kind::nothing;
  std::size_t least = 0;  // bytes
  std::size_t run = 0;    // of characters, one beside the other: the longest there is
  Characters of;
};

Part one_of(const Characters& characters) { return {Part::Kind::character, 1, 1, characters}; }
Part no_width() { return {Part::Kind::other, 0, 0, {}}; }

Part in_sequence(Part first, Part second) {
  if (first.kind == Part::Kind::nothing) return second;
  Part& longer = first.run >= second.run ? first : second;
  return {Part::Kind::other, std::min(first.least + second.least, most), longer.run, longer.of};
}

Part either(const Part& one, const Part& another) {
  Part part{Part::Kind::other, std::min(one.least, another.least), std::min(one.run, another.run), one.of};
  part.of |= another.of;
  return part;
}

Part repeated(const Part& part, std::size_t times) {
  if (part.kind == Part::Kind::character) return {Part::Kind::run, times, times, part.of};
  if (times == 0) return no_width();
  return {Part::Kind::other, std::min(part.least * times, most), part.run, part.of};
}

class PatternReader {
 public:
  PatternReader(std::string_view pattern, bool folded) : pattern_(pattern), folded_(folded) {}

  std::optional<Part> read() {
    Part part = alternatives(0);
    if (gave_up_ || !at_end()) return std::nullopt;
    if (has_flags_ && part.kind == Part::Kind::run) part.kind = Part::Kind::other;
    return part;
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= pattern_.size(); }
  [[nodiscard]] bool stands(std::string_view text) const { return pattern_.substr(at_).starts_with(text); }
  bool take(std::string_view text) {
    if (at_end() || !stands(text)) return false;
    at_ += text.size();
    return true;
  }
  Part give_up() {
    gave_up_ = true;
    at_ = pattern_.size();
    return {};
  }

  Part alternatives(std::size_t depth) {
    if (depth > deepest_group) return give_up();
    Part part = sequence(depth);
    while (take("|")) part = either(part, sequence(depth));
    return part;
  }

  Part sequence(std::size_t depth) {
    Part all;
    while (!at_end() && !stands("|") && !stands(")")) {
      Part part = atom(depth);
      while (const auto times = repetition()) part = repeated(part, *times);
      all = in_sequence(all, part);
    }
    return all;
  }

  // How often at the least, if a repetition stands here.
  std::optional<std::size_t> repetition() {
    std::optional<std::size_t> times;
    if (take("*") || take("?")) {
      times = 0;
    } else if (take("+")) {
      times = 1;
    } else if (stands("{")) {
      times = counted();
    }
    if (times) take("?");
    return times;
  }

  // {2}, {2,} or {2,4}; anything else is text.
  std::optional<std::size_t> counted() {
    std::size_t at = at_ + 1;
    std::size_t least = 0;
    const std::size_t digits = at;
    for (; at < pattern_.size() && is_digit(pattern_[at]); ++at) {
      least = std::min(least * 10 + static_cast<std::size_t>(pattern_[at] - '0'), most);
    }
    if (at == digits) return std::nullopt;
    if (at < pattern_.size() && pattern_[at] == ',') {
      for (++at; at < pattern_.size() && is_digit(pattern_[at]);) ++at;
    }
    if (at >= pattern_.size() || pattern_[at] != '}') return std::nullopt;
    at_ = at + 1;
    return least;
  }

  Part atom(std::size_t depth) {
    if (take("(")) return group(depth);
    if (take("[")) return character_class();
    if (take("^") || take("$")) return no_width();
    if (take(".")) return one_of(has_flags_ ? Characters::any() : Characters::all_of(~bytes_of("\n")));
    if (stands("*") || stands("+") || stands("?")) return give_up();
    if (!stands("\\")) return one_of(folded(character()));
    ++at_;
    if (take("b") || take("B") || take("A") || take("z")) return no_width();
    return one_of(escape());
  }

  Part group(std::size_t depth) {
    if (take("?")) {
      if (take("P<") || take("<")) {
        const std::size_t end = pattern_.find('>', at_);
        if (end == std::string_view::npos) return give_up();
        at_ = end + 1;
      } else {
        const std::size_t end = pattern_.find_first_not_of("imsU-", at_);
        if (end == std::string_view::npos) return give_up();
        has_flags_ = has_flags_ || end != at_;
        at_ = end;
        if (take(")")) return no_width();
        if (!take(":")) return give_up();
      }
    }
    const Part part = alternatives(depth + 1);
    if (!take(")")) return give_up();
    return part.kind == Part::Kind::nothing ? no_width() : part;
  }

  // Whether case may be ignored.
  [[nodiscard]] bool folds() const { return folded_ || has_flags_; }

  // A character of the pattern as it stands there. REQUIRES: not at the end.
  std::uint32_t character() {
    const auto byte = static_cast<unsigned char>(pattern_[at_++]);
    if (byte < beyond_ascii) return byte;
    while (!at_end() && (static_cast<unsigned char>(pattern_[at_]) & 0xC0U) == 0x80) ++at_;
    return beyond_ascii;
  }

  [[nodiscard]] Characters folded(std::uint32_t character) const { return folded(character, character); }
  // From one to another, and what is equal to one of them up to case: two letters of ASCII have a third form, beyond
  // it.
  [[nodiscard]] Characters folded(std::uint32_t first, std::uint32_t last) const {
    static const ByteSet with_third_form = bytes_of("KkSs");
    ByteSet set;
    ByteSet equal;
    for (std::uint32_t c = first; c <= std::min(last, beyond_ascii - 1); ++c) {
      set.set(c);
      const std::uint32_t lower = c | 0x20U;
      equal.set(folds() && lower >= 'a' && lower <= 'z' ? c ^ 0x20U : c);
    }
    Characters characters = Characters::all_of(has_flags_ ? set : set | equal);
    characters.may |= equal;
    const bool reaches_beyond = last >= beyond_ascii;
    if (reaches_beyond || (folds() && (characters.may & with_third_form).any())) characters.may |= ~ascii();
    if (reaches_beyond && folds()) characters.may |= with_third_form;
    return characters;
  }

  // What stands behind a backslash. Classes of Unicode may be anything.
  Characters escape() {
    if (at_end()) return failed();
    const char c = pattern_[at_];
    if (const auto known = perl_class(c)) {
      ++at_;
      return *known;
    }
    if (c == 'p' || c == 'P') {
      ++at_;
      if (take("{")) {
        const std::size_t end = pattern_.find('}', at_);
        if (end == std::string_view::npos) return failed();
        at_ = end + 1;
      } else if (!at_end()) {
        ++at_;
      }
      return Characters::any();
    }
    const auto code = escaped_character();
    return code ? folded(*code) : failed();
  }

  [[nodiscard]] std::optional<Characters> perl_class(char c) const {
    const auto letters = [](char upper_or_lower, const ByteSet& set, char written) -> Characters {
      const Characters characters = Characters::all_of(set);
      return written == upper_or_lower ? characters : characters.others();
    };
    switch (c) {
      case 'd':
      case 'D':
        return letters('d', bytes_from('0', '9'), c);
      case 's':
      case 'S':
        return letters('s', bytes_of("\t\n\f\r "), c);
      case 'w':
      case 'W': {
        Characters characters =
            Characters::all_of(bytes_from('0', '9') | bytes_from('A', 'Z') | bytes_from('a', 'z') | bytes_of("_"));
        if (folds()) characters.may |= ~ascii();
        return c == 'w' ? characters : characters.others();
      }
      default:
        return std::nullopt;
    }
  }

  // `\x41`, `\n`, `\.` and the like.
  std::optional<std::uint32_t> escaped_character() {
    static constexpr std::array<std::pair<char, std::uint32_t>, 6> controls = {
        {{'a', 7}, {'f', 12}, {'t', 9}, {'n', 10}, {'r', 13}, {'v', 11}}};
    const auto* const control = std::ranges::find(controls, pattern_[at_], &std::pair<char, std::uint32_t>::first);
    if (control != controls.end()) {
      ++at_;
      return control->second;
    }
    if (take("x")) return hexadecimal();
    const auto byte = static_cast<unsigned char>(pattern_[at_]);
    const bool is_letter = (byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z';
    if (byte >= beyond_ascii || is_letter || is_digit(pattern_[at_])) return std::nullopt;
    return character();
  }

  std::optional<std::uint32_t> hexadecimal() {
    std::string_view digits = pattern_.substr(at_, 2);
    if (take("{")) {
      const std::size_t end = pattern_.find('}', at_);
      if (end == std::string_view::npos) return std::nullopt;
      digits = pattern_.substr(at_, end - at_);
      at_ = end + 1;
    } else {
      at_ += digits.size();
    }
    std::uint32_t code = 0;
    for (const char digit : digits) {
      const int value = is_digit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
      if (value < 0 || value > 15) return std::nullopt;
      code = std::min(code * 16 + static_cast<std::uint32_t>(value), std::uint32_t{0x110000});
    }
    return std::min(code, beyond_ascii);
  }

  Part character_class() {
    const bool negated = take("^");
    Characters all;
    for (bool first = true; first || !stands("]"); first = false) {
      if (at_end()) return give_up();
      all |= class_item();
      if (gave_up_) return {};
    }
    ++at_;
    return one_of(negated ? all.others() : all);
  }

  Characters class_item() {
    if (stands("[:")) return posix_class();
    std::optional<std::uint32_t> from;
    if (take("\\")) {
      if (at_end()) return failed();
      const char c = pattern_[at_];
      if (perl_class(c) || c == 'p' || c == 'P') return escape();
      from = escaped_character();
    } else {
      from = character();
    }
    if (!from) return failed();
    std::optional<std::uint32_t> to = from;
    if (stands("-") && !stands("-]")) {
      ++at_;
      if (at_end()) return failed();
      to = take("\\") && !at_end() ? escaped_character() : std::optional(character());
    }
    return to ? folded(*from, *to) : failed();
  }

  // [:alpha:] and the like: all that matters is that it is ASCII.
  Characters posix_class() {
    const std::size_t end = pattern_.find(":]", at_);
    if (end == std::string_view::npos) return failed();
    const bool negated = pattern_.substr(at_).starts_with("[:^");
    at_ = end + 2;
    if (negated || folds()) return Characters::any();
    return {ascii(), {}};
  }

  Characters failed() {
    give_up();
    return {};
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  bool folded_;
  bool has_flags_ = false;  // `(?i)` and the like were met: from there on it may be folded, or not, and a dot anything
  bool gave_up_ = false;
};

// Whether so many bytes of the set stand in the text, one beside the other. Looks backwards from where a run would end:
// what it meets that is no part of one moves the place where the next may begin.
bool has_run(std::string_view text, const ByteSet& set, std::size_t count) {
  std::size_t begin = 0;
  std::size_t known = 0;  // up to here, from `begin` on, all are of the set
  while (text.size() - begin >= count) {
    const std::size_t end = begin + count;
    std::size_t at = end;
    while (at > known && set[static_cast<unsigned char>(text[at - 1])]) --at;
    if (at <= known) return true;
    begin = at;
    known = end;
  }
  return false;
}

}  // namespace

RequiredRun RequiredRun::of(std::string_view pattern, bool folded) {
  RequiredRun required;
  const auto part = PatternReader(pattern, folded).read();
  if (!part) return required;
  required.least = part->least;
  if (part->run < shortest_run) return required;
  required.run = part->run;
  required.bytes = part->of.may;
  if (part->kind == Part::Kind::run) required.enough = part->of.surely;
  return required;
}

RequiredRun::Answer RequiredRun::found_in(std::string_view text) const {
  if (text.size() < least) return Answer::no;
  if (run == 0) return Answer::unsure;
  if (!has_run(text, bytes, run)) return Answer::no;
  return enough.any() && has_run(text, enough, run) ? Answer::yes : Answer::unsure;
}

}  // namespace picket
