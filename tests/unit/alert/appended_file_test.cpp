#include "engine/alert/appended_file.hpp"

#include <filesystem>

#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

std::unique_ptr<AppendedFile> open(const std::string& path) {
  auto opened = AppendedFile::open(path, nullptr);
  REQUIRE(std::holds_alternative<std::unique_ptr<AppendedFile>>(opened));
  return std::get<std::unique_ptr<AppendedFile>>(std::move(opened));
}

// Three lines that were to stand behind "before\n".
std::vector<Parcel> parcels() {
  return {{.number = 7, .id = "a/1", .body = "one\n", .at = 7},
          {.number = 8, .id = "b/1", .body = "two\n", .at = 11},
          {.number = 9, .id = "c/1", .body = "three\n", .at = 15}};
}

const std::string whole = "before\none\ntwo\nthree\n";

}  // namespace

TEST_CASE("after a crash what is missing is completed, and only that") {
  const TemporaryFolder folder;
  for (std::size_t there = 7; there <= whole.size(); ++there) {
    const std::string path = folder.add("alerts", whole.substr(0, there));
    const auto file = open(path);
    CHECK(file->recover(parcels()).outcome == Delivery::Outcome::taken);
    CHECK(read_file(path) == whole);
    CHECK(file->arrived() == std::vector<std::uint64_t>{7, 8, 9});
    CHECK(file->arrived().empty());
    CHECK(file->reserve(5) == whole.size());
  }
}

TEST_CASE("what others have done to the file is no loss") {
  const TemporaryFolder folder;
  const auto recovered = [&](const std::string& there) {
    const std::string path = folder.add("alerts", there);
    CHECK(open(path)->recover(parcels()).outcome == Delivery::Outcome::taken);
    return read_file(path);
  };
  CHECK(recovered(whole + "theirs\n") == whole + "theirs\n");
  CHECK(recovered("before\ntheirs\n") == "before\ntheirs\none\ntwo\nthree\n");
  CHECK(recovered("before\none\nthe") == "before\none\nthe\none\ntwo\nthree\n");
  CHECK(recovered("") == "one\ntwo\nthree\n");  // emptied, or another file
  CHECK(recovered("bef\n") == "bef\none\ntwo\nthree\n");
}

TEST_CASE("after a crash what is missing is completed in the file that was renamed meanwhile") {
  for (const bool made_anew : {false, true}) {
    for (std::size_t there = 8; there <= whole.size(); ++there) {
      const TemporaryFolder folder;
      const std::string renamed = folder.add("alerts.2", whole.substr(0, there));
      folder.add("alerts.1", "another\nwith other lines\n");
      folder.add("elsewhere", whole);
      if (made_anew) folder.add("alerts", "new\n");
      const auto file = open(folder.path("alerts"));
      CHECK(file->recover(parcels()).outcome == Delivery::Outcome::taken);
      CHECK(read_file(renamed) == whole);
      CHECK(read_file(folder.path("alerts")) == (made_anew ? "new\n" : ""));
      CHECK(file->arrived() == std::vector<std::uint64_t>{7, 8, 9});
      CHECK(file->reserve(5) == (made_anew ? 4 : 0));
    }
  }
}

TEST_CASE("a file that was renamed is left between what was reserved and what comes next") {
  const TemporaryFolder folder;
  const std::string path = folder.add("alerts", "before\n");
  const auto file = open(path);
  CHECK(file->reserve(4) == 7);
  std::filesystem::rename(path, folder.path("alerts.1"));
  CHECK(std::get<bool>(file->look_again()));
  CHECK(file->reserve(4) == 11);
  CHECK(file->reserve(6) == 15);
  CHECK(file->deliver(parcels()).outcome == Delivery::Outcome::taken);
  CHECK(file->reserve(4) == 0);
  CHECK(file->deliver({{.number = 10, .id = {}, .body = "new\n", .at = 0}}).outcome == Delivery::Outcome::taken);
  CHECK(read_file(folder.path("alerts.1")) == whole);
  CHECK(read_file(path) == "new\n");
}

TEST_CASE("lines are appended in their order, behind what was there") {
  const TemporaryFolder folder;
  const std::string path = folder.add("alerts", "before\n");
  const auto file = open(path);
  CHECK(file->reserve(4) == 7);
  CHECK(file->reserve(4) == 11);
  CHECK(file->deliver(parcels()).outcome == Delivery::Outcome::taken);
  CHECK(read_file(path) == whole);
  CHECK(file->recover({}).outcome == Delivery::Outcome::taken);
  CHECK(read_file(path) == whole);
}

TEST_CASE("what is no regular file is refused, for it could not tell what has arrived") {
  CHECK(std::holds_alternative<std::string>(AppendedFile::open("/dev/null", nullptr)));
  CHECK(std::holds_alternative<std::string>(AppendedFile::open("/nonexistent/x", nullptr)));
}
