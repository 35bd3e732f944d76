#include "engine/stream/followed_file.hpp"

#include <filesystem>

#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"
#include "tests/unit/stream/packing.hpp"

using namespace picket;
using namespace picket::tests;
namespace fs = std::filesystem;

namespace {

constexpr FrameLimits limits{.longest = 100, .shown = 10};

class Log {
 public:
  explicit Log(std::optional<InputPosition> resume = {}) { follow(std::move(resume)); }

  // Begins anew, as the next run would.
  void follow(std::optional<InputPosition> resume) {
    file_ = std::make_unique<FollowedFile>(path, limits, std::move(resume), std::make_shared<BufferPool>());
  }
  void write(const std::string& text) const { std::ofstream(path, std::ios::app | std::ios::binary) << text; }

  // What there is to be read just now, each line ended: its text, or "(so many)" for one that is too long.
  std::string read() {
    std::string text;
    Batch batch;
    while (file_->read(batch)) {
      for (const Piece& piece : batch.pieces) {
        if (piece.frame.whole) {
          text += piece.frame.text;
        } else {
          text.append("(").append(std::to_string(piece.frame.length)).append(")");
        }
        if (!text.ends_with('\n')) text += '\n';
      }
      position = *batch.file;
      position.offset = batch.end;
      position.line = batch.end_line;
      batch = {};
    }
    return text;
  }
  [[nodiscard]] std::uint64_t lost() const { return file_->lost(); }

  TemporaryFolder folder;
  std::string path = folder.path("app.log");
  InputPosition position;

 private:
  std::unique_ptr<FollowedFile> file_;
};

std::string line(int n) { return "{\"n\":" + std::to_string(n) + "}\n"; }

}  // namespace

TEST_CASE("a line counts once it is ended") {
  Log log;
  CHECK(log.read().empty());  // there is no file yet
  log.write(line(1) + "{\"n\"");
  CHECK(log.read() == line(1));
  CHECK(log.read().empty());
  log.write(":2}\n" + line(3));
  CHECK(log.read() == line(2) + line(3));
  CHECK(log.position.offset == 3 * line(1).size());
  CHECK(log.position.line == 4);
}

TEST_CASE("a line that is too long is one piece, however it comes, and what follows is not lost") {
  Log log;
  log.write(line(1) + std::string(300, 'x'));
  CHECK(log.read() == line(1));
  log.write(std::string(200, 'y'));
  CHECK(log.read().empty());
  log.write("\n" + line(2));
  CHECK(log.read() == "(500)\n" + line(2));
  CHECK(log.position.offset == line(1).size() + 501 + line(2).size());
  log.write(std::string(300, 'x'));
  log.write("\n" + line(3));
  CHECK(log.read().find(line(3)) != std::string::npos);
}

TEST_CASE("a line that is too long ends with its file, and takes nothing of the next one with it") {
  Log log;
  log.write(line(1) + std::string(500, 'x'));
  CHECK(log.read() == line(1));
  fs::remove(log.path);
  log.write(line(2) + line(3));
  CHECK(log.read() == "(500)\n" + line(2) + line(3));
}

TEST_CASE("a file that was renamed is read to its end, its last line too; then the next") {
  Log log;
  log.write(line(1));
  CHECK(log.read() == line(1));
  fs::rename(log.path, log.path + ".1");
  std::ofstream(log.path + ".1", std::ios::app) << line(2) << "{\"n\":3}";
  log.write(line(4));
  CHECK(log.read() == line(2) + line(3) + line(4));
  CHECK(log.lost() == 0);
}

TEST_CASE("a file that was copied and truncated is read on in the copy") {
  Log log;
  log.write(line(1) + line(2));
  CHECK(log.read() == line(1) + line(2));
  log.write(line(3));
  fs::copy_file(log.path, log.path + ".1");
  fs::resize_file(log.path, 0);
  CHECK(log.read() == line(3));
  log.write(line(4));
  CHECK(log.read() == line(4));
}

TEST_CASE("the next run finds the rest of what was rotated and packed meanwhile, and all that came between") {
  Log log;
  log.write(line(1));
  CHECK(log.read() == line(1));
  const InputPosition position = log.position;
  log.write(line(2));
  const auto rotate = [&](const std::string& name) {
    const std::string text = read_file(log.path);
    std::ofstream(log.path + name, std::ios::binary) << (name.ends_with(".gz") ? gzipped(text) : text);
    fs::last_write_time(log.path + name, fs::last_write_time(log.path));
    fs::remove(log.path);
  };
  rotate(".2.gz");
  log.write(line(3));
  fs::last_write_time(log.path, fs::last_write_time(log.path + ".2.gz") + std::chrono::seconds(1));
  rotate(".1");
  log.write(line(4));
  log.follow(position);
  CHECK(log.read() == line(2) + line(3) + line(4));
  CHECK(log.lost() == 0);
}

TEST_CASE("logs that begin with the same lines are told apart; copies of one are not read twice") {
  const std::string banner = R"({"banner":")" + std::string(80, '#') + "\"}\n";
  std::string head;
  while (head.size() < 1'100) head += banner;
  Log log;
  auto later = [&, written = fs::file_time_type::clock::now() - std::chrono::minutes(10)]() mutable {
    fs::last_write_time(log.path, written += std::chrono::minutes(1));
  };
  const auto rename = [&](const std::string& from, const std::string& to) {
    fs::rename(log.path + from, log.path + to);
  };
  log.write(head + line(1));
  later();
  rename("", ".1");
  log.write(head + line(2));
  CHECK(log.read() == head + line(2));
  const InputPosition position = log.position;
  log.write(line(3));
  later();
  rename(".1", ".2");
  rename("", ".1");
  log.write(head + line(4));
  later();
  rename(".2", ".3");
  rename(".1", ".2");
  rename("", ".1");
  fs::copy_file(log.path + ".1", log.path + ".1.bak");
  std::ofstream(log.path + ".2.gz", std::ios::binary) << gzipped(read_file(log.path + ".2"));  // just being packed
  log.write(head + line(5));
  later();
  log.follow(position);
  CHECK(log.read() == line(3) + head + line(4) + head + line(5));
  CHECK(log.lost() == 0);
}

TEST_CASE("what is gone is said, and the log is read from its begin") {
  Log log;
  log.write(line(1));
  CHECK(log.read() == line(1));
  const InputPosition position = log.position;
  fs::remove(log.path);
  log.write(line(2));
  log.follow(position);
  CHECK(log.read() == line(2));
  CHECK(log.lost() == 1);
}
