// Packs as archives, built, signed and verified, and what `picket run` takes of them.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/front_door/program.hpp"
#include "tests/front_door/watched_program.hpp"
#include "tests/plain_http.hpp"
#include "tests/temporary_folder.hpp"

namespace picket::tests {
namespace {

std::string packed_rule(const std::string& condition) {
  return "AnalysisType: rule\nRuleID: Any\nEnabled: true\nLogTypes: [Test]\nSeverity: Low\nCondition: " + condition +
         "\nTests:\n  - Name: one\n    ExpectedResult: true\n    Log: {n: 1}\n";
}

// Keys, and an archive of one rule that is signed as version 7.
class SignedPack {
 public:
  SignedPack() {
    folder.add("rules/any.yml", packed_rule("n is not null"));
    REQUIRE(picket({"pack", "keygen", "-o", folder.path("k")}).status == 0);
    REQUIRE(build("7").status == 0);
  }

  [[nodiscard]] ProgramResult build(const std::string& version) const {
    return picket({"pack", "build", folder.path("rules"), "-o", archive, "--key", folder.path("k.key"),
                   "--pack-version", version});
  }
  [[nodiscard]] ProgramResult verify() const {
    return picket({"pack", "verify", archive, "--public-key", folder.path("k.pub")});
  }
  [[nodiscard]] ProgramResult run(const std::string& rules) const { return run(std::vector<std::string>{rules}); }
  [[nodiscard]] ProgramResult run(const std::vector<std::string>& archives) const {
    std::vector<std::string> arguments = {"run",        "--public-key", folder.path("k.pub"),
                                          "--log-type", "Test",         "--format",
                                          "jsonl",      "--state",      folder.path("state")};
    for (const std::string& one : archives) arguments.insert(arguments.end(), {"--rules", one});
    return picket(arguments, "{\"n\":1}\n");
  }

