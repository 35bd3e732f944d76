// A text between bytes that may be read and mean nothing: for what REQUIRES readable bytes around a text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace picket::tests {

class Padded {
 public:
  static constexpr std::size_t padding = 64;

  // `around`: what stands there, best something that would mislead whoever takes it for a part of the text.
  explicit Padded(std::string_view text, char around = ' ')
      : bytes_(std::string(padding, around).append(text).append(padding, around)), size_(text.size()) {}

  // Good as long as this lives where it is.
  [[nodiscard]] std::string_view view() const { return std::string_view(bytes_).substr(padding, size_); }

 private:
  std::string bytes_;
  std::size_t size_;
};

}  // namespace picket::tests
