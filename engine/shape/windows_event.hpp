// The forms in which events of Windows come, and the one in which rules read them.
//
// Flat, as NXLog writes them: the fields of `System` and `EventData` beside each other (`Channel`, `EventID`,
// `Provider_Name`, `Image`). Nested, as evtx_dump and other converters of EVTX write them: `Event.System`,
// `Event.EventData`, attributes under `#attributes`, in a key of their own with `_attributes` behind it, or with an `@`
// before them. Or as Winlogbeat does: `winlog.event_data`.
#pragma once

#include <optional>

#include "engine/event/value.hpp"

namespace picket {

// The event flat; nothing if it is neither nested nor Winlogbeat's. What else it holds beside `Event` or `winlog`
// stays. Where two fields have one name, that of `System` counts. Blanks in names are left out (`Threat Name`), for
// Sigma's rules do so.
[[nodiscard]] std::optional<Value> flat_windows_event(const Value& event);

}  // namespace picket
