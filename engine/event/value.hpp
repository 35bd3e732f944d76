// Value: what an expression evaluates to, and what an event is made of.
//
// `null` is the one absent value: a missing key, a JSON null, a failed conversion. Lists and objects are immutable and
// shared, so a Value is cheap to copy and safe to read from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace picket {

class Value;
class Object;
using List = std::vector<Value>;

// A point in time: microseconds since 1970-01-01T00:00:00Z.
struct Time {
  std::int64_t microseconds = 0;
  friend auto operator<=>(const Time&, const Time&) = default;
};

struct Duration {
  std::int64_t microseconds = 0;
  friend auto operator<=>(const Duration&, const Duration&) = default;
};
constexpr std::int64_t microseconds_per_minute = 60'000'000;

// An integer that does not fit 64 bits with a sign: its canonical decimal digits ("-" first if negative, no leading
// zeros). Shared, because such numbers are rare and a Value should stay small.
struct BigInteger {
  std::shared_ptr<const std::string> digits;
  friend bool operator==(const BigInteger& a, const BigInteger& b) { return *a.digits == *b.digits; }
};

// The order of this enumeration is the order in which `sort` puts the kinds, after numbers and strings.
enum class Kind : std::uint8_t { null, boolean, number, string, list, object, time, duration };

// "string", "number" … as messages name it; a bool is "bool".
[[nodiscard]] std::string_view spelling(Kind kind);

class Value {
 public:
  Value() = default;                                   // null
  Value(std::nullptr_t) {}                             // NOLINT(google-explicit-constructor): literals read as values
  Value(bool value) : storage_(value) {}               // NOLINT(google-explicit-constructor)
  Value(std::int64_t value) : storage_(value) {}       // NOLINT(google-explicit-constructor)
  Value(int value) : storage_(std::int64_t{value}) {}  // NOLINT(google-explicit-constructor)
  // REQUIRES: finite.
  Value(double value) : storage_(value) {}                         // NOLINT(google-explicit-constructor)
  Value(std::string value) : storage_(std::move(value)) {}         // NOLINT(google-explicit-constructor)
  Value(std::string_view value) : storage_(std::string(value)) {}  // NOLINT(google-explicit-constructor)
  Value(const char* value) : storage_(std::string(value)) {}       // NOLINT(google-explicit-constructor)
  Value(Time value) : storage_(value) {}                           // NOLINT(google-explicit-constructor)
  Value(Duration value) : storage_(value) {}                       // NOLINT(google-explicit-constructor)
  Value(List value);                                               // NOLINT(google-explicit-constructor)
  Value(Object value);                                             // NOLINT(google-explicit-constructor)
  Value(const void*) = delete;                                     // a pointer is no bool

  // The number that a JSON number token denotes, exactly for integers of any size; nothing for a token that is no JSON
  // number or a double out of range (1e999).
  [[nodiscard]] static std::optional<Value> from_number(std::string_view token);
  // The same for a double computed: null if it is not finite.
  [[nodiscard]] static Value from_double(double value);

  [[nodiscard]] Kind kind() const;
  [[nodiscard]] bool is_null() const { return storage_.index() == 0; }
  // false for null, false, 0, "", [], {} and a duration of nothing.
  [[nodiscard]] bool truth() const;
  // null, "", [] or {}.
  [[nodiscard]] bool empty() const;

  // Each returns null (nothing) for a value of another kind; pointers live as long as this Value does.
  [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&storage_); }
  [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&storage_); }
  [[nodiscard]] const List* list() const;
  [[nodiscard]] const Object* object() const;
  [[nodiscard]] const Time* time() const { return std::get_if<Time>(&storage_); }
  [[nodiscard]] const Duration* duration() const { return std::get_if<Duration>(&storage_); }
  // Numbers: `integer` only for those held in 64 bits, `real` only for those written with a fraction or an exponent,
  // `big_integer` for larger ones, `as_double` for any (nearest).
  [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&storage_); }
  [[nodiscard]] const double* real() const { return std::get_if<double>(&storage_); }
  [[nodiscard]] const BigInteger* big_integer() const { return std::get_if<BigInteger>(&storage_); }
  [[nodiscard]] std::optional<double> as_double() const;
  // An integer, or a double with a whole value that fits.
  [[nodiscard]] std::optional<std::int64_t> as_index() const;

  // `eq`: deep; numbers by exact mathematical value; kinds never mix.
  friend bool operator==(const Value& a, const Value& b);

 private:
  std::variant<std::monostate, bool, std::int64_t, double, BigInteger, std::string, std::shared_ptr<const List>,
               std::shared_ptr<const Object>, Time, Duration>
      storage_;
};

// Keys and values in the order of the document. A key occurs once: the last value wins, at the place of the first.
class Object {
 public:
  using Entry = std::pair<std::string, Value>;

  Object() = default;
  Object(std::initializer_list<Entry> entries);

  // Makes room for so many entries at once.
  void reserve(std::size_t size);

  // Adds the key, or replaces its value. n keys take n log n time, whatever they are.
  void set(std::string key, Value value);

  // The value of exactly this key, else of the first key equal up to ASCII case, else null (a nullptr). The pointer
  // lives until the object changes.
  [[nodiscard]] const Value* find(std::string_view key) const;
  [[nodiscard]] const Value* find_exact(std::string_view key) const;

  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] bool empty() const { return entries_.empty(); }

  // Same exact keys with equal values, in any order.
  friend bool operator==(const Object& a, const Object& b);

 private:
  [[nodiscard]] std::size_t position_of(std::string_view key) const;

  std::vector<Entry> entries_;
  // An index of the positions in entries_ (object.cpp says how), kept only for objects large enough that scans would be
  // quadratic.
  std::vector<std::uint32_t> sorted_;
};

// -1, 0, 1 for two numbers, two strings (by code point), two times or two durations; nothing otherwise.
[[nodiscard]] std::optional<int> compare(const Value& a, const Value& b);

// The text of a value as templates print it: a string verbatim, others as JSON; null is "null".
[[nodiscard]] std::string to_text(const Value& value);
// Compact JSON (RFC 8259): keys in order, UTF-8 as it is, times and durations as strings.
[[nodiscard]] std::string to_json(const Value& value);
// Appends the same to `out`.
void append_json(std::string& out, const Value& value);

}  // namespace picket
