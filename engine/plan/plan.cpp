#include "engine/plan/plan.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "engine/plan/logic.hpp"
#include "engine/plan/predicate_table.hpp"
#include "engine/plan/rarity.hpp"

namespace picket {
namespace {

using Keys = std::vector<AccessKey>;

// Makes the plan of one log type.
class LogTypePlanner {
 public:
  LogTypePlanner(const CheckedPack& pack, const std::string& log_type, std::span<const Value> sample)
      : plan_(std::make_unique<LogTypePlan>()),
        rarity_(table_.paths, sample),
        logic_(pack, model_of(pack, log_type), table_) {
    plan_->log_type = log_type;
    if (pack.recognition == nullptr) return;
    nested_field_ = table_.field({"Event"});
    winlog_field_ = table_.field({"winlog"});
  }

  void add(std::uint32_t index, const CheckedRule& rule) {
    Logic logic = logic_.may_alert(rule);
    // A rule that remembers has to be found for what it writes, too.
    if (rule.remember) logic = Logic::any({std::move(logic), logic_.may_write(*rule.remember)});
    const auto id = static_cast<PlannedRuleId>(plan_->rules.size());
    std::optional<Keys> cover = cover_of(logic, true);
    plan_->rules.push_back({.index = index, .rule = &rule, .cover = {}});
    plan_->programs.push_back(compile(logic, accepted, rejected));
    // A key that always holds finds the rule for every event.
    const auto always_holds = [this](const AccessKey& key) { return rarity_.share(key) >= 1; };
    if (cover && std::none_of(cover->begin(), cover->end(), always_holds)) {
      plan_->rules.back().share = std::min(1.0, rarity_.share(*cover));
      plan_->rules.back().cover = *std::move(cover);
    } else if (plan_->programs.back() != rejected) {
      add_always(id);
    }
  }

  std::unique_ptr<const LogTypePlan> finish() {
    compile_programs();
    plan_->predicates = std::move(table_.predicates);
    plan_->terms = std::move(table_.terms);
    plan_->definitions = logic_.definitions_of_programs();
    std::vector<bool> sought_by(table_.paths.size());
    for (const PlannedRule& rule : plan_->rules) {
      for (const AccessKey& key : rule.cover) sought_by[key.field] = true;
    }
    plan_->trie = std::make_unique<const FieldTrie>(table_.paths, sought_by);
    const std::span<const FieldId> nodes = plan_->trie->nodes_of_paths();
    plan_->access.resize(plan_->trie->size());
    for (PlannedRuleId id = 0; id < plan_->rules.size(); ++id) {
      for (const AccessKey& key : plan_->rules[id].cover) plan_->access[nodes[key.field]].add(key, id);
    }
    for (std::size_t path = 0; path < nodes.size(); ++path) {
      const auto asked = static_cast<FieldId>(path);
      plan_->access[nodes[path]].finish([&](std::string_view gram) { return rarity_.gram_share(asked, gram); });
    }
    for (const FieldAccess& access : plan_->access) plan_->probes.push_back(access.probe());
    number_by_nodes(nodes);
    return std::move(plan_);
  }

 private:
  static const CheckedModel* model_of(const CheckedPack& pack, const std::string& log_type) {
    const auto model = pack.model_of_log_type.find(log_type);
    return model == pack.model_of_log_type.end() ? nullptr : &pack.models[model->second];
  }

  std::optional<Keys> cover_of(const Logic& logic, bool value) const;
  std::optional<Keys> cheapest(const std::vector<Logic>& operands, bool value) const;
  std::optional<Keys> together(const std::vector<Logic>& operands, bool value) const;
  void number_by_nodes(std::span<const FieldId> nodes);
  void add_always(PlannedRuleId rule);
  StepId compile(const Logic& logic, StepId on_true, StepId on_false);
  void compile_programs();
  [[nodiscard]] std::uint32_t cost_of(const Logic& logic) const;

