// Text against patterns: regexes, globs, networks, and the folding of case. The door of engine/pattern, which owns RE2
// and ICU.
//
// Everything here is immutable once made and safe to use from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace picket {

// Why a pattern is none, and where in its text.
struct PatternError {
  std::string reason;
  std::size_t offset = 0;  // byte
};

// Texts that must stand in whatever a regex is found in, folded: every one of `each`, and at least one of `any`. Empty
// lists say nothing.
struct RequiredTexts {
  std::vector<std::string> each;
  std::vector<std::string> any;
};

// An RE2 regex (linear time, UTF-8, Perl classes). `\C`, a single byte, is refused: it could cut a character in two.
class Regex {
 public:
  struct Options {
    bool folded = false;               // ignore case
    std::size_t memory = 1024 * 1024;  // bytes for the compiled program; beyond it the regex is refused as too large
  };
  struct Group {
    std::size_t begin = 0;  // bytes of the subject; npos if the group took no part
    std::size_t end = 0;
  };
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  [[nodiscard]] static std::variant<Regex, PatternError> compile(std::string_view pattern, const Options& options);

  // Whether the pattern is found anywhere in the text.
  [[nodiscard]] bool found_in(std::string_view text) const;
  // The groups (0 is the whole) of the first match at or after `from`; empty if there is none.
  [[nodiscard]] std::vector<Group> find(std::string_view text, std::size_t from = 0) const;
  [[nodiscard]] std::size_t group_count() const;  // without group 0
  [[nodiscard]] std::optional<std::size_t> group_named(std::string_view name) const;
  // Every match replaced; `\1` in `by` is a group, `\0` the match, `\\` a backslash. A malformed `by` leaves the text
  // as it is. Nothing if the result would be longer than `most` bytes.
  [[nodiscard]] std::optional<std::string> replace_all(std::string_view text, std::string_view by,
                                                       std::size_t most) const;
  [[nodiscard]] const std::string& pattern() const;
  // Costs a compilation.
  [[nodiscard]] RequiredTexts required_texts() const;

 private:
  struct Program;
  explicit Regex(std::shared_ptr<const Program> program);
  std::shared_ptr<const Program> program_;
};

// A glob over a whole string: `*` any run, `?` one code point, `[a-z]` one of a set, `[!a]` one not of it. Time is at
// most text times pattern.
class Glob {
 public:
  static constexpr std::size_t longest = 16 * 1024;  // bytes of a pattern

  [[nodiscard]] static std::variant<Glob, PatternError> compile(std::string_view pattern, bool folded);
  [[nodiscard]] bool fits(std::string_view text) const;
  // Of items that are matched one by one.
  [[nodiscard]] std::size_t size() const { return items_.size(); }

 private:
  struct Set {
    bool negated = false;
    std::vector<std::pair<char32_t, char32_t>> ranges;  // both ends are in it
  };
  struct AnyRun {};
  struct AnyOne {};
  using Item = std::variant<char32_t, AnyRun, AnyOne, Set>;
  class Reader;
  static bool fits_one(const Item& item, char32_t code_point);
  std::vector<Item> items_;
  bool folded_ = false;
};

// An IPv4 or IPv6 address (RFC 4291 text forms, no zone, no leading zeros). An IPv4-mapped IPv6 address is the IPv4
// one.
struct IpAddress {
  bool v6 = false;
  std::uint8_t bytes[16] = {};  // network order; IPv4 uses the first four

  [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);
  [[nodiscard]] bool is_private() const;   // Python's ipaddress: is_private
  [[nodiscard]] bool is_public() const;    // is_global
  [[nodiscard]] bool is_loopback() const;  // is_loopback
};

// "10.0.0.0/8", or an address alone. Host bits are masked off.
struct Network {
  IpAddress address;
  int prefix = 0;

  [[nodiscard]] static std::optional<Network> parse(std::string_view text);
  [[nodiscard]] bool contains(const Network& other) const;
};

// Unicode simple case folding (CaseFolding.txt, C and S), code point by code point.
[[nodiscard]] std::string fold_case(std::string_view text);
void append_folded(std::string_view text, std::string& out);
[[nodiscard]] char32_t fold_case(char32_t code_point);
// Whether the folded forms are equal, or that of the text begins or ends with that of the affix; in time by the shorter
// one.
[[nodiscard]] bool equal_folded(std::string_view a, std::string_view b);
[[nodiscard]] bool starts_with_folded(std::string_view text, std::string_view affix);
[[nodiscard]] bool ends_with_folded(std::string_view text, std::string_view affix);
// Full Unicode mappings of the root locale. Titles: the first letter of each word (UAX 29) in title case, the rest
// lower.
[[nodiscard]] std::string to_lower(std::string_view text);
[[nodiscard]] std::string to_upper(std::string_view text);
[[nodiscard]] std::string to_title(std::string_view text);
// White_Space.
[[nodiscard]] bool is_white_space(char32_t code_point);

}  // namespace picket
