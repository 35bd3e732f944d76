#include "engine/alert/jsonl_sink.hpp"

namespace picket {

Delivery JsonlSink::deliver(const Alert& alert) {
  line_.clear();
  write_(line_, alert);
  line_ += '\n';
  return writer_.write(line_);
}

}  // namespace picket
