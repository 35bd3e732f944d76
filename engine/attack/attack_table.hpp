// MITRE ATT&CK as a table: its tactics and techniques, how they belong together, and what became of old ids. The door
// of engine/attack.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "grammar/text/diagnostic.hpp"
#include "grammar/text/source.hpp"

namespace picket {

enum class AttackStatus : std::uint8_t {
  active,
  deprecated,  // no longer part of ATT&CK, without a successor
  revoked,     // another id has taken its place
};

// "active", "deprecated", "revoked".
[[nodiscard]] std::string_view spelling(AttackStatus status);

struct Tactic {
  std::string id;    // "TA0001"
  std::string name;  // "Initial Access"
  AttackStatus status = AttackStatus::active;
  std::string replaced_by;  // an id of the table, or empty
  bool partial = false;     // the table has not all of its techniques

  // "initial-access": the name as STIX and ATT&CK Navigator write it.
  [[nodiscard]] std::string short_name() const;
};

struct Technique {
  std::string id;                    // "T1078", or "T1078.004" for a sub-technique
  std::string name;                  // of a sub-technique without its parent's
  std::vector<std::string> tactics;  // their ids
  AttackStatus status = AttackStatus::active;
  std::string replaced_by;  // an id of the table, or empty

  // The id of the technique that a sub-technique belongs to; empty for others.
  [[nodiscard]] std::string_view parent() const;
  [[nodiscard]] bool belongs_to(std::string_view tactic) const;
};

// Whether the text is formed like "TA0001", or like "T1078" or "T1078.004".
[[nodiscard]] bool is_tactic_id(std::string_view text);
[[nodiscard]] bool is_technique_id(std::string_view text);

// The version of a table that does not know of which it is.
inline constexpr std::string_view unknown_attack_version = "unknown";

// What a table is made of.
struct AttackData {
  std::string version;                // "19", or unknown_attack_version
  std::string domain;                 // "enterprise-attack", as STIX and Navigator call it
  bool partial = false;               // the version has more than the table
  std::vector<Tactic> tactics;        // in the order of the matrix
  std::vector<Technique> techniques;  // in any order
};

// Immutable, and safe to share between threads. Pointers and views live as long as the table. Ids are unique, the
// parent of every sub-technique, the tactics of every technique and every replacement are there, and no replacement is
// replaced in a circle: parse() sees to it.
class AttackTable {
 public:
  // The table that is compiled into the library (enterprise.tsv says what it is).
  [[nodiscard]] static std::shared_ptr<const AttackTable> built_in();
  // Reads a table as enterprise.tsv is written and print() writes it; nothing, and its faults (the
  // first twenty) as `bad-attack-table`, if anything is wrong.
  [[nodiscard]] static std::shared_ptr<const AttackTable> parse(const SourcePtr& source, Diagnostics& diagnostics);

  [[nodiscard]] const std::string& version() const { return data_.version; }
  [[nodiscard]] const std::string& domain() const { return data_.domain; }
  // "ATT&CK v19", or of a table that is partial "ATT&CK v19 (in part)"; "ATT&CK" if the version is unknown.
  [[nodiscard]] std::string title() const;
  [[nodiscard]] bool partial() const { return data_.partial; }
  [[nodiscard]] std::span<const Tactic> tactics() const { return data_.tactics; }
  [[nodiscard]] std::span<const Technique> techniques() const { return data_.techniques; }  // in the order of ids

  // Null if there is none of this id, exactly.
  [[nodiscard]] const Tactic* find_tactic(std::string_view id) const;
  [[nodiscard]] const Technique* find_technique(std::string_view id) const;

  // What is in use in the place of this one: itself if it is active, else the last of its replacements; null if it was
  // given up without one.
  [[nodiscard]] const Tactic* current(const Tactic& tactic) const;
  [[nodiscard]] const Technique* current(const Technique& technique) const;

  // The active id nearest to one that is mistyped; nothing if none is near.
  [[nodiscard]] std::optional<std::string> nearest_tactic(std::string_view written) const;
  [[nodiscard]] std::optional<std::string> nearest_technique(std::string_view written) const;

 private:
  explicit AttackTable(AttackData data);

  AttackData data_;
};

// "Valid Accounts: Cloud Accounts": the name of a technique, a sub-technique's behind that of its parent.
[[nodiscard]] std::string full_name(const AttackTable& table, const Technique& technique);

// The text of a table, for AttackTable::parse. Lines that begin with `#` are for the caller to put before it.
[[nodiscard]] std::string print(const AttackData& data);

}  // namespace picket
