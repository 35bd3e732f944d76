#include "engine/alert/file_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

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

TEST_CASE("a write that is interrupted goes on, until nobody shall be waited for; what is dropped is counted") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  struct sigaction interruption {};
  interruption.sa_handler = [](int) {};
  struct sigaction before {};
  ::sigaction(SIGALRM, &interruption, &before);
  int asked = 0;
  std::atomic<bool> over = false;
  std::thread interrupting([&, writing = ::pthread_self()] {
    while (!over) {
      ::pthread_kill(writing, SIGALRM);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  FileWriter writer = FileWriter::borrow(ends[1]);
  writer.give_up_when([&] { return ++asked == 3; });
  const int pipe_bytes = ::fcntl(ends[1], F_GETPIPE_SZ);
  Delivery delivery = writer.write(std::string(static_cast<std::size_t>(pipe_bytes) + 1'000, 'x'));
  over = true;
  interrupting.join();
  ::sigaction(SIGALRM, &before, nullptr);
  CHECK(asked == 3);
  CHECK(delivery.outcome == Delivery::Outcome::failed);
  CHECK(delivery.reason == "nobody reads it, and the run was told to stop");
  CHECK(writer.dropped() == 1'000);
  (void)writer.write("more");
  CHECK(writer.finish().outcome == Delivery::Outcome::failed);
  CHECK(writer.dropped() == 1'004);
  ::close(ends[0]);
  ::close(ends[1]);
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
