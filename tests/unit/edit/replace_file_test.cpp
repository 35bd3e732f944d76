#include "engine/edit/replace_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "engine/edit/descriptor.hpp"
#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

namespace fs = std::filesystem;

std::ptrdiff_t files_in(const TemporaryFolder& folder) {
  return std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator());
}

bool holds(const std::optional<std::string>& reason, const std::string& part) {
  return reason && reason->find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a file gets its new text, keeps its permissions, and nothing is left beside it") {
  const TemporaryFolder folder;
  const std::string path = folder.add("rule.yml", "old");
  fs::permissions(path, fs::perms(0640));
  const std::string large(300'000, 'x');
  CHECK(replace_file(path, "old", large) == std::nullopt);
  CHECK(read_file(path) == large);
  CHECK(fs::status(path).permissions() == fs::perms(0640));
  CHECK(replace_file(path, large, "") == std::nullopt);
  CHECK(read_file(path).empty());
  CHECK(files_in(folder) == 1);
}

TEST_CASE("a file that has changed since it was read is left as it is") {
  const TemporaryFolder folder;
  const std::string path = folder.add("rule.yml", "mine");
  for (const char* expected : {"", "min", "mine and more", "yours"}) {
    CHECK(holds(replace_file(path, expected, "new"), "has changed"));
  }
  CHECK(read_file(path) == "mine");
  CHECK(files_in(folder) == 1);
}

TEST_CASE("links, folders, pipes and what is not there are refused") {
  const TemporaryFolder folder;
  const std::string path = folder.add("rule.yml", "text");
  fs::create_symlink(path, folder.path("link.yml"));
  fs::create_directory(folder.path("folder"));
  REQUIRE(::mkfifo(folder.path("pipe").c_str(), 0600) == 0);
  CHECK(holds(replace_file(folder.path("link.yml"), "text", "new"), "symbolic link"));
  CHECK(holds(replace_file(folder.path("folder"), "text", "new"), "no regular file"));
  CHECK(holds(replace_file(folder.path("pipe"), "text", "new"), "no regular file"));
  CHECK(holds(replace_file(folder.path("none"), "text", "new"), "no longer there"));
  CHECK(read_file(path) == "text");
}

TEST_CASE("a folder that cannot be written to is a refusal") {
  if (::geteuid() == 0) {
    WARN("skipped: root may write everywhere");
    return;
  }
  const TemporaryFolder folder;
  const std::string path = folder.add("rule.yml", "text");
  fs::permissions(folder.path(), fs::perms(0500));
  const auto reason = replace_file(path, "text", "new");
  fs::permissions(folder.path(), fs::perms(0700));
  CHECK(holds(reason, "permission"));
  CHECK(read_file(path) == "text");
}

TEST_CASE("writing a file makes it, or puts it in the place of the old one") {
  const TemporaryFolder folder;
  const std::string path = folder.path("report.xml");
  const mode_t before = ::umask(022);
  CHECK_FALSE(write_file(path, "new"));
  ::umask(before);
  CHECK(read_file(path) == "new");
  CHECK(fs::status(path).permissions() == fs::perms(0644));
  fs::permissions(path, fs::perms(0600));
  CHECK_FALSE(write_file(path, "newer"));
  CHECK(read_file(path) == "newer");
  CHECK(fs::status(path).permissions() == fs::perms(0600));
  // A link goes on pointing there.
  fs::create_symlink("report.xml", folder.path("link.xml"));
  CHECK_FALSE(write_file(folder.path("link.xml"), "through"));
  CHECK(fs::is_symlink(folder.path("link.xml")));
  CHECK(read_file(path) == "through");
  CHECK_FALSE(write_file("/dev/null", "gone"));
  CHECK(holds(write_file(folder.path(), "x"), "folder"));
  CHECK(holds(write_file(folder.path("none/x"), "x"), "there is no folder"));
  CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 2);
}

TEST_CASE("a path that stands for an open file of the process is written into, wherever that file is") {
  const TemporaryFolder folder;
  const std::string path = folder.add("log.txt", "");
  const Descriptor log(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  REQUIRE(write_whole(log, "before, "));
  CHECK_FALSE(write_file("/dev/fd/" + std::to_string(log.number()), "the report, "));
  CHECK_FALSE(write_file("/proc/self/fd/" + std::to_string(log.number()), "again, "));
  REQUIRE(write_whole(log, "after"));
  CHECK(read_file(path) == "before, the report, again, after");
  CHECK_FALSE(write_file("/dev/stdout", ""));
  CHECK_FALSE(write_file("/dev/stderr", ""));
  CHECK(write_file("/dev/fd/9999", "x"));
  CHECK(write_file("/dev/fd/x", "x"));
}

}  // namespace picket::tests
