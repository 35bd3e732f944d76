#include "engine/alert/named_file.hpp"

#include <unistd.h>

#include <filesystem>

#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

std::unique_ptr<NamedFile> open(const std::string& path, NamedFile::Use use) {
  auto opened = NamedFile::open(path, use);
  REQUIRE(std::holds_alternative<std::unique_ptr<NamedFile>>(opened));
  return std::get<std::unique_ptr<NamedFile>>(std::move(opened));
}

void write(const NamedFile& file, std::string_view text) {
  CHECK(::write(file.descriptor(), text.data(), text.size()) == static_cast<ssize_t>(text.size()));
}

bool found(const std::variant<bool, std::string>& look) {
  REQUIRE(std::holds_alternative<bool>(look));
  return std::get<bool>(look);
}

}  // namespace

TEST_CASE("a file is emptied, or what is there stays, and what is written goes to its end") {
  const TemporaryFolder folder;
  const std::string path = folder.add("file", "before\n");
  const auto appended = open(path, NamedFile::Use::appended);
  write(*appended, "one\n");
  CHECK(read_file(path) == "before\none\n");
  const auto emptied = open(path, NamedFile::Use::emptied);
  CHECK(read_file(path).empty());
  write(*appended, "two\n");
  write(*emptied, "three\n");
  CHECK(read_file(path) == "two\nthree\n");
  CHECK(emptied->close() == 0);
}

TEST_CASE("a file that was renamed is written to until it is changed over, and then one of its old name is") {
  const TemporaryFolder folder;
  const std::string path = folder.path("file");
  for (const NamedFile::Use use : {NamedFile::Use::emptied, NamedFile::Use::appended}) {
    const auto file = open(path, use);
    CHECK_FALSE(found(file->look_again()));
    CHECK_FALSE(file->change_over());
    std::filesystem::rename(path, folder.path("renamed"));
    CHECK(found(file->look_again()));
    CHECK_FALSE(found(file->look_again()));
    write(*file, "old\n");
    CHECK(file->has_next());
    CHECK(file->change_over());
    CHECK_FALSE(file->has_next());
    write(*file, "new\n");
    CHECK(read_file(folder.path("renamed")) == "old\n");
    CHECK(read_file(path) == "new\n");
    std::filesystem::remove(path);
  }
}

TEST_CASE("what the name leads to now is never emptied, and the latest look counts") {
  const TemporaryFolder folder;
  const std::string path = folder.path("file");
  const auto file = open(path, NamedFile::Use::emptied);
  std::filesystem::remove(path);
  CHECK(found(file->look_again()));
  std::filesystem::remove(path);
  folder.add("file", "theirs\n");
  CHECK(found(file->look_again()));
  CHECK(file->change_over());
  write(*file, "ours\n");
  CHECK(read_file(path) == "theirs\nours\n");
}

TEST_CASE("what cannot be opened leaves all as it is; what is no regular file is never looked for") {
  const TemporaryFolder folder;
  const std::string path = folder.path("file");
  const auto file = open(path, NamedFile::Use::appended);
  std::filesystem::rename(path, folder.path("renamed"));
  std::filesystem::create_directory(path);
  CHECK(std::get<std::string>(file->look_again()) == "Is a directory");
  CHECK_FALSE(file->change_over());
  write(*file, "old\n");
  CHECK(read_file(folder.path("renamed")) == "old\n");
  CHECK_FALSE(found(open("/dev/null", NamedFile::Use::emptied)->look_again()));
  CHECK(std::get<std::string>(NamedFile::open("/nonexistent/x", NamedFile::Use::emptied)) ==
        "No such file or directory");
}
