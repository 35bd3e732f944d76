// Rules that remember, one event after another.
#include "engine/eval/memory_judge.hpp"

#include <string>
#include <vector>

#include "engine/eval/execute.hpp"
#include "engine/event/json.hpp"
#include "tests/catch.hpp"
#include "tests/unit/rule_text.hpp"
#include "tests/unit/stream/judging.hpp"

namespace picket {
namespace {

using tests::rules_from;

std::string rule(const std::string& id, const std::string& condition, const std::string& keys = "") {
  return tests::rule_text(condition, std::vector<std::string>{}, keys, id);
}

std::string remembering(const std::string& id, const std::string& remember, const std::string& condition,
                        const std::string& more = "") {
  return rule(id, condition, "Remember: {" + remember + "}\n" + more);
}

// The executor finds candidates, the judge decides them, event by event, a second apart.
class Judges {
 public:
  explicit Judges(const std::vector<std::string>& texts, std::size_t steps = 1'000'000)
      : rules_(rules_from(texts)),
        executor_(rules_, {.steps = steps, .log_type = "Test", .json = {}}),
        judge_(rules_, memory_, {.steps = steps}) {}

  // The titles of the matches: "A: first; B: again".
  std::string judge(const std::string& event, std::int64_t second = 0) {
    const Judged judged = executor_.judge(event, Time{});
    REQUIRE(judged.is_event);
    CHECK(judged.matches.empty());
    candidates_ = judged.candidates.size();
    std::string titles;
    const EventInTime in_time{
        .event = executor_.event(), .log_type = judged.log_type, .now = {}, .at = {second * 1'000'000}};
    for (const RememberingMatch& match : judge_.judge(in_time, judged.candidates)) {
      titles += (titles.empty() ? "" : "; ") + match.texts.title;
    }
    return titles;
  }
  [[nodiscard]] std::size_t candidates() const { return candidates_; }
  [[nodiscard]] std::size_t given_up() const { return judge_.given_up(); }
  Memory& memory() { return memory_; }

