#include "engine/stream/byte_reader.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <random>
#include <thread>

#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"
#include "tests/unit/stream/packing.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

struct Reading {
  std::string text;
  std::string fault;
  bool interrupted = false;
};

// Closes the descriptor.
Reading read_to_end(int descriptor) {
  ByteReader reader(descriptor, true, -1);
  Reading reading;
  std::array<char, 1000> buffer{};
  while (const std::size_t count = reader.read(buffer)) reading.text.append(buffer.data(), count);
  reading.fault = reader.fault().value_or("");
  reading.interrupted = reader.interrupted();
  return reading;
}

// What comes out of a pipe that `bytes` are written into and that is closed then.
Reading read_all(std::string_view bytes) {
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
  Reading reading = read_to_end(ends[0]);
  writer.join();
  return reading;
}

// What comes out of a file that holds `bytes`: a reader knows that it never waits for one.
Reading read_file_of(std::string_view bytes) {
  const TemporaryFolder folder;
  return read_to_end(::open(folder.add("packed", std::string(bytes)).c_str(), O_RDONLY));
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
  const std::string text = varied_text(3'000'000);
  CHECK(read_all(gzipped(text)).text == text);
  const std::string packed = gzipped(text) + gzipped("") + gzipped("tail") + std::string(512, '\0');
  for (const Reading& many : {read_all(packed), read_file_of(packed)}) {
    CHECK(many.text == text + "tail");
    CHECK(many.fault.empty());
  }
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

TEST_CASE("zstd is unpacked, one frame or many, empty or to be skipped") {
  const std::string text = varied_text(3'000'000);
  CHECK(read_all(zstd_packed(text)).text == text);
  const std::string skipped("\x53\x2a\x4d\x18\x05\0\0\0hello", 13);
  const std::string packed = skipped + zstd_packed(text) + zstd_packed("") + skipped + zstd_packed("tail") + skipped;
  for (const Reading& many : {read_all(packed), read_file_of(packed)}) {
    CHECK(many.text == text + "tail");
    CHECK(many.fault.empty());
  }
  CHECK(read_all(zstd_packed("")).fault.empty());
}

TEST_CASE("what a broken zstd file gave before its break is kept, and the break is told") {
  const std::string text = varied_text(1'000'000);
  const std::string packed = zstd_packed(text);
  const Reading cut = read_all(std::string_view(packed).substr(0, packed.size() / 2));
  CHECK(cut.fault == "the zstd data is cut off");
  CHECK(text.starts_with(cut.text));
  CHECK(cut.text.size() > text.size() / 4);
  CHECK(read_all(std::string_view(packed).substr(0, packed.size() - 1)).fault == "the zstd data is cut off");
  CHECK(read_all(std::string_view(packed).substr(0, 5)).fault == "the zstd data is cut off");

  std::string flipped = packed;
  flipped.back() = static_cast<char>(~flipped.back());  // of the checksum
  const Reading corrupt = read_all(flipped);
  CHECK(corrupt.fault == "the zstd data is corrupt: its checksum does not fit");
  CHECK(corrupt.text == text);

  for (const std::string_view tail : {"\n", "{\"a\":1}"}) {
    const Reading trailed = read_all(packed + std::string(tail));
    CHECK(trailed.text == text);
    CHECK(trailed.fault == "there is something else behind the zstd data");
  }
}

TEST_CASE("a zstd window beyond the limit is refused, not allocated") {
  const std::string text = varied_text(1000);
  CHECK(read_all(zstd_frame_of_window(text, 27)).text == text);
  const Reading refused = read_all(zstd_frame_of_window(text, 28));
  CHECK(refused.text.empty());
  CHECK(refused.fault == "the zstd data needs more than 128 MiB of memory to be unpacked; unpack it first");
}

TEST_CASE("what is no JSON text by its first bytes is named") {
  using namespace std::string_view_literals;
  CHECK(read_all("PK\x03\x04rest"sv).fault == "is a zip archive; unpack it first");
  CHECK(read_all("BZh91AY"sv).fault == "is packed by bzip2; unpack it first");
  CHECK(read_all("\xff\xfe{\0"sv).fault == "is UTF-16, not UTF-8; convert it first");
}

TEST_CASE("reading ends when it is told to") {
  std::array<int, 2> wake{};
  REQUIRE(::pipe(wake.data()) == 0);
  REQUIRE(::write(wake[1], "x", 1) == 1);
  std::array<int, 2> silent{};
  REQUIRE(::pipe(silent.data()) == 0);  // nobody ever writes to it
  ByteReader reader(silent[0], true, wake[0]);
  std::array<char, 100> buffer{};
  CHECK(reader.read(buffer) == 0);
  CHECK(reader.interrupted());
  CHECK_FALSE(reader.fault());
  for (const int descriptor : {wake[0], wake[1], silent[1]}) ::close(descriptor);
}

TEST_CASE("what a packed stream has yielded does not wait for the rest, and neither does the end of reading") {
  const std::string text = varied_text(10'000);
  for (const std::string& packed : {gzipped(text), zstd_packed(text)}) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const auto size = static_cast<ssize_t>(packed.size());
    REQUIRE(::write(ends[1], packed.data(), packed.size()) == size);
    {
      ByteReader reader(ends[0], true, -1);
      std::string got;
      std::array<char, 1000> buffer{};
      while (got.size() < text.size()) got.append(buffer.data(), reader.read(buffer));
      CHECK(got == text);
      CHECK_FALSE(reader.fault());
    }  // the pipe is open still, and another thread waits for it
    ::close(ends[1]);
  }
}
