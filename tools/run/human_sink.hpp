// The sink `human`: alerts for a person's eyes.
#pragma once

#include <cstddef>
#include <string>

#include "engine/alert/file_writer.hpp"
#include "engine/alert/sink.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

// An alert as a few lines, the last one ended: severity and title, then when, by which rule and where, then the
// context; an update says only how many matches it has by now. Values are one line each, cut to `columns`; nothing in
// them can act on a terminal.
[[nodiscard]] std::string human_alert(const Alert& alert, Palette paint, std::size_t columns);

// How the lines shall look; columns of a file are a matter of taste.
struct HumanLook {
  Palette paint;
  std::size_t columns = 120;
};

class HumanSink : public AlertSink {
 public:
  // `writer` must outlive the sink.
  HumanSink(FileWriter& writer, HumanLook look) : writer_(writer), look_(look) {}

  [[nodiscard]] Delivery deliver(const Alert& alert) override {
    return writer_.write(human_alert(alert, look_.paint, look_.columns));
  }
  [[nodiscard]] Delivery flush() override { return writer_.flush(); }

 private:
  FileWriter& writer_;
  HumanLook look_;
};

}  // namespace picket
