// How a LogTypeJudge decides predicates.
#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>
#include <variant>

#include "engine/eval/log_type_judge.hpp"
#include "engine/eval/operators.hpp"
#include "engine/event/json.hpp"

namespace picket {

bool LogTypeJudge::run(StepId step) {
  while (step < rejected) {
    const Step& at = plan_.steps[step];
    step = decide(at.predicate) ? at.on_true : at.on_false;
  }
  return step == accepted;
}

bool LogTypeJudge::decide(PredicateId id) {
  const std::uint32_t state = predicates_[id];
  if (state / 2 == event_) return (state & 1U) != 0;
  ++counts_.decided;
  const bool result = decided(id, plan_.predicates[id]);
  set(id, result);
  return result;
}

bool LogTypeJudge::decided(PredicateId id, const Predicate& predicate) {
  switch (predicate.kind) {
    case Predicate::Kind::compare:
      return compare(id, predicate);
    case Predicate::Kind::is:
      return is(predicate);
    case Predicate::Kind::truth: {
      const CapturedField captured = fields_[predicate.field];
      if (captured.kind == FieldKind::text) return captured.end > captured.begin;
      return captured.kind > FieldKind::null && value(predicate.field).truth();
    }
    case Predicate::Kind::program:
      return run(predicate.program);
    case Predicate::Kind::residual:
      if (predicate.field != no_field && lacks(predicate)) return false;
      return interpret(*predicate.operand);
  }
  return false;
}

bool LogTypeJudge::interpret(const Operand& operand) {
  ++counts_.interpreted;
  asked_interpreter_ = true;
  return whole_.interpreter().holds(*operand.term, operand.slots);
}

bool LogTypeJudge::is(const Predicate& predicate) {
  const CapturedField captured = fields_[predicate.field];
  if (captured.kind <= FieldKind::null) return predicate.when_absent;
  if (captured.kind == FieldKind::text) return is_of_kind(texts_.decoded(predicate.field), predicate.is);
  return is_of_kind(value(predicate.field), predicate.is);
}

bool LogTypeJudge::compare(PredicateId id, const Predicate& predicate) {
  const FieldKind kind = fields_[predicate.field].kind;
  if (kind <= FieldKind::null) return predicate.when_absent;
  if (kind == FieldKind::text && predicate.text_test != Predicate::TextTest::value) {
    if (predicate.text_test == Predicate::TextTest::set) {
      return predicate.filter.may_hold(hash(predicate.field)) && test_text(predicate);
    }
    FieldState& state = states_[predicate.field];
    ValueMemo::Entry* const memo = state.memo_in == event_ ? state.memo : nullptr;
    // Another field's text may have taken the place since.
    if (memo == nullptr || memo->owner != first_owner_ + predicate.field) return test_text(predicate);
    for (std::uint32_t i = 0; i < memo->decided_count; ++i) {
      if (memo->decided[i] / 2 == id) return (memo->decided[i] & 1U) != 0;
    }
    const bool result = test_text(predicate);
    if (memo->decided_count < ValueMemo::Entry::most_decided)
      memo->decided[memo->decided_count++] = id * 2 + (result ? 1 : 0);
    return result;
  }
  const Operand& operand = *predicate.operand;
  if (!operand.within.empty() && !predicate.all && lacks(predicate)) return false;
  if (operand.term != nullptr && kind >= FieldKind::list) return interpret(operand);
  const Value& left = value(predicate.field);
  if (predicate.op == Op::matches) return matches(left, operand.regexes, predicate.all, budget_);
  if (!operand.globs.empty()) return is_like(left, operand.globs, predicate.all, budget_);
  if (!operand.networks.empty()) return false;  // only a text is an address
  return compares({.op = predicate.op, .folded = predicate.folded, .all = predicate.all}, left, operand.constant,
                  budget_);
}

// Whether nothing stands in the field of which something must.
bool LogTypeJudge::lacks(const Predicate& predicate) {
  const CapturedField captured = fields_[predicate.field];
  if (captured.kind <= FieldKind::null) return true;
  const std::vector<Literal>& within = predicate.operand->within;
  const bool holds_others = captured.kind == FieldKind::list || captured.kind == FieldKind::object;
  if (within.empty() || !holds_others) return false;
  return std::all_of(within.begin(), within.end(), [text = texts_.sought(predicate.field)](const Literal& literal) {
    return literal.stands_in(text) == Literal::Answer::no;
  });
}

namespace {

template <typename Range, typename Property>
bool quantified(const Range& range, bool all, const Property& property) {
  return all ? std::all_of(range.begin(), range.end(), property) : std::any_of(range.begin(), range.end(), property);
}

bool in_order(Op op, int order) {
  return op == Op::lt ? order < 0 : op == Op::le ? order <= 0 : op == Op::gt ? order > 0 : order >= 0;
}

}  // namespace

// Whether each literal, or any, is found; nothing if escapes leave that open.
template <typename Find>
std::optional<bool> LogTypeJudge::sought(const Predicate& predicate, const Find& find) {
  const std::string_view text = texts_.sought(predicate.field);
  bool unsure = false;
  for (const Literal& literal : predicate.operand->literals) {
    const Literal::Answer answer = find(literal, text);
    if (answer == Literal::Answer::unsure) {
      unsure = true;
    } else if ((answer == Literal::Answer::yes) != predicate.all) {
      return !predicate.all;
    }
  }
  return unsure ? std::nullopt : std::optional(predicate.all);
}

bool LogTypeJudge::test_text(const Predicate& predicate) {
  const Operand& operand = *predicate.operand;
  const auto text = [&] { return predicate.folded ? texts_.folded(predicate.field) : texts_.decoded(predicate.field); };
  const auto test = [&](const auto& find, const auto& holds) {
    if (predicate.folded) {
      if (const auto known = sought(predicate, find)) return *known;
    }
    return quantified(operand.texts, predicate.all,
                      [whole = text(), &holds](const std::string& part) { return holds(whole, part); });
  };
  switch (predicate.text_test) {
    case Predicate::TextTest::never:
    case Predicate::TextTest::value:
      return false;
    case Predicate::TextTest::set:
      return operand.set.contains(text());
    case Predicate::TextTest::contains:
      return test(
          [](const Literal& part, std::string_view whole) { return part.stands_in(whole); },
          [](std::string_view whole, const std::string& part) { return whole.find(part) != std::string_view::npos; });
    case Predicate::TextTest::starts_with:
      return test([](const Literal& part, std::string_view whole) { return part.begins(whole); },
                  [](std::string_view whole, const std::string& part) { return whole.starts_with(part); });
    case Predicate::TextTest::ends_with:
      return test([](const Literal& part, std::string_view whole) { return part.ends(whole); },
                  [](std::string_view whole, const std::string& part) { return whole.ends_with(part); });
    case Predicate::TextTest::order:
      return in_order(predicate.op, texts_.decoded(predicate.field).compare(*operand.constant.string()));
    case Predicate::TextTest::pattern: {
      if (predicate.op == Op::matches) return test_regexes(predicate);
      if (predicate.op == Op::like) {
        return quantified(operand.globs, predicate.all,
                          [decoded = texts_.decoded(predicate.field)](const Glob& glob) { return glob.fits(decoded); });
      }
      const std::optional<Network>& inner = network(predicate.field);
      return inner && operand.networks.holds(*inner);
    }
  }
  return false;
}

bool LogTypeJudge::test_regexes(const Predicate& predicate) {
  const Operand& operand = *predicate.operand;
  const auto fits = [&](const Regex& regex) {
    const std::vector<Literal>& guards = operand.guards[static_cast<std::size_t>(&regex - operand.regexes.data())];
    const auto is_absent = [whole = texts_.sought(predicate.field)](const Literal& guard) {
      return guard.stands_in(whole) == Literal::Answer::no;
    };
    if (!guards.empty() && std::all_of(guards.begin(), guards.end(), is_absent)) return false;
    return regex.found_in(texts_.decoded(predicate.field));
  };
  return quantified(operand.regexes, predicate.all, fits);
}

EventReader::Reading LogTypeJudge::read(const FieldTerm& term) {
  const auto known = plan_.readings.find(&term);
  if (known == plan_.readings.end()) return whole_.parsed().read(term);
  return {.value = &value(known->second.field), .steps = known->second.steps};
}

std::uint64_t LogTypeJudge::hash(FieldId field) {
  FieldState& state = states_[field];
  if (std::exchange(state.hash_in, event_) != event_) state.hash = hash_of_text(texts_.sought(field));
  return state.hash;
}

const std::optional<Network>& LogTypeJudge::network(FieldId field) {
  FieldState& state = states_[field];
  if (std::exchange(state.network_in, event_) != event_) state.network = Network::parse(texts_.decoded(field));
  return state.network;
}

std::optional<double> LogTypeJudge::number(FieldId field) {
  std::int64_t integer = 0;
  const std::string_view token = fields_[field].in(block_);
  const char* const end = token.data() + token.size();
  const auto read = std::from_chars(token.data(), end, integer);
  if (read.ec == std::errc() && read.ptr == end) return static_cast<double>(integer);
  return value(field).as_double();
}

const Value& LogTypeJudge::value(FieldId field) {
  FieldState& state = states_[field];
  if (std::exchange(state.value_in, event_) == event_) return state.value;
  const std::string_view raw = fields_[field].in(block_);
  switch (fields_[field].kind) {
    case FieldKind::absent:
    case FieldKind::null:
      state.value = Value();
      break;
    case FieldKind::boolean:
      state.value = Value(raw.front() == 't');
      break;
    case FieldKind::number:
      state.value = Value::from_number(raw).value_or(Value());
      break;
    case FieldKind::text:
      state.value = Value(texts_.decoded(field));
      break;
    case FieldKind::list:
    case FieldKind::object: {
      state.value = Value();  // the last one may be large: two at a time need not be
      // As deep as it may be the scanner has seen to.
      auto read = read_json(raw, {.nesting = std::numeric_limits<std::size_t>::max()});
      state.value = std::holds_alternative<Value>(read) ? std::get<Value>(std::move(read)) : Value();
      break;
    }
  }
  return state.value;
}

}  // namespace picket
