#include <array>
#include <fstream>
#include <vector>

#include "tests/bench/generate.hpp"

namespace picket::bench {
namespace {

constexpr std::size_t generated_log_types = 60;

constexpr std::array<std::string_view, 12> generated_fields = {
    "action",      "actor.name",     "actor.type",   "source.ip",       "source.country",  "target.id",
    "target.kind", "request.method", "request.path", "request.headers", "response.status", "session.device"};
constexpr std::array<std::string_view, 16> words = {"create", "delete",  "update", "grant",  "revoke", "login",
                                                    "export", "disable", "admin",  "root",   "backup", "token",
                                                    "policy", "bucket",  "secret", "network"};

// One line of a condition, and a value of its field that fulfils it.
struct Comparison {
  std::string_view field;
  std::string text;
  std::string fulfilled;  // as YAML
};

Comparison comparison(std::string_view field, Chance& chance) {
  const std::string word = std::string(chance.pick(words)) + "_" + std::to_string(chance.below(500));
  const std::string other = std::string(chance.pick(words)) + "_" + std::to_string(chance.below(500));
  const std::string name(field);
  switch (chance.below(7)) {
    case 0:
      return {field, name + " in [\"" + word + "\", \"" + other + "\"]", "\"" + other + "\""};
    case 1:
      return {field, name + " contains \"" + word + "\"", "\"the " + word + " thing\""};
    case 2:
      return {field, name + " starts_with \"" + word + "\"", "\"" + word + "/more\""};
    case 3:
      return {field, name + " ends_with \"" + word + "\"", "\"some/" + word + "\""};
    case 4:
      return {field, name + " matches \"^" + word + "-[0-9]+$\"", "\"" + word + "-17\""};
    default:
      return {field, name + " eq \"" + word + "\"", "\"" + word + "\""};
  }
}

// The event of a test: every field that rules know, those of `fulfilled` with the values that match.
std::string log_text(const std::string& log_type, const std::vector<Comparison>& comparisons, std::size_t broken,
                     Chance& chance) {
  std::string text = "    Log:\n      p_log_type: " + log_type + "\n      eventTime: \"2026-03-02T08:27:00Z\"\n";
  std::string_view open;
  for (const std::string_view field : generated_fields) {
    std::string value = "\"" + std::string(chance.pick(words)) + " " + std::to_string(chance.below(1000)) + "\"";
    for (std::size_t i = 0; i < comparisons.size(); ++i) {
      if (comparisons[i].field == field && i != broken) value = comparisons[i].fulfilled;
    }
    const std::size_t dot = field.find('.');
    if (dot == std::string_view::npos) {
      text += "      " + std::string(field) + ": " + value + "\n";
      continue;
    }
    if (field.substr(0, dot) != open) {
      open = field.substr(0, dot);
      text += "      " + std::string(open) + ":\n";
    }
    text += "        " + std::string(field.substr(dot + 1)) + ": " + value + "\n";
  }
  return text;
}

std::string rule_text(std::size_t number, std::size_t tests, Chance& chance) {
  const std::string log_type = "Bench.Type" + std::to_string(number % generated_log_types);
  std::vector<Comparison> comparisons;
  std::size_t field = chance.below(3);
  for (std::size_t i = 0; i < 1 + number % 4; ++i, field += 1 + chance.below(3)) {
    comparisons.push_back(comparison(generated_fields[field], chance));
  }
  const std::string id = "Bench.Rule" + std::to_string(number);
  std::string text = "AnalysisType: rule\nRuleID: " + id + "\nDisplayName: Rule number " + std::to_string(number) +
                     "\nEnabled: true\nLogTypes: [" + log_type +
                     "]\nSeverity: Medium\nDescription: A rule that was made to be measured.\n"
                     "Runbook: |\n  1. Read the event.\n  2. Ask the owner.\n"
                     "Reference: https://example.com/\nTags: [Bench, Generated]\n"
                     "Reports:\n  MITRE ATT&CK: [TA0001:T1078]\nDedupPeriodMinutes: 60\nCondition: |\n";
  for (const Comparison& one : comparisons) text += "  " + one.text + "\n";
  text += "AlertTitle: \"{actor.name} did {action} to {target.id}\"\n";
  text += "AlertContext: |\n  actor.name\n  source.ip\n  target: target.id\nTests:\n";
  for (std::size_t test = 0; test < tests; ++test) {
    const bool positive = test == 0;
    text += "  - Name: " + std::string(positive ? "fulfilled" : "not fulfilled " + std::to_string(test)) +
            "\n    ExpectedResult: " + (positive ? "true" : "false") + "\n";
    const std::size_t broken = positive ? comparisons.size() : test % comparisons.size();
    text += log_text(log_type, comparisons, broken, chance);
  }
  return text;
}

}  // namespace

void write_rules(const std::filesystem::path& folder, std::size_t rules, std::size_t tests) {
  std::filesystem::create_directories(folder);
  Chance chance(2026);
  std::size_t written = 0;
  for (std::size_t number = 0; number < rules; ++number) {
    const std::size_t upto = tests * (number + 1) / rules;
    std::ofstream(folder / ("rule_" + std::to_string(number) + ".yml")) << rule_text(number, upto - written, chance);
    written = upto;
  }
}

}  // namespace picket::bench
