// Where a JSON value ends, found without reading it: strings and brackets only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace picket {

// Follows one value through any number of pieces of text, in constant memory. What it calls complete need not be valid
// JSON (numbers, literals and escapes are not looked at); the reader judges that.
class StructureScanner {
 public:
  enum class Status : std::uint8_t {
    more,      // the text ended within the value
    complete,  // the value ended
    newline,   // a line ended within the value, outside of its strings
    broken,    // no value can go on like this
  };

  // Begins with a value, which must be an object, an array or a string; the other form begins within an object, after
  // one of its values.
  StructureScanner() = default;
  [[nodiscard]] static StructureScanner within_object();

  // Reads on until something is to be said; `used` is how many bytes that took. A byte that breaks the value or a line
  // end within a string is not used; a line end outside of one is.
  [[nodiscard]] Status scan(std::string_view text, std::size_t& used);

  // From now on only brackets and strings must fit: a value with a fault of grammar in it still has an end.
  void be_lenient() { lenient_ = true; }
  [[nodiscard]] bool lenient() const { return lenient_; }

 private:
  enum class Expect : std::uint8_t { value, value_or_close, key, key_or_close, colon, comma_or_close };

  [[nodiscard]] Status skip_string(std::string_view text, std::size_t& at);
  void skip_scalar(std::string_view text, std::size_t& at);
  [[nodiscard]] bool open(bool object);
  [[nodiscard]] bool close(bool object);
  [[nodiscard]] bool take_token(char byte);
  [[nodiscard]] bool in_object() const;

  // Kinds of the brackets that are open; deeper ones are only counted, and no reader follows there.
  static constexpr std::size_t known_depth = 256;
  std::array<std::uint64_t, known_depth / 64> objects_{};
  std::size_t depth_ = 0;
  Expect expect_ = Expect::value;
  bool in_string_ = false;
  bool escaped_ = false;
  bool in_scalar_ = false;
  bool lenient_ = false;
};

// The same end, found fast, of an object or array that is one line and all of which is there; nothing if it is not, or
// must be looked at more closely. A scanner that is lenient from its first break on says `complete` at that end.
[[nodiscard]] std::optional<std::size_t> plain_value_end(std::string_view text);

}  // namespace picket
