#include "engine/mutation/candidates.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/eval/operators.hpp"
#include "engine/mutation/event_change.hpp"
#include "engine/pattern/pattern.hpp"
#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

constexpr std::size_t most_items = 24;  // of a list on the right that values are made for

using Candidates = std::vector<Candidate>;

void add(Candidates& candidates, Candidate candidate) {
  if (std::find(candidates.begin(), candidates.end(), candidate) == candidates.end()) {
    candidates.push_back(std::move(candidate));
  }
}

// A text that the glob fits, its stars as `run`.
std::string text_for(std::string_view glob, std::string_view run) {
  std::string text;
  for (std::size_t i = 0; i < glob.size(); ++i) {
    if (glob[i] == '*') {
      text += run;
    } else if (glob[i] == '?') {
      text += 'x';
    } else if (const std::size_t end = glob[i] == '[' ? glob.find(']', i + 2) : std::string_view::npos;
               end != std::string_view::npos) {
      text += glob[i + 1] == '!' ? '~' : glob[i + 1];
      i = end;
    } else {
      text += glob[i];
    }
  }
  return text;
}

// A text that a simple regex fits: escapes, sets, groups and repetitions by their first choice. A guess, which the
// caller tries.
class TextForRegex {
 public:
  explicit TextForRegex(std::string_view regex) : regex_(regex) {}

  std::string make() {
    for (; at_ < regex_.size() && regex_[at_] != '|'; ++at_) add();
    return std::move(text_);
  }

 private:
  // What stands for the part that begins here, whose last character is then in hand.
  void add() {
    constexpr std::string_view nothing = "^$()*+?";
    const char c = regex_[at_];
    if (regex_.substr(at_).starts_with("(?")) {
      go_to(regex_.find_first_of(":)>", at_), regex_.size());
    } else if (c == '\\' && at_ + 1 < regex_.size()) {
      add_escaped(regex_[++at_]);
    } else if (c == '[') {
      text_ += at_ + 1 < regex_.size() && regex_[at_ + 1] != '^' ? regex_[at_ + 1] : '~';
      go_to(regex_.find(']', at_ + 2), at_);
    } else if (c == '{') {
      repeat();
    } else if (nothing.find(c) == std::string_view::npos) {
      text_ += c == '.' ? 'x' : c;
    }
  }

  void add_escaped(char escaped) {
    if (escaped == 'b') return;
    text_ += escaped == 'd' ? '1' : escaped == 's' ? ' ' : escaped == 'w' ? 'x' : escaped;
  }

  void repeat() {
    constexpr int most = 100;
    int times = 0;
    for (std::size_t i = at_ + 1; i < regex_.size() && regex_[i] >= '0' && regex_[i] <= '9' && times < most; ++i) {
      times = times * 10 + (regex_[i] - '0');
    }
    if (!text_.empty()) text_.append(static_cast<std::size_t>(std::max(times - 1, 0)), text_.back());
    go_to(regex_.find('}', at_), at_);
  }

  void go_to(std::size_t found, std::size_t otherwise) { at_ = found == std::string_view::npos ? otherwise : found; }

  std::string_view regex_;
  std::size_t at_ = 0;
  std::string text_;
};

// Texts around one: itself, longer at either end, in other case, shorter.
void add_around(Candidates& candidates, const std::string& text) {
  add(candidates, Value(text));
  add(candidates, Value(text + "x"));
  add(candidates, Value("x" + text));
  add(candidates, Value("x" + text + "x"));
  add(candidates, Value(with_other_case(text)));
  add(candidates, Value(with_other_case(text.substr(0, 1)) + text.substr(std::min<std::size_t>(1, text.size()))));
  if (!text.empty()) add(candidates, Value(text.substr(0, text.size() - 1)));
}

void add_number(Candidates& candidates, const Value& number) {
  add(candidates, number);
  if (const auto* whole = number.integer(); whole != nullptr && std::abs(*whole) < (std::int64_t{1} << 60)) {
    add(candidates, Value(*whole + 1));
    add(candidates, Value(*whole - 1));
  } else if (const auto real = number.as_double()) {
    add(candidates, Value::from_double(*real + 0.5));
    add(candidates, Value::from_double(*real - 0.5));
  }
}

