// The functions of the language as a table (functions.def).
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace picket {

enum class Function : std::uint8_t {
#define PICKET_FUNCTION(name, spelling, group, parameters, result, meaning) name,
#include "grammar/ast/functions.def"
#undef PICKET_FUNCTION
};

// A set of value kinds, as the tables write it: "list|string".
struct Kinds {
  enum Bit : std::uint16_t {
    null = 1 << 0,
    boolean = 1 << 1,
    number = 1 << 2,
    string = 1 << 3,
    list = 1 << 4,
    object = 1 << 5,
    time = 1 << 6,
    duration = 1 << 7,
    pattern = 1 << 8,  // parameters only: a constant regex
    path = 1 << 9,     // parameters only: a field path, not its value
  };
  static constexpr std::uint16_t any_value = 0xff;

  std::uint16_t bits = any_value;

  [[nodiscard]] constexpr bool has(Bit bit) const { return (bits & bit) != 0; }
  friend bool operator==(const Kinds&, const Kinds&) = default;
};

struct FunctionParameter {
  std::string_view name;
  Kinds kinds;
  bool optional = false;
  bool repeats = false;
};

struct FunctionRow {
  Function function;
  std::string_view spelling;
  std::string_view group;                     // text, numbers, lists, objects, decoding, time, other
  std::vector<FunctionParameter> parameters;  // read from the row's text
  Kinds result;
  std::string_view meaning;  // Markdown

  [[nodiscard]] std::size_t least_arguments() const;
  // SIZE_MAX if the last parameter repeats.
  [[nodiscard]] std::size_t most_arguments() const;
};

// Every function, in the table's order.
[[nodiscard]] std::span<const FunctionRow> functions();
[[nodiscard]] const FunctionRow& row_of(Function function);
[[nodiscard]] std::optional<Function> function_from_spelling(std::string_view spelling);

}  // namespace picket
