// A memory against a plain model of it, by random writes, restarts included.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/memory/memory.hpp"
#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

using bench::Chance;

constexpr std::size_t keys = 30;

std::string key_name(std::size_t number) { return "k" + std::to_string(number); }

// What is held, in the order of the last writes, and searched from end to end.
class Model {
 public:
  explicit Model(std::size_t most) : most_(most) {}

  void write(const MemoryWrite& write, Time at) {
    std::erase_if(held_, [at](const MemoryRecord& one) { return one.expiry && *one.expiry <= at; });
    const auto known = std::ranges::find(held_, write.key, &MemoryRecord::key);
    MemoryRecord record{.key = write.key, .value = write.value, .expiry = std::nullopt, .order = 0};
    if (known != held_.end()) {
      record.expiry = known->expiry;
      held_.erase(known);
    } else if (write.keep) {
      record.expiry = Time{at.microseconds + write.keep->microseconds};
    }
    if (write.value.is_null()) return;
    held_.push_back(record);
    if (held_.size() > most_) held_.erase(held_.begin());
  }

  [[nodiscard]] Value read(const std::string& key, Time at) const {
    const auto known = std::ranges::find(held_, key, &MemoryRecord::key);
    return known == held_.end() || (known->expiry && *known->expiry <= at) ? Value() : known->value;
  }

 private:
  std::size_t most_;
  std::vector<MemoryRecord> held_;
};

// What somebody stores who takes the changes.
using Store = std::map<std::string, MemoryRecord>;

void take_changes(Memory& memory, Store& store) {
  for (const MemoryChange& change : memory.take_changes()) {
    store.erase(change.key);
    if (change.record) store.emplace(change.key, *change.record);
  }
}

std::unique_ptr<Memory> restarted(const MemoryOptions& options, const Store& store) {
  auto memory = std::make_unique<Memory>(options);
  std::vector<MemoryRecord> records;
  for (const auto& [key, record] : store) records.push_back(record);
  memory->load(std::move(records));
  return memory;
}

TEST_CASE("a memory holds what a plain model of it holds, restarts or not") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    Chance chance(seed);
    const MemoryOptions options{.keys = 1 + chance.below(20), .notes_changes = true};
    auto memory = std::make_unique<Memory>(options);
    Model model(options.keys);
    Store store;
    Time now;
    for (int i = 0; i < 1'000; ++i) {
      // Now and then an event comes late.
      now.microseconds += static_cast<std::int64_t>(chance.below(50)) - 5;
      MemoryWrite write{.key = key_name(chance.below(keys)), .value = i, .keep = std::nullopt};
      if (chance.one_in(10)) write.value = nullptr;
      if (chance.one_in(2)) write.keep = Duration{static_cast<std::int64_t>(1 + chance.below(300))};
      memory->write(write, now);
      model.write(write, now);
      if (chance.one_in(5)) take_changes(*memory, store);
      if (chance.one_in(100)) {
        take_changes(*memory, store);
        memory = restarted(options, store);
      }
      for (std::size_t key = 0; key < keys; ++key) {
        INFO("seed " << seed << ", write " << i << ", " << key_name(key));
        REQUIRE(memory->read(key_name(key), now) == model.read(key_name(key), now));
      }
    }
  }
}

}  // namespace
}  // namespace picket
