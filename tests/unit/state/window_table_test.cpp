#include "engine/state/window_table.hpp"

#include <algorithm>
#include <map>
#include <random>

#include "tests/catch.hpp"
#include "tests/unit/state/signals.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

// A table and what it has told, as short words: "created about a 1", "updated about a 2", "final about a 3".
struct ToldInWords {
  std::vector<std::string> words;
  std::vector<Alert> alerts;
  TakeAlert tell = [this](Alert alert) {
    const std::string word = alert.final ? "final" : std::string(spelling(alert.status));
    words.push_back(word + " " + alert.texts.title + " " + std::to_string(alert.matches));
    alerts.push_back(std::move(alert));
  };
  std::vector<std::string> take() { return std::exchange(words, {}); }
};

using Words = std::vector<std::string>;

// Matches of one rule and dedup string at the minutes given, in that order.
Words told_of(WindowTable& table, ToldInWords& told, const std::shared_ptr<const RuleFacts>& rule,
              const std::vector<std::int64_t>& minutes) {
  Time clock = at_minute(minutes.front());
  for (const std::int64_t at : minutes) {
    clock = std::max(clock, at_minute(at));
    table.advance(clock, told.tell);
    table.take(signal(rule, "a", at_minute(at), at), at_minute(at), clock, told.tell);
  }
  return told.take();
}

}  // namespace

TEST_CASE("a window begins with a match and takes those within the period, its end included") {
  WindowTable table;
  ToldInWords told;
  CHECK(told_of(table, told, facts("R"), {0, 10, 59, 60, 61}) ==
        Words{"created about a 1", "updated about a 2", "updated about a 4", "created about a 1"});
  table.settle(true, told.tell);
  CHECK(told.take().empty());  // the first window ended at 4, as it was told; the second at 1
  CHECK(table.counts().open == 0);
  CHECK(table.counts().bytes == 0);
  CHECK(table.counts().joined == 3);
}

TEST_CASE("an update comes when matches have doubled, and when the window is over") {
  WindowTable table;
  ToldInWords told;
  CHECK(told_of(table, told, facts("R"), {0, 1, 2, 3, 4, 5, 6}) ==
        Words{"created about a 1", "updated about a 2", "updated about a 4"});
  table.advance(at_minute(60), told.tell);
  CHECK(told.take().empty());  // a match at 60 may still come
  table.advance(at_minute(61), told.tell);
  CHECK(told.take() == Words{"final about a 7"});
  CHECK(told.alerts.back().revision == 4);
}

TEST_CASE("the alert is raised when the threshold is reached within the window, and says what the first match said") {
  WindowTable table;
  ToldInWords told;
  const auto rule = facts("R", 3, 10);
  CHECK(told_of(table, told, rule, {0, 5, 11, 12, 13}) == Words{"created about a 3"});
  CHECK(table.counts().below == 1);
  const Alert& alert = told.alerts.back();
  CHECK(alert.sample->place.offset == 11);
  CHECK(alert.texts.context == Value(Object{{"n", Value(11)}}));
  CHECK(alert.window_start == at_minute(11));
  CHECK(alert.window_end == at_minute(21));
  CHECK(alert.first_event == at_minute(11));
  CHECK(alert.last_event == at_minute(13));
}

TEST_CASE("Unique counts distinct values, in each window anew") {
  WindowTable table;
  ToldInWords told;
  const auto rule = facts("R", 3, 10, true);
  const auto take = [&](std::int64_t at, const char* value) {
    Signal one = signal(rule, "a", at_minute(at), at);
    if (value != nullptr) one.texts.unique = value;
    table.take(std::move(one), at_minute(at), at_minute(at), told.tell);
  };
  take(0, "x");
  take(1, "x");
  take(2, "y");
  take(3, nullptr);
  CHECK(told.take().empty());
  take(11, "z");  // another window
  take(12, "x");
  take(13, "x");
  CHECK(told.take().empty());
  take(14, "y");
  CHECK(told.take() == Words{"created about a 4"});
  CHECK(told.alerts.back().distinct == 3);
}

TEST_CASE("dedup strings and rules are kept apart, whatever they are made of") {
  WindowTable table;
  ToldInWords told;
  const auto a = facts("A");
  const auto ab = facts("A\nb");
  for (const auto& [rule, dedup] : {std::pair{a, "b\nc"}, std::pair{ab, "c"}, std::pair{a, "B\nC"}, std::pair{a, ""}}) {
    table.take(signal(rule, dedup, noon), noon, noon, told.tell);
  }
  CHECK(told.alerts.size() == 4);
  std::vector<std::string> ids;
  for (const Alert& alert : told.alerts) ids.push_back(alert.id);
  std::sort(ids.begin(), ids.end());
  CHECK(std::unique(ids.begin(), ids.end()) == ids.end());
}

