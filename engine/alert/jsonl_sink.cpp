#include "engine/alert/jsonl_sink.hpp"

#include "engine/alert/native_format.hpp"

namespace picket {

Delivery JsonlSink::deliver(const Alert& alert) {
  line_.clear();
  append_alert_json(line_, alert);
  line_ += '\n';
  return writer_.write(line_);
}

}  // namespace picket
