// What rules remember: for how long, how much of it, and what of it has changed.
#include "engine/memory/memory.hpp"

#include <string>

#include "engine/memory/stored_value.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

constexpr Duration hour{3'600'000'000};

Time at(std::int64_t seconds) { return {seconds * 1'000'000}; }

MemoryWrite write(const std::string& key, Value value, std::optional<Duration> keep = std::nullopt) {
  return {.key = key, .value = std::move(value), .keep = keep};
}

std::string held(const Memory& memory, const std::string& key, std::int64_t seconds = 0) {
  return to_json(memory.read(key, at(seconds)));
}

// "a: 1 until 3600; b: nothing"
std::string words(const std::vector<MemoryChange>& changes) {
  std::string text;
  for (const auto& [key, record] : changes) {
    text += (text.empty() ? "" : "; ") + key + ": " + (record ? to_json(record->value) : "nothing");
    if (record && record->expiry) text += " until " + std::to_string(record->expiry->microseconds / 1'000'000);
  }
  return text;
}

TEST_CASE("a key holds what was written last, another key nothing") {
  Memory memory;
  memory.write(write("a", 1), at(0));
  memory.write(write("a", List{1, 2}), at(1));
  CHECK(held(memory, "a") == "[1,2]");
  CHECK(held(memory, "A") == "null");
  CHECK(memory.keys() == 1);
}

TEST_CASE("null makes a key forgotten") {
  Memory memory;
  memory.write(write("a", 1), at(0));
  memory.write(write("a", nullptr), at(1));
  memory.write(write("b", nullptr), at(1));
  CHECK(held(memory, "a") == "null");
  CHECK(memory.keys() == 0);
  CHECK(memory.bytes() == 0);
}

TEST_CASE("a key is kept from its first write on, however often it is written") {
  Memory memory;
  memory.write(write("a", 1, hour), at(0));
  memory.write(write("a", 2, hour), at(1800));
  CHECK(held(memory, "a", 3599) == "2");
  CHECK(held(memory, "a", 3600) == "null");
  memory.write(write("a", 3, hour), at(3600));
  CHECK(held(memory, "a", 7199) == "3");
  CHECK(held(memory, "a", 7200) == "null");
  CHECK(memory.counts().expired == 1);
}

TEST_CASE("who writes without an end does not lengthen what began with one") {
  Memory memory;
  memory.write(write("a", 1, hour), at(0));
  memory.write(write("a", 2), at(10));
  memory.write(write("b", 1), at(0));
  memory.write(write("b", 2, hour), at(10));
  CHECK(held(memory, "a", 3600) == "null");
  CHECK(held(memory, "b", 36'000) == "2");
}

TEST_CASE("events that come late find what was not over before them") {
  Memory memory;
  memory.write(write("a", 1, hour), at(5'000));
  CHECK(held(memory, "a", 10) == "1");
  memory.write(write("b", 1, Duration{INT64_MAX}), at(5'000));
  CHECK(held(memory, "b", 9'000'000'000) == "1");
}

TEST_CASE("keys that were not written for the longest time give way") {
  Memory memory({.keys = 2});
  memory.write(write("a", 1), at(0));
  memory.write(write("b", 1), at(1));
  memory.write(write("a", 2), at(2));
  memory.write(write("c", 1), at(3));
  CHECK(held(memory, "a") == "2");
  CHECK(held(memory, "b") == "null");
  CHECK(held(memory, "c") == "1");
  CHECK(memory.counts().evicted == 1);
}

TEST_CASE("the bytes of a memory are bounded, and those of a key and a value") {
  const std::string long_text(1'000, 'x');
  Memory memory({.keys = 100, .bytes = 3'000, .key_bytes = 10, .value_bytes = 1'500});
  for (const char* key : {"a", "b", "c"}) memory.write(write(key, long_text), at(0));
  CHECK(memory.keys() == 2);
  CHECK(memory.bytes() <= 3'000);
  memory.write(write("c", long_text + long_text), at(1));
  CHECK(held(memory, "c") == to_json(long_text));
  memory.write(write("a key that is long", 1), at(1));
  CHECK(memory.counts().refused == 2);
  CHECK(memory.counts().evicted == 1);
}

TEST_CASE("a list that takes itself into a list is not kept beyond a depth") {
  Memory memory;
  for (int i = 0; i < 200; ++i) memory.write(write("a", List{memory.read("a", at(0))}), at(0));
  CHECK(memory.counts().refused == 200 - 64);
}

TEST_CASE("times and durations are held as their texts") {
  Memory memory;
  memory.write(write("a", Object{{"when", List{Time{0}}}, {"long", hour}}), at(0));
  CHECK(held(memory, "a") == R"({"when":["1970-01-01T00:00:00Z"],"long":"1h"})");
  CHECK(memory.read("a", at(0)).object()->find_exact("when")->list()->front().string() != nullptr);
}

TEST_CASE("each key that changed is told once, as it is now") {
  Memory memory({.keys = 3, .notes_changes = true});
  memory.write(write("b", 1, hour), at(0));
  memory.write(write("a", 1), at(0));
  memory.write(write("a", 2), at(0));
  CHECK(words(memory.take_changes()) == "a: 2; b: 1 until 3600");
  CHECK(memory.take_changes().empty());
  memory.write(write("a", nullptr), at(1));
  memory.forget_expired(at(3600));
  CHECK(words(memory.take_changes()) == "a: nothing; b: nothing");
  for (const char* key : {"1", "2", "3", "4"}) memory.write(write(key, true), at(4'000));
  CHECK(words(memory.take_changes()) == "1: nothing; 2: true; 3: true; 4: true");
}

TEST_CASE("a memory that is loaded goes on as the other would have") {
  const MemoryOptions options{.keys = 3, .notes_changes = true};
  Memory first(options);
  for (const char* key : {"z", "y", "x"}) first.write(write(key, 1, hour), at(0));
  first.write(write("z", 2), at(1));
  std::vector<MemoryRecord> records;
  for (const MemoryChange& change : first.take_changes()) records.push_back(*change.record);
  Memory second(options);
  second.load(records);
  CHECK(second.take_changes().empty());
  CHECK(second.bytes() == first.bytes());
  for (Memory* memory : {&first, &second}) {
    memory->write(write("w", 1), at(2));
    CHECK(words(memory->take_changes()) == "w: 1; y: nothing");
    CHECK(held(*memory, "z", 3599) == "2");
    CHECK(held(*memory, "z", 3600) == "null");
    memory->write(write("v", 1), at(3));
    const auto changes = memory->take_changes();
    CHECK(words(changes) == "v: 1; x: nothing");
    CHECK(changes.front().record->order == 6);
  }
}

TEST_CASE("a memory with less room than what it loads tells what it left out") {
  Memory memory({.keys = 1, .notes_changes = true});
  memory.load(
      {{.key = "new", .value = 1, .expiry = {}, .order = 9}, {.key = "old", .value = 1, .expiry = {}, .order = 2}});
  CHECK(words(memory.take_changes()) == "old: nothing");
}

}  // namespace
}  // namespace picket
