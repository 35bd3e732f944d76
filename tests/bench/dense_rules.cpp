// Rules of the dense shape.
#include <array>

#include "tests/bench/dense.hpp"

namespace picket::bench {
namespace {

// A string as the language's raw strings write it.
std::string raw(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += c;
  }
  return out + "'";
}

std::string list(std::size_t count, Chance& chance, const auto& make) {
  std::string text = "[";
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ", ") + raw(make(chance));
  return text + "]";
}

// Seldom one of the first, which events hold often.
std::string some_rare(Chance& chance) { return rare_part(60 + chance.below(rare_parts - 60)); }
std::string some_known(Chance& chance) { return known_part(chance.below(known_parts)); }
std::string some_common(Chance& chance) { return std::string(common_part(chance.below(common_parts))); }
std::string some_end(Chance& chance) { return program(chance.zipf(programs)).end; }

std::string image_lines(Chance& chance) {
  const Program one = program(chance.zipf(programs));
  if (chance.percent(55)) return "  Image ends_with~ " + list(1 + chance.below(4), chance, some_end) + "\n";
  return "  any {\n    Image ends_with~ " + raw(one.end) + "\n    OriginalFileName eq~ " + raw(one.original_name) +
         "\n  }\n";
}

std::string rare_line(std::string_view field, std::size_t most, Chance& chance) {
  return "  " + std::string(field) + " contains~ " + list(1 + chance.below(most), chance, some_rare) + "\n";
}

// Three things that are each quite usual and seldom come together: what makes an engine look at a rule in vain.
std::string three_usual_lines(Chance& chance) {
  return "  ParentImage ends_with~ " + list(1 + chance.below(2), chance, some_end) + "\n  Image ends_with~ " +
         list(1 + chance.below(2), chance, some_end) + "\n  CommandLine contains~ " +
         raw(known_part(chance.zipf(known_parts))) + "\n";
}

std::string regex_lines(Chance& chance) {
  const std::string word = std::to_string(chance.below(rare_parts));
  switch (chance.below(4)) {
    case 0:
      return "  CommandLine matches~ '\\s-(e|ec|enc|encode" + word + ")\\s+[A-Za-z0-9+/=]{40,}'\n";
    case 1:
      return "  CommandLine matches '\\\\[a-z]{2,8}" + word + "\\.(dll|exe|tmp)'\n";
    case 2:
      return R"(  Image matches~ '\\(temp|tmp)\\[^\\]{1,16})" + word + "\\.exe$'\n";
    default:
      return "  CommandLine matches~ 'port" + word + "[=: ]+[0-9]{2,5}(\\s|$)'\n";
  }
}

// The parts of two groups, either of which is enough.
std::string either_lines(Chance& chance) {
  return "  any {\n    Image ends_with~ " + raw(some_end(chance)) + " and CommandLine contains~ " +
         list(1 + chance.below(3), chance, some_rare) + "\n    CommandLine contains~ all [" + raw(some_known(chance)) +
         ", " + raw(some_rare(chance)) + "]\n  }\n";
}

std::string other_lines(Chance& chance) {
  switch (chance.below(5)) {
    case 0: {
      std::string hash = "IMPHASH=" + chance.hex(32);
      for (char& c : hash) {
        if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 32);
      }
      return "  Hashes contains~ " + raw(hash) + "\n";
    }
    case 1:
      return "  User eq~ " + raw(user(chance.zipf(users))) + "\n" + rare_line("CommandLine", 4, chance);
    case 2:
      return "  IntegrityLevel eq 'High'\n" + image_lines(chance) + rare_line("ParentCommandLine", 3, chance);
    case 3:
      return "  CommandLine like~ " + raw("*" + some_known(chance) + "*" + some_rare(chance) + "*") + "\n";
    default:
      return "  CurrentDirectory starts_with~ 'C:\\Users\\'\n" + rare_line("CommandLine", 3, chance);
  }
}

std::string selection(Chance& chance) {
  const std::size_t kind = chance.below(100);
  if (kind < 38) return image_lines(chance) + rare_line("CommandLine", 8, chance);
  if (kind < 56) {
    return "  CommandLine contains~ all [" + raw(some_common(chance)) + ", " + raw(some_known(chance)) + ", " +
           raw(some_rare(chance)) + "]\n";
  }
  if (kind < 64) return three_usual_lines(chance);
  if (kind < 66) {
    return "  Image ends_with~ " + raw(some_end(chance)) + "\n  CommandLine contains~ " +
           raw(known_part(chance.zipf(known_parts))) + "\n";
  }
  if (kind < 70) {
    return "  ParentImage ends_with~ " + list(1 + chance.below(3), chance, some_end) + "\n" + image_lines(chance) +
           rare_line("CommandLine", 4, chance);
  }
  if (kind < 78) return rare_line("CommandLine", 10, chance);
  if (kind < 86) return either_lines(chance);
  if (kind < 90) return image_lines(chance) + regex_lines(chance);
  return other_lines(chance);
}

std::string filter(Chance& chance) {
  switch (chance.below(3)) {
    case 0:
      return "  not ParentImage ends_with~ " + list(1 + chance.below(3), chance, some_end) + "\n";
    case 1:
      return "  none {\n    Image starts_with~ ['C:\\Program Files\\', 'C:\\Program Files (x86)\\']\n    CommandLine "
             "contains~ " +
             list(1 + chance.below(3), chance, some_known) + "\n  }\n";
    default:
      return "  not (User eq 'NT AUTHORITY\\SYSTEM' and ParentCommandLine contains~ " + raw(some_common(chance)) +
             ")\n";
  }
}

std::string keywords(Chance& chance) {
  std::string text = "  any $[**] { . is string; . contains~ " + list(1 + chance.below(20), chance, some_rare) + " }\n";
  if (chance.percent(20)) text += "  any $[**] { . is string; . contains~ " + raw(some_known(chance)) + " }\n";
  if (chance.percent(20)) text += "  none $[**] { . is string; . contains~ " + raw(some_known(chance)) + " }\n";
  return text;
}

std::vector<std::string> rules(std::size_t count, std::string (*condition)(Chance& chance)) {
  std::vector<std::string> texts;
  Chance chance(1400);
  for (std::size_t number = 0; number < count; ++number) {
    texts.push_back("AnalysisType: rule\nRuleID: Bench.Dense" + std::to_string(number) + "\nDisplayName: Dense rule " +
                    std::to_string(number) +
                    "\nEnabled: true\nLogTypes: [Windows.ProcessCreation]\nSeverity: Medium\nCondition: |\n" +
                    condition(chance) + "AlertTitle: \"{Image} run by {User}\"\nDedup: \"{ProcessGuid}\"\n");
  }
  return texts;
}

}  // namespace

std::vector<std::string> dense_rules(std::size_t count) {
  return rules(count, [](Chance& chance) {
    std::string condition = selection(chance);
    if (chance.percent(30)) condition += filter(chance);
    return condition;
  });
}

std::vector<std::string> keyword_rules(std::size_t count) { return rules(count, keywords); }

}  // namespace picket::bench
