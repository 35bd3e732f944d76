#include "engine/stream/pipeline.hpp"

#include <algorithm>
#include <map>

#include "engine/alert/native_format.hpp"
#include "engine/stream/batch_cutter.hpp"
#include "tests/catch.hpp"
#include "tests/unit/stream/framing.hpp"
#include "tests/unit/stream/judging.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

class TextInput : public Input {
 public:
  explicit TextInput(std::string text, std::size_t chunk = 100)
      : text_(std::move(text)),
        cutter_({.read = read_in_chunks(text_, [chunk] { return chunk; }), .ready = [] { return true; }}, {},
                std::make_shared<BufferPool>()) {}

  [[nodiscard]] const std::string& name() const override { return name_; }
  void read(const BatchTaker& to) override { cutter_.run(to); }
  [[nodiscard]] std::uint64_t bytes() const override { return cutter_.consumed(); }
  [[nodiscard]] std::uint64_t raw_bytes() const override { return cutter_.consumed(); }
  [[nodiscard]] std::optional<std::string> fault() const override { return std::nullopt; }
  [[nodiscard]] bool interrupted() const override { return false; }

 private:
  std::string name_ = "text";
  std::string text_;
  BatchCutter cutter_;
};

// Hands on one text again and again, and rests after each; remembers how many alerts there were then.
class RestingInput : public Input {
 public:
  RestingInput(std::string text, std::size_t times, const RememberingSink& sink)
      : text_(std::move(text)), times_(times), sink_(sink) {}

  [[nodiscard]] const std::string& name() const override { return text_; }
  void read(const BatchTaker& to) override {
    for (std::size_t i = 0; i < times_; ++i) {
      Batch batch;
      const auto memory = std::make_shared<Buffer>(text_.size());
      std::copy(text_.begin(), text_.end(), memory->data());
      const std::string_view lines(memory->data(), text_.size());
      batch.pieces.push_back({.frame = {.text = lines, .length = lines.size()}, .lines = true});
      batch.memory.push_back(memory);
      REQUIRE(to.take(batch));
      REQUIRE(to.rest());
      alerts_at_rest_.push_back(sink_.alerts.size());
    }
  }
  [[nodiscard]] std::uint64_t bytes() const override { return 0; }
  [[nodiscard]] std::uint64_t raw_bytes() const override { return 0; }
  [[nodiscard]] std::optional<std::string> fault() const override { return std::nullopt; }
  [[nodiscard]] bool interrupted() const override { return false; }

  [[nodiscard]] const std::vector<std::size_t>& alerts_at_rest() const { return alerts_at_rest_; }

 private:
  std::string text_;
  std::size_t times_;
  const RememberingSink& sink_;
  std::vector<std::size_t> alerts_at_rest_;
};

PipelineOptions told(const std::string& log_type) {
  PipelineOptions options;
  options.judging.log_type = log_type;
  return options;
}

struct JudgedAll {
  RunResult result;
  Tally tally;
  std::vector<Alert> alerts;
  std::vector<std::string> letters;  // reasons
};

