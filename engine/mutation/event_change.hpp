// Changes to an event: a value set, or taken out.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/event/value.hpp"

namespace picket {

struct EventChange {
  std::vector<PathStep> path;  // never empty
  std::optional<Value> value;  // nothing: the key is taken out
  friend bool operator==(const EventChange&, const EventChange&) = default;
};

// Of a list that a change makes or lengthens.
constexpr std::size_t longest_made_list = 64;

// "`userIdentity.type` is "Root"", "no `errorCode`".
[[nodiscard]] std::string describe(const EventChange& change);

// What stands there; null if nothing does.
[[nodiscard]] Value value_at(const Value& event, std::span<const PathStep> path);

// The event with the change made. Objects and lists that the path needs are made as well, in place of what is no object
// or list; a key is that of the event which differs from it in case only, if there is one. Taking out what is not there
// changes nothing.
[[nodiscard]] Value changed(const Value& event, const EventChange& change);

}  // namespace picket
