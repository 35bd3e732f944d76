// What a broken rule file says of itself: the diagnostics that it must give.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace picket::tests {

// `# expect: 7:15 unknown-operator -> eq`: at the file's line 7, column 15; the first fix must write `eq`.
struct Expectation {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string code;
  std::optional<std::string> fix;

  friend bool operator==(const Expectation&, const Expectation&) = default;
};

// Those at the head of a file's text.
[[nodiscard]] std::vector<Expectation> expectations_of(std::string_view text);

[[nodiscard]] std::string print(const Expectation& expectation);

}  // namespace picket::tests