  TemporaryFolder folder;
  std::string archive = folder.path("pack.tar.gz");
};

bool installed(const std::string& program) {
  return std::system(("command -v " + program + " > /dev/null 2>&1").c_str()) == 0;  // NOLINT(concurrency-mt-unsafe)
}

bool shell(const std::string& command) {
  return std::system((command + " > /dev/null 2>&1").c_str()) == 0;  // NOLINT(concurrency-mt-unsafe)
}

}  // namespace

TEST_CASE("an archive is loaded like a folder, by every command that takes rules") {
  const SignedPack pack;
  CHECK(picket({"test", pack.archive}).out == "1 rule, 1 test: 1 passed\n");
  CHECK(picket({"check", pack.archive}).status == 0);
  const std::string renamed = pack.folder.path("whatever.yml");
  std::filesystem::copy_file(pack.archive, renamed);
  CHECK(picket({"test", renamed}).out == "1 rule, 1 test: 1 passed\n");
}

TEST_CASE("faults in an archive are told at their places in it") {
  const TemporaryFolder folder;
  folder.add("rules/bad.yml", packed_rule("n eq eq 1"));
  REQUIRE(shell("tar -czf " + folder.path("pack.tar.gz") + " -C " + folder.path() + " rules"));
  const ProgramResult check = picket({"check", folder.path("pack.tar.gz")});
  CHECK(check.status == 1);
  CHECK(holds(check.out, folder.path("pack.tar.gz") + "/rules/bad.yml:6:20: error[unexpected-token]"));
  const ProgramResult build = picket({"pack", "build", folder.path("rules"), "-o", folder.path("new.tar.gz")});
  CHECK(build.status == 1);
  CHECK(holds(build.err, "picket pack: the rules have errors; no archive was made\n"));
  CHECK_FALSE(std::filesystem::exists(folder.path("new.tar.gz")));

  std::filesystem::create_symlink("/etc/passwd", folder.path("rules/link.yml"));
  REQUIRE(shell("tar -czf " + folder.path("pack.tar.gz") + " -C " + folder.path() + " rules"));
  const ProgramResult link = picket({"check", folder.path("pack.tar.gz")});
  CHECK(link.status == 2);
  CHECK(holds(link.out, "error[archive-kind]: `rules/link.yml` is neither a file nor a folder"));
  CHECK_FALSE(holds(link.out, "bad.yml"));
}

TEST_CASE("the same rules are the same archive") {
  const SignedPack pack;
  const std::string before = read_file(pack.archive);
  std::filesystem::last_write_time(pack.folder.path("rules/any.yml"), std::filesystem::file_time_type::clock::now());
  CHECK(pack.build("7").out == pack.archive + ": 1 file, signed as version 7\n");
  CHECK(read_file(pack.archive) == before);
}

TEST_CASE("picket run takes signed archives only, and none that is older than one before") {
  const SignedPack pack;
  CHECK(pack.verify().out == pack.archive + ": signed as version 7\n");
  const ProgramResult first = pack.run(pack.archive);
  CHECK(first.status == 0);
  CHECK(holds(first.out, R"("rule_id":"Any")"));

  const ProgramResult plain = pack.run(pack.folder.path("rules"));
  CHECK(plain.status == 2);
  CHECK(holds(plain.err, "error[unsigned-pack]"));

  REQUIRE(pack.build("6").status == 0);
  const ProgramResult older = pack.run(pack.archive);
  CHECK(older.status == 2);
  CHECK(holds(older.err, "is signed as version 6, and version 7 was in force"));
  REQUIRE(pack.build("8").status == 0);
  CHECK(pack.run(pack.archive).status == 0);

  const std::string bytes = read_file(pack.archive);
  pack.folder.add("pack.tar.gz", bytes + "x");
  CHECK(holds(pack.run(pack.archive).err, "error[bad-signature]"));
  CHECK(pack.verify().status == 1);
  pack.folder.add("pack.tar.gz", bytes);
  std::string signature = read_file(pack.archive + ".minisig");
  signature.replace(signature.find("version:8"), 9, "version:9");
  pack.folder.add("pack.tar.gz.minisig", signature);
  CHECK(holds(pack.verify().err, "was changed: its trusted comment is not what was signed"));
  std::filesystem::remove(pack.archive + ".minisig");
  CHECK(holds(pack.run(pack.archive).err, "error[unsigned-pack]"));
}

TEST_CASE("an older version of a pack is none the newer by another path") {
  namespace fs = std::filesystem;
  const SignedPack pack;
  REQUIRE(pack.run(pack.archive).status == 0);
  REQUIRE(pack.build("6").status == 0);
  for (const std::string ending : {"", ".minisig"}) {
    fs::create_symlink("pack.tar.gz" + ending, pack.folder.path("link.tar.gz" + ending));
    fs::copy_file(pack.archive + ending, pack.folder.path("renamed.tar.gz" + ending));
  }
  for (const std::string path : {"./pack.tar.gz", "link.tar.gz", "renamed.tar.gz"}) {
    CAPTURE(path);
    const ProgramResult older = pack.run(pack.folder.path() + "/" + path);
    CHECK(older.status == 2);
    CHECK(holds(older.err, "is signed as version 6, and version 7 was in force"));
  }
  REQUIRE(pack.build("7").status == 0);
  CHECK(pack.run(pack.folder.path("link.tar.gz")).status == 0);
}

TEST_CASE("packs of one key have versions of their own if they have names") {
  const SignedPack pack;
  pack.folder.add("more/other.yml",
                  "AnalysisType: rule\nRuleID: Other\nEnabled: true\nLogTypes: [Test]\nSeverity: Low\n"
                  "Condition: n is not null\n");
  const std::string other = pack.folder.path("other.tar.gz");
  const auto build = [&](const std::string& folder, const std::string& archive, const std::string& version,
                         const std::string& name) {
    return picket({"pack", "build", pack.folder.path(folder), "-o", archive, "--key", pack.folder.path("k.key"),
                   "--pack-version", version, "--pack-name", name});
  };
  REQUIRE(picket({"pack", "build", pack.folder.path("more"), "-o", other, "--key", pack.folder.path("k.key")}).status ==
          0);
  const ProgramResult nameless = pack.run({pack.archive, other});
  CHECK(nameless.status == 2);
  CHECK(holds(nameless.err, "error[older-pack]"));
  CHECK(holds(nameless.err, "two versions of one pack; if they are two packs, build each with a --pack-name"));

  CHECK(build("rules", pack.archive, "9", "linux").out == pack.archive + ": 1 file, signed as version 9 of `linux`\n");
  REQUIRE(build("more", other, "2", "aws-2").status == 0);
  CHECK(picket({"pack", "verify", other, "--public-key", pack.folder.path("k.pub")}).out ==
        other + ": signed as version 2 of `aws-2`\n");
  CHECK(pack.run({pack.archive, other}).status == 0);
  CHECK(pack.run({pack.archive, other}).status == 0);
  REQUIRE(build("more", other, "1", "aws-2").status == 0);
  const ProgramResult older = pack.run({pack.archive, other});
  CHECK(older.status == 2);
  CHECK(holds(older.err, "other.tar.gz is signed as version 1 of `aws-2`, and version 2 was in force"));
}

TEST_CASE("what cannot be packed or signed as asked is not packed at all") {
  const SignedPack pack;
  const std::string made = pack.folder.path("new.tar.gz");
  const auto build = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"pack", "build", pack.folder.path("rules"), "-o", made};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return picket(arguments);
  };
  for (const std::string version : {"-1", "0", "99999999999999999999", "1.5", "7 ", "seven"}) {
    CAPTURE(version);
    const ProgramResult refused = build({"--key", pack.folder.path("k.key"), "--pack-version", version});
    CHECK(refused.status == 2);
    CHECK(holds(refused.err, "--pack-version: `" + version + "` is no version; it is a whole number from 1 up"));
  }
  CHECK(holds(build({"--key", pack.folder.path("k.key"), "--pack-name", "a b"}).err, "`a b` is no name of a pack"));
  CHECK(holds(build({"--pack-version", "7"}).err, "--pack-version is a part of the signature: give --key, too"));
  CHECK(build({"--pack-name", "linux"}).status == 2);
  CHECK_FALSE(std::filesystem::exists(made));

  pack.folder.add("empty/notes.txt", "no rule");
  const ProgramResult empty = picket({"pack", "build", pack.folder.path("empty"), "-o", made});
  CHECK(empty.status == 4);
  CHECK(holds(empty.err, "picket pack: there are no rule files in "));
  CHECK_FALSE(std::filesystem::exists(made));
  const ProgramResult zip = picket({"pack", "build", pack.folder.path("rules"), "-o", pack.folder.path("new.zip")});
  CHECK(zip.status == 2);
  CHECK(holds(zip.err, "a tar packed by gzip, so end it with .tar.gz"));
}

