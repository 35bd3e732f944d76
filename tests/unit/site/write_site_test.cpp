#include "engine/site/write_site.hpp"

#include <filesystem>

#include "tests/catch.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace fs = std::filesystem;

TEST_CASE("a second run writes what has changed and removes what is no longer, and nothing else") {
  const TemporaryFolder folder;
  {
    site::FolderWriter writer(folder.path());
    writer.take({"rules/a.html", "one"});
    writer.take({"rules/b.html", "two"});
    writer.take({"index.html", "index"});
    writer.finish();
    CHECK(writer.written() == 3);
  }
  folder.add("rules/mine.txt", "not the site's");
  {
    site::FolderWriter writer(folder.path());
    CHECK(writer.complete());
    writer.take({"rules/a.html", "one"});
    writer.take({"rules/c.html", "three"});
    writer.keep("index.html");
    writer.finish();
    CHECK(writer.written() == 1);
    CHECK(writer.removed() == 1);
  }
  CHECK(read_file(folder.path("rules/a.html")) == "one");
  CHECK_FALSE(fs::exists(folder.path("rules/b.html")));
  CHECK(read_file(folder.path("rules/c.html")) == "three");
  CHECK(read_file(folder.path("index.html")) == "index");
  CHECK(read_file(folder.path("rules/mine.txt")) == "not the site's");
}

TEST_CASE("a page that is kept keeps the pages that continue its list; what is gone is noticed") {
  const TemporaryFolder folder;
  {
    site::FolderWriter writer(folder.path());
    CHECK_FALSE(writer.complete());
    for (const char* path : {"index.html", "index~2.html", "index~3.html", "index2.html"}) writer.take({path, "x"});
    writer.finish();
  }
  {
    site::FolderWriter writer(folder.path());
    CHECK(writer.complete());
    writer.keep_page("index.html");
    writer.finish();
    CHECK(writer.files() == 3);
    CHECK(writer.removed() == 1);
  }
  fs::remove(folder.path("index~2.html"));
  CHECK_FALSE(site::FolderWriter(folder.path()).complete());
}

TEST_CASE("a list of files that was tampered with removes nothing outside of the folder") {
  const TemporaryFolder folder;
  folder.add("victim", "x");
  folder.add("site/site.files", "../victim\n/etc/hostname\nrules/../../victim\n");
  site::FolderWriter writer(folder.path("site"));
  writer.finish();
  CHECK(writer.removed() == 0);
  CHECK(fs::exists(folder.path("victim")));
}

TEST_CASE("somebody else's site is left alone, and one of ours that was cut short is not taken for it") {
  const TemporaryFolder folder;
  folder.add("theirs/index.html", "theirs");
  const site::FolderWriter theirs(folder.path("theirs"));
  REQUIRE(theirs.faults().size() == 1);
  CHECK(theirs.faults().front().find("index.html") != std::string::npos);
  CHECK(std::distance(fs::directory_iterator(folder.path("theirs")), fs::directory_iterator()) == 1);
  {
    site::FolderWriter cut_short(folder.path("ours"));
    cut_short.take({"index.html", "ours"});
  }
  site::FolderWriter again(folder.path("ours"));
  CHECK(again.faults().empty());
}

TEST_CASE("a folder that cannot be written is told") {
  const TemporaryFolder folder;
  folder.add("file", "x");
  const site::FolderWriter writer(folder.path("file"));
  REQUIRE(writer.faults().size() == 1);
  CHECK(writer.faults().front().find("file") != std::string::npos);
}

}  // namespace picket::tests
