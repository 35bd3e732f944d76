#include "engine/stream/pipeline.hpp"

#include "engine/stream/framer.hpp"
#include "tests/catch.hpp"
#include "tests/unit/stream/framing.hpp"
#include "tests/unit/stream/judging.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

class TextInput : public Input {
 public:
  explicit TextInput(std::string text) : text_(std::move(text)), framer_(read_in_chunks(text_, [] { return 100; })) {}

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] std::optional<Frame> next() override { return framer_.next(); }
  [[nodiscard]] std::uint64_t bytes() const override { return framer_.consumed(); }
  [[nodiscard]] std::uint64_t raw_bytes() const override { return framer_.consumed(); }
  [[nodiscard]] std::optional<std::string> fault() const override { return std::nullopt; }
  [[nodiscard]] bool interrupted() const override { return false; }

 private:
  std::string name_ = "text";
  std::string text_;
  Framer framer_;
};

PipelineOptions told(const std::string& log_type) {
  PipelineOptions options;
  options.log_type = log_type;
  return options;
}

struct Judged {
  RunResult result;
  Tally tally;
  std::vector<Alert> alerts;
  std::vector<std::string> letters;  // reasons
};

Judged judge(const std::vector<std::string>& rules, const std::string& events, PipelineOptions options = {},
             EvaluatorOptions evaluation = {}) {
  Evaluator evaluator(rules_from(rules), evaluation);
  RememberingSink sink;
  Judged judged;
  Pipeline pipeline(
      evaluator, sink,
      [&](const DeadLetter& letter) {
        judged.letters.push_back(letter.reason);
        return Delivery{};
      },
      [] { return Time{1'769'860'800'000'000}; }, std::move(options));
  TextInput input(events);
  judged.result = pipeline.run(input);
  judged.tally = pipeline.tally();
  judged.alerts = sink.alerts;
  return judged;
}

std::vector<std::string> ids_of(const Judged& judged) {
  std::vector<std::string> ids;
  for (const Alert& alert : judged.alerts) ids.push_back(alert.rule_id);
  return ids;
}

}  // namespace

TEST_CASE("an event is judged by the rules of its log type, in their order") {
  const std::vector<std::string> rules = {rule_text("Both", "A, B", "x eq 1"), rule_text("OnlyB", "B", "x eq 1"),
                                          rule_text("OnlyA", "A", "x ge 1"), rule_text("Never", "A", "x eq 3")};
  const Judged judged = judge(rules, R"({"p_log_type":"A","x":1})"
                                     "\n"
                                     R"({"p_log_type":"B","x":1})"
                                     "\n"
                                     R"({"p_log_type":"C","x":1})"
                                     "\n"
                                     R"({"x":1})"
                                     "\n"
                                     R"({"p_log_type":7,"x":1})");
  CHECK(ids_of(judged) == std::vector<std::string>{"Both", "OnlyA", "Both", "OnlyB"});
  CHECK(judged.tally.events == 5);
  CHECK(judged.tally.alerts == 4);
  CHECK(judged.tally.matches == std::vector<std::uint64_t>{2, 1, 1, 0});
  CHECK(judged.tally.unjudged == decltype(judged.tally.unjudged){{"C", 1}});
  CHECK(judged.tally.without_log_type == 2);
}

TEST_CASE("the log type that is told is that of events without one") {
  const Judged judged = judge({rule_text("R", "A", "x eq 1")}, R"({"x":1}{"x":1,"p_log_type":"B"})", told("A"));
  CHECK(ids_of(judged) == std::vector<std::string>{"R"});
  CHECK(judged.alerts.at(0).log_type == "A");
  CHECK(judged.tally.without_log_type == 0);
}

TEST_CASE("what an alert says of its event") {
  const Judged judged = judge({rule_text("R", "A", "x eq 1", "AlertTitle: \"x is {x}\"\nTags: [t]\n")},
                              "\n  {\"x\":1,\"eventTime\":\"2026-01-31T12:00:00Z\"}", told("A"));
  REQUIRE(judged.alerts.size() == 1);
  const Alert& alert = judged.alerts[0];
  CHECK(alert.texts.title == "x is 1");
  CHECK(alert.tags == std::vector<std::string>{"t"});
  CHECK(alert.place.input == "text");
  CHECK(alert.place.line == 2);
  CHECK(alert.place.offset == 3);
  CHECK(alert.event_time == Time{1'769'860'800'000'000});
}

TEST_CASE("dead letters are told and counted by reason") {
  const Judged judged = judge({rule_text("R", "A", "x eq 1")}, "{\"x\":1}\n{\"x\":\n1\n\"s\"\n{\"x\":1}", told("A"));
  CHECK(judged.alerts.size() == 2);
  CHECK(judged.letters.size() == 3);
  CHECK(judged.tally.invalid.at("not an object") == 2);
  CHECK(judged.tally.invalid_count() == 3);
}

TEST_CASE("disabled rules judge nothing") {
  std::string off = rule_text("Off", "A", "x eq 1");
  off.replace(off.find("true"), 4, "false");
  const auto rules = rules_from({off, rule_text("On", "A", "x eq 1")});
  CHECK(rules->rules().size() == 1);
  CHECK(rules->disabled() == 1);
  CHECK(rules->log_types() == std::vector<std::string_view>{"A"});
}

TEST_CASE("a rule that needs too many steps is given up, and takes no other rule with it") {
  std::string list = "1";
  for (int i = 0; i < 500; ++i) list += ",1";
  const Judged judged =
      judge({rule_text("Before", "A", "x eq 1"), rule_text("Costly", "A", "(count v in l { v eq 1 }) gt 5"),
             rule_text("After", "A", "x eq 1")},
            "{\"x\":1,\"l\":[" + list + "]}", told("A"), EvaluatorOptions{.steps = 300});
  CHECK(ids_of(judged) == std::vector<std::string>{"Before", "After"});
  CHECK(judged.tally.given_up == 1);
}

TEST_CASE("the number of log types that are counted is bounded") {
  std::string events;
  for (int i = 0; i < 50; ++i) events += "{\"p_log_type\":\"T" + std::to_string(i) + "\"}\n";
  PipelineOptions options;
  options.log_types_counted = 10;
  const Judged judged = judge({rule_text("R", "A", "x eq 1")}, events, options);
  CHECK(judged.tally.unjudged.size() == 11);
  CHECK(judged.tally.unjudged.at("…") == 40);
}

TEST_CASE("a sink that fails or is closed ends the run") {
  for (const auto& [outcome, end] : {std::pair{Delivery::Outcome::failed, RunEnd::output_failed},
                                     std::pair{Delivery::Outcome::closed, RunEnd::output_closed}}) {
    Evaluator evaluator(rules_from({rule_text("R", "A", "x eq 1")}));
    RememberingSink sink;
    sink.answer = {.outcome = outcome, .reason = "why"};
    Pipeline pipeline(
        evaluator, sink, [](const DeadLetter&) { return Delivery{}; }, [] { return Time{}; }, told("A"));
    TextInput input("{\"x\":1}\n{\"x\":1}\n");
    CHECK(pipeline.run(input).end == end);
    CHECK(sink.alerts.size() == 1);
  }
}
