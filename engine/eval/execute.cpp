#include "engine/eval/execute.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace picket {

class Executor::State {
 public:
  State(std::shared_ptr<const RuleSet> rules, ExecutorOptions options)
      : options_(std::move(options)), evaluator_(std::move(rules), {.steps = options_.steps}) {}

  Judged judge(std::string_view text) {
    Judged judged;
    judged.text = trimmed(text);
    judged.offset = static_cast<std::size_t>(judged.text.data() - text.data());
    auto read = read_json(judged.text, options_.json);
    auto* value = std::get_if<Value>(&read);
    if (value == nullptr || value->object() == nullptr) return judged;
    event_ = std::move(*value);
    judged.is_event = true;
    const Value* own = event_.object()->find_exact("p_log_type");
    const bool named = own != nullptr && own->string() != nullptr && !own->string()->empty();
    judged.log_type = named ? *own->string() : options_.log_type;
    judged.has_rules = !rules().rules_for(judged.log_type).empty();
    judged.matches = evaluator_.judge(event_, judged.log_type, now_);
    return judged;
  }

  bool next(Judged& judged) {
    while (at_ < block_.size()) {
      const std::size_t end = std::min(block_.find('\n', at_), block_.size());
      const std::size_t begin = std::exchange(at_, end + 1);
      const std::string_view line = block_.substr(begin, end - begin);
      if (trimmed(line).empty()) continue;
      judged = judge(line);
      judged.offset += begin;
      return true;
    }
    return false;
  }

  void begin(std::string_view block) {
    block_ = block;
    at_ = 0;
  }
  void set_now(Time now) { now_ = now; }
  [[nodiscard]] const Value& event() const { return event_; }
  AlertTexts texts(const Match& match) { return evaluator_.texts(match); }
  [[nodiscard]] std::size_t given_up() const { return evaluator_.given_up(); }
  [[nodiscard]] const RuleSet& rules() const { return evaluator_.rules(); }

 private:
  static std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
  }

  ExecutorOptions options_;
  Evaluator evaluator_;
  Value event_;
  Time now_;
  std::string_view block_;
  std::size_t at_ = 0;
};

Executor::Executor(std::shared_ptr<const RuleSet> rules, ExecutorOptions options)
    : state_(std::make_unique<State>(std::move(rules), std::move(options))) {}
Executor::~Executor() = default;

Judged Executor::judge(std::string_view text, Time now) {
  state_->set_now(now);
  return state_->judge(text);
}
void Executor::begin(std::string_view block, Time now) {
  state_->set_now(now);
  state_->begin(block);
}
bool Executor::next(Judged& judged) { return state_->next(judged); }
const Value& Executor::event() { return state_->event(); }
AlertTexts Executor::texts(const Match& match) { return state_->texts(match); }
std::size_t Executor::given_up() const { return state_->given_up(); }
const RuleSet& Executor::rules() const { return state_->rules(); }

}  // namespace picket
