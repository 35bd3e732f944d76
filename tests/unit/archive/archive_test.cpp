// Archives of every kind that must be refused, made by hand: tools would not make them.
#include "engine/archive/archive.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/unit/stream/packing.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

constexpr std::size_t block = 512;

void put(std::string& header, std::size_t at, std::string_view text) { header.replace(at, text.size(), text); }

std::string octal(std::size_t number, int digits) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%0*zo", digits, number);
  return text.data();
}

// An entry of a tar (POSIX ustar). `type`: 0 a file, 1 a hard link, 2 a symbolic link, 3 a device, 5 a folder.
std::string entry(const std::string& name, const std::string& text, char type = '0') {
  std::string header(block, '\0');
  put(header, 0, name);
  put(header, 100, "0000644");
  put(header, 108, "0000000");
  put(header, 116, "0000000");
  put(header, 124, octal(text.size(), 11));
  put(header, 136, "00000000000");
  put(header, 148, "        ");
  header[156] = type;
  if (type == '1' || type == '2') put(header, 157, "/etc/passwd");
  put(header, 257,
      std::string("ustar\0"
                  "00",
                  8));
  std::size_t sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  put(header, 148, octal(sum, 6) + std::string("\0 ", 2));
  std::string padded = text;
  padded.resize((text.size() + block - 1) / block * block);
  return header + padded;
}

std::string tar(const std::vector<std::string>& entries) {
  std::string all;
  for (const std::string& one : entries) all += one;
  return all + std::string(2 * block, '\0');
}

struct Zipped {
  std::string name;
  std::string text;
  unsigned mode = 0;  // of Unix: kind and permissions; 0: as the name says
};

// A number in so many bytes, the least first.
std::string bytes_of(std::size_t number, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(number >> (8 * i) & 0xFFU);
  return text;
}

// A zip whose files are stored as they are (APPNOTE 6.3: 4.3.7, 4.3.12, 4.3.16).
std::string zip(const std::vector<Zipped>& files) {
  std::string all;
  std::string directory;
  for (const Zipped& file : files) {
    const auto* text = reinterpret_cast<const Bytef*>(file.text.data());
    const std::size_t sum = ::crc32(0, text, static_cast<uInt>(file.text.size()));
    const unsigned usual = file.name.ends_with('/') ? 0040755 : 0100644;
    const std::string common = bytes_of(20, 2) + bytes_of(0x0800, 2) + bytes_of(0, 6) + bytes_of(sum, 4) +
                               bytes_of(file.text.size(), 4) + bytes_of(file.text.size(), 4) +
                               bytes_of(file.name.size(), 2) + bytes_of(0, 2);
    directory += "PK\x01\x02" + bytes_of(0x0314, 2) + common + bytes_of(0, 6) +
                 bytes_of(std::size_t{file.mode == 0 ? usual : file.mode} << 16U, 4) + bytes_of(all.size(), 4) +
                 file.name;
    all += "PK\x03\x04" + common + file.name + file.text;
  }
  const std::size_t begin = all.size();
  return all + directory + "PK\x05\x06" + bytes_of(0, 4) + bytes_of(files.size(), 2) + bytes_of(files.size(), 2) +
         bytes_of(directory.size(), 4) + bytes_of(begin, 4) + bytes_of(0, 2);
}

// The code of the one error, or "".
std::string fault_of(const std::string& bytes, const ArchiveLimits& limits = {}) {
  Diagnostics diagnostics;
  const auto files = read_archive(bytes, "pack.tar", limits, diagnostics);
  if (diagnostics.all().empty()) return {};
  CHECK(files.empty());
  CHECK(diagnostics.all().size() == 1);
  return std::string(row_of(diagnostics.all().front().code).word);
}

}  // namespace

