#include "engine/stream/byte_reader.hpp"

#include <unistd.h>

#include <array>
#include <random>
#include <thread>

#include "tests/catch.hpp"
#include "tests/unit/stream/layouts.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

struct Reading {
  std::string text;
  std::string fault;
  bool interrupted = false;
};

// What comes out of a pipe that `bytes` are written into and that is closed then.
Reading read_all(std::string_view bytes, ReadOptions options = {}) {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  std::thread writer([&] {
    while (!bytes.empty()) {
      const ssize_t count = ::write(ends[1], bytes.data(), bytes.size());
      if (count < 0) break;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    ::close(ends[1]);
  });
  ByteReader reader(ends[0], true, std::move(options));
  Reading reading;
  std::array<char, 1000> buffer{};
  while (const std::size_t count = reader.read(buffer)) reading.text.append(buffer.data(), count);
  writer.join();
  reading.fault = reader.fault().value_or("");
  reading.interrupted = reader.interrupted();
  return reading;
}

std::string varied_text(std::size_t size) {
  std::mt19937 random(1);
  std::string text;
  while (text.size() < size) text += std::to_string(random());
  return text;
}

}  // namespace

TEST_CASE("plain bytes come as they are") {
  for (const std::string& text : {std::string(), std::string("x"), std::string("\x1f"), std::string("PK"),
                                  std::string("{\"a\":1}\n"), varied_text(300'000)}) {
    const Reading reading = read_all(text);
    CHECK(reading.text == text);
    CHECK(reading.fault.empty());
  }
}

TEST_CASE("gzip is unpacked, one member or many, padded or empty") {
  const std::string text = varied_text(300'000);
  CHECK(read_all(gzipped(text)).text == text);
  const Reading many = read_all(gzipped(text) + gzipped("") + gzipped("tail") + std::string(512, '\0'));
  CHECK(many.text == text + "tail");
  CHECK(many.fault.empty());
}

TEST_CASE("what a broken gzip file gave before its break is kept, and the break is told") {
  const std::string text = varied_text(300'000);
  const std::string packed = gzipped(text);
  const Reading cut = read_all(std::string_view(packed).substr(0, packed.size() / 2));
  CHECK(cut.fault == "the gzip data is cut off");
  CHECK(text.starts_with(cut.text));
  CHECK(cut.text.size() > text.size() / 4);
  CHECK(read_all(std::string_view(packed).substr(0, packed.size() - 1)).fault == "the gzip data is cut off");
  CHECK(read_all(std::string_view(packed).substr(0, 3)).fault == "the gzip data is cut off");

  std::string flipped = packed;
  flipped[packed.size() - 6] = static_cast<char>(~flipped[packed.size() - 6]);  // in the checksum
  const Reading corrupt = read_all(flipped);
  CHECK(corrupt.fault.starts_with("the gzip data is corrupt"));
  CHECK(corrupt.text == text);

  const Reading trailed = read_all(packed + "{\"a\":1}");
  CHECK(trailed.text == text);
  CHECK(trailed.fault == "there is something else behind the gzip data");
}

TEST_CASE("what is no JSON text by its first bytes is named") {
  using namespace std::string_view_literals;
  CHECK(read_all("PK\x03\x04rest"sv).fault == "is a zip archive; unpack it first");
  CHECK(read_all("\x28\xb5\x2f\xfdrest"sv).fault == "is packed by zstd; unpack it first");
  CHECK(read_all("\xff\xfe{\0"sv).fault == "is UTF-16, not UTF-8; convert it first");
}

TEST_CASE("reading ends when it is told to") {
  std::array<int, 2> wake{};
  REQUIRE(::pipe(wake.data()) == 0);
  REQUIRE(::write(wake[1], "x", 1) == 1);
  std::array<int, 2> silent{};
  REQUIRE(::pipe(silent.data()) == 0);  // nobody ever writes to it
  ByteReader reader(silent[0], true, {.before_read = {}, .wake = wake[0]});
  std::array<char, 100> buffer{};
  CHECK(reader.read(buffer) == 0);
  CHECK(reader.interrupted());
  CHECK_FALSE(reader.fault());
  for (const int descriptor : {wake[0], wake[1], silent[1]}) ::close(descriptor);
}
