#include "engine/alert/alert_format.hpp"

#include <algorithm>
#include <array>

#include "engine/alert/ecs_format.hpp"
#include "engine/alert/native_format.hpp"
#include "engine/alert/ocsf_format.hpp"
#include "engine/alert/panther_format.hpp"

namespace picket {
namespace {

constexpr std::array formats = {
    AlertFormat{"jsonl", append_alert_json},
    AlertFormat{"panther", append_panther_alert},
    AlertFormat{"ocsf", append_ocsf_alert},
    AlertFormat{"ecs", append_ecs_alert},
};

}  // namespace

std::span<const AlertFormat> alert_formats() { return formats; }

const AlertFormat& line_format(std::string_view name) {
  const auto* const found = std::ranges::find(formats, name, &AlertFormat::name);
  return found == formats.end() ? formats.front() : *found;
}

}  // namespace picket
