#include "tools/run/progress.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "tools/run/figures.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t bar_columns = 24;
constexpr auto interval = std::chrono::milliseconds(100);

std::string bar(double share) {
  const auto full = static_cast<std::size_t>(share * bar_columns);
  std::string text;
  for (std::size_t i = 0; i < bar_columns; ++i) text += i < full ? "█" : "░";
  return text;
}

std::string left_text(double seconds) {
  return seconds < 60 ? std::to_string(static_cast<int>(std::ceil(seconds))) + " s" : seconds_text(seconds);
}

}  // namespace

Progress::Progress(Output& out, std::uint64_t total, bool shown)
    : out_(out), total_(total), shown_(shown && out.is_terminal()) {}

void Progress::update(std::uint64_t done, std::uint64_t alerts) {
  if (!shown_) return;
  const Steady::time_point now = Steady::now();
  if (now < next_) return;
  next_ = now + interval;
  const double seconds = std::chrono::duration<double>(now - begun_).count();
  const double rate = static_cast<double>(done) / seconds;
  std::string text;
  if (total_ > 0) {
    const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total_));
    text = bar(share) + " " + std::to_string(static_cast<int>(share * 100)) + " %  " + bytes_text(done) + " of " +
           bytes_text(total_);
    text += "  " + bytes_text(static_cast<std::uint64_t>(rate)) + "/s";
    if (rate > 0 && done < total_) text += "  " + left_text(static_cast<double>(total_ - done) / rate) + " left";
  } else {
    text = bytes_text(done) + "  " + bytes_text(static_cast<std::uint64_t>(rate)) + "/s";
  }
  text += "  " + count_text(alerts, "alert");
  out_.write("\r\x1b[K" + shorten(text, std::max<std::size_t>(out_.width().value_or(80), 2) - 1));
  out_.flush();
  drawn_ = true;
}

void Progress::clear() {
  if (!drawn_) return;
  out_.write("\r\x1b[K");
  out_.flush();
  drawn_ = false;
}

}  // namespace picket
