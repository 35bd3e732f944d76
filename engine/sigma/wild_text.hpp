// A Sigma string: text in which `*` stands for any run of characters and `?` for any one (Sigma specification 2.1,
// "Wildcards" and "Escaping").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "grammar/ast/operators.hpp"

namespace picket::sigma {

// `any_dash` is any of the five dashes of `windash`; no rule writes it.
enum class Wildcard : std::uint8_t { any_run, any_one, any_dash };

// Runs of literal text and wildcards between them; no two texts stand side by side, no two `*` either, and no text is
// empty.
class WildText {
 public:
  using Piece = std::variant<std::string, Wildcard>;

  WildText() = default;
  // Literal text: no wildcards.
  explicit WildText(std::string_view literal) { add(literal); }
  // As a rule writes it: `\*` and `\?` are the characters, `\\` is one backslash, a backslash before anything else is a
  // backslash, and so is one at the end.
  [[nodiscard]] static WildText parse(std::string_view written);

  void add(std::string_view literal);
  void add(Wildcard wildcard);
  // Puts a `*` at the end, or the beginning, unless one is there.
  void open_begin();
  void open_end();

  [[nodiscard]] const std::vector<Piece>& pieces() const { return pieces_; }
  // Without wildcards: its text.
  [[nodiscard]] std::optional<std::string> literal() const;
  // All its literal text, wildcards left out.
  [[nodiscard]] std::string letters() const;
  // `*` alone.
  [[nodiscard]] bool is_anything() const;

  // The operator of the detection language that asks the same of a text, and its right side: `eq`, `contains`,
  // `starts_with`, `ends_with`, or `like` with a glob.
  struct Question {
    Op op{};
    std::string text;
  };
  [[nodiscard]] Question question() const;
  // Whether some text that JSON writes without quotes (a number, true, false) may fit. Case does not count.
  [[nodiscard]] bool may_fit_a_number_or_bool() const;

  friend bool operator==(const WildText&, const WildText&) = default;

 private:
  std::vector<Piece> pieces_;
};

}  // namespace picket::sigma
