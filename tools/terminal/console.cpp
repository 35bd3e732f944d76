#include "tools/terminal/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace picket {
namespace {

constexpr std::size_t buffer_bytes = 64 * 1024;

std::string_view sequence_of(Style style) {
  switch (style) {
    case Style::error:
      return "\x1b[1;31m";
    case Style::warning:
      return "\x1b[1;33m";
    case Style::note:
      return "\x1b[1;36m";
    case Style::good:
      return "\x1b[32m";
    case Style::strong:
      return "\x1b[1m";
    case Style::dim:
      return "\x1b[2m";
    case Style::place:
      return "\x1b[36m";
  }
  return {};
}

bool environment_allows_color() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return (no_color == nullptr || *no_color == '\0') && (terminal == nullptr || std::string_view(terminal) != "dumb");
}

}  // namespace

std::string Palette::operator()(Style style, std::string_view text) const {
  if (!colored_ || text.empty()) return std::string(text);
  std::string painted(sequence_of(style));
  painted += text;
  painted += "\x1b[0m";
  return painted;
}

Output::Output(int descriptor) : descriptor_(descriptor), is_terminal_(isatty(descriptor) == 1) {}

void Output::write(std::string_view text) {
  if (closed_) return;
  buffer_ += text;
  if (buffer_.size() >= buffer_bytes) flush();
}

void Output::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && !closed_) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      closed_ = true;
      if (errno != EPIPE) failure_ = errno;
    } else if (gives_up_ && gives_up_()) {
      closed_ = true;
    }
  }
  buffer_.clear();
}

std::optional<std::size_t> Output::width() const {
  winsize size{};
  if (!is_terminal_ || ioctl(descriptor_, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return std::nullopt;
  return size.ws_col;
}

Console::Console(int out_descriptor, int err_descriptor) : out_(out_descriptor), err_(err_descriptor) {
  choose_color(ColorChoice::automatic);
}

void Console::choose_color(ColorChoice choice) {
  for (Output* output : {&out_, &err_}) {
    switch (choice) {
      case ColorChoice::automatic:
        output->colored_ = output->is_terminal() && environment_allows_color();
        break;
      case ColorChoice::always:
        output->colored_ = true;
        break;
      case ColorChoice::never:
        output->colored_ = false;
        break;
    }
  }
}

Output& Console::err() {
  out_.flush();
  return err_;
}

}  // namespace picket
