#include "engine/state/members.hpp"

#include <charconv>
#include <utility>
#include <variant>

#include "engine/event/json.hpp"

namespace picket {

Value read_object(std::string_view text) {
  constexpr JsonLimits limits{.nesting = 1'000};  // events are within it, which may be nested as deep as any
  auto read = read_json(text, limits);
  auto* value = std::get_if<Value>(&read);
  return value != nullptr && value->object() != nullptr ? std::move(*value) : Value();
}

std::optional<std::uint64_t> read_number(std::string_view text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && rest == end ? std::optional(number) : std::nullopt;
}

}  // namespace picket
