// EventSample: some events of the kind that will be judged, from which a plan learns what is rare. It changes speed,
// never results.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/value.hpp"

namespace picket {

class EventSample {
 public:
  static constexpr std::size_t most_of_log_type = 400;
  static constexpr std::size_t most_events = 4000;

  // Adds an event. Beyond the bound of its log type it may take the place of another, so that all of them are as likely
  // to stay; beyond the other it is left out. REQUIRES: an object.
  void add(Value event, std::string_view log_type);
  // Adds the events among the lines of a text, spread evenly over it if there are too many: those that name their log
  // type, else those of `log_type`.
  void add_lines(std::string_view lines, std::string_view log_type);

  [[nodiscard]] std::span<const Value> events(std::string_view log_type) const;
  [[nodiscard]] std::size_t size() const { return size_; }
  // Visits each event with its log type.
  template <typename Visit>
  void for_each(const Visit& visit) const {
    for (const auto& [log_type, of] : log_types_) {
      for (const Value& event : of.events) visit(log_type, event);
    }
  }

 private:
  struct OfLogType {
    std::vector<Value> events;
    std::uint64_t met = 0;
  };

  std::map<std::string, OfLogType, std::less<>> log_types_;
  std::size_t size_ = 0;
};

}  // namespace picket