TEST_CASE("an archive of a kind that is not read is told to be one") {
  const TemporaryFolder folder;
  const std::string archive = folder.add("pack.tar.bz2", "BZh91AY&SY\x8a\x8b\x8c\xff\x01");
  const ProgramResult check = picket({"check", archive});
  CHECK(check.status == 2);
  CHECK(holds(check.out, "error[unreadable-archive]: the archive cannot be read: it is packed by bzip2, which is not"));
  CHECK(holds(check.out, "tar (plain, gzip or zstd) and zip are read"));
}

TEST_CASE("a run goes on by newer packs, and by none that is older") {
  const SignedPack pack;
  const std::string log = pack.folder.add("log.jsonl");
  WatchedProgram run((build_dir() / "tools/picket").string(),
                     {"run", "--rules", pack.archive, "--public-key", pack.folder.path("k.pub"), "--watch", "--follow",
                      "--format", "jsonl", "--log-type", "Test", "--metrics", ":0", log});
  run.read_until("metrics at http://");
  std::string address = run.read_until("/metrics");
  address.resize(address.rfind('/'));
  std::ofstream(log, std::ios::app) << "{\"n\":1}\n";
  run.read_until("alert_id");
  pack.folder.add("rules/any.yml", packed_rule("n gt 5"));
  REQUIRE(pack.build("9").status == 0);
  const std::string loaded = run.read_until(" is signed as version 9\n");
  CHECK(holds(loaded, "picket run: rules loaded anew: 1 rule, version "));
  CHECK(holds(loaded, "; " + pack.archive + " is signed as version 9\n"));
  pack.folder.add("rules/any.yml", packed_rule("n gt 0"));
  REQUIRE(pack.build("8").status == 0);
  CHECK(holds(run.read_until("error[older-pack]"), "error[older-pack]"));
  // What is shown may be of a moment ago.
  const std::string in_force = R"(picket_pack_version{pack="",archive=")" + pack.archive + "\"} 9\n";
  const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  bool shown = false;
  while (!shown && std::chrono::steady_clock::now() < patience) shown = holds(http_get(address, "/metrics"), in_force);
  CHECK(shown);
  CHECK(run.end(SIGTERM) == 0);
}

