// Where a run writes: alerts and dead letters.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/alert/file_writer.hpp"
#include "engine/alert/named_file.hpp"
#include "engine/alert/sink.hpp"
#include "engine/stream/dead_letter.hpp"
#include "tools/run/run_options.hpp"
#include "tools/terminal/console.hpp"

namespace picket {

class RunOutputs : public AlertSink {
 public:
  // Opens what the options name; the other alternative is why that cannot be done. `options` and `console` must outlive
  // the outputs; `before_write` is called before anything may appear on a terminal. Nobody who does not read is waited
  // for once `gives_up` says so.
  using Opened = std::variant<std::unique_ptr<RunOutputs>, std::string>;
  [[nodiscard]] static Opened open(const RunOptions& options, Console& console, std::function<void()> before_write,
                                   std::function<bool()> gives_up);

  [[nodiscard]] Delivery deliver(const Alert& alert) override;
  [[nodiscard]] Delivery flush() override;
  // Writes the dead letter to its file; without one, shows the first few on standard error.
  [[nodiscard]] Delivery take(const DeadLetter& letter);

  // Looks whether files have been renamed, from any thread: what comes from now on is then written to new ones. Returns
  // what there is to say of it.
  [[nodiscard]] std::vector<Remark> look_again();

  // Whether something could not be written; finish() says what.
  [[nodiscard]] bool has_failed() const { return failed_; }

  // Writes the summary where alerts would go. REQUIRES: options that show nothing else there.
  [[nodiscard]] Delivery write_summary(const std::string& summary);

  // Ends the files. Returns what went wrong with one of them since they were opened, or nothing.
  [[nodiscard]] std::optional<std::string> finish();

 private:
  // A file or standard output, and what is written to it.
  struct Written {
    std::string what;                 // "alerts"
    std::unique_ptr<NamedFile> file;  // null: standard output
    std::optional<FileWriter> writer;
  };

  RunOutputs(const RunOptions& options, Console& console, std::function<void()> before_write,
             std::function<bool()> gives_up);
  [[nodiscard]] std::optional<std::string> open_alerts();
  [[nodiscard]] std::optional<std::string> open(const std::string& path, Written& written) const;
  void change_over(Written& written) const;
  [[nodiscard]] Delivery told(const Written& written, Delivery delivery);
  [[nodiscard]] std::optional<std::string> finish(Written& written);
  void show(const DeadLetter& letter);
  [[nodiscard]] static std::string shown_line(const DeadLetter& letter, Palette paint);

  const RunOptions& options_;
  Console& console_;
  std::function<void()> before_write_;
  std::function<bool()> gives_up_;
  Written alerts_{.what = "alerts", .file = nullptr, .writer = std::nullopt};
  Written dead_letters_{.what = "dead letters", .file = nullptr, .writer = std::nullopt};
  std::unique_ptr<AlertSink> sink_;
  std::string line_;
  std::size_t shown_ = 0;
  bool failed_ = false;
};

// Adds what there is to say of a NamedFile::look_again().
void remark_on_look(const std::string& path, const std::variant<bool, std::string>& found,
                    std::vector<Remark>& remarks);

}  // namespace picket