TEST_CASE("an alert's id is that of its rule, dedup string and window, in every run") {
  ToldInWords told;
  for (int run = 0; run < 2; ++run) {
    WindowTable table;
    table.take(signal(facts("R"), "a", noon, run), noon, noon, told.tell);
  }
  CHECK(told.alerts[0].id == told.alerts[1].id);
  // By Python's hashlib: blake2b, 16 bytes, of "1:R1:a16:1769860800000000".
  CHECK(told.alerts[0].id == "c377972d0e448d808ca2f229d673f815");
}

TEST_CASE("a match that comes late joins what it would have been with, and begins a window of its own if it is older") {
  WindowTable table;
  ToldInWords told;
  const auto rule = facts("R");
  CHECK(told_of(table, told, rule, {100, 70}) == Words{"created about a 1", "updated about a 2"});
  CHECK(told_of(table, told, rule, {30}) == Words{"created about a 1"});
  CHECK(told_of(table, told, rule, {20, 90}) == Words{"updated about a 2"});  // 90 to that of 30, which began first
  CHECK(told.alerts.back().first_event == at_minute(20));
}

TEST_CASE("beyond the bound those end first that would be over first, and are told") {
  WindowLimits limits;
  limits.bytes = 20'000;
  WindowTable table(limits);
  ToldInWords told;
  const auto rule = facts("R");
  for (int i = 0; i < 100; ++i) {
    for (int twice = 0; twice < 3; ++twice) {
      table.take(signal(rule, std::to_string(i), at_minute(0), i), at_minute(0), at_minute(0), told.tell);
    }
    REQUIRE(table.counts().bytes <= limits.bytes);
  }
  CHECK(table.counts().evicted == 100 - table.counts().open);
  CHECK(table.counts().open > 10);
  CHECK(std::count_if(told.alerts.begin(), told.alerts.end(), [](const Alert& alert) { return alert.final; }) ==
        static_cast<std::ptrdiff_t>(table.counts().evicted));
  CHECK(told.words.at(0) == "created about 0 1");
}

TEST_CASE("other rules: windows go on where the rule counts as before, and end where it does not") {
  WindowTable table;
  ToldInWords told;
  const auto kept = facts("Kept", 3);
  const auto changed = facts("Changed");
  const auto gone = facts("Gone", 5);
  for (const auto& rule : {kept, changed, gone}) {
    for (int i = 0; i < 3; ++i) {
      if (rule == kept && i == 2) continue;
      table.take(signal(rule, "a", noon), noon, noon, told.tell);
    }
  }
  told.take();
  std::map<std::string, std::shared_ptr<const RuleFacts>, std::less<>> rules;
  auto next = std::make_shared<RuleFacts>(*kept);
  next->rules_version = "v2";
  rules["Kept"] = next;
  rules["Changed"] = facts("Changed", 1, 5);
  table.adopt([&](std::string_view id) { return rules.contains(id) ? rules.find(id)->second : nullptr; }, told.tell);
  CHECK(told.take() == Words{"final about a 3"});
  CHECK(table.counts().open == 1);
  table.take(signal(next, "a", noon), noon, noon, told.tell);
  CHECK(told.take() == Words{"created about a 3"});
  CHECK(told.alerts.back().rule == kept);  // the texts are those of the first match: so is the version
  for (int i = 0; i < 3; ++i) table.take(signal(next, "a", noon), noon, noon, told.tell);
  CHECK(told.take() == Words{"updated about a 6"});
  CHECK(told.alerts.back().rule == next);
}

TEST_CASE("other rules, again and again while windows come and go: those end that are of the rules that changed") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto below = [&](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
  constexpr int rules = 4;
  std::vector<std::shared_ptr<const RuleFacts>> in_force;
  for (int rule = 0; rule < rules; ++rule) in_force.push_back(facts(std::to_string(rule), 2, 10 + rule));
  std::map<std::pair<std::string, std::string>, std::int64_t> open;  // when each is over
  WindowTable table;
  ToldInWords told;
  std::int64_t now = 0;
  for (int i = 0; i < 2000; ++i) {
    now += below(3);
    table.advance(at_minute(now), told.tell);
    std::erase_if(open, [&](const auto& window) { return window.second < now; });
    const int rule = below(rules);
    const auto& one = in_force[static_cast<std::size_t>(rule)];
    const std::string dedup = std::to_string(below(6));
    table.take(signal(one, dedup, at_minute(now), i), at_minute(now), at_minute(now), told.tell);
    open.try_emplace({one->id, dedup}, now + one->dedup_period.microseconds / minute);
    REQUIRE(table.counts().open == open.size());
    if (below(20) > 0) continue;
    auto& changed = in_force[static_cast<std::size_t>(below(rules))];
    const auto before = std::exchange(changed, facts(changed->id, 2, 10 + below(3)));
    table.adopt([&](std::string_view id) { return in_force[static_cast<std::size_t>(id[0] - '0')]; }, told.tell);
    if (changed->fingerprint != before->fingerprint) {
      std::erase_if(open, [&](const auto& window) { return window.first.first == changed->id; });
    }
    REQUIRE(table.counts().open == open.size());
  }
}