void add_for(Candidates& candidates, Op op, const Value& right) {
  const std::string* text = right.string();
  if (text == nullptr) {
    if (right.as_double()) {
      add_number(candidates, right);
    } else {
      add(candidates, right);
    }
    if (op == Op::contains) add(candidates, Value(List{right}));
    return;
  }
  if (op == Op::like) {
    add_around(candidates, text_for(*text, ""));
    add_around(candidates, text_for(*text, "x"));
  } else if (op == Op::matches) {
    add_around(candidates, TextForRegex(*text).make());
  } else if (op == Op::in_cidr) {
    add(candidates, Value(text->substr(0, text->find('/'))));
    for (const char* address : {"8.8.8.8", "10.0.0.1", "192.168.1.1", "2001:db8::1"}) add(candidates, Value(address));
  } else {
    add_around(candidates, *text);
    if (op == Op::contains) {
      add(candidates, Value(List{*text}));
      add(candidates, Value(List{"x" + *text}));
      add(candidates, Value(List{with_other_case(*text)}));
    }
  }
}

void add_all(Candidates& candidates, Op op, const Value& right) {
  const List* list = op == Op::eq ? nullptr : right.list();
  if (list == nullptr) return add_for(candidates, op, right);
  const std::size_t size = std::min(list->size(), most_items);
  // First the values themselves, then what is near to them.
  for (std::size_t i = 0; i < size; ++i) {
    Candidates one;
    add_for(one, op, (*list)[i]);
    if (!one.empty()) add(candidates, one.front());
  }
  std::string joined;
  for (std::size_t i = 0; i < size; ++i) {
    add_for(candidates, op, (*list)[i]);
    if ((*list)[i].string() != nullptr) joined += *(*list)[i].string();
  }
  if (size > 1) add(candidates, Value(joined));  // what contains them all
}

// The text with its last name replaced: what follows the last `\`, `/`, `:` or `.`.
void add_last_names(Candidates& candidates, const std::string& current, const std::string& name) {
  for (const char* separators : {"\\/", ":", "."}) {
    const std::size_t at = current.find_last_of(separators);
    if (at != std::string::npos) add(candidates, Value(current.substr(0, at + 1) + name));
  }
}

// A text that the right side of the operator asks for.
std::string text_that_fits(Op op, const std::string& right) {
  if (op == Op::matches) return TextForRegex(right).make();
  return op == Op::like ? text_for(right, "") : right;
}

// What is sought, put into the text that is there, turned round in it, and taken out of it: other comparisons of the
// same field stay as they are.
void add_within(Candidates& candidates, Op op, const Value& right, const std::string& current) {
  const List one = {right};
  const List& items = right.list() != nullptr ? *right.list() : one;
  for (std::size_t i = 0; i < std::min(items.size(), most_items); ++i) {
    const std::string* written = items[i].string();
    const std::string sought = written == nullptr ? "" : text_that_fits(op, *written);
    if (sought.empty()) continue;
    const std::size_t at = fold_case(current).find(fold_case(sought));
    if (at != std::string::npos && at + sought.size() <= current.size()) {
      const std::string before = current.substr(0, at);
      const std::string after = current.substr(at + sought.size());
      add(candidates, Value(before + with_other_case(current.substr(at, sought.size())) + after));
      add(candidates, Value(before + "x" + after));
      for (const Value& other : items) {
        if (other.string() != nullptr) {
          add(candidates, Value(before + text_that_fits(op, *other.string()) + after));
        }
      }
    }
    add(candidates, Value(current + " " + sought));
    add(candidates, Value(sought + current));
    add(candidates, Value(current + sought));
    add_last_names(candidates, current, sought);
    add_last_names(candidates, current, sought + "x");
    add_last_names(candidates, current, with_other_case(sought));
  }
}

// The text itself: longer, and in other case.
void add_turned(Candidates& candidates, const std::string& current) {
  add(candidates, Value(with_other_case(current)));
  add(candidates, Value(current + "x"));
  add(candidates, Value("x" + current));
}

// Lists and texts of about the length that is asked for.
void add_lengths(Candidates& candidates, const Value& right) {
  const auto length = right.as_index();
  if (!length || *length < 0 || *length >= static_cast<std::int64_t>(longest_made_list)) return;
  for (const std::int64_t step : {0, 1, -1}) {
    if (*length + step < 0) continue;
    const auto size = static_cast<std::size_t>(*length + step);
    List list;
    for (std::size_t i = 0; i < size; ++i) list.push_back("x" + std::to_string(i));
    add(candidates, Value(std::move(list)));
    add(candidates, Value(std::string(size, 'x')));
  }
}

