// unknown-technique, unknown-tactic, revoked-technique, deprecated-technique, misplaced-technique, malformed-report: a
// rule whose report names what ATT&CK does not have is missing wherever coverage is counted.
#include "engine/analyse/attack_claims.hpp"
#include "engine/analyse/lints/lint.hpp"
#include "engine/attack/attack_table.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/nearest.hpp"

namespace picket {

namespace {

// What took the place of a revoked id is certain: ATT&CK says so. What was meant by an unknown one is a guess.
void add_fix(Diagnostic& diagnostic, SourceSpan span, const std::string& replacement) {
  diagnostic.fixes.push_back({.title = "write `" + replacement + "`",
                              .span = span,
                              .replacement = replacement,
                              .certain = diagnostic.code == Code::revoked_technique});
}

// "`T1078` (Valid Accounts)".
template <typename Entry>
std::string named(const Entry& entry, std::string_view name) {
  return "`" + entry.id + "` (" + std::string(name) + ")";
}

// An id in the case of letters that the author chose for the one it replaces.
std::string in_case_of(std::string_view written, std::string id) {
  return written.starts_with('t') ? ascii_lower(std::move(id)) : id;
}

class ClaimLint {
 public:
  ClaimLint(const SourcePtr& source, const AttackTable& table, Diagnostics& diagnostics)
      : source_(source), table_(table), diagnostics_(diagnostics) {}

  void judge(const AttackClaim& claim) {
    if (claim.technique.empty()) {
      judge_tactic(claim, nullptr);
      return;
    }
    const Technique* technique = table_.find_technique(claim.technique);
    const bool placed = claim.tag || judge_tactic(claim, technique);
    if (technique == nullptr) {
      Diagnostic& diagnostic = add(Code::unknown_technique, claim.technique_span,
                                   table_.title() + " has no technique `" + claim.technique + "`");
      if (auto near = table_.nearest_technique(claim.technique)) {
        diagnostic.help = "the nearest is " + named(*table_.find_technique(*near), name_of(*near));
        add_fix(diagnostic, claim.technique_span, written_as(claim.technique_span, *std::move(near)));
      }
    } else if (technique->status != AttackStatus::active) {
      judge_given_up(claim, *technique);
    } else if (placed && !claim.tag && !technique->belongs_to(claim.tactic) &&
               !table_.find_tactic(claim.tactic)->partial) {
      judge_misplaced(claim, *technique);
    }
  }

  void judge_malformed(const Located<std::string>& item) {
    Diagnostic& diagnostic =
        add(Code::malformed_report, item.span, "`" + item.value + "` is not a tactic, a colon and a technique");
    diagnostic.help = "write them as in `TA0001:T1078.004`";
    if (const std::string meant = meant_by(item.value); !meant.empty()) add_fix(diagnostic, item.span, meant);
  }

 private:
  Diagnostic& add(Code code, SourceSpan span, std::string message) {
    return diagnostics_.add(code, source_, span, std::move(message));
  }

  [[nodiscard]] std::string written_as(SourceSpan span, std::string id) const {
    return in_case_of(source_->text(span), std::move(id));
  }

  [[nodiscard]] std::string name_of(std::string_view technique) const {
    return full_name(table_, *table_.find_technique(technique));
  }

  // The item that is surely meant by one that is malformed: by "ta0001/t1078.4" or by a technique of one tactic alone;
  // empty if there is none.
  [[nodiscard]] std::string meant_by(std::string_view written) const {
    constexpr std::size_t tactic_length = 6;
    std::string id = ascii_upper(std::string(written));
    const bool has_tactic = is_tactic_id(id.substr(0, tactic_length)) && id.size() > tactic_length + 1;
    const std::string tactic = has_tactic ? id.substr(0, tactic_length) : "";
    if (has_tactic) id.erase(0, tactic_length + 1);
    if (const std::size_t dot = id.find('.'); dot != std::string::npos && id.size() - dot < 4) {
      id.insert(dot + 1, 4 - (id.size() - dot), '0');
    }
    const Technique* technique = table_.find_technique(id);
    if (has_tactic) return technique == nullptr ? "" : tactic + ":" + id;
    if (technique != nullptr) technique = table_.current(*technique);
    return technique != nullptr && technique->tactics.size() == 1 ? technique->tactics.front() + ":" + technique->id
                                                                  : "";
  }

