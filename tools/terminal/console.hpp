// The two streams of a command: results go to `out`, remarks to `err`. The door of tools/terminal.
//
// Colour is used only on a terminal, never with NO_COLOR (https://no-color.org), unless `--color` says otherwise. A
// reader that goes away (a closed pipe) is no error: what follows is dropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace picket {

// Of reports for people that go to a file, where there is no terminal to ask.
constexpr std::size_t default_columns = 120;

enum class ColorChoice : std::uint8_t { automatic, always, never };

// What a piece of text is, for whoever sees colours.
enum class Style : std::uint8_t { error, warning, note, good, strong, dim, place };

// Puts text into its style, or leaves it as it is where colours are off. A value: copy it freely.
class Palette {
 public:
  explicit Palette(bool colored = false) : colored_(colored) {}
  [[nodiscard]] std::string operator()(Style style, std::string_view text) const;
  [[nodiscard]] bool colored() const { return colored_; }

 private:
  bool colored_ = false;
};

// A stream that is buffered and written whole; not for use by two threads at once.
class Output {
 public:
  explicit Output(int descriptor);
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { flush(); }

  void write(std::string_view text);
  void line(std::string_view text) {
    write(text);
    write("\n");
  }
  void flush();

  // A write that is interrupted by a signal is begun again unless this says that nobody shall be waited for any more;
  // then the reader counts as gone.
  void give_up_when(std::function<bool()> gives_up) { gives_up_ = std::move(gives_up); }

  [[nodiscard]] bool is_terminal() const { return is_terminal_; }
  // Columns of the terminal, now; nothing if it is none.
  [[nodiscard]] std::optional<std::size_t> width() const;
  // Nobody reads any more; going on is pointless.
  [[nodiscard]] bool closed() const { return closed_; }
  // errno of the first write that failed for another reason, else 0.
  [[nodiscard]] int failure() const { return failure_; }
  [[nodiscard]] Palette palette() const { return Palette(colored_); }

 private:
  friend class Console;
  int descriptor_;
  bool is_terminal_ = false;
  bool colored_ = false;
  bool closed_ = false;
  int failure_ = 0;
  std::string buffer_;
  std::function<bool()> gives_up_;
};

class Console {
 public:
  // On standard output and standard error, unless told otherwise.
  explicit Console(int out_descriptor = 1, int err_descriptor = 2);

  void choose_color(ColorChoice choice);
  [[nodiscard]] Output& out() { return out_; }
  // What is waiting on `out` is written first, so that the two appear in the order in which they were said.
  [[nodiscard]] Output& err();

 private:
  Output out_;
  Output err_;
};

}  // namespace picket