JudgedAll judge(const std::vector<std::string>& rules, const std::string& events, PipelineOptions options = {}) {
  RememberingSink sink;
  JudgedAll judged;
  Pipeline pipeline(
      version_from(rules), sink,
      [&](const DeadLetter& letter) {
        judged.letters.push_back(letter.reason);
        return Delivery{};
      },
      [] { return Time{1'769'860'800'000'000}; }, std::move(options));
  TextInput input(events);
  judged.result = pipeline.run(input);
  if (judged.result.end == RunEnd::input_ended) judged.result = pipeline.finish();
  judged.tally = pipeline.tally();
  judged.alerts = sink.alerts;
  return judged;
}

std::map<std::string, std::uint64_t> matches_of(const Tally& tally) {
  std::map<std::string, std::uint64_t> matches;
  for (const auto& [id, rule] : tally.rules) matches.emplace(id, rule.matches);
  return matches;
}

std::string line_of(const Alert& alert) {
  std::string line;
  append_alert_json(line, alert);
  return line;
}

std::vector<std::string> ids_of(const JudgedAll& judged) {
  std::vector<std::string> ids;
  for (const Alert& alert : judged.alerts) ids.push_back(alert.rule->id);
  return ids;
}

}  // namespace

TEST_CASE("an event is judged by the rules of its log type, in their order") {
  const std::vector<std::string> rules = {rule_text("Both", "A, B", "x eq 1", "Dedup: \"{p_log_type}\"\n"),
                                          rule_text("OnlyB", "B", "x eq 1"), rule_text("OnlyA", "A", "x ge 1"),
                                          rule_text("Never", "A", "x eq 3")};
  const JudgedAll judged = judge(rules, R"({"p_log_type":"A","x":1})"
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
  CHECK(matches_of(judged.tally) == std::map<std::string, std::uint64_t>{{"Both", 2}, {"OnlyA", 1}, {"OnlyB", 1}});
  CHECK(judged.tally.unjudged == decltype(judged.tally.unjudged){{"C", 1}});
  CHECK(judged.tally.without_log_type == 2);
}

TEST_CASE("the log type that is told is that of events without one") {
  const JudgedAll judged = judge({rule_text("R", "A", "x eq 1")}, R"({"x":1}{"x":1,"p_log_type":"B"})", told("A"));
  CHECK(ids_of(judged) == std::vector<std::string>{"R"});
  CHECK(judged.alerts.at(0).sample->log_type == "A");
  CHECK(judged.tally.without_log_type == 0);
}

TEST_CASE("what an alert says of its event") {
  const JudgedAll judged = judge({rule_text("R", "A", "x eq 1", "AlertTitle: \"x is {x}\"\nTags: [t]\n")},
                                 "\n  {\"x\":1,\"eventTime\":\"2026-01-31T12:00:00Z\"}", told("A"));
  REQUIRE(judged.alerts.size() == 1);
  const Alert& alert = judged.alerts[0];
  CHECK(alert.texts.title == "x is 1");
  CHECK(alert.rule->tags == std::vector<std::string>{"t"});
  CHECK(alert.sample->place.input == "text");
  CHECK(alert.sample->place.line == 2);
  CHECK(alert.sample->place.offset == 3);
  CHECK(alert.sample->time == Time{1'769'860'800'000'000});
}

TEST_CASE("dead letters are told and counted by reason") {
  const JudgedAll judged = judge({rule_text("R", "A", "x eq 1")}, "{\"x\":1}\n{\"x\":\n1\n\"s\"\n{\"x\":1}", told("A"));
  CHECK(judged.tally.matches == 2);
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
  PipelineOptions options = told("A");
  options.judging.steps = 300;
  const JudgedAll judged =
      judge({rule_text("Before", "A", "x eq 1"), rule_text("Costly", "A", "(count v in l { v eq 1 }) gt 5"),
             rule_text("After", "A", "x eq 1")},
            R"({"x":1,"l":[)" + list + "]}", options);
  CHECK(ids_of(judged) == std::vector<std::string>{"Before", "After"});
  CHECK(judged.tally.given_up == 1);
}

TEST_CASE("the number of log types that are counted is bounded") {
  std::string events;
  for (int i = 0; i < 50; ++i) events += R"({"p_log_type":"T)" + std::to_string(i) + "\"}\n";
  PipelineOptions options;
  options.log_types_counted = 10;
  const JudgedAll judged = judge({rule_text("R", "A", "x eq 1")}, events, options);
  CHECK(judged.tally.unjudged.size() == 11);
  CHECK(judged.tally.unjudged.at("…") == 40);
}

TEST_CASE("a sink that fails or is closed ends the run, and every run after it") {
  for (const auto& [outcome, end] : {std::pair{Delivery::Outcome::failed, RunEnd::output_failed},
                                     std::pair{Delivery::Outcome::closed, RunEnd::output_closed}}) {
    for (const unsigned threads : {1U, 4U}) {
      RememberingSink sink;
      sink.answer = {.outcome = outcome, .reason = "why"};
      PipelineOptions options = told("A");
      options.threads = threads;
      Pipeline pipeline(
          version_from({rule_text("R", "A", "x eq 1")}), sink, [](const DeadLetter&) { return Delivery{}; },
          [] { return Time{}; }, options);
      const std::string event = R"({"x":1,"pad":")" + std::string(1000, 'x') + "\"}\n";
      std::string events;
      for (int i = 0; i < 5000; ++i) events += event;
      TextInput input(events, 10'000);
      CHECK(pipeline.run(input).end == end);
      CHECK(sink.alerts.size() == 1);
      TextInput another("{\"x\":1}\n");
      CHECK(pipeline.run(another).end == end);
      CHECK(pipeline.finish().end == end);
      CHECK(sink.alerts.size() == 1);
      CHECK(input.bytes() < events.size());
    }
  }
}

TEST_CASE("however many threads judge, alerts, dead letters and counts are the same, in the order of events") {
  const std::vector<std::string> rules = {rule_text("Odd", "A, B", "n % 2 eq 1", "Dedup: \"{n}\"\n"),
                                          rule_text("Tens", "A", "n % 10 eq 0", "AlertTitle: \"{n}\"\n"),
                                          rule_text("Costly", "B", "(count v in l { v eq 1 }) gt 5")};
  std::string costly = "1";
  for (int i = 0; i < 200; ++i) costly += ",1";
  std::string events;
  for (int n = 0; n < 30'000; ++n) {
    const std::string number = std::to_string(n);
    if (n % 1000 == 7) events += "broken " + number + "\n";
    if (n % 1000 == 8) events += R"({"p_log_type":"A","n":1}{"p_log_type":"A","n":)" + number + "}\n";
    if (n % 1000 == 9) events += R"({"Records":[{"p_log_type":"A","n":)" + number + "},{\"n\":1}]}\n";
    if (n % 1000 == 10) events += R"({"p_log_type":"B","n":0,"l":[)" + costly + "]}\n";
    const std::string log_type = n % 3 == 0 ? "A" : n % 3 == 1 ? "B" : "C" + std::to_string(n / 150);
    events += R"({"p_log_type":")" + log_type + R"(","n":)" + number + ",\"l\":[1]}\n";
  }
  PipelineOptions options;
  options.judging.steps = 250;
  options.log_types_counted = 50;
  const JudgedAll expected = judge(rules, events, options);
  CHECK(expected.alerts.size() > 10'000);
  CHECK(expected.letters.size() == 30);
  CHECK(expected.tally.given_up == 30);
  CHECK(expected.tally.unjudged.size() == 51);
  std::uint64_t last = 0;
  std::uint64_t line = 1;
  for (const Alert& alert : expected.alerts) {
    if (!alert.sample) continue;  // told at the end
    const Place& place = alert.sample->place;
    REQUIRE(place.offset >= last);
    const auto at = [&](std::uint64_t offset) { return events.begin() + static_cast<std::ptrdiff_t>(offset); };
    line += static_cast<std::uint64_t>(std::count(at(last), at(place.offset), '\n'));
    last = place.offset;
    REQUIRE(events.compare(last, 13, "{\"p_log_type\"") == 0);
    REQUIRE(place.line == line);
  }
  for (const unsigned threads : {2U, 3U, 8U}) {
    options.threads = threads;
    const JudgedAll judged = judge(rules, events, options);
    REQUIRE(judged.alerts.size() == expected.alerts.size());
    for (std::size_t i = 0; i < judged.alerts.size(); ++i) {
      REQUIRE(line_of(judged.alerts[i]) == line_of(expected.alerts[i]));
    }
    CHECK(judged.letters == expected.letters);
    CHECK(judged.tally.events == expected.tally.events);
    CHECK(judged.tally.bytes == events.size());
    CHECK(judged.tally.invalid == expected.tally.invalid);
    CHECK(judged.tally.without_log_type == expected.tally.without_log_type);
    CHECK(judged.tally.unjudged == expected.tally.unjudged);
    CHECK(matches_of(judged.tally) == matches_of(expected.tally));
    CHECK(judged.tally.given_up == expected.tally.given_up);
  }
}

TEST_CASE("what one batch raises is delivered in parts, however much it is") {
  std::vector<std::string> rules;
  for (int i = 0; i < 300; ++i) rules.push_back(rule_text("R" + std::to_string(i), "A", "x eq 1", "Dedup: \"{n}\"\n"));
  std::string events;
  for (int n = 0; n < 60; ++n) events += R"({"x":1,"n":)" + std::to_string(n) + "}\n";
  for (const unsigned threads : {1U, 4U}) {
    PipelineOptions options = told("A");
    options.threads = threads;
    const JudgedAll judged = judge(rules, events, options);
    REQUIRE(judged.alerts.size() == 18'000);
    for (std::size_t i = 0; i < judged.alerts.size(); ++i) {
      REQUIRE(judged.alerts[i].rule->id == "R" + std::to_string(i % 300));
      REQUIRE(judged.alerts[i].sample->place.line == 1 + i / 300);
    }
  }
}

TEST_CASE("an alert does not wait for the source's next bytes, whoever judges") {
  for (const unsigned threads : {1U, 4U}) {
    RememberingSink sink;
    PipelineOptions options = told("A");
    options.threads = threads;
    Pipeline pipeline(
        version_from({rule_text("R", "A", "x eq 1")}), sink, [](const DeadLetter&) { return Delivery{}; },
        [] { return Time{}; }, options);
    RestingInput input("{\"x\":1}\n", 20, sink);
    CHECK(pipeline.run(input).end == RunEnd::input_ended);
    CHECK(input.alerts_at_rest() ==
          std::vector<std::size_t>{1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5});  // told when doubled
  }
}