TEST_CASE("what was written is read, sorted, and the same files are the same bytes") {
  const std::vector<ArchivedFile> files = {{"rules/b.yml", "b"}, {"rules/\xC3\xA4/a.yml", std::string(100'000, 'a')}};
  const std::string bytes = write_archive(files);
  CHECK(looks_like_archive(bytes.substr(0, archive_head_bytes)));
  CHECK(write_archive({files[1], files[0]}) == bytes);
  Diagnostics diagnostics;
  const auto read = read_archive(bytes, "pack", {}, diagnostics);
  CHECK(diagnostics.all().empty());
  REQUIRE(read.size() == 2);
  CHECK(read[0].path == "rules/b.yml");
  CHECK(read[1].path == "rules/\xC3\xA4/a.yml");
  CHECK(read[1].text == files[1].text);
}

TEST_CASE("a tar is read whether it is plain, gzip or zstd, but not packed twice") {
  const std::string plain = tar({entry("rules/b.yml", "b"), entry("a.yml", std::string(3000, 'a'))});
  for (const std::string& bytes : {plain, gzipped(plain), zstd_packed(plain)}) {
    CHECK(looks_like_archive(bytes.substr(0, archive_head_bytes)));
    Diagnostics diagnostics;
    const auto read = read_archive(bytes, "pack", {}, diagnostics);
    CHECK(diagnostics.all().empty());
    REQUIRE(read.size() == 2);
    CHECK(read[0].path == "a.yml");
    CHECK(read[0].text == std::string(3000, 'a'));
    CHECK(read[1].path == "rules/b.yml");
  }
  CHECK(fault_of(gzipped(zstd_packed(plain))) == "unreadable-archive");
  const std::string packed = zstd_packed(plain);
  CHECK(fault_of(packed.substr(0, packed.size() / 2)) == "unreadable-archive");
  CHECK(fault_of(zstd_packed(tar({entry("../a.yml", "x")}))) == "archive-outside");
  CHECK(fault_of(zstd_packed(tar({entry("a.yml", std::string(50'000'000, '\0'))}))) == "archive-too-large");
}

TEST_CASE("a zip is read, and what is amiss in it is refused") {
  const std::string good = zip({{"rules/b.yml", "b"}, {"rules/", ""}, {"a.yml", "text of a"}});
  CHECK(looks_like_archive(good.substr(0, archive_head_bytes)));
  Diagnostics diagnostics;
  const auto read = read_archive(good, "pack.zip", {}, diagnostics);
  CHECK(diagnostics.all().empty());
  REQUIRE(read.size() == 2);
  CHECK(read[0].path == "a.yml");
  CHECK(read[0].text == "text of a");
  CHECK(read[1].path == "rules/b.yml");
  CHECK(fault_of(zip({{"a.yml", "x"}, {"../b.yml", "y"}})) == "archive-outside");
  CHECK(fault_of(zip({{"a.yml", "x"}, {"/b.yml", "y"}})) == "archive-outside");
  CHECK(fault_of(zip({{"a.yml", "x"}, {"./a.yml", "y"}})) == "archive-duplicate");
  CHECK(fault_of(zip({{"a.yml", "x"}, {"link.yml", "/etc/passwd", 0120777}})) == "archive-kind");
  CHECK(fault_of(good.substr(0, good.size() / 2)) == "unreadable-archive");
  std::string damaged = good;
  damaged[good.find("text of a")] = 'T';  // its checksum is another's now
  CHECK(fault_of(damaged) == "unreadable-archive");
}

TEST_CASE("names are brought into one form") {
  Diagnostics diagnostics;
  const auto read = read_archive(tar({entry("./a//", "", '5'), entry("./a/./b.yml", "x")}), "p", {}, diagnostics);
  REQUIRE(read.size() == 1);
  CHECK(read[0].path == "a/b.yml");
}

TEST_CASE("nothing is taken of an archive in which anything is amiss") {
  const std::string good = entry("good.yml", "x");
  CHECK(fault_of(tar({good})).empty());
  CHECK(fault_of(tar({good, entry("../a.yml", "x")})) == "archive-outside");
  CHECK(fault_of(tar({good, entry("a/../../b.yml", "x")})) == "archive-outside");
  CHECK(fault_of(tar({good, entry("/etc/a.yml", "x")})) == "archive-outside");
  CHECK(fault_of(tar({good, entry("..", "", '5')})) == "archive-outside");
  CHECK(fault_of(tar({good, entry("a\xFF.yml", "x")})) == "archive-name");
  CHECK(fault_of(tar({good, entry("a\x1b[31m.yml", "x")})) == "archive-name");
  CHECK(fault_of(tar({good, entry("..\\a.yml", "x")})) == "archive-name");
  for (const char type : {'1', '2', '3', '4', '6'}) {
    INFO(type);
    CHECK(fault_of(tar({good, entry("a.yml", "", type)})) == "archive-kind");
  }
  CHECK(fault_of(tar({good, entry("./good.yml", "y")})) == "archive-duplicate");
  CHECK(fault_of(tar({good, entry("a.yml", std::string(2000, 'x'))}).substr(0, 3 * block)) == "unreadable-archive");
}

TEST_CASE("bounds end what would fill the memory") {
  CHECK(fault_of(tar({entry("a.yml", "x"), entry("b.yml", "x")}), {.entries = 1}) == "archive-too-large");
  CHECK(fault_of(tar({entry("a.yml", std::string(5000, 'x'))}), {.bytes = 4999}) == "archive-too-large");
  CHECK(fault_of(tar({entry("a.yml", "x")}), {.packed_bytes = 100}) == "archive-too-large");
  const std::string bomb = write_archive({{"a.yml", std::string(50'000'000, '\0')}});
  CHECK(bomb.size() < 500'000);
  CHECK(fault_of(bomb) == "archive-too-large");
}

TEST_CASE("an archive is told by its content") {
  CHECK_FALSE(looks_like_archive("AnalysisType: rule\n"));
  CHECK_FALSE(looks_like_archive(""));
  CHECK(looks_like_archive(entry("a.yml", "x")));
}

TEST_CASE("an archive of a kind that is not read is called by its name") {
  using namespace std::string_view_literals;
  const std::vector<std::pair<std::string_view, std::string>> kinds = {
      {"BZh91AY&SY\x01"sv, "bzip2"}, {"\xfd\x37zXZ\0\0"sv, "xz"}, {"7z\xbc\xaf\x27\x1c"sv, "7z"}};
  for (const auto& [beginning, name] : kinds) {
    CAPTURE(name);
    const std::string bytes = std::string(beginning) + std::string(1000, '\x81');
    CHECK(looks_like_archive(bytes.substr(0, archive_head_bytes)));
    Diagnostics diagnostics;
    CHECK(read_archive(bytes, "pack", {}, diagnostics).empty());
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.all().front().message ==
          "the archive cannot be read: it is packed by " + name + ", which is not read");
    CHECK(diagnostics.all().front().help == "tar (plain, gzip or zstd) and zip are read");
  }
  CHECK_FALSE(looks_like_archive("BZhang: a rule\n"));
}