TEST_CASE("what a killed run had taken while it ran is not gone back behind either") {
  const SignedPack pack;
  const std::string log = pack.folder.add("log.jsonl");
  WatchedProgram run((build_dir() / "tools/picket").string(),
                     {"run", "--rules", pack.archive, "--public-key", pack.folder.path("k.pub"), "--watch", "--follow",
                      "--format", "jsonl", "--log-type", "Test", "--state", pack.folder.path("state"), log});
  std::ofstream(log, std::ios::app) << "{\"n\":1}\n";
  run.read_until("alert_id");
  pack.folder.add("rules/any.yml", packed_rule("n gt 5"));
  REQUIRE(pack.build("9").status == 0);
  run.read_until("rules loaded anew");
  std::ofstream(log, std::ios::app) << "{\"n\":7}\n";
  run.read_until("alert_id");
  CHECK(run.end(SIGKILL) == -SIGKILL);
  REQUIRE(pack.build("8").status == 0);
  const ProgramResult older = pack.run(pack.archive);
  CHECK(older.status == 2);
  CHECK(holds(older.err, "is signed as version 8, and version 9 was in force"));
}

TEST_CASE("a pack that comes back while a run goes on is not older than in an earlier run") {
  const SignedPack pack;
  const auto build = [&](const std::string& version, const std::string& name) {
    return picket({"pack", "build", pack.folder.path("rules"), "-o", pack.archive, "--key", pack.folder.path("k.key"),
                   "--pack-version", version, "--pack-name", name})
               .status == 0;
  };
  REQUIRE(build("8", "linux"));
  REQUIRE(pack.run(pack.archive).status == 0);
  REQUIRE(build("1", "other"));
  const std::string log = pack.folder.add("log.jsonl");
  WatchedProgram run((build_dir() / "tools/picket").string(),
                     {"run", "--rules", pack.archive, "--public-key", pack.folder.path("k.pub"), "--watch", "--follow",
                      "--format", "jsonl", "--log-type", "Test", "--state", pack.folder.path("state"), log});
  std::ofstream(log, std::ios::app) << "{\"n\":1}\n";
  run.read_until("alert_id");
  REQUIRE(build("5", "linux"));
  const std::string refused = run.read_until("version 8 was in force");
  CHECK(holds(refused, "it is signed as version 5 of `linux`, and version 8 was in force"));
  CHECK(run.end(SIGTERM) == 0);
}

TEST_CASE("keys are never written over") {
  const SignedPack pack;
  const std::string key = read_file(pack.folder.path("k.key"));
  CHECK(picket({"pack", "keygen", "-o", pack.folder.path("k")}).status == 2);
  CHECK(read_file(pack.folder.path("k.key")) == key);
  const auto permissions = std::filesystem::status(pack.folder.path("k.key")).permissions();
  CHECK((permissions & std::filesystem::perms::others_read) == std::filesystem::perms::none);
}

TEST_CASE("minisign verifies what we sign, and we what it signs") {
  if (!installed("minisign")) {
    WARN("SKIPPED: minisign is not installed");
    return;
  }
  const SignedPack pack;
  CHECK(shell("minisign -V -p " + pack.folder.path("k.pub") + " -m " + pack.archive));
  const std::string key = pack.folder.path("theirs.key");
  const std::string open = pack.folder.path("theirs.pub");
  REQUIRE(shell("minisign -G -W -p " + open + " -s " + key));
  REQUIRE(shell("minisign -S -s " + key + " -t 'pack version:12' -m " + pack.archive));
  CHECK(picket({"pack", "verify", pack.archive, "--public-key", open}).out ==
        pack.archive + ": signed as version 12\n");
  CHECK(holds(pack.verify().err, "was made by another key"));
  CHECK(picket({"pack", "build", pack.folder.path("rules"), "-o", pack.archive, "--key", key}).status == 0);
  CHECK(shell("minisign -V -p " + open + " -m " + pack.archive));
  // Our secret key is one of theirs, too.
  CHECK(shell("minisign -S -s " + pack.folder.path("k.key") + " -m " + pack.archive));
  CHECK(pack.verify().status == 0);
}

}  // namespace picket::tests
