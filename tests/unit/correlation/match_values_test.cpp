#include "engine/correlation/match_values.hpp"

#include "engine/event/json.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

Value from_json(std::string_view text) { return std::get<Value>(read_json(text)); }

std::string values(const std::vector<PathStep>& path, std::string_view event, std::string_view context = "{}") {
  const Value event_value = from_json(event);
  const Value context_value = from_json(context);
  return to_json(values_of({path}, ValueKind::values, {"A.B", Time{}, 0, &event_value, &context_value}, 10));
}

using Path = std::vector<PathStep>;

TEST_CASE("the values of a field are its scalars, each once") {
  CHECK(values(Path{"a"}, R"({"a": "x"})") == R"(["x"])");
  CHECK(values(Path{"a", "b"}, R"({"a": {"b": 5}})") == "[5]");
  CHECK(values(Path{"a"}, R"({"a": ["x", ["y", "x"], {"z": 1}, false]})") == R"(["x","y",false])");
  CHECK(values(Path{"a", "b"}, R"({"a": [{"b": 1}, {"b": [2, 3]}, {"c": 4}]})") == "[1,2,3]");
  CHECK(values(Path{"a", std::int64_t{1}}, R"({"a": ["x", "y"]})") == R"(["y"])");
  CHECK(values(Path{"a", std::int64_t{-1}}, R"({"a": ["x", "y"]})") == R"(["y"])");
  CHECK(values(Path{"UserName"}, R"({"username": "x"})") == R"(["x"])");
}

TEST_CASE("what says nothing is no value") {
  for (const std::string_view event : {R"({})", R"({"a": null})", R"({"a": ""})", R"({"a": []})", R"({"a": {"b": 1}})",
                                       R"({"a": [null, "", []]})", "[]", "5"}) {
    CHECK(values(Path{"a"}, event) == "[]");
  }
}

TEST_CASE("p_alert_context is the alert's, if there is one") {
  CHECK(values(Path{"p_alert_context", "user"}, R"({"p_alert_context": {"user": "event"}})", R"({"user": "alert"})") ==
        R"(["alert"])");
  const Value event = from_json(R"({"p_alert_context": {"user": "event"}})");
  CHECK(to_json(values_of({Path{"p_alert_context", "user"}}, ValueKind::values, {"A.B", Time{}, 0, &event, nullptr},
                          10)) == R"(["event"])");
}

std::string key_of(std::string_view value) {
  std::string key;
  append_key(key, from_json(value), false);
  return key;
}

std::string text_key_of(std::string_view value) {
  std::string key;
  append_key(key, from_json(value), true);
  return key;
}

