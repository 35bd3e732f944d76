#include "tests/golden/expectation.hpp"

#include <charconv>

namespace picket::tests {
namespace {

constexpr std::string_view marker = "# expect: ";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::uint32_t take_number(std::string_view& text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc()) text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  return number;
}

}  // namespace

std::vector<Expectation> expectations_of(std::string_view text) {
  std::vector<Expectation> expectations;
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  while (text.starts_with(marker)) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(marker.size(), end - marker.size());
    if (line.ends_with('\r')) line.remove_suffix(1);
    text.remove_prefix(end + 1);
    Expectation expectation;
    expectation.line = take_number(line);
    expectation.column = take_number(line);
    const std::size_t arrow = line.find(" -> ");
    expectation.code = line.substr(0, arrow);
    if (arrow != std::string_view::npos) expectation.fix = line.substr(arrow + 4);
    expectations.push_back(std::move(expectation));
  }
  return expectations;
}

std::string print(const Expectation& expectation) {
  std::string text =
      std::to_string(expectation.line) + ":" + std::to_string(expectation.column) + " " + expectation.code;
  if (expectation.fix) text += " -> " + *expectation.fix;
  return text;
}

}  // namespace picket::tests
