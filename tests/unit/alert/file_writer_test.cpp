#include "engine/alert/file_writer.hpp"

#include <unistd.h>

#include <array>
#include <csignal>

#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"

using namespace picket;

TEST_CASE("a file is written whole") {
  const tests::TemporaryFolder folder;
  const std::string path = folder.path("out");
  auto created = FileWriter::create(path);
  REQUIRE(std::holds_alternative<FileWriter>(created));
  FileWriter writer = std::get<FileWriter>(std::move(created));
  std::string expected;
  for (int i = 0; i < 50'000; ++i) {
    const std::string line = std::to_string(i) + "\n";
    expected += line;
    CHECK(writer.write(line).outcome == Delivery::Outcome::taken);
  }
  CHECK(writer.finish().outcome == Delivery::Outcome::taken);
  CHECK(tests::read_file(path) == expected);
}

TEST_CASE("a file that cannot be created is told why") {
  const auto created = FileWriter::create("/nonexistent/folder/file");
  REQUIRE(std::holds_alternative<std::string>(created));
  CHECK(std::get<std::string>(created) == "No such file or directory");
}

TEST_CASE("a full disk is told, once and for good") {
  auto created = FileWriter::create("/dev/full");
  REQUIRE(std::holds_alternative<FileWriter>(created));
  FileWriter writer = std::get<FileWriter>(std::move(created));
  CHECK(writer.write("x").outcome == Delivery::Outcome::taken);  // still in the buffer
  const Delivery delivery = writer.flush();
  CHECK(delivery.outcome == Delivery::Outcome::failed);
  CHECK(delivery.reason == "No space left on device");
  CHECK(writer.write("y").outcome == Delivery::Outcome::failed);
  CHECK(writer.finish().reason == "No space left on device");
}

TEST_CASE("a closed pipe is not a failure") {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  ::close(ends[0]);
  FileWriter writer = FileWriter::borrow(ends[1]);
  (void)writer.write("x");
  CHECK(writer.flush().outcome == Delivery::Outcome::closed);
  CHECK(writer.finish().outcome == Delivery::Outcome::closed);
  ::close(ends[1]);
  std::signal(SIGPIPE, before);
}
