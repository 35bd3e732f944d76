// Blocks of lines, many of them broken, by both engines: each line stands alone, wherever a block begins and ends.
#include <algorithm>
#include <array>

#include "tests/agree/breakage.hpp"
#include "tests/agree/random_scenario.hpp"
#include "tests/agree/respell.hpp"
#include "tests/agree/shrink.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

// A line without its end: sound, respelled, broken, blank or odd.
std::string random_line(Chance& chance, const std::vector<std::string>& odd) {
  switch (chance.below(8)) {
    case 0:
      return std::string(chance.below(4), ' ') + (chance.one_in(2) ? "" : "\r");
    case 1: {
      const std::string& line = odd[chance.below(odd.size())];
      return line.size() < 5'000 ? line : odd.front();
    }
    case 2:
    case 3:
      return to_json(random_event(chance));
    case 4:
      return respelled(random_event(chance), chance, {.line_ends = false, .decoys = true});
    default:
      return broken(chance.one_in(3) ? respelled(random_event(chance), chance, {.line_ends = false, .decoys = true})
                                     : to_json(random_event(chance)),
                    chance);
  }
}

std::string block_of(std::span<const std::string> lines, Chance& chance) {
  std::string block;
  const bool carriage_returns = chance.one_in(3);
  for (const std::string& line : lines) block += line + (carriage_returns || chance.one_in(10) ? "\r\n" : "\n");
  if (chance.one_in(2) && !block.empty()) block.pop_back();  // the last line without its end
  return block;
}

std::vector<std::string> random_lines(Chance& chance, const std::vector<std::string>& odd, std::size_t count) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < count; ++i) lines.push_back(random_line(chance, odd));
  return lines;
}

void check_lines(std::size_t test, std::size_t most_lines, bool every_size) {
  const std::vector<std::string> odd = odd_lines();
  Tally tally;
  int differences = 0;
  for (Origin origin{.test = test, .number = 0}; tally.pairs < agree_pairs() / 4 && differences < 3; ++origin.number) {
    Chance chance = origin.chance();
    Scenario scenario = random_rules(chance, 1 + chance.below(60)).scenario;
    if (chance.one_in(6)) scenario.options.json.nesting = 3 + chance.below(18);
    for (std::size_t repetition = 0; repetition < 4; ++repetition) {
      const std::vector<std::string> lines = random_lines(chance, odd, 1 + chance.below(most_lines));
      for (std::size_t size = every_size ? 1 : lines.size(); size <= lines.size(); ++size) {
        for (std::size_t at = 0; at < lines.size(); at += size) {
          const auto part = std::span(lines).subspan(at, std::min(size, lines.size() - at));
          scenario.steps.push_back({.text = block_of(part, chance), .block = true});
        }
      }
    }
    if (!check_agreement(scenario, origin.words(), tally)) ++differences;
  }
  WARN("PICKET_AGREE_SEED=" << agree_seed() << ": " << tally.words());
  CHECK(tally.given_up == 0);
  CHECK(tally.refused > tally.events / 4);
  CHECK(tally.events > tally.refused / 4);
}

TEST_CASE("the engines agree on blocks of sound and broken lines") { check_lines(3, 200, false); }

TEST_CASE("the engines agree on the same lines cut into blocks of every size") { check_lines(4, 24, true); }

TEST_CASE("the engines agree on single texts that are broken") {
  Tally tally;
  int differences = 0;
  for (Origin origin{.test = 5, .number = 0}; tally.refused < agree_pairs() / 100 && differences < 3; ++origin.number) {
    Chance chance = origin.chance();
    Scenario scenario = random_rules(chance, 20).scenario;
    for (std::size_t i = 0; i < 400; ++i) {
      const std::string text = respelled(random_event(chance), chance, {});
      scenario.steps.push_back({.text = chance.one_in(4) ? text : broken(text, chance), .block = false});
    }
    if (!check_agreement(scenario, origin.words(), tally)) ++differences;
  }
  WARN("PICKET_AGREE_SEED=" << agree_seed() << ": " << tally.words());
  CHECK(tally.given_up == 0);
}

TEST_CASE("the engines agree on every odd line, alone and between sound ones") {
  constexpr std::array<std::size_t, 4> limits = {128, 1, 3, 2'000};
  Tally tally;
  Chance chance(agree_seed());
  const std::string sound = R"({"p_log_type":"A","a":"abc","b":"x"})";
  for (const std::size_t limit : limits) {
    Scenario scenario = random_rules(chance, 60).scenario;
    scenario.options.json.nesting = limit;
    for (const std::string& line : odd_lines()) {
      scenario.steps.push_back({.text = line, .block = false});
      scenario.steps.push_back({.text = line, .block = true});
      scenario.steps.push_back(
          {.text = sound + "\n" + line + "\r\n" + sound + "\n" + line + "\n" + sound, .block = true});
    }
    if (!check_agreement(scenario, "odd lines, nesting " + std::to_string(limit), tally)) break;
  }
  WARN(tally.words());
  CHECK(tally.refused > 500);
  CHECK(tally.events > 2'000);
}

}  // namespace
}  // namespace picket::tests
