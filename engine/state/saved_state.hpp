// SavedState: a part of what is known that must outlive the program, as text.
#pragma once

#include <string>

namespace picket {

struct SavedState {
  std::string kind;  // whose: "window", "waiting", …
  std::string key;   // unique within the kind
  std::string body;  // JSON; empty: it is gone
};

}  // namespace picket
