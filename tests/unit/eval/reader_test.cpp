// Interpreters that read an event bit by bit.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "engine/eval/interpret.hpp"
#include "engine/eval/parsed_event.hpp"
#include "engine/event/json.hpp"
#include "tests/catch.hpp"
#include "tests/unit/eval/terms.hpp"

namespace picket {
namespace {

using namespace tests;

Value value_of(std::string_view json) { return std::get<Value>(read_json(json)); }

// Knows what stands at some paths of keys, and counts how often it is asked for more. What it says of those paths
// differs from the event, so that it shows who answered.
class SomeFields : public EventReader {
 public:
  SomeFields(std::string_view event, std::map<std::vector<PathStep>, Value> known)
      : event_(value_of(event)), known_(std::move(known)) {}

  const Value& event() override {
    ++events;
    return event_;
  }
  Reading read(const FieldTerm& term) override {
    // The longest beginning of the path that is known.
    for (std::size_t steps = term.path.size(); steps > 0; --steps) {
      const std::vector<PathStep> first(term.path.begin(), term.path.begin() + static_cast<std::ptrdiff_t>(steps));
      const auto found = known_.find(first);
      if (found != known_.end()) return {.value = &found->second, .steps = steps};
    }
    return {};
  }

  int events = 0;

 private:
  Value event_;
  std::map<std::vector<PathStep>, Value> known_;
};

struct ReaderFixture {
  explicit ReaderFixture(EventReader& reader, CheckedPack checked = {}) : pack(std::move(checked)), interpreter(pack) {
    EvaluationInput input;
    input.reader = &reader;
    interpreter.start(input);
  }
  std::string json(const Term& term, Slot slots = 0) { return to_json(interpreter.evaluate(text(term, slots))); }