// What a table keeps, moved into another one at random moments, makes no difference to what is told.
TEST_CASE("saved and restored, a table goes on as if nothing had happened") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto below = [&](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
  const std::vector<std::shared_ptr<const RuleFacts>> rules = {facts("One"), facts("Three", 3, 15),
                                                               facts("Distinct", 2, 30, true)};
  const auto find = [&](std::string_view id) {
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const auto& rule) { return rule->id == id; });
    return found == rules.end() ? nullptr : *found;
  };
  WindowTable steady;
  auto moved = std::make_unique<WindowTable>();
  moved->keep_changes();
  ToldInWords told_steady;
  ToldInWords told_moved;
  Kept kept;
  std::int64_t now = 0;
  for (int i = 0; i < 3000; ++i) {
    now += below(4);
    Signal one = signal(rules[static_cast<std::size_t>(below(3))], std::to_string(below(5)), at_minute(now), i);
    if (below(3) > 0) one.texts.unique = std::to_string(below(3));
    for (auto [table, told] : {std::pair{&steady, &told_steady}, std::pair{moved.get(), &told_moved}}) {
      table->advance(at_minute(now), told->tell);
      table->take(one, at_minute(now), at_minute(now), told->tell);
    }
    if (below(10) > 0) continue;
    std::vector<SavedState> changes;
    moved->save_changes(changes);
    kept.add(std::move(changes));
    if (below(3) > 0) continue;
    auto next = std::make_unique<WindowTable>();
    next->keep_changes();
    REQUIRE(next->restore(kept.all(), find).empty());
    REQUIRE(next->counts().open == moved->counts().open);
    REQUIRE(next->counts().bytes == moved->counts().bytes);
    moved = std::move(next);
  }
  steady.settle(true, told_steady.tell);
  moved->settle(true, told_moved.tell);
  CHECK(told_steady.words.size() > 500);
  CHECK(told_moved.words == told_steady.words);
}

TEST_CASE("what is no saved window is not taken back") {
  WindowTable table;
  const auto rule = facts("R");
  const auto find = [&](std::string_view id) { return id == "R" ? rule : nullptr; };
  for (const char* body : {"", "x", "[]", "{}", R"({"rule_id":"R","fingerprint":"1/60"})"}) {
    CHECK(table.restore({{std::string(window_kind), "1", body}}, find).size() == 1);
  }
  WindowTable full;
  full.keep_changes();
  ToldInWords told;
  full.take(signal(rule, "a", noon), noon, noon, told.tell);
  std::vector<SavedState> saved;
  full.save_changes(saved);
  REQUIRE(saved.size() == 1);
  full.save_changes(saved);
  CHECK(saved.size() == 1);
  CHECK(table.restore(saved, find).empty());
  CHECK(table.restore(saved, [](std::string_view) { return nullptr; }).size() == 1);
  CHECK(table.restore(saved, [](std::string_view) { return facts("R", 2); }).size() == 1);
  CHECK(table.counts().open == 1);
}

TEST_CASE("the first match of a window that is still below its threshold is saved once, and goes with its alert") {
  const auto rule = facts("R", 3);
  const auto find = [&](std::string_view id) { return id == "R" ? rule : nullptr; };
  WindowTable table;
  table.keep_changes();
  ToldInWords told;
  const auto take = [&](int at) {
    table.take(signal(rule, "a", at_minute(at), at), at_minute(at), at_minute(at), told.tell);
    std::vector<SavedState> changes;
    table.save_changes(changes);
    return changes;
  };
  const auto kinds = [](const std::vector<SavedState>& states) {
    std::string words;
    for (const SavedState& state : states) words += (state.body.empty() ? "-" : "+") + state.kind + " ";
    return words;
  };
  const std::vector<SavedState> first = take(1);
  CHECK(kinds(first) == "+first match +window ");
  CHECK(kinds(take(2)) == "+window ");
  // Neither means anything without the other.
  WindowTable other;
  CHECK(kinds(other.restore({first[0]}, find)) == "+first match ");
  CHECK(kinds(other.restore({first[1]}, find)) == "+window ");
  CHECK(other.restore(first, find).empty());
  CHECK(kinds(take(3)) == "-first match +window ");
  CHECK(told.words.size() == 1);
}

TEST_CASE("an event may be nested as deep as any that is judged") {
  const auto rule = facts("R", 2);
  const auto find = [&](std::string_view id) { return id == "R" ? rule : nullptr; };
  WindowTable table;
  table.keep_changes();
  ToldInWords told;
  Signal deep = signal(rule, "a", noon);
  deep.event = KeptEvent::of_text("{\"a\":" + std::string(127, '[') + std::string(127, ']') + "}");
  table.take(deep, rule, noon, noon, told.tell);
  std::vector<SavedState> saved;
  table.save_changes(saved);
  WindowTable restored;
  CHECK(restored.restore(saved, find).empty());
  std::optional<KeptEvent> kept;
  restored.take(signal(rule, "a", noon), rule, noon, noon, [&](const Alert& alert) { kept = alert.sample->event; });
  REQUIRE(kept);
  CHECK(kept->text() == deep.event.text());
}
