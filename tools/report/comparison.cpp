#include "tools/report/comparison.hpp"

#include <algorithm>

#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t state_columns = 13;  // "not reached" and two blanks

Style style_of(ComparisonState state) {
  switch (state) {
    case ComparisonState::is_true:
      return Style::good;
    case ComparisonState::is_false:
      return Style::error;
    case ComparisonState::missing:
    case ComparisonState::wrong_type:
      return Style::warning;
    case ComparisonState::not_reached:
      return Style::dim;
  }
  return Style::dim;
}

// Whether the actual value says more than the comparison and its state: `x eq "a"` that is true says all.
bool tells_more(const ComparisonReport& comparison) {
  if (comparison.actual.empty() || comparison.state == ComparisonState::not_reached) return false;
  if (comparison.state == ComparisonState::is_true && comparison.text.ends_with(comparison.actual)) return false;
  return !comparison.path.empty() || (comparison.actual != "true" && comparison.actual != "false");
}

// "is "StopLoging"; the nearest value is "StopLogging"": the line below a comparison, or nothing.
std::string remark_on(const ComparisonReport& comparison) {
  std::string remark;
  const auto add = [&remark](const std::string& part) {
    if (part.empty()) return;
    if (!remark.empty()) remark += "; ";
    remark += part;
  };
  if (comparison.times_true > 0 && comparison.times_true < comparison.times) {
    add("true " + std::to_string(comparison.times_true) + " times of " + std::to_string(comparison.times));
  }
  if (tells_more(comparison)) {
    const std::string name = comparison.path.empty() ? "" : comparison.path + " ";
    const bool few = comparison.times_true == 0 || comparison.times_true == comparison.times;
    add(name + (few ? "is " : "is, where false, ") + comparison.actual);
  } else if (comparison.state == ComparisonState::missing && !comparison.path.empty()) {
    add("the event has no " + comparison.path);
  }
  add(comparison.note);
  return remark;
}

}  // namespace

std::string_view lead_of(PartKind kind) {
  switch (kind) {
    case PartKind::comparison:
      return "";
    case PartKind::branch:
      return "or ";
    case PartKind::arm:
      return "-> ";
    case PartKind::body:
      return "each ";
  }
  return {};
}

std::size_t comparison_indent(std::size_t number_columns) { return 4 + state_columns + number_columns + 2; }

std::string comparison_lines(const ComparisonReport& comparison, const ComparisonPlace& place, Palette paint,
                             std::size_t columns) {
  const std::size_t number_columns = place.number_columns;
  const std::size_t depth = 2 * place.depth;
  const std::size_t indent = comparison_indent(number_columns) + depth;
  const std::size_t room = std::max<std::size_t>(columns, indent + 30) - indent;
  const std::string state(place.state.empty() ? spelling(comparison.state) : place.state);
  const std::string gap(state_columns - std::min(state.size(), state_columns), ' ');
  const std::string number = std::to_string(comparison.site->source->locate(comparison.site->span.begin).line);
  std::string text = "    " + paint(style_of(comparison.state), state) + gap;
  text += std::string(number_columns - std::min(number.size(), number_columns), ' ') + paint(Style::dim, number) + "  ";
  text += std::string(depth, ' ');
  const std::string written = shorten(std::string(place.lead) + escape_controls(comparison.text), room);
  text += comparison.state == ComparisonState::not_reached ? paint(Style::dim, written) : written;
  text += "\n";
  const std::string remark = remark_on(comparison);
  if (remark.empty()) return text;
  const std::string wrapped = wrap(escape_controls(remark), columns, indent);
  return text + std::string(indent, ' ') + paint(Style::place, wrapped) + "\n";
}

}  // namespace picket