void add_kind(Candidates& candidates, IsKind kind) {
  switch (kind) {
    case IsKind::null:
      return add(candidates, std::nullopt);
    case IsKind::empty:
      return add(candidates, Value(""));
    case IsKind::is_true:
      return add(candidates, Value(true));
    case IsKind::is_false:
      return add(candidates, Value(false));
    case IsKind::string:
      return add(candidates, Value("x"));
    case IsKind::number:
    case IsKind::is_int:
      add(candidates, Value(1));
      return add(candidates, Value(1.5));
    case IsKind::is_bool:
      return add(candidates, Value(true));
    case IsKind::list:
      return add(candidates, Value(List{"x"}));
    case IsKind::object:
      return add(candidates, Value(Object{{"x", 1}}));
    case IsKind::ip:
    case IsKind::ipv4:
    case IsKind::public_ip:
      add(candidates, Value("8.8.8.8"));
      return add(candidates, Value("2001:4860:4860::8888"));
    case IsKind::ipv6:
      return add(candidates, Value("2001:4860:4860::8888"));
    case IsKind::private_ip:
      return add(candidates, Value("10.0.0.1"));
    case IsKind::loopback_ip:
      return add(candidates, Value("127.0.0.1"));
  }
}

const Term& left_of(const Term& comparison) {
  return match(
      comparison.node, [](const CompareTerm& t) -> const Term& { return *t.left; },
      [](const IsTerm& t) -> const Term& { return *t.operand; },
      [](const TruthTerm& t) -> const Term& { return *t.operand; },
      [&](const auto&) -> const Term& { return comparison; });
}

Value texts_in_other_case(const List& list) {
  List other;
  for (const Value& element : list) {
    other.push_back(element.string() != nullptr ? Value(with_other_case(*element.string())) : element);
  }
  return other;
}

bool asks_length(const Term& left) {
  const auto* call = std::get_if<CallTerm>(&left.node);
  return call != nullptr && call->function == Function::len;
}

}  // namespace

std::string with_other_case(std::string text) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const bool any_upper = std::any_of(text.begin(), text.end(), is_upper);
  return any_upper ? ascii_lower(std::move(text)) : ascii_upper(std::move(text));
}

std::vector<Candidate> candidates_for(const Term& comparison, const std::vector<Value>& rights, const Value& current) {
  Candidates candidates;
  if (const auto* compare = std::get_if<CompareTerm>(&comparison.node)) {
    const bool sees_part = std::holds_alternative<CallTerm>(compare->left->node) ||
                           std::holds_alternative<SharedTerm>(compare->left->node) ||
                           (compare->op != Op::eq && compare->op != Op::in);
    for (const Value& right : rights) {
      if (asks_length(*compare->left)) add_lengths(candidates, right);
      if (sees_part && current.string() != nullptr) add_within(candidates, compare->op, right, *current.string());
      add_all(candidates, compare->op, right);
      if (!sees_part && current.string() != nullptr) add_within(candidates, compare->op, right, *current.string());
    }
    if (current.string() != nullptr) add_turned(candidates, *current.string());
    if (current.list() != nullptr) add(candidates, texts_in_other_case(*current.list()));
  } else if (const auto* is = std::get_if<IsTerm>(&comparison.node)) {
    add_kind(candidates, is->kind);
  } else if (std::holds_alternative<TruthTerm>(comparison.node)) {
    add(candidates, Value(true));
    add(candidates, Value(false));
  } else {
    return candidates;
  }
  // What anything may be instead.
  add(candidates, std::nullopt);
  for (const Value& other : {Value("other"), Value(0), Value(1), Value(true), Value(""), Value("8.8.8.8")}) {
    add(candidates, other);
  }
  return candidates;
}

std::optional<bool> truth_for(const Term& comparison, const Candidate& candidate, const Scopes& scopes) {
  const Term& left = left_of(comparison);
  if (std::holds_alternative<CallTerm>(left.node)) return std::nullopt;
  const Value value = candidate.value_or(Value());
  if (const auto* compare = std::get_if<CompareTerm>(&comparison.node)) {
    const Value* right = constant_of(*compare->right, scopes);
    if (right == nullptr) return std::nullopt;
    Budget budget(100'000);
    bool holds = false;
    if (!compare->regexes.empty()) {
      holds = matches(value, compare->regexes, compare->all, budget);
    } else {
      holds = compares({.op = compare->op, .folded = compare->folded, .all = compare->all}, value, *right, budget);
    }
    return holds != compare->negated;
  }
  if (const auto* is = std::get_if<IsTerm>(&comparison.node)) return is_of_kind(value, is->kind) != is->negated;
  if (std::holds_alternative<TruthTerm>(comparison.node)) return value.truth();
  return std::nullopt;
}

}  // namespace picket
