// A STIX bundle of ATT&CK becomes a table; what is none says so.
#include "engine/attack/stix.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

std::string object(const std::string& type, const std::string& id, const std::string& attack_id,
                   const std::string& more) {
  return R"({"type": ")" + type + R"(", "id": ")" + id + R"(", "external_references": [{"source_name": "somebody", )" +
         R"("external_id": "X-1"}, {"source_name": "mitre-attack", "external_id": ")" + attack_id + R"("}], )" + more +
         "}";
}

std::string phases(const std::string& names) {
  return R"("kill_chain_phases": [{"kill_chain_name": "lockheed", "phase_name": "recon"}, )" + names + "]";
}

const std::string first = R"({"kill_chain_name": "mitre-attack", "phase_name": "first-steps"})";
const std::string second = R"({"kill_chain_name": "mitre-attack", "phase_name": "second"})";

const std::string bundle =
    R"({"type": "bundle", "id": "bundle--1", "spec_version": "2.0", "objects": [)" +
    object("attack-pattern", "ap--2", "T1002", R"("name": "Old", "revoked": true, )" + phases(first)) + ", " +
    object("attack-pattern", "ap--1", "T1001", R"("name": "New\tone", )" + phases(first + ", " + second)) + ", " +
    object("attack-pattern", "ap--3", "T1001.001",
           R"("name": "Part", "x_mitre_is_subtechnique": true, )" + phases(first)) +
    ", " +
    object("attack-pattern", "ap--4", "T1003", R"("name": "Gone", "x_mitre_deprecated": true, )" + phases(second)) +
    ", " + object("x-mitre-tactic", "t--2", "TA0002", R"("name": "Second", "x_mitre_shortname": "second")") + ", " +
    object("x-mitre-tactic", "t--1", "TA0001", R"("name": "First Steps", "x_mitre_shortname": "first-steps")") + ", " +
    R"({"type": "relationship", "id": "r--1", "relationship_type": "revoked-by", "source_ref": "ap--2", "target_ref": )"
    R"("ap--1"}, {"type": "relationship", "relationship_type": "uses", "source_ref": "ap--3", "target_ref": "ap--4"}, )"
    R"({"type": "x-mitre-matrix", "tactic_refs": ["t--1", "t--2"]}, 7, )"
    R"({"type": "x-mitre-collection", "x_mitre_version": "18.1"}]})";

std::string reason_of(const std::string& text) {
  const auto read = read_stix(text);
  const auto* error = std::get_if<StixError>(&read);
  return error == nullptr ? "" : error->reason;
}

}  // namespace

TEST_CASE("a bundle becomes a table") {
  const auto read = read_stix(bundle);
  REQUIRE(std::holds_alternative<AttackData>(read));
  CHECK(print(std::get<AttackData>(read)) ==
        "attack\t18.1\tenterprise-attack\n"
        "tactic\tTA0001\tFirst Steps\n"
        "tactic\tTA0002\tSecond\n"
        "technique\tT1002\tOld\tTA0001\trevoked\tT1001\n"
        "technique\tT1001\tNew one\tTA0001,TA0002\n"
        "technique\tT1001.001\tPart\tTA0001\n"
        "technique\tT1003\tGone\tTA0002\tdeprecated\n");
  Diagnostics diagnostics;
  const std::string text = print(std::get<AttackData>(read));
  CHECK(AttackTable::parse(std::make_shared<const Source>("x", text), diagnostics) != nullptr);
}

TEST_CASE("what is no bundle of ATT&CK says so") {
  CHECK(reason_of("{\"type\": \n x}") == "it is no JSON (unexpected text, line 2, column 2)");
  CHECK(reason_of("[]") == "it is no STIX bundle");
  CHECK(reason_of(R"({"type": "indicator"})") == "it is no STIX bundle");
  CHECK(reason_of(R"({"type": "bundle"})") == "the bundle holds no tactics and techniques of ATT&CK");
  std::string other = bundle;
  other.replace(other.find("\"second\"}"), 9, "\"third\"}");
  CHECK(reason_of(other) == "the technique `T1001` is in the phase `third`, which is no tactic of the bundle");
}

}  // namespace picket