  CheckedPack pack;
  Interpreter interpreter;
};

constexpr std::string_view event_text = R"({"a":{"b":"event","c":[1,{"d":2}]},"z":"event"})";

TEST_CASE("a field that the reader knows is read without the event") {
  SomeFields reader(event_text, {{{"a", "b"}, Value("reader")}, {{"nothing"}, Value()}});
  ReaderFixture fixture(reader);
  CHECK(fixture.json(field({"a", "b"})) == R"("reader")");
  CHECK(fixture.json(field({"nothing"})) == "null");
  CHECK(fixture.json(field({"nothing", "x"})) == "null");
  CHECK(fixture.json(compare_terms(Op::eq, field({"a", "b"}), constant("reader"))) == "true");
  CHECK(reader.events == 0);
}

TEST_CASE("the steps behind those that the reader knows are taken from what it says") {
  SomeFields reader(event_text, {{{"a"}, value_of(R"({"B":"text","c":[1,{"d":[3]}]})")}});
  ReaderFixture fixture(reader);
  CHECK(fixture.json(field({"a", "b"})) == R"("text")");
  CHECK(fixture.json(field({"a", "b", std::int64_t{-1}})) == R"("t")");
  CHECK(fixture.json(field({"a", "c", std::int64_t{1}, "d", std::int64_t{0}})) == "3");
  CHECK(fixture.json(field({"a", "c", std::int64_t{7}, "d"})) == "null");
  CHECK(fixture.json(field({"a", "x"})) == "null");
  CHECK(fixture.json(field({"a"})) == R"({"B":"text","c":[1,{"d":[3]}]})");
  CHECK(reader.events == 0);
}

TEST_CASE("what the reader does not know is read from the event") {
  SomeFields reader(event_text, {{{"a", "b"}, Value("reader")}});
  ReaderFixture fixture(reader);
  CHECK(fixture.json(field({"z"})) == R"("event")");
  CHECK(reader.events == 1);
  CHECK(fixture.json(field({"a", "c", std::int64_t{1}, "d"})) == "2");
  CHECK(fixture.json(field({"missing"})) == "null");
  CHECK(fixture.json(add(field({"a", "b"}), field({"z"}))) == R"("readerevent")");
}

TEST_CASE("the whole event is asked for only by what needs it") {
  SomeFields reader(event_text, {{{"a"}, value_of(R"({"b":1})")}});
  CheckedPack pack;
  pack.definitions.push_back(definition("d", field({"a", "b"})));
  ReaderFixture fixture(reader, pack);
  CHECK(fixture.json({SharedTerm{0}}) == "1");
  CHECK(fixture.json({HasTerm{field({"a"}), "b"}}) == "true");
  CHECK(fixture.json(binder(BinderKind::map, 0, field({"a", "b"}), slot(0)), 1) == "[1]");
  CHECK(reader.events == 0);
  CHECK(fixture.json({HasTerm{Term{EventTerm{}}, "z"}}) == "true");
  CHECK(reader.events == 1);
  CHECK(fixture.json({EventTerm{}}) == event_text);
}

TEST_CASE("without a reader the event is there") {
  const CheckedPack pack;
  Interpreter interpreter(pack);
  const Value event = value_of(event_text);
  EvaluationInput input;
  input.event = &event;
  interpreter.start(input);
  CHECK(to_json(interpreter.evaluate(text(field({"a", "b"})))) == R"("event")");
  // And it is again, after one that was read bit by bit.
  SomeFields reader(event_text, {{{"z"}, Value("reader")}});
  EvaluationInput bit_by_bit;
  bit_by_bit.reader = &reader;
  interpreter.start(bit_by_bit);
  CHECK(to_json(interpreter.evaluate(text(field({"z"})))) == R"("reader")");
  interpreter.start(input);
  CHECK(to_json(interpreter.evaluate(text(field({"z"})))) == R"("event")");
}

TEST_CASE("an event that is parsed says of every path what the whole event does") {
  const std::string_view json =
      R"({"a":{"b":"text","c":[1,{"d":2}],"B":3},"A":4,"a.b":5,"n":null,"l":[["x"]],"a":{"b":"last","C":[{"D":6}]}})";
  const Value whole = value_of(json);
  ParsedEvent parsed;
  EvaluationInput input;
  input.event = &whole;
  const CheckedPack pack;
  Interpreter by_value(pack);
  Interpreter by_reader(pack);
  for (const bool asks_for_all : {false, true}) {
    for (const std::vector<PathStep>& path : std::vector<std::vector<PathStep>>{{"a"},
                                                                                {"a", "b"},
                                                                                {"A", "b"},
                                                                                {"a", "B"},
                                                                                {"a", "c", std::int64_t{0}, "d"},
                                                                                {"a", "C", std::int64_t{-1}},
                                                                                {"a", "b", std::int64_t{-1}},
                                                                                {"a", "b", "c"},
                                                                                {"a.b"},
                                                                                {"n"},
                                                                                {"n", "x"},
                                                                                {"l", std::int64_t{0}, std::int64_t{0}},
                                                                                {"nothing"},
                                                                                {"L", std::int64_t{5}}}) {
      const Term term = field(path);
      parsed.start(json);
      if (asks_for_all) CHECK(to_json(parsed.event()) == to_json(whole));
      EvaluationInput reading;
      reading.reader = &parsed;
      by_value.start(input);
      by_reader.start(reading);
      const std::string said = to_json(by_value.evaluate(text(term)));
      CHECK(to_json(by_reader.evaluate(text(term))) == said);
      CHECK(to_json(by_reader.evaluate(text(term))) == said);
    }
  }
}

TEST_CASE("an event that cannot be parsed in part is read whole") {
  const std::string_view json = R"({"a":{"b":123456789012345678901234567890}})";
  ParsedEvent parsed;
  parsed.start(json);
  CHECK(to_json(parsed.member("a")) == R"({"b":123456789012345678901234567890})");
  ReaderFixture fixture(parsed);
  CHECK(fixture.json(field({"a", "b"})) == "123456789012345678901234567890");
  parsed.start("{}", Object{{"x", Value(1)}});
  CHECK(to_json(parsed.member("x")) == "1");
  CHECK(parsed.member("X").is_null());
}

}  // namespace
}  // namespace picket
