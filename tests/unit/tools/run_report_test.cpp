#include "tests/catch.hpp"
#include "tools/run/figures.hpp"
#include "tools/run/human_sink.hpp"
#include "tools/terminal/display.hpp"

using namespace picket;

TEST_CASE("figures are printed for people") {
  CHECK(with_commas(0) == "0");
  CHECK(with_commas(999) == "999");
  CHECK(with_commas(1000) == "1,000");
  CHECK(with_commas(12'345'678) == "12,345,678");
  CHECK(bytes_text(1) == "1 byte");
  CHECK(bytes_text(999) == "999 bytes");
  CHECK(bytes_text(1500) == "1.5 kB");
  CHECK(bytes_text(999'960) == "1.0 MB");
  CHECK(bytes_text(200'000'000) == "200.0 MB");
  CHECK(seconds_text(0.0123) == "12 ms");
  CHECK(seconds_text(1.234) == "1.23 s");
  CHECK(seconds_text(12.34) == "12.3 s");
  CHECK(seconds_text(125) == "2 min 05 s");
  CHECK(seconds_text(7260) == "2 h 01 min");
  CHECK(count_text(1, "rule") == "1 rule");
  CHECK(count_text(2900, "rule") == "2,900 rules");
}

namespace {

Alert example() {
  Alert alert;
  auto rule = std::make_shared<RuleFacts>();
  rule->id = "Some.Rule";
  alert.rule = rule;
  alert.texts.title = "A title";
  alert.texts.severity = Severity::critical;
  alert.first_event = Time{1'769'860'800'000'000};
  alert.last_event = alert.first_event;
  alert.sample = {.log_type = "AWS.CloudTrail",
                  .time = alert.first_event,
                  .place = {.input = "a/folder/of/logs/with/a/long/name/events.jsonl", .offset = 0, .line = 17},
                  .event = {}};
  return alert;
}

}  // namespace

TEST_CASE("an alert for people: what, when, by which rule, where") {
  CHECK(human_alert(example(), Palette(false), 200) ==
        "CRITICAL  A title\n"
        "          2026-01-31T12:00:00Z  Some.Rule  AWS.CloudTrail  a/folder/of/logs/with/a/long/name/events.jsonl:17\n"
        "\n");
}

TEST_CASE("how many matches there are is said where there is more than one, and all that an update says") {
  Alert alert = example();
  alert.matches = 12;
  alert.distinct = 3;
  alert.last_event = Time{1'769'860'801'000'000};
  const std::string count = "          12 matches of 3 distinct values, 2026-01-31T12:00:00Z to 2026-01-31T12:00:01Z";
  CHECK(human_alert(alert, Palette(false), 200).find(count + "\n") != std::string::npos);
  alert.status = AlertStatus::updated;
  CHECK(human_alert(alert, Palette(false), 200) == "goes on   A title\n" + count + "  Some.Rule\n\n");
  alert.final = true;
  CHECK(human_alert(alert, Palette(false), 200).starts_with("ended     A title\n"));
}

TEST_CASE("where there is little room, the end of the place stays") {
  const std::string text = human_alert(example(), Palette(false), 100);
  CHECK(text.find("…") != std::string::npos);
  CHECK(text.find("/events.jsonl:17\n") != std::string::npos);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    CHECK(columns_of(text.substr(begin, end - begin)) <= 100);
    begin = end + 1;
  }
}

TEST_CASE("context is aligned, cut to the width and to ten lines, and harmless") {
  Alert alert = example();
  Object context;
  context.set("key", Value("value\n\x1b[31m"));
  context.set("longer key", Value(List{Value(1), Value("x")}));
  context.set("long", Value(std::string(500, 'x')));
  for (int i = 0; i < 10; ++i) context.set("k" + std::to_string(i), Value(i));
  alert.texts.context = context;
  const std::string text = human_alert(alert, Palette(false), 80);
  CHECK(text.find("          key         value\\n\\x1b[31m\n") != std::string::npos);
  CHECK(text.find("          longer key  [1,\"x\"]\n") != std::string::npos);
  CHECK(text.find("          long        " + std::string(57, 'x') + "…\n") != std::string::npos);
  CHECK(text.find("          k6          6\n") != std::string::npos);
  CHECK(text.find("k7") == std::string::npos);
  CHECK(text.find("          3 more\n") != std::string::npos);
}

TEST_CASE("a list of objects is a line for each") {
  Alert alert = example();
  alert.texts.context = Object{{"items", List{Value(Object{{"item", Value("Made")}, {"signals", Value(2)}}),
                                              Value(Object{{"item", Value("Used\n")}})}},
                               {"n", Value(1)}};
  CHECK(human_alert(alert, Palette(false), 200)
            .find("          items  item Made, signals 2\n"
                  "                 item Used\\n\n"
                  "          n      1\n") != std::string::npos);
  alert.texts.context = Object{{"items", List(50, Value(Object{{"k", Value(1)}}))}};
  CHECK(human_alert(alert, Palette(false), 200).find("k 1\n                 40 more\n\n") != std::string::npos);
}

TEST_CASE("colours are for whoever sees them") {
  CHECK(human_alert(example(), Palette(false), 100).find('\x1b') == std::string::npos);
  CHECK(human_alert(example(), Palette(true), 100).starts_with("\x1b[1;97;41mCRITICAL\x1b[0m  "));
}
