// The latest signal of each of the latest different values: what an item remembers that counts values. Internal to
// engine/correlation.
//
// So many values have occurred since some time if the one that occurred so many values ago did: nothing has to be
// counted again when a window moves.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/correlation/signal.hpp"
#include "engine/digest/digest.hpp"

namespace picket {

class DistinctSignals {
 public:
  struct Seen {
    std::string value;
    SignalMark mark;
  };

  // Takes a value, the latest. Of more than `capacity` the one that has not occurred for longest is forgotten.
  void push(std::string value, SignalMark mark, std::size_t capacity);

  [[nodiscard]] std::size_t size() const { return seen_.size(); }
  // The n-th latest, from 1; as near as it is to one of the ends, so fast. REQUIRES: there are so many.
  [[nodiscard]] const Seen& latest(std::size_t n) const;
  // The one that has not occurred for longest first.
  [[nodiscard]] const std::list<Seen>& all() const { return seen_; }
  // Bytes, roughly.
  [[nodiscard]] std::size_t memory() const { return sizeof *this + text_bytes_ + seen_.size() * bytes_around; }

 private:
  // Of a value beside its text: two nodes and a bucket.
  static constexpr std::size_t bytes_around = 144;

  std::list<Seen> seen_;
  // The values are those of seen_.
  std::unordered_map<std::string_view, std::list<Seen>::iterator, KeyedHash> places_;
  std::size_t text_bytes_ = 0;
};

}  // namespace picket
