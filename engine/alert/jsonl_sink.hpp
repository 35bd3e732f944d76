// The sink `jsonl`: one alert, one line of JSON.
#pragma once

#include <string>

#include "engine/alert/file_writer.hpp"
#include "engine/alert/sink.hpp"

namespace picket {

class JsonlSink : public AlertSink {
 public:
  // `writer` must outlive the sink.
  explicit JsonlSink(FileWriter& writer) : writer_(writer) {}

  [[nodiscard]] Delivery deliver(const Alert& alert) override;
  [[nodiscard]] Delivery flush() override { return writer_.flush(); }

 private:
  FileWriter& writer_;
  std::string line_;
};

}  // namespace picket
