// The rules of a run: read, checked and compiled, at its start and whenever they are loaded anew.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/digest/signature.hpp"
#include "engine/lookup/enrichment.hpp"
#include "engine/plan/sample.hpp"
#include "engine/state/rules_version.hpp"
#include "grammar/text/diagnostic.hpp"
#include "tools/loading.hpp"
#include "tools/pack/signed_pack.hpp"

namespace picket {

struct LoadedRules {
  enum class Outcome : std::uint8_t {
    loaded,
    unchanged,  // since they were loaded last
    faulty,     // a pack is used whole or not at all
    none,       // no rule is left to judge by
  };
  Outcome outcome = Outcome::faulty;
  std::shared_ptr<const RulesVersion> version;  // of `loaded`
  Diagnostics diagnostics;
  std::size_t skipped = 0;  // rules that are not judged: Python, or of a kind that is not supported
};

// Remembers what it loaded last, and what was learnt of events before. Not for two threads at once.
class RulesLoader {
 public:
  // `asked`: what the command line says, not settled. With a key, rules come from archives that it has signed.
  RulesLoader(LoadOptions asked, EventSample sample, std::optional<PublicKey> key);

  // All of the files as they are now: rules, project file and table of ATT&CK.
  [[nodiscard]] LoadedRules load();
  // For load() that others should not notice.
  void use_one_thread() { asked_.threads = 1; }

  // Where rules were looked for last, and what other files they depended on.
  [[nodiscard]] const std::vector<std::string>& paths() const { return paths_; }
  [[nodiscard]] const std::vector<std::string>& files_beside() const { return files_beside_; }

  // What was in force in earlier runs: packs that come back only while this one goes on do not go behind it either.
  void remember(PackVersions versions) { in_force_before_.merge(versions); }
  // The signed packs that were loaded last.
  [[nodiscard]] const SignedPacks& signed_packs() const { return signed_packs_; }

 private:
  [[nodiscard]] bool admit(const std::string& path, std::string_view bytes, Diagnostics& diagnostics);
  void keep_admitted();
  [[nodiscard]] bool unchanged(const Pack& pack, const std::string& texts_beside) const;

  LoadOptions asked_;
  EventSample sample_;
  std::optional<PublicKey> key_;
  SignedPacks signed_packs_;
  PackVersions in_force_before_;  // what packs do not go behind, those among them that are loaded no longer
  SignedPacks admitted_;          // of what is being loaded
  std::vector<std::string> paths_;
  std::vector<std::string> files_beside_;
  std::vector<SourcePtr> sources_;  // of what was loaded last
  std::string texts_beside_;
  std::vector<TableFile> tables_;
};

}  // namespace picket
