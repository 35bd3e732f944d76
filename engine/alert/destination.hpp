// Destination: where alerts go that were first written down with all that they follow from. One of the edges of the
// world, hence virtual.
//
// What is written down is delivered once if all goes well. If the program ends between a delivery and the note that it
// was made, it is delivered once more by the next run; a destination that can tell (a file, a table) then takes it for
// what it is, and whoever cannot (a web hook) passes the id on by which a receiver can.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/alert/sink.hpp"
#include "engine/state/alert.hpp"

namespace picket {

// Something to be delivered.
struct Parcel {
  std::uint64_t number = 0;  // counts on, through all runs
  std::string id;            // of the alert and its revision: "4f…/2"; empty for what is no alert
  std::string body;
  std::uint64_t at = 0;  // where in a file it is to stand; 0 elsewhere
};

// Used by one thread at a time.
class Destination {
 public:
  Destination() = default;
  Destination(const Destination&) = delete;
  Destination& operator=(const Destination&) = delete;
  virtual ~Destination() = default;

  // What it is known by in the next run: "file /var/log/alerts.jsonl".
  [[nodiscard]] virtual const std::string& name() const = 0;
  // The alert as it is delivered; empty if this destination does not want it.
  [[nodiscard]] virtual std::string render(const Alert& alert) const = 0;
  // Where the next body of so many bytes will stand, if it is a file.
  [[nodiscard]] virtual std::uint64_t reserve(std::size_t /*bytes*/) { return 0; }

  // What an earlier run wrote down and may or may not have delivered; the oldest first. Before anything else.
  [[nodiscard]] virtual Delivery recover(std::vector<Parcel> parcels) = 0;
  // Takes parcels, in order.
  [[nodiscard]] virtual Delivery deliver(std::vector<Parcel> parcels) = 0;
  // The numbers of the parcels that have arrived since the last call: they are no longer needed.
  [[nodiscard]] virtual std::vector<std::uint64_t> arrived() = 0;
  // Parcels taken that have not arrived yet.
  [[nodiscard]] virtual std::size_t under_way() const { return 0; }
};

}  // namespace picket
