#include "engine/state/event_time.hpp"

#include "engine/event/time.hpp"
#include "tests/catch.hpp"
#include "tests/unit/state/signals.hpp"
#include "tests/unit/stream/judging.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

std::optional<Time> time_in(EventTimes& times, const Value& event, std::string_view log_type) {
  const KeptEvent kept(event);
  ParsedEvent parsed;
  parsed.start(kept.text());
  return times.time_of(parsed, log_type);
}

}  // namespace

TEST_CASE("the time of an event is found where sources put it") {
  EventTimes times;
  const auto time_of = [&](Object event) { return time_in(times, Value(std::move(event)), "Any"); };
  CHECK(time_of({{"eventTime", Value("2026-01-31T12:00:00Z")}}) == noon);
  CHECK(time_of({{"TimeCreated", Value("2026-01-31 12:00:00.000")}}) == noon);
  CHECK(time_of({{"TimeCreated_SystemTime", Value("2026-01-31T12:00:00.000Z")}}) == noon);
  CHECK(time_of({{"timestamp", Value(std::int64_t{1'769'860'800'000})}}) == noon);
  CHECK(time_of({{"timestamp", Value(1'769'860'800.0)}}) == noon);
  CHECK(time_of({{"eventTime", Value("1999-01-01T00:00:00Z")}, {"p_event_time", Value("2026-01-31 12:00:00")}}) ==
        noon);
  CHECK(time_of({{"eventTime", Value("soon")}, {"time", Value(std::int64_t{1'769'860'800})}}) == noon);
  CHECK(time_of({{"EventTime", Value("2026-01-31 12:00:00")}}) == noon);
  CHECK(time_of({{"requestReceivedTimestamp", Value("2026-01-31T12:00:00.000000Z")}}) == noon);
  CHECK(time_of({{"msg", Value("audit(1769860800.000:42): argc=1")}}) == noon);
  CHECK_FALSE(time_of({{"msg", Value("audit(soon:42)")}}));
  CHECK_FALSE(time_of({{"msg", Value("a message")}}));
  CHECK_FALSE(time_of({{"msg", Value("2026-01-31T12:00:00Z")}}));
  CHECK_FALSE(time_of({{"msg", Value(std::int64_t{42})}}));
  CHECK_FALSE(time_of({{"eventTime", Value("soon")}}));
  CHECK_FALSE(time_of({}));
}

TEST_CASE("a project's path comes before everything else, a data model's mapping before the usual fields") {
  const auto rules = rules_from({rule_text("R", "Modelled, Settled", "x eq 1"),
                                 "AnalysisType: datamodel\nDataModelID: M\nEnabled: true\nLogTypes: [Modelled]\n"
                                 "Mappings:\n  - {Name: event_time, Path: meta.when}\n"});
  const std::shared_ptr<const CheckedPack> pack(rules, &rules->pack());
  EventTimes times(pack, {{"Settled", {PathStep("meta"), PathStep("list"), PathStep(std::int64_t{0})}}});
  const Value event =
      Object{{"time", Value("1999-01-01T00:00:00Z")},
             {"meta", Object{{"when", Value("2026-01-31T12:00:00Z")}, {"list", List{Value(1'769'860'860)}}}}};
  CHECK(time_in(times, event, "Modelled") == noon);
  CHECK(time_in(times, event, "Settled") == at_minute(1));
  CHECK(time_in(times, event, "Other") == parse_time("1999-01-01T00:00:00Z"));
  const Value without = Object{{"time", Value("2026-01-31T12:00:00Z")}};
  CHECK(time_in(times, without, "Modelled") == noon);
  CHECK(time_in(times, without, "Settled") == noon);
}

TEST_CASE("of a text, whatever it is, a time is read as of its event") {
  EventTimes times(nullptr, {{"T", {PathStep("when")}}});
  CHECK(times.time_of_text(R"({"when": "2026-01-31T12:00:00Z"})", "T") == noon);
  CHECK(times.time_of_text(R"({"when": "2026-01-31T12:00:00Z", "p_log_type": "T"})", "Other") == noon);
  CHECK_FALSE(times.time_of_text(R"({"when": "2026-01-31T12:00:00Z"})", "Other"));
  for (const std::string_view text : {"", "[1]", "{", "null", "no JSON"}) CHECK_FALSE(times.time_of_text(text, "T"));
}