  std::unique_ptr<LogTypePlan> plan_;
  FieldId nested_field_ = no_field;
  FieldId winlog_field_ = no_field;
  PredicateTable table_;
  Rarity rarity_;
  LogicBuilder logic_;
};

// Keys of which one holds whenever the logic is `value`; nothing if there are no such keys.
std::optional<Keys> LogTypePlanner::cover_of(const Logic& logic, bool value) const {
  switch (logic.kind) {
    case Logic::Kind::constant:
      return logic.value == value ? std::nullopt : std::optional<Keys>(Keys{});
    case Logic::Kind::unknown:
      return std::nullopt;
    case Logic::Kind::negation:
      return cover_of(logic.operands.front(), !value);
    case Logic::Kind::conjunction:
      return value ? cheapest(logic.operands, true) : together(logic.operands, false);
    case Logic::Kind::disjunction:
      return value ? together(logic.operands, true) : cheapest(logic.operands, false);
    case Logic::Kind::predicate: {
      const auto program = logic_.programs().find(logic.predicate);
      if (program != logic_.programs().end()) return cover_of(program->second, value);
      std::optional<Keys> best;
      for (Keys& keys : table_.covers(logic.predicate, value, rarity_)) {
        if (!best || rarity_.share(keys) < rarity_.share(*best)) best = std::move(keys);
      }
      return best;
    }
  }
  return std::nullopt;
}

std::optional<Keys> LogTypePlanner::cheapest(const std::vector<Logic>& operands, bool value) const {
  std::optional<Keys> best;
  for (const Logic& operand : operands) {
    std::optional<Keys> keys = cover_of(operand, value);
    if (keys && (!best || rarity_.share(*keys) < rarity_.share(*best))) best = std::move(keys);
  }
  return best;
}

std::optional<Keys> LogTypePlanner::together(const std::vector<Logic>& operands, bool value) const {
  Keys all;
  for (const Logic& operand : operands) {
    std::optional<Keys> keys = cover_of(operand, value);
    if (!keys) return std::nullopt;
    std::move(keys->begin(), keys->end(), std::back_inserter(all));
  }
  return all;
}

void LogTypePlanner::add_always(PlannedRuleId rule) {
  GatedRules gated;
  if (const StepId first = plan_->programs[rule]; first < rejected) {
    const Step& step = plan_->steps[first];
    if (step.on_true == rejected || step.on_false == rejected) {
      gated.gate = step.predicate;
      gated.value = step.on_false == rejected;
    }
  }
  auto& all = plan_->always;
  auto found = std::find_if(all.begin(), all.end(), [&](const GatedRules& other) {
    return other.gate == gated.gate && other.value == gated.value;
  });
  if (found == all.end()) found = all.insert(all.end(), std::move(gated));
  found->rules.push_back(rule);
}

std::uint32_t LogTypePlanner::cost_of(const Logic& logic) const {
  if (logic.kind == Logic::Kind::predicate) return table_.predicates[logic.predicate].cost;
  std::uint32_t sum = 0;
  for (const Logic& operand : logic.operands) sum += cost_of(operand);
  return sum;
}

// Steps are made from the back, so that every target is there; the cheapest operands come first, for their order cannot
// be observed.
StepId LogTypePlanner::compile(const Logic& logic, StepId on_true, StepId on_false) {
  switch (logic.kind) {
    case Logic::Kind::constant:
      return logic.value ? on_true : on_false;
    case Logic::Kind::unknown:
      break;
    case Logic::Kind::negation:
      return compile(logic.operands.front(), on_false, on_true);
    case Logic::Kind::predicate:
      plan_->steps.push_back({.predicate = logic.predicate, .on_true = on_true, .on_false = on_false});
      return static_cast<StepId>(plan_->steps.size() - 1);
    case Logic::Kind::conjunction:
    case Logic::Kind::disjunction: {
      const bool conjunction = logic.kind == Logic::Kind::conjunction;
      std::vector<std::pair<std::uint32_t, const Logic*>> order;
      for (const Logic& operand : logic.operands) order.emplace_back(cost_of(operand), &operand);
      // Steps are made from the back: of those that cost the same the author's first comes last here.
      std::reverse(order.begin(), order.end());
      std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
      StepId next = conjunction ? on_true : on_false;
      for (const auto& [cost, operand] : order) {
        next = conjunction ? compile(*operand, next, on_false) : compile(*operand, on_true, next);
      }
      return next;
    }
  }
  return on_false;
}

void LogTypePlanner::compile_programs() {
  for (const auto& [predicate, logic] : logic_.programs()) {
    table_.predicates[predicate].program = compile(logic, accepted, rejected);
  }
}

// Until here fields were numbered as they were met; from now on they are the trie's nodes.
void LogTypePlanner::number_by_nodes(std::span<const FieldId> nodes) {
  plan_->paths.resize(plan_->trie->size());
  for (std::size_t path = 0; path < nodes.size(); ++path) plan_->paths[nodes[path]] = std::move(table_.paths[path]);
  plan_->log_type_field = nodes[PredicateTable::log_type_field];
  if (nested_field_ != no_field) plan_->nested_field = nodes[nested_field_];
  if (winlog_field_ != no_field) plan_->winlog_field = nodes[winlog_field_];
  plan_->readings = logic_.readings();
  for (auto& [term, reading] : plan_->readings) reading.field = nodes[reading.field];
  for (Predicate& predicate : plan_->predicates) {
    if (predicate.field != no_field) predicate.field = nodes[predicate.field];
  }
  for (PlannedRule& rule : plan_->rules) {
    for (AccessKey& key : rule.cover) key.field = nodes[key.field];
  }
}

}  // namespace

Plan::Plan(const PlanInput& input) {
  for (const PlanInput::OfLogType& of : input.log_types) {
    LogTypePlanner planner(*input.pack, of.log_type,
                           input.sample == nullptr ? std::span<const Value>() : input.sample->events(of.log_type));
    for (const std::uint32_t index : of.rules) planner.add(index, *input.rules[index]);
    log_types_.push_back(planner.finish());
    by_name_.emplace(log_types_.back()->log_type, log_types_.back().get());
  }
  nothing_ = LogTypePlanner(*input.pack, "", {}).finish();
}

const LogTypePlan* Plan::find(std::string_view log_type) const {
  const auto found = by_name_.find(log_type);
  return found == by_name_.end() ? nullptr : found->second;
}

}  // namespace picket
