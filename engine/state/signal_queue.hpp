// SignalQueue: puts signals that come out of order into the order of their times, as far as they come no later than
// they may; and the candidates that are to be decided in that order, so that signals come of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/state/candidates.hpp"
#include "engine/state/saved_state.hpp"
#include "engine/state/signal.hpp"

namespace picket {

constexpr std::string_view waiting_kind = "waiting";

// Not for two threads at once.
class SignalQueue {
 public:
  // What becomes of what waits, with its time.
  struct Turn {
    std::function<std::vector<Signal>(const Candidates&, Time)> decide;
    std::function<void(Signal, Time)> take;
  };

  // Holds no more than so many bytes (memory_of): beyond it the earliest are given away before their time.
  explicit SignalQueue(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  void push(Signal signal, Time at);
  void push(Candidates candidates, Time at);
  // Gives away all whose time is not after `clock`, the earliest first. Of one time candidates are decided first, by
  // what the event says; then their signals and the others come in an order that does not depend on how they came: by
  // rule, then by what the event says.
  void release(Time clock, const Turn& turn);

  // From now on save_changes() has something to tell.
  void keep_changes() { keeps_changes_ = true; }
  // Adds what has come and gone since the last call, of the kind `waiting_kind`.
  void save_changes(std::vector<SavedState>& to);
  // Takes back what waited. False if its rule is gone, or the body means nothing. Candidates are decided by `rules`.
  [[nodiscard]] bool restore(const SavedState& saved, const std::shared_ptr<const RulesVersion>& rules);

  [[nodiscard]] std::size_t size() const { return size_; }
  // Given away early, to keep the bound.
  [[nodiscard]] std::uint64_t hurried() const { return hurried_; }

 private:
  struct Waiting {
    std::uint64_t number = 0;
    std::variant<Signal, Candidates> content;

    [[nodiscard]] std::size_t memory() const;  // bytes
  };
  // `name` is that of its kind where it is written down.
  template <typename T>
  void push(std::string_view name, T one, Time at);
  void add(Waiting waiting, Time at);
  void release_first(const Turn& turn);

  std::size_t most_bytes_;
  std::map<Time, std::vector<Waiting>> waiting_;
  std::uint64_t last_number_ = 0;
  bool keeps_changes_ = false;
  std::map<std::uint64_t, std::string> changes_;  // by number; empty: gone
  std::size_t size_ = 0;
  std::size_t bytes_ = 0;
  std::uint64_t hurried_ = 0;
};

}  // namespace picket
