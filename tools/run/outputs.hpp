// Where a run writes: alerts and dead letters.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "engine/alert/file_writer.hpp"
#include "engine/alert/sink.hpp"
#include "engine/stream/dead_letter.hpp"
#include "tools/run/run_options.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

class RunOutputs : public AlertSink {
 public:
  // Opens what the options name; the other alternative is why that cannot be done. `options` and `console` must outlive
  // the outputs; `before_write` is called before anything may appear on a terminal.
  using Opened = std::variant<std::unique_ptr<RunOutputs>, std::string>;
  [[nodiscard]] static Opened open(const RunOptions& options, Console& console, std::function<void()> before_write);

  [[nodiscard]] Delivery deliver(const Alert& alert) override;
  [[nodiscard]] Delivery flush() override;
  // Writes the dead letter to its file; without one, shows the first few on standard error.
  [[nodiscard]] Delivery take(const DeadLetter& letter);

  // Ends the files. Returns what went wrong with one of them since they were opened, or nothing.
  [[nodiscard]] std::optional<std::string> finish();

 private:
  RunOutputs(const RunOptions& options, Console& console, std::function<void()> before_write);
  [[nodiscard]] std::optional<std::string> open_alerts();
  [[nodiscard]] std::optional<std::string> open_dead_letters();
  void show(const DeadLetter& letter);

  const RunOptions& options_;
  Console& console_;
  std::function<void()> before_write_;
  std::optional<FileWriter> alerts_;
  std::optional<FileWriter> dead_letters_;
  std::unique_ptr<AlertSink> sink_;
  std::string line_;
  std::size_t shown_ = 0;
};

}  // namespace picket
