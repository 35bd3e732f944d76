#include "tests/bench/judging.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

#include "engine/analyse/analyse.hpp"
#include "engine/eval/evaluate.hpp"
#include "engine/eval/recogniser.hpp"
#include "engine/event/json.hpp"
#include "engine/pack/pack.hpp"
#include "tests/bench/allocations.hpp"
#include "tests/bench/chance.hpp"
#include "tests/bench/measure.hpp"

namespace picket::bench {
namespace {

CheckedPackPtr check(Pack loaded, Diagnostics& diagnostics) {
  AnalysisOptions options;
  options.lints = false;
  auto pack = std::make_shared<const Pack>(std::move(loaded));
  auto checked = std::make_shared<const CheckedPack>(analyse(pack, options, diagnostics));
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.level == Level::error) throw std::runtime_error("a rule has an error: " + diagnostic.message);
  }
  return checked;
}

// The event's own log type, else the default, as Executor has it.
std::string_view log_type_of(const Value& event, const std::string& otherwise) {
  const Value* own = event.object()->find_exact("p_log_type");
  return own != nullptr && own->string() != nullptr && !own->string()->empty() ? *own->string() : otherwise;
}

using RuleIndexes = std::vector<RuleIndex>;

RuleIndexes indexes(std::span<const Match> matches) {
  RuleIndexes found;
  for (const Match& match : matches) found.push_back(match.index);
  return found;
}

// What a run without the executor would do with each line.
class Interpreting {
 public:
  Interpreting(const RuleSetPtr& rules, const std::string& log_type)
      : recogniser_(*rules), evaluator_(rules, {.steps = unbounded_steps}), log_type_(log_type) {}

  RuleIndexes judge(std::string_view line) {
    const auto read = read_json(line);
    const auto* event = std::get_if<Value>(&read);
    if (event == nullptr || event->object() == nullptr) throw std::runtime_error("a line is no event");
    std::string log_type(log_type_of(*event, log_type_));
    std::optional<Value> flat;
    if (log_type.empty()) {
      auto recognised = recogniser_.recognise(*event, log_type, judging_time);
      log_type = std::move(recognised.log_type);
      flat = std::move(recognised.flat);
    }
    RuleIndexes found = indexes(evaluator_.judge(flat ? *flat : *event, log_type, judging_time));
    if (evaluator_.given_up() != 0) throw std::runtime_error("the interpreter ran out of steps");
    return found;
  }

 private:
  Recogniser recogniser_;
  Evaluator evaluator_;
  const std::string& log_type_;
};

// Lines from all over the text and, as far as there are, as many that match: by turns.
std::vector<std::string_view> sample(Executor& executor, std::string_view text) {
  constexpr std::size_t most = 5000;
  const std::vector<std::string_view> lines = lines_of(text);
  std::vector<std::string_view> matching;
  Judged judged;
  executor.begin(text, judging_time);
  for (std::size_t i = 0; i < lines.size() && executor.next(judged); ++i) {
    if (!judged.matches.empty()) matching.push_back(lines[i]);
  }
  const std::size_t count = std::min(most, lines.size());
  std::vector<std::string_view> chosen;
  Chance chance(32);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = chance.below(lines.size());
    chosen.push_back(lines[at]);
    if (!matching.empty()) chosen.push_back(matching[at % matching.size()]);
  }
  return chosen;
}

// Throws and says which rules only one of them finds.
void require_same(const RuleSet& rules, const RuleIndexes& expected, const RuleIndexes& found, const std::string& how,
                  std::string_view line) {
  if (expected == found) return;
  RuleIndexes different;
  std::set_symmetric_difference(expected.begin(), expected.end(), found.begin(), found.end(),
                                std::back_inserter(different));
  std::string ids = different.empty() ? " on the order" : "";
  for (const RuleIndex index : different) ids += " " + rules.rules()[index]->rule->id.value;
  throw std::runtime_error("the executor, given the event " + how + ", and the interpreter disagree:" + ids + " in " +
                           std::string(line.substr(0, 2000)));
}

}  // namespace

CheckedPackPtr check_texts(const std::vector<std::string>& texts) {
  std::vector<SourcePtr> sources;
  for (const std::string& text : texts) {
    sources.push_back(std::make_shared<const Source>("rule" + std::to_string(sources.size()) + ".yml", text));
  }
  Diagnostics diagnostics;
  return check(load_sources(sources, {}, diagnostics), diagnostics);
}

CheckedPackPtr check_folder(const std::string& folder) {
  Diagnostics diagnostics;
  return check(load_pack({folder}, {}, diagnostics), diagnostics);
}

std::unique_ptr<Executor> make_executor(const RuleSetPtr& rules, const std::string& log_type, bool memo) {
  ExecutorOptions options;
  options.steps = unbounded_steps;
  options.log_type = log_type;
  options.memo = memo;
  return std::make_unique<Executor>(rules, options);
}

Tally judge_blocks(Executor& executor, std::span<const std::string_view> blocks) {
  Tally tally;
  Judged judged;
  for (const std::string_view block : blocks) {
    executor.begin(block, judging_time);
    while (executor.next(judged)) {
      if (!judged.is_event) throw std::runtime_error("a line is no event");
      tally.matches += judged.matches.size();
      ++tally.events;
    }
  }
  return tally;
}

Interpreted prove_agreement(Executor& executor, const RuleSetPtr& rules, std::string_view text,
                            const std::string& log_type, double seconds, std::size_t least) {
  const std::vector<std::string_view> lines = sample(executor, text);
  Interpreting interpreter(rules, log_type);
  Interpreted sum;
  std::vector<RuleIndexes> expected;
  std::string joined;
  for (; sum.events < lines.size() && (sum.seconds < seconds || sum.events < least); ++sum.events) {
    const std::string_view line = lines[sum.events];
    sum.seconds += cost_of([&] { expected.push_back(interpreter.judge(line)); }).cpu;
    sum.bytes += line.size() + 1;
    sum.matches += expected.back().size();
    joined.append(line).append("\n");
  }
  const Slice slice(joined, joined.size());
  Judged judged;
  executor.begin(slice.text(), judging_time);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (!executor.next(judged)) throw std::runtime_error("the executor passes over lines");
    require_same(*rules, expected[i], indexes(judged.matches), "in a block", lines[i]);
  }
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const RuleIndexes found = indexes(executor.judge(lines[i], judging_time).matches);
    require_same(*rules, expected[i], found, "by itself", lines[i]);
  }
  return sum;
}

double allocations_per_event(Executor& executor, std::span<const std::string_view> blocks) {
  Judged judged;
  std::size_t allocations = 0;
  std::size_t events = 0;
  for (const std::string_view block : blocks) {
    executor.begin(block, judging_time);
    for (std::size_t before = allocations_of_thread(); executor.next(judged); before = allocations_of_thread()) {
      if (!judged.matches.empty()) continue;
      allocations += allocations_of_thread() - before;
      ++events;
    }
  }
  return events == 0 ? 0 : static_cast<double>(allocations) / static_cast<double>(events);
}

}  // namespace picket::bench
