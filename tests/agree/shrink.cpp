#include "tests/agree/shrink.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/agree/json_parts.hpp"
#include "tests/agree/print_rule.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

class Shrinking {
 public:
  Shrinking(Scenario scenario, const FindDifference& find) : scenario_(std::move(scenario)), find_(find) {}

  Scenario shrink() {
    cut_steps();
    Scenario without_sample = scenario_;
    without_sample.sample.clear();
    (void)accept(std::move(without_sample));
    for (int round = 0; round < 2; ++round) {
      drop_items([](Scenario & scenario) -> auto& { return scenario.steps; });
      drop_items([](Scenario & scenario) -> auto& { return scenario.pack.rules; });
      for (std::size_t rule = 0; rule < scenario_.pack.rules.size(); ++rule) cut_rule(rule);
      drop_items([](Scenario & scenario) -> auto& { return scenario.pack.data_models; });
      drop_items([](Scenario & scenario) -> auto& { return scenario.pack.libraries; });
      for (std::size_t step = 0; step < scenario_.steps.size(); ++step) cut_text(step);
    }
    return std::move(scenario_);
  }

 private:
  // Takes the candidate in the scenario's place if the engines differ there too.
  bool accept(Scenario candidate) {
    constexpr int most_attempts = 20'000;
    if (++attempts_ > most_attempts || !find_(candidate)) return false;
    scenario_ = std::move(candidate);
    return true;
  }

  // What comes after the difference; then, if they do not matter, the steps before it.
  void cut_steps() {
    const auto difference = find_(scenario_);
    if (!difference) return;
    scenario_.steps.resize(difference->step + 1);
    Scenario candidate = scenario_;
    candidate.steps = {scenario_.steps.back()};
    (void)accept(std::move(candidate));
  }

  // Drops runs of items, half of them at first and single ones at last.
  template <typename ItemsOf>
  void drop_items(const ItemsOf& items_of) {
    for (std::size_t run = (items_of(scenario_).size() + 1) / 2; run > 0; run /= 2) {
      for (std::size_t at = 0; at < items_of(scenario_).size();) {
        Scenario candidate = scenario_;
        auto& items = items_of(candidate);
        const std::size_t end = std::min(at + run, items.size());
        items.erase(items.begin() + static_cast<std::ptrdiff_t>(at), items.begin() + static_cast<std::ptrdiff_t>(end));
        if (!accept(std::move(candidate))) at += run;
      }
    }
  }

  void cut_rule(std::size_t index) {
    cut_remember(index);
    drop_items([index](Scenario & scenario) -> auto& { return scenario.pack.rules[index].condition.lines; });
    drop_items([index](Scenario & scenario) -> auto& { return scenario.pack.rules[index].condition.definitions; });
    drop_items([index](Scenario & scenario) -> auto& { return scenario.pack.rules[index].definitions; });
    drop_items([index](Scenario & scenario) -> auto& { return scenario.pack.rules[index].log_types; });
    for (const auto text :
         {&Rule::alert_title, &Rule::dedup, &Rule::alert_description, &Rule::alert_reference, &Rule::alert_runbook,
          &Rule::unique, &Rule::dynamic_severity, &Rule::destinations, &Rule::alert_context}) {
      if (!(scenario_.pack.rules[index].*text)) continue;
      Scenario candidate = scenario_;
      (candidate.pack.rules[index].*text).reset();
      (void)accept(std::move(candidate));
    }
  }

  void cut_remember(std::size_t index) {
    const auto try_without = [&](const auto& cut) {
      if (!scenario_.pack.rules[index].remember) return;
      Scenario candidate = scenario_;
      cut(candidate.pack.rules[index].remember);
      (void)accept(std::move(candidate));
    };
    try_without([](std::optional<Remember>& remember) { remember.reset(); });
    try_without([](std::optional<Remember>& remember) { remember->when.reset(); });
    try_without([](std::optional<Remember>& remember) { remember->value.reset(); });
    try_without([](std::optional<Remember>& remember) { remember->keep.reset(); });
  }

  bool accept_without(std::size_t step, std::size_t at, std::size_t size) {
    Scenario candidate = scenario_;
    candidate.steps[step].text.erase(at, size);
    return accept(std::move(candidate));
  }

  // Whole members and elements first, which leaves JSON what it is; then any bytes.
  void cut_text(std::size_t step) {
    for (std::size_t part = 0;;) {
      const std::vector<JsonPart> parts = json_parts(scenario_.steps[step].text);
      if (part >= parts.size()) break;
      if (!accept_without(step, parts[part].at, parts[part].size)) ++part;
    }
    for (std::size_t run = scenario_.steps[step].text.size() / 2; run > 0; run /= 2) {
      for (std::size_t at = 0; at < scenario_.steps[step].text.size();) {
        if (!accept_without(step, at, run)) at += run;
      }
    }
  }

  Scenario scenario_;
  const FindDifference& find_;
  int attempts_ = 0;
};

// The text with whatever a terminal would not show as it is spelled \xHH.
std::string visible(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= ' ' && c != '\x7f') {
      out += c;
    } else {
      constexpr std::string_view digits = "0123456789abcdef";
      const auto byte = static_cast<unsigned char>(c);
      out += std::string("\\x") + digits[byte >> 4U] + digits[byte & 15U];
    }
  }
  return out;
}

}  // namespace

Scenario shrunk(Scenario scenario, const FindDifference& find) { return Shrinking(std::move(scenario), find).shrink(); }

std::string report(const Scenario& scenario, const Difference& difference, const std::string& origin) {
  std::string text = "the engines differ (" + origin + ")\n" + difference.words + "\n";
  text +=
      "default log type: \"" + scenario.options.log_type + "\", memo: " + (scenario.options.memo ? "on" : "off") + "\n";
  if (!scenario.sample.empty()) text += "--- sample\n" + visible(scenario.sample) + "\n";
  for (const DataModel& model : scenario.pack.data_models) text += "--- data model\n" + print_data_model(model);
  for (const Library& library : scenario.pack.libraries) text += "--- library\n" + print_library(library);
  for (const Rule& rule : scenario.pack.rules) text += "--- rule\n" + print_rule(rule);
  for (const Step& step : scenario.steps) {
    text += std::string("--- ") + (step.block ? "block" : "event") + " (control characters and bytes beyond ASCII " +
            "as \\xHH)\n" + visible(step.text) + "\n";
  }
  return text;
}

bool check_agreement(const Scenario& scenario, const std::string& origin, Tally& tally) {
  if (!find_difference(scenario, &tally)) return true;
  const FindDifference find = [](const Scenario& candidate) { return find_difference(candidate); };
  const Scenario small = shrunk(scenario, find);
  FAIL_CHECK(report(small, *find_difference(small), origin));
  return false;
}

}  // namespace picket::tests
