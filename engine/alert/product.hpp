// What Picket says of itself to those who receive its alerts.
#pragma once

#include <string_view>

namespace picket {

constexpr std::string_view product_name = "Picket";

// "0.1.0".
[[nodiscard]] std::string_view product_version();

}  // namespace picket
