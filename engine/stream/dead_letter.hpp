// Dead letters: what stood where an event should stand and could not be judged. It is kept, counted, and stops nothing.
#pragma once

#include <string>

#include "engine/stream/frame.hpp"

namespace picket {

struct DeadLetter {
  std::string input;   // its name
  Frame frame;         // what stood there; its text lives as long as the frame
  std::string reason;  // a few words, stable; what summaries count by
  std::string detail;  // what else is known, or empty
};

// Appends the dead letter as one line of JSON without its line end. The format is documented in
// tools/run/README.md. At most `shown` bytes of the text are kept: as `text` if they are UTF-8, else as `base64`.
void append_dead_letter_json(std::string& out, const DeadLetter& letter, std::size_t shown);

}  // namespace picket
