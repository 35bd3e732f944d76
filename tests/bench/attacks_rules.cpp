// Rules that want to be slow, over events that mean no harm.
#include "tests/bench/attacks.hpp"
#include "tests/bench/chance.hpp"
#include "tests/bench/dense.hpp"

namespace picket::bench {
namespace {

std::string number(std::size_t value) { return std::to_string(value); }

std::string calm_events() {
  std::string lines;
  Chance chance(11);
  for (std::size_t i = 0; i < 200; ++i) {
    std::string members = R"("action":")" + rare_part(2 + 7 * chance.below(20'000)) + R"(","command":"run)";
    for (std::size_t part = 0; part < 4; ++part) members += " " + rare_part(6 + 7 * chance.below(20'000));
    members += "\"";
    for (std::size_t field = 0; field < 20; ++field) {
      members += ",\"f" + number(field) + "\":\"v" + chance.digits(0, 999) + "\"";
    }
    lines += attack_event(members);
  }
  return lines;
}

// A rule with one list of so many values.
std::string list_rule(const std::string& comparison, std::size_t size) {
  std::string text = "  " + comparison + " [";
  for (std::size_t i = 0; i < size; ++i) text += (i == 0 ? "\"" : ", \"") + rare_part(5 + 7 * i) + number(i) + "\"";
  return attack_rule(0, text + "]\n");
}

Attack in_list(std::size_t size) { return {{list_rule("action in", size)}, calm_events()}; }
Attack contains_list(std::size_t size) { return {{list_rule("command contains~", size)}, calm_events()}; }
Attack starts_with_list(std::size_t size) { return {{list_rule("command starts_with", size)}, calm_events()}; }

// One rule with so many networks, in each other and apart, and addresses of which few are in one.
Attack in_networks(std::size_t size) {
  Chance chance(12);
  const auto numbers = [&chance](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "." + chance.digits(0, 255);
    return text;
  };
  std::string list;
  for (std::size_t i = 0; i < size; ++i) {
    list += (i == 0 ? "\"" : ", \"") + chance.digits(1, 223) + numbers(3) + "/" + chance.digits(16, 32) + "\"";
  }
  std::string lines;
  for (std::size_t i = 0; i < 200; ++i) {
    lines += attack_event(R"("address":")" + chance.digits(1, 223) + numbers(3) + R"(","n":)" + number(i));
  }
  return {{attack_rule(0, "  address in cidr [" + list + "]\n")}, lines};
}

// One rule with so many branches.
Attack branches(std::size_t size) {
  std::string lines;
  for (std::size_t i = 0; i < size; ++i) {
    lines += (i == 0 ? "  " : "    or ") +
             ("f" + number(i % 20) + (i % 3 == 0 ? " starts_with" : " eq") + " \"value" + number(i) + "\"\n");
  }
  return {{attack_rule(0, lines)}, calm_events()};
}

// Rules each of which must be looked at for every event: nothing that an event may lack rules them out.
Attack without_access(std::size_t size) {
  Attack attack{{}, calm_events()};
  for (std::size_t i = 0; i < size; ++i) {
    const std::string field = "f" + number(i % 20);
    const std::string other = "f" + number((i + 1) % 20);
    std::string lines;
    switch (i % 4) {
      case 0:
        lines = "  " + field + " ne \"v" + number(i) + "\"\n  not " + other + " starts_with \"v\"\n";
        break;
      case 1:
        lines = "  len(" + field + ") gt " + number(4 + i % 7) + "\n";
        break;
      case 2:
        lines = "  " + field + " eq " + other + "\n  " + other + " ne \"v" + number(i) + "\"\n";
        break;
      default:
        lines = "  " + field + " not in [\"v" + number(i) + "\", \"w\"]\n  none { " + other + " is string }\n";
        break;
    }
    attack.rules.push_back(attack_rule(i, lines));
  }
  return attack;
}

// Regexes without a literal that a value must have.
Attack bare_regexes(std::size_t size) {
  Attack attack{{}, calm_events()};
  for (std::size_t i = 0; i < size; ++i) {
    attack.rules.push_back(
        attack_rule(i, "  command matches '[0-9]{" + number(5 + i % 20) + ",}[g-z]{" + number(3 + i) + ",}$'\n"));
  }
  return attack;
}

}  // namespace

std::vector<AttackKind> hostile_rules() {
  return {{"in-list", "values", 1000, 10'000, in_list},
          {"contains-list", "values", 1000, 10'000, contains_list},
          {"starts-with-list", "values", 1000, 10'000, starts_with_list},
          {"in-networks", "networks", 1000, 10'000, in_networks},
          {"branches", "branches", 250, 1000, branches},
          {"no-access", "rules", 250, 1000, without_access},
          {"bare-regexes", "rules", 25, 100, bare_regexes}};
}

}  // namespace picket::bench
