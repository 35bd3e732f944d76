// Memory: what rules remember from event to event, as keys and values. The door of engine/memory.
//
// What it holds depends on nothing but the writes it was given, in their order, and on the times given with them: it
// asks no clock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/event/value.hpp"

namespace picket {

struct MemoryOptions {
  std::size_t keys = 1'000'000;
  std::size_t bytes = std::size_t{256} * 1024 * 1024;  // about what all of it takes in memory
  std::size_t key_bytes = 1024;                        // of one key
  std::size_t value_bytes = std::size_t{64} * 1024;    // of one value
  bool notes_changes = false;                          // for take_changes()
};

// What a rule asks to be kept.
struct MemoryWrite {
  std::string key;
  Value value;                   // null: the key is forgotten
  std::optional<Duration> keep;  // from the first write of the key on; nothing: for ever
};

// A key as it is held: what has to be stored for load() to bring it back.
struct MemoryRecord {
  std::string key;
  Value value;                 // as stored_value() makes it: JSON brings it back
  std::optional<Time> expiry;  // from which on it is forgotten
  std::uint64_t order = 0;     // of the writes: the smallest was not written for the longest time
};

// A key that is not what it was when it was last asked for.
struct MemoryChange {
  std::string key;
  std::optional<MemoryRecord> record;  // nothing: the key was forgotten
};

struct MemoryCounts {
  std::uint64_t writes = 0;   // that were kept
  std::uint64_t refused = 0;  // writes that were not: a key or a value beyond its bound
  std::uint64_t expired = 0;  // keys whose time was over
  std::uint64_t evicted = 0;  // keys that gave way to others
};

// Bounded: where there is no more room the keys go first that have not been written for the longest time. Readers may
// share it between threads as long as nobody writes.
class Memory {
 public:
  explicit Memory(MemoryOptions options = {}) : options_(options) {}
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  // What the key holds at that time; null if nothing. It lives until the next write.
  [[nodiscard]] const Value& read(std::string_view key, Time at) const;

  // Writes the key. A key that is held keeps the expiry that its first write gave it, whatever later ones ask; one
  // whose time is over at `at` is begun anew.
  void write(const MemoryWrite& write, Time at);

  // Forgets the keys whose time is over. Every write does so as well.
  void forget_expired(Time at);

  // The keys that changed since this was last asked, by key, each once. REQUIRES: MemoryOptions::notes_changes.
  [[nodiscard]] std::vector<MemoryChange> take_changes();

  // Takes over what take_changes() gave to another memory, in any order. The records are no changes, but those that
  // find no room are. REQUIRES: nothing was written yet.
  void load(std::vector<MemoryRecord> records);

  [[nodiscard]] std::size_t keys() const { return records_.size(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] const MemoryCounts& counts() const { return counts_; }

 private:
  struct Held;
  using Records = std::list<Held>;
  using Expiries = std::multimap<Time, Records::iterator>;
  struct Held {
    MemoryRecord record;
    std::size_t bytes = 0;
    Expiries::iterator expiry;  // if the record has one
    bool noted = false;         // its key is among those that changed
  };

  void add(MemoryRecord record, std::size_t bytes);
  void change(Records::iterator held, Value value, std::size_t bytes);
  void forget(Records::iterator held);
  void make_room();
  void note(Held& held);

  MemoryOptions options_;
  Records records_;                                                 // in the order of their last writes
  std::unordered_map<std::string_view, Records::iterator> by_key_;  // the keys are the records'
  Expiries by_expiry_;
  std::unordered_set<std::string> changed_;
  std::size_t bytes_ = 0;
  std::uint64_t order_ = 0;
  MemoryCounts counts_;
};

// The memory as it is before an event: what the rules of that event see. A view; of none, every key is absent.
struct MemorySnapshot {
  const Memory* memory = nullptr;
  Time at;  // the event's

  [[nodiscard]] const Value* read(std::string_view key) const {
    return memory == nullptr ? nullptr : &memory->read(key, at);
  }
};

}  // namespace picket