TEST_CASE("keys are equal where values are") {
  CHECK(key_of("1") == key_of("1.0"));
  CHECK(key_of("1") != key_of("1.5"));
  CHECK(key_of("1") != key_of(R"("1")"));
  CHECK(key_of("true") != key_of(R"("true")"));
  CHECK(key_of(R"("a")") != key_of(R"("A")"));
  CHECK(key_of(R"("a")") + key_of(R"("b")") != key_of(R"("a\"3:\"b")"));
}

TEST_CASE("keys of texts are equal where texts are, whatever their case") {
  CHECK(text_key_of("1") == text_key_of(R"("1")"));
  CHECK(text_key_of("1.0") == text_key_of(R"("1")"));
  CHECK(text_key_of("true") == text_key_of(R"("True")"));
  CHECK(text_key_of(R"("Straße Ä")") == text_key_of(R"("STRAßE ä")"));
  CHECK(text_key_of(R"("01")") != text_key_of("1"));
  CHECK(text_key_of(R"("a ")") != text_key_of(R"("a")"));
}

TEST_CASE("a signal has a key for every combination of values, up to the bound") {
  SignalSource source{"A.B", {{Path{"a"}}, {Path{"b"}}}, {}};
  const Value event = from_json(R"({"a": [1, 2], "b": [3, 4, 5]})");
  const SignalView signal{"A.B", Time{}, 0, &event, nullptr};
  CHECK(keys_of_signal(source, false, signal, 6).keys.size() == 6);
  CHECK_FALSE(keys_of_signal(source, false, signal, 6).cut);
  CHECK(keys_of_signal(source, false, signal, 5).keys.size() == 5);
  CHECK(keys_of_signal(source, false, signal, 5).cut);
  const Value half = from_json(R"({"a": [1, 2]})");
  CHECK(keys_of_signal(source, false, {"A.B", Time{}, 0, &half, nullptr}, 6).keys.empty());
  source.fields.clear();
  CHECK(keys_of_signal(source, false, signal, 6).keys.size() == 1);
}

TEST_CASE("a field can have several places, and each of its values counts once") {
  const SignalSource source{"A.B", {{Path{"user"}, Path{"who", "name"}}}, {}};
  const Value event = from_json(R"({"user": ["eve", "EVE", 7], "who": {"name": ["7", "bob"]}})");
  const SignalView signal{"A.B", Time{}, 0, &event, nullptr};
  CHECK(keys_of_signal(source, true, signal, 64).keys.size() == 3);
  CHECK(keys_of_signal(source, false, signal, 64).keys.size() == 5);
}

TEST_CASE("of a long list of values the first count, and that there are more is told") {
  List many;
  for (int i = 0; i < 300'000; ++i) many.emplace_back("Host" + std::to_string(i));  // by one after another: minutes
  const Value event =
      Object{{"host", Value(many)}, {"same", Value(List(1'000, Value("x")))}, {"case", Value(List{"a", "A", "b"})}};
  const SignalView signal{"A.B", Time{}, 0, &event, nullptr};
  CheckedCorrelation correlation;
  correlation.items.resize(1);
  for (const bool as_texts : {false, true}) {
    const SignalKeys keys = keys_of_signal({"A.B", {{Path{"host"}}}, {}}, as_texts, signal, 64);
    CHECK(keys.keys.size() == 64);
    CHECK(keys.cut);
    CHECK_FALSE(keys_of_signal({"A.B", {{Path{"same"}}}, {}}, as_texts, signal, 1).cut);
    CHECK(keys_of_signal({"A.B", {{Path{"case"}}}, {}}, as_texts, signal, 2).cut == !as_texts);
    correlation.as_texts = as_texts;
    const auto measure = measure_of_signal(correlation, {"A.B", {}, {{Path{"host"}}}}, signal, 64);
    REQUIRE(measure);
    CHECK(measure->values.size() == 64);
    CHECK(measure->cut);
  }
}

TEST_CASE("a signal is measured by numbers, or by values in every combination; without any it counts for nothing") {
  CheckedCorrelation correlation;
  correlation.as_texts = true;
  correlation.items.resize(1);
  const Value event = from_json(R"({"a": [1, "2.5", "x", true, "-3e1", null], "b": ["p", "P"], "c": ["x", "y", 7]})");
  const SignalView signal{"A.B", Time{}, 0, &event, nullptr};
  const SignalSource values{"A.B", {}, {{Path{"a"}}, {Path{"b"}}}};
  CHECK(measure_of_signal(correlation, values, signal, 64)->values.size() == 5);
  CHECK_FALSE(measure_of_signal(correlation, {"A.B", {}, {{Path{"a"}}, {Path{"d"}}}}, signal, 64));
  correlation.measure = Measure{MeasureKind::sum, 95, {}};
  CHECK(measure_of_signal(correlation, values, signal, 64)->numbers == std::vector<double>{1, 2.5, -30});
  CHECK_FALSE(measure_of_signal(correlation, {"A.B", {}, {{Path{"b"}}}}, signal, 64));
  // What is no number takes no room.
  CHECK(measure_of_signal(correlation, {"A.B", {}, {{Path{"c"}}}}, signal, 1)->numbers == std::vector<double>{7});
  CHECK_FALSE(measure_of_signal(correlation, values, signal, 3)->cut);
  CHECK(measure_of_signal(correlation, values, signal, 2)->cut);
}

}  // namespace
}  // namespace picket