 private:
  std::shared_ptr<const RuleSet> rules_;
  Memory memory_;
  Executor executor_;
  MemoryJudge judge_;
  std::size_t candidates_ = 0;
};

TEST_CASE("a rule sees what the event before left, not what its own leaves") {
  Judges judges(
      {remembering("First", "Key: 'seen {user}', When: action eq \"login\"", "action eq \"login\"\nprevious is null")});
  CHECK(judges.judge(R"({"action":"login","user":"dana"})") == "First");
  CHECK(judges.judge(R"({"action":"login","user":"dana"})") == "");
  CHECK(judges.judge(R"({"action":"login","user":"eve"})") == "First");
  CHECK(judges.judge(R"({"action":"logout","user":"kim"})") == "");
  CHECK(judges.judge(R"({"action":"login","user":"kim"})") == "First");
}

TEST_CASE("an event that can neither match nor write is no candidate") {
  Judges judges(
      {remembering("First", "Key: 'seen {user}', When: action eq \"login\"", "action eq \"login\"\nprevious is null")});
  judges.judge(R"({"action":"logout","user":"dana"})");
  CHECK(judges.candidates() == 0);
  judges.judge(R"({"action":"login"})");
  CHECK(judges.candidates() == 1);
}

TEST_CASE("an event writes where the condition is false") {
  Judges judges(
      {remembering("Deleted", "Key: 'made {name}', When: action eq \"create\"", "action eq \"delete\"\nprevious")});
  CHECK(judges.judge(R"({"action":"delete","name":"x"})") == "");
  CHECK(judges.judge(R"({"action":"create","name":"x"})") == "");
  CHECK(judges.candidates() == 1);
  CHECK(judges.judge(R"({"action":"delete","name":"x"})") == "Deleted");
  CHECK(judges.judge(R"({"action":"delete","name":"y"})") == "");
}

TEST_CASE("all rules of an event see the memory before it; they write in their order") {
  const std::string title = "AlertTitle: '{$.n} {previous}'\n";
  Judges judges({remembering("A", "Key: k, Value: n + 1", "n ge 0", title),
                 remembering("B", "Key: k, Value: '(previous ?? 0) * 10'", "n ge 0", title)});
  CHECK(judges.judge(R"({"n":1})") == "1 <no previous>; 1 <no previous>");
  CHECK(judges.judge(R"({"n":2})") == "2 0; 2 0");
  CHECK(judges.judge(R"({"n":3})") == "3 0; 3 0");
  judges.memory().write({.key = "k", .value = 7, .keep = {}}, {});
  CHECK(judges.judge(R"({"n":4})") == "4 7; 4 7");
  CHECK(to_json(judges.memory().read("k", {})) == "70");
}

TEST_CASE("each rule has its own previous, though they ask the same definitions") {
  const std::string library = "AnalysisType: definitions\nDefinitionsID: lib\nLet: |\n  both = recall(\"a\")\n";
  const std::string title = "AlertTitle: '{before} {lib.both}'\nUse: [lib]\nLet: before = previous\n";
  Judges judges({library, remembering("A", "Key: a, Value: '\"of a\"'", "n ge 0", title),
                 remembering("B", "Key: b, Value: '\"of b\"'", "n ge 0", title)});
  judges.judge(R"({"n":1})");
  CHECK(judges.judge(R"({"n":1})") == "of a of a; of b of a");
}

TEST_CASE("a rule that only reads is decided here as well") {
  Judges judges({remembering("Writer", "Key: 'admin {user}', When: action eq \"grant\"", "false"),
                 rule("Reader", "action eq \"drop\"\nrecall(f\"admin {user}\")")});
  CHECK(judges.judge(R"({"action":"drop","user":"dana"})") == "");
  CHECK(judges.judge(R"({"action":"grant","user":"dana"})") == "");
  CHECK(judges.judge(R"({"action":"drop","user":"dana"})") == "Reader");
}

TEST_CASE("a memory ages by the times of events") {
  Judges judges({remembering("First", "Key: 'seen {user}', For: 1m", "user is not null\nprevious is null")});
  CHECK(judges.judge(R"({"user":"dana"})", 0) == "First");
  CHECK(judges.judge(R"({"user":"dana"})", 59) == "");
  CHECK(judges.judge(R"({"user":"dana"})", 60) == "First");
}

TEST_CASE("where a hole of the key is null, nothing is written") {
  Judges judges({remembering("First", "Key: 'seen {user}'", "previous is null")});
  CHECK(judges.judge(R"({"other":1})") == "First");
  CHECK(judges.memory().keys() == 0);
  CHECK(judges.judge(R"({"user":null})") == "First");
  CHECK(judges.memory().keys() == 0);
}

TEST_CASE("a value of null forgets the key") {
  Judges judges({remembering("Open", "Key: 'open {door}', Value: 'if closes then null else true'", "previous")});
  judges.judge(R"({"door":"a"})");
  CHECK(judges.judge(R"({"door":"a","closes":true})") == "Open");
  CHECK(judges.judge(R"({"door":"a"})") == "");
}

TEST_CASE("a rule that runs out of steps neither matches nor writes, and takes no other with it") {
  std::string list = "[0";
  for (int i = 1; i < 400; ++i) list += "," + std::to_string(i);
  const std::string event = R"({"user":"dana","list":)" + list + "]}";
  Judges judges({remembering("Dear", "Key: dear, Value: 'count list { any $.list { . eq -1 } }'", "user eq \"dana\""),
                 remembering("Cheap", "Key: cheap", "user eq \"dana\"")},
                2'000);
  CHECK(judges.judge(event) == "Cheap");
  CHECK(judges.given_up() == 1);
  CHECK(judges.memory().read("dear", {}).is_null());
  CHECK(judges.memory().read("cheap", {}) == Value(true));
}

TEST_CASE("what a policy asks the memory is unknown where it is negated, too") {
  const std::string policy =
      "AnalysisType: policy\nPolicyID: P\nEnabled: true\nResourceTypes: [Test]\nSeverity: Low\n"
      "Condition: 'kind ne \"bucket\" or recall(name)'\n";
  Judges judges({policy, remembering("Known", "Key: '{known}'", "false")});
  CHECK(judges.judge(R"({"kind":"bucket","name":"x"})") == "P");
  CHECK(judges.judge(R"({"kind":"disk","name":"x"})") == "");
  CHECK(judges.candidates() == 0);
  CHECK(judges.judge(R"({"known":"x"})") == "");
  CHECK(judges.judge(R"({"kind":"bucket","name":"x"})") == "");
}

}  // namespace
}  // namespace picket
