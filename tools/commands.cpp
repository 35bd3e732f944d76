#include <array>

#include "tools/alerts/alerts_command.hpp"
#include "tools/attack/attack_command.hpp"
#include "tools/catalog/catalog_command.hpp"
#include "tools/check/check_command.hpp"
#include "tools/command.hpp"
#include "tools/completions/completions_command.hpp"
#include "tools/cover/cover_command.hpp"
#include "tools/diff/diff_command.hpp"
#include "tools/explain/explain_command.hpp"
#include "tools/fmt/fmt_command.hpp"
#include "tools/import/import_command.hpp"
#include "tools/man/man_command.hpp"
#include "tools/mutate/mutate_command.hpp"
#include "tools/new/new_command.hpp"
#include "tools/pack/pack_command.hpp"
#include "tools/plan/plan_command.hpp"
#include "tools/run/run_command.hpp"
#include "tools/schema/schema_command.hpp"
#include "tools/test/test_command.hpp"
#include "tools/trace/trace_command.hpp"

namespace picket {

std::span<const Command> commands() {
  static constexpr std::array<Command, 19> table = {{
      {"new", "write a rule to begin with, made of an event", declare_new},
      {"test", "run the tests of rules", declare_test},
      {"cover", "show what the tests of rules leave untried in their conditions", declare_cover},
      {"mutate", "show which mistakes in rules their tests would not notice", declare_mutate},
      {"trace", "show what each part of a rule says of an event", declare_trace},
      {"run", "judge events of files or standard input, and write alerts", declare_run},
      {"alerts", "list and show the alerts of a database that `picket run` has written", declare_alerts},
      {"check", "report everything that is wrong with rules, without running their tests", declare_check},
      {"fmt", "format rule files: operators, blanks, indentation, order of keys", declare_fmt},
      {"diff", "show what changed in meaning between two packs, and what that does to alerts", declare_diff},
      {"pack", "make archives of rules, sign them, and tell whether they are what was signed", declare_pack},
      {"plan", "show how rules are found, and which cost most", declare_plan},
      {"import", "print rules of other formats as files of Picket's own", declare_import},
      {"attack", "show which techniques of MITRE ATT&CK the rules cover", declare_attack},
      {"catalog", "write a static website of rules: a page for each, search, ATT&CK, indicators", declare_catalog},
      {"schema", "print the JSON Schema of rule files, for editors", declare_schema},
      {"explain", "say what a diagnostic code means, with a bad and a good example", declare_explain},
      {"completions", "print the completions of a shell", declare_completions},
      {"man", "print a manual page", declare_man},
  }};
  return table;
}

}  // namespace picket
