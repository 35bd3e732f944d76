// A sink of lines: one alert, one line of JSON in one of the formats.
#pragma once

#include <string>

#include "engine/alert/alert_format.hpp"
#include "engine/alert/file_writer.hpp"
#include "engine/alert/sink.hpp"

namespace picket {

class JsonlSink : public AlertSink {
 public:
  // `writer` must outlive the sink.
  JsonlSink(FileWriter& writer, WriteAlert write) : writer_(writer), write_(write) {}

  [[nodiscard]] Delivery deliver(const Alert& alert) override;
  [[nodiscard]] Delivery flush() override { return writer_.flush(); }

 private:
  FileWriter& writer_;
  WriteAlert write_;
  std::string line_;
};

}  // namespace picket
