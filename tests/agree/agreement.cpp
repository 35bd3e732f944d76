#include "tests/agree/agreement.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <memory>
#include <span>
#include <utility>
#include <variant>

#include "engine/analyse/analyse.hpp"
#include "engine/event/json.hpp"
#include "engine/event/kept_event.hpp"
#include "tests/agree/identical.hpp"

namespace picket::tests {
namespace {

// The blanks of JSON, which the executor strips from a text.
constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// What stands around a block, and must not be taken for a part of it.
constexpr std::array<std::string_view, 4> surroundings = {"\"}\n{\"p_log_type\":\"A\",\"a\":\"b\\", R"(\\\"\)",
                                                          "]}]}]}\"\"", "1234567890e99999999\n\n\n"};

void fill(std::span<char> bytes, std::string_view pattern) {
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = pattern[i % pattern.size()];
}

constexpr std::size_t most_keys = 50;                 // of a memory: so few that keys give way to others
constexpr std::int64_t between_events = 420'000'000;  // seven minutes

bool same_record(const std::optional<MemoryRecord>& a, const std::optional<MemoryRecord>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return identical(a->value, b->value) && a->expiry == b->expiry && a->order == b->order;
}

bool same_changes(const std::vector<MemoryChange>& all, const std::vector<MemoryChange>& of_candidates) {
  return std::ranges::equal(all, of_candidates, [](const MemoryChange& a, const MemoryChange& b) {
    return a.key == b.key && same_record(a.record, b.record);
  });
}

std::string in_words(const std::vector<MemoryChange>& changes) {
  std::string words;
  for (const MemoryChange& change : changes) {
    words += change.key + ": " + (change.record ? to_json(change.record->value) : "nothing") + "; ";
  }
  return words;
}

std::string ids_of(const RuleSet& rules, std::span<const Match> matches) {
  std::string ids;
  for (const Match& match : matches) {
    if (!ids.empty()) ids += ", ";
    const bool known = match.index < rules.rules().size();
    ids += known ? rules.rules()[match.index]->rule->id.value : "no rule: " + std::to_string(match.index);
  }
  return "[" + ids + "]";
}

std::string differ(std::string_view what, const std::string& interpreted, const std::string& executed) {
  return std::string(what) + "\n  interpreter: " + interpreted + "\n  executor:    " + executed;
}

std::string yes_or_no(bool value) { return value ? "yes" : "no"; }

bool same_matches(std::span<const Match> interpreted, std::span<const Match> executed, const RuleSet& executed_rules) {
  return std::ranges::equal(interpreted, executed, [&](const Match& one, const Match& other) {
    return one.index == other.index && other.rule == executed_rules.rules()[other.index];
  });
}

CheckedPack checked(const Pack& pack, Diagnostics& diagnostics) {
  AnalysisOptions options;
  options.lints = false;
  options.threads = 1;
  return analyse(std::make_shared<const Pack>(pack), options, diagnostics);
}

}  // namespace

void Tally::add(const Tally& other) {
  scenarios += other.scenarios;
  rules += other.rules;
  events += other.events;
  refused += other.refused;
  pairs += other.pairs;
  matches += other.matches;
  given_up += other.given_up;
  remembering += other.remembering;
  candidates += other.candidates;
  recalled += other.recalled;
  writes += other.writes;
}

std::string Tally::words() const {
  return std::to_string(scenarios) + " scenarios, " + std::to_string(rules) + " rules, " + std::to_string(events) +
         " events, " + std::to_string(refused) + " texts that are none, " + std::to_string(pairs) + " pairs, " +
         std::to_string(matches) + " matches, " + std::to_string(given_up) + " given up; with memory " +
         std::to_string(remembering) + " pairs, " + std::to_string(candidates) + " candidates, " +
         std::to_string(recalled) + " matches, " + std::to_string(writes) + " writes";
}

bool has_errors(const Pack& pack) {
  Diagnostics diagnostics;
  (void)checked(pack, diagnostics);
  return diagnostics.has_errors();
}

std::shared_ptr<const RuleSet> rule_set_of(const Pack& pack, const EventSample* sample) {
  Diagnostics diagnostics;
  return std::make_shared<const RuleSet>(std::make_shared<const CheckedPack>(checked(pack, diagnostics)), sample);
}

namespace {

// The interpreter is given events as they are, so the executor has to judge these and no others.
ExecutorOptions without_tables(ExecutorOptions options) {
  options.enrich = false;
  return options;
}

}  // namespace

Agreement::Agreement(std::shared_ptr<const RuleSet> interpreted, std::shared_ptr<const RuleSet> executed,
                     const ExecutorOptions& options, Time now, bool texts)
    : options_(without_tables(options)),
      now_(now),
      texts_(texts),
      evaluator_(interpreted, {.steps = options.steps}),
      recogniser_(*interpreted, {.steps = options.steps}),
      executor_(executed, options_),
      of_all_({.keys = most_keys, .notes_changes = true}),
      of_candidates_({.keys = most_keys, .notes_changes = true}),
      all_(std::move(interpreted), of_all_, {.steps = options.steps}),
      candidates_(std::move(executed), of_candidates_, {.steps = options.steps}) {
  tally_.scenarios = 1;
  tally_.rules = evaluator_.rules().rules().size();
}

std::string Agreement::judge(const Step& step) {
  try {
    return step.block ? judge_block(step.text) : judge_text(step.text);
  } catch (const std::exception& exception) {
    return std::string("it throws: ") + exception.what();
  }
}

// The text stands in memory of its very size, so that a sanitizer sees who reads beyond it.
std::string Agreement::judge_text(std::string_view text) {
  const auto bytes = std::make_unique<char[]>(text.size());
  if (!text.empty()) std::memcpy(bytes.get(), text.data(), text.size());
  const std::string_view copy(bytes.get(), text.size());
  const Judged judged = executor_.judge(copy, now_);
  const std::string_view stripped = trimmed(copy);
  return compare(judged, stripped,
                 stripped.empty() ? judged.offset : static_cast<std::size_t>(stripped.data() - copy.data()));
}

std::string Agreement::judge_block(std::string_view block) {
  const auto bytes = std::make_unique<char[]>(block.size() + 2 * block_padding);
  const std::string_view pattern = surroundings[block.size() % surroundings.size()];
  fill({bytes.get(), block.size() + 2 * block_padding}, pattern);
  if (!block.empty()) std::memcpy(bytes.get() + block_padding, block.data(), block.size());
  const std::string_view copy(bytes.get() + block_padding, block.size());
  executor_.begin(copy, now_);
  Judged judged;
  for (std::size_t at = 0; at < copy.size();) {
    const std::size_t end = std::min(copy.find('\n', at), copy.size());
    const std::string_view line = trimmed(copy.substr(at, end - at));
    at = end + 1;
    if (line.empty()) continue;
    const auto offset = static_cast<std::size_t>(line.data() - copy.data());
    if (!executor_.next(judged)) return "the executor passes over the line at offset " + std::to_string(offset);
    std::string difference = compare(judged, line, offset);
    if (!difference.empty()) return "line at offset " + std::to_string(offset) + ": " + difference;
  }
  if (!executor_.next(judged)) return "";
  return "the executor finds one more line, at offset " + std::to_string(judged.offset);
}

std::string Agreement::compare(const Judged& judged, std::string_view text, std::size_t offset) {
  if (judged.text != text || (!text.empty() && judged.text.data() != text.data())) {
    return differ("another text", std::string(text), std::string(judged.text));
  }
  if (judged.offset != offset) return differ("offset", std::to_string(offset), std::to_string(judged.offset));
  const auto read = read_json(text, options_.json);
  const auto* event = std::get_if<Value>(&read);
  if (event != nullptr && event->object() == nullptr) event = nullptr;
  if (judged.is_event != (event != nullptr)) {
    return differ("is it an event?", yes_or_no(event != nullptr), yes_or_no(judged.is_event));
  }
  if (event != nullptr) return compare_verdicts(judged, *event);
  ++tally_.refused;
  return judged.matches.empty() ? "" : "the executor has matches of what is no event";
}

std::string Agreement::compare_verdicts(const Judged& judged, const Value& whole) {
  const Value* own = whole.object()->find_exact("p_log_type");
  const bool named = own != nullptr && own->string() != nullptr && !own->string()->empty();
  const auto recognised = recogniser_.recognise(whole, named ? *own->string() : options_.log_type, now_);
  const std::string& log_type = recognised.log_type;
  const Value& event = recognised.flat ? *recognised.flat : whole;
  if (judged.log_type != log_type) return differ("log type", log_type, std::string(judged.log_type));
  const RuleSet& rules = evaluator_.rules();
  const std::size_t candidates = rules.rules_for(log_type).size();
  if (judged.has_rules != (candidates > 0)) {
    return differ("has it rules?", yes_or_no(candidates > 0), yes_or_no(judged.has_rules));
  }
  const std::span<const Match> matches = evaluator_.judge(event, log_type, now_);
  ++tally_.events;
  tally_.pairs += candidates;
  tally_.matches += matches.size();
  if (std::string difference = compare_memories(judged, event); !difference.empty()) return difference;
  const std::size_t given_up = std::max(evaluator_.given_up(), executor_.given_up());
  tally_.given_up += given_up;
  if (given_up > 0) return "";  // nobody knows
  if (!same_matches(matches, judged.matches, executor_.rules())) {
    return differ("matches", ids_of(rules, matches), ids_of(rules, judged.matches));
  }
  // Without a match the event is asked for or left alone, by chance, but for one text always alike.
  if (matches.empty() && judged.text.size() % 4 != 0) return "";
  // First the texts: as long as nobody has asked for the whole event, they are made of single values.
  if (std::string difference = texts_ ? compare_texts(matches, judged.matches) : ""; !difference.empty()) {
    return difference;
  }
  const Value& executed = executor_.event().event();
  return identical(executed, event) ? "" : differ("event", to_json(event), to_json(executed));
}

std::string Agreement::compare_memories(const Judged& judged, const Value& event) {
  const Time at{now_.microseconds + static_cast<std::int64_t>(tally_.events) * between_events};
  const auto in_time = [&](EventReader& reader) {
    return EventInTime{.event = reader, .log_type = judged.log_type, .now = now_, .at = at};
  };
  ParsedEvent whole;
  whole.start({}, event);
  const std::span<const RememberingMatch> all = all_.judge(in_time(whole), evaluator_.candidates());
  // As of a run, which keeps the text until it is the event's turn.
  const KeptEvent kept =
      KeptEvent::of_text(judged.candidates.empty() ? std::string_view("{}") : executor_.event().text());
  ParsedEvent parsed;
  parsed.start(kept.text());
  const std::span<const RememberingMatch> of_candidates = candidates_.judge(in_time(parsed), judged.candidates);
  tally_.remembering += evaluator_.candidates().size();
  tally_.candidates += judged.candidates.size();
  tally_.recalled += all.size();
  tally_.writes = static_cast<std::size_t>(of_all_.counts().writes);
  const auto ids = [&](std::span<const RememberingMatch> matches) {
    std::vector<Match> plain;
    for (const RememberingMatch& match : matches) plain.push_back(match.match);
    return ids_of(evaluator_.rules(), plain);
  };
  if (ids(all) != ids(of_candidates)) return differ("matches of rules that remember", ids(all), ids(of_candidates));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string difference = difference_of(all[i].texts, of_candidates[i].texts);
    if (!difference.empty()) return all[i].match.rule->rule->id.value + ": " + difference;
  }
  const std::vector<MemoryChange> changes = of_all_.take_changes();
  const std::vector<MemoryChange> changes_of_candidates = of_candidates_.take_changes();
  if (same_changes(changes, changes_of_candidates)) return "";
  return differ("what is remembered", in_words(changes), in_words(changes_of_candidates));
}

std::string Agreement::compare_texts(std::span<const Match> interpreted, std::span<const Match> executed) {
  for (std::size_t i = 0; i < interpreted.size(); ++i) {
    const std::string difference = difference_of(evaluator_.texts(interpreted[i]), executor_.texts(executed[i]));
    if (!difference.empty()) return interpreted[i].rule->rule->id.value + ": " + difference;
  }
  return "";
}

std::optional<Difference> find_difference(const Scenario& scenario, Tally* tally) {
  EventSample sample;
  sample.add_lines(scenario.sample, scenario.options.log_type);
  const auto rules = rule_set_of(scenario.pack, scenario.sample.empty() ? nullptr : &sample);
  Agreement agreement(rules, rules, scenario.options, scenario.now, scenario.texts);
  std::optional<Difference> difference;
  for (std::size_t step = 0; step < scenario.steps.size() && !difference; ++step) {
    std::string words = agreement.judge(scenario.steps[step]);
    if (!words.empty()) difference = Difference{step, std::move(words)};
  }
  if (tally != nullptr) tally->add(agreement.tally());
  return difference;
}

}  // namespace picket::tests