  // Whether the tactic is one that is in use. `technique` is what it is to hold, or null.
  bool judge_tactic(const AttackClaim& claim, const Technique* technique) {
    const Tactic* tactic = table_.find_tactic(claim.tactic);
    if (tactic != nullptr && tactic->status == AttackStatus::active) return true;
    if (tactic == nullptr) {
      Diagnostic& diagnostic =
          add(Code::unknown_tactic, claim.tactic_span, table_.title() + " has no tactic `" + claim.tactic + "`");
      std::optional<std::string> meant;  // first among those that hold the technique
      if (technique != nullptr) meant = nearest(claim.tactic, std::span<const std::string>(technique->tactics));
      if (technique != nullptr && technique->tactics.size() == 1) meant = technique->tactics.front();
      if (!meant) meant = table_.nearest_tactic(claim.tactic);
      if (meant) {
        diagnostic.help = "did you mean " + named(*table_.find_tactic(*meant), table_.find_tactic(*meant)->name) + "?";
        add_fix(diagnostic, claim.tactic_span, written_as(claim.tactic_span, *std::move(meant)));
      }
      return false;
    }
    const Tactic* current = table_.current(*tactic);
    Diagnostic& diagnostic = add(current != nullptr ? Code::revoked_technique : Code::deprecated_technique,
                                 claim.tactic_span, named(*tactic, tactic->name) + " is no longer a tactic of ATT&CK");
    if (current != nullptr) add_fix(diagnostic, claim.tactic_span, written_as(claim.tactic_span, current->id));
    return false;
  }

  void judge_given_up(const AttackClaim& claim, const Technique& technique) {
    const std::string said = named(technique, full_name(table_, technique));
    const Technique* current = table_.current(technique);
    if (current == nullptr) {
      add(Code::deprecated_technique, claim.technique_span, said + " is no longer part of ATT&CK").help =
          technique.status == AttackStatus::revoked
              ? "what took its place is not in use, or not in the table; name the technique that the rule is about, or "
                "none"
              : "nothing took its place; name the technique that the rule is about, or none";
      return;
    }
    const std::string now = named(*current, full_name(table_, *current));
    if (claim.tag || current->belongs_to(claim.tactic) || current->tactics.size() != 1) {
      Diagnostic& diagnostic = add(Code::revoked_technique, claim.technique_span, said + " is now " + now);
      add_fix(diagnostic, claim.technique_span, written_as(claim.technique_span, current->id));
      return;
    }
    Diagnostic& diagnostic =
        add(Code::revoked_technique, claim.span, said + " is now " + now + ", " + tactics_in_words(*current));
    add_fix(diagnostic, claim.span, current->tactics.front() + ":" + current->id);
  }

  void judge_misplaced(const AttackClaim& claim, const Technique& technique) {
    const Tactic& tactic = *table_.find_tactic(claim.tactic);
    Diagnostic& diagnostic = add(Code::misplaced_technique, claim.span,
                                 named(technique, full_name(table_, technique)) + " is not of the tactic " +
                                     named(tactic, tactic.name) + " but " + tactics_in_words(technique));
    if (technique.tactics.size() == 1) {
      add_fix(diagnostic, claim.span, technique.tactics.front() + ":" + technique.id);
    }
  }

  // "of `TA0003` (Persistence) and `TA0004` (Privilege Escalation)".
  [[nodiscard]] std::string tactics_in_words(const Technique& technique) const {
    std::string text;
    for (std::size_t i = 0; i < technique.tactics.size(); ++i) {
      const Tactic& tactic = *table_.find_tactic(technique.tactics[i]);
      text += i == 0 ? "of " : i + 1 == technique.tactics.size() ? " and " : ", ";
      text += named(tactic, tactic.name);
    }
    return text.empty() ? "of none" : text;
  }

  const SourcePtr& source_;
  const AttackTable& table_;
  Diagnostics& diagnostics_;
};

}  // namespace

void lint_attack_claims(const RuleMetadata& about, const AttackTable& table, Diagnostics& diagnostics) {
  const AttackClaims claims = attack_claims(about);
  ClaimLint lint(about.source, table, diagnostics);
  for (const AttackClaim& claim : claims.claims) lint.judge(claim);
  for (const auto& item : claims.malformed) lint.judge_malformed(item);
}

void lint_unknown_technique(const LintInput& input, Diagnostics& diagnostics) {
  if (input.rule == nullptr || input.attack == nullptr) return;
  lint_attack_claims(*input.rule, *input.attack, diagnostics);
}

}  // namespace picket
