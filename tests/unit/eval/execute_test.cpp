// Blocks of lines through the executor: which texts it finds there, and what it says of each.
#include "engine/eval/execute.hpp"

#include <memory>
#include <string>
#include <vector>

#include "engine/event/value.hpp"
#include "tests/bench/chance.hpp"
#include "tests/catch.hpp"
#include "tests/unit/event/padded.hpp"
#include "tests/unit/stream/judging.hpp"

namespace picket {
namespace {

using bench::Chance;
using tests::Padded;
using tests::rule_text;
using tests::rules_from;

static_assert(Padded::padding >= block_padding);

// What was said of one text.
struct Said {
  std::string text;
  std::string log_type;          // "-" for what is no event
  std::vector<std::string> ids;  // of the rules that match
  friend bool operator==(const Said&, const Said&) = default;
};

std::ostream& operator<<(std::ostream& out, const Said& said) {
  out << said.text << " (" << said.log_type << ")";
  for (const std::string& id : said.ids) out << " " << id;
  return out;
}

Said said_of(const Judged& judged) {
  Said said{
      .text = std::string(judged.text), .log_type = judged.is_event ? std::string(judged.log_type) : "-", .ids = {}};
  for (const Match& match : judged.matches) said.ids.push_back(match.rule->rule->id.value);
  return said;
}

std::vector<Said> judge_block(Executor& executor, const std::string& block) {
  const Padded padded(block, '"');
  std::vector<Said> said;
  executor.begin(padded.view(), Time{});
  Judged judged;
  while (executor.next(judged)) {
    said.push_back(said_of(judged));
    INFO(said.back());
    REQUIRE(padded.view().substr(judged.offset, judged.text.size()) == judged.text);
    REQUIRE(judged.text.data() == padded.view().data() + judged.offset);
  }
  REQUIRE_FALSE(executor.next(judged));
  return said;
}

// Rules of two log types, of both, and of events without one.
std::shared_ptr<const RuleSet> some_rules() {
  return rules_from({rule_text("A.One", "A", "x eq 1"), rule_text("A.Two", "A", "x in [1, 2]"),
                     rule_text("B.One", "B", "x eq 1"), rule_text("Both", "A, B", "y eq \"t\"")});
}

// Events without a log type are of this one.
ExecutorOptions judging_as(const std::string& log_type) {
  ExecutorOptions options;
  options.log_type = log_type;
  return options;
}

std::string event(const std::string& log_type, const std::string& fields) {
  return R"({"p_log_type":")" + log_type + R"(",)" + fields + "}";
}

TEST_CASE("the events of a block come in its order, each with the rules of its log type in theirs") {
  Executor executor(some_rules());
  const std::string a = event("A", R"("x":1,"y":"t")");
  const std::string b = event("B", R"("x":1)");
  const std::string c = event("C", R"("x":1)");
  const std::string none = event("A", R"("x":3)");
  CHECK(judge_block(executor, a + "\n" + b + "\n" + c + "\n" + none + "\n" + b + "\n" + a + "\n") ==
        std::vector<Said>{{a, "A", {"A.One", "A.Two", "Both"}},
                          {b, "B", {"B.One"}},
                          {c, "C", {}},
                          {none, "A", {}},
                          {b, "B", {"B.One"}},
                          {a, "A", {"A.One", "A.Two", "Both"}}});
}

TEST_CASE("the log type may stand anywhere in an event, and only its own counts") {
  Executor executor(some_rules());
  for (const auto& [text, log_type, count] : std::vector<std::tuple<std::string, std::string, std::size_t>>{
           {R"({"p_log_type":"A","x":1})", "A", 2},
           {R"({"x":1,"p_log_type":"A"})", "A", 2},
           {R"({"x":1,"p_log_type":"B","z":[1,2,{}]})", "B", 1},
           {R"( { "x" : 1 , "p_log_type" : "B" } )", "B", 1},
           {R"({"x":1,"z":"a long text that keeps the key away from the end of the event","p_log_type":"B"})", "B", 1},
           {R"({"x":1,"p_log_type":"A","p_log_type":"B"})", "B", 1},
           {R"({"p_log_type":"B","x":1,"in":{"p_log_type":"A"}})", "B", 1},
           {R"({"in":{"p_log_type":"A"},"x":1,"p_log_type":"B"})", "B", 1},
           {R"({"x":1,"p_log_type":"\u0042"})", "B", 1},
           {R"({"x":1,"p_log_typ\u0065":"B"})", "B", 1},
           {R"({"x":1,"text":"\"p_log_type\":\"A\"","p_log_type":"B"})", "B", 1},
           // What is none.
           {R"({"x":1})", "", 0},
           {R"({"x":1,"in":{"p_log_type":"A"}})", "", 0},
           {R"({"x":1,"text":"\"p_log_type\":\"A\""})", "", 0},
           {R"({"x":1,"P_LOG_TYPE":"A"})", "", 0},
           {R"({"x":1,"p_log_type":7})", "", 0},
           {R"({"x":1,"p_log_type":""})", "", 0},
           {R"({"x":1,"p_log_type":null})", "", 0},
           {R"({"x":1,"p_log_type":["A"]})", "", 0},
           {R"({"x":1,"p_log_type":"a"})", "a", 0},
       }) {
    INFO(text);
    const std::string around = event("A", R"("x":3)");
    const std::vector<Said> said = judge_block(executor, around + "\n" + text + "\n" + around);
    REQUIRE(said.size() == 3);
    CHECK(said[0] == Said{around, "A", {}});
    CHECK(said[1].log_type == log_type);
    CHECK(said[1].ids.size() == count);
    CHECK(said[2] == Said{around, "A", {}});
    // Alone, and behind one without a log type.
    CHECK(said_of(executor.judge(text, Time{})) == said[1]);
    const std::vector<Said> again = judge_block(executor, "{}\n" + text + "\n{}");
    REQUIRE(again.size() == 3);
    CHECK(again[1] == said[1]);
  }
}

TEST_CASE("log types are told apart by all of their names, however long") {
  // Of each length two, of which a byte in the middle is another's.
  std::vector<std::string> rules;
  std::vector<std::string> log_types;
  for (std::size_t length = 1; length <= 90; length += length < 40 ? 1 : 7) {
    for (const char middle : {'x', 'y'}) {
      std::string name(length, 'n');
      name[length / 2] = middle;
      log_types.push_back(name);
      rules.push_back(rule_text("R" + std::to_string(rules.size()), name, "x eq 1"));
    }
  }
  Executor executor(rules_from(rules));
  std::string block;
  for (const std::string& log_type : log_types) block += R"({"x":1,"p_log_type":")" + log_type + "\"}\r\n";
  for (const std::string& log_type : log_types) block += event(log_type, R"("x":1)") + "\n";
  const std::vector<Said> said = judge_block(executor, block);
  REQUIRE(said.size() == 2 * log_types.size());
  for (std::size_t i = 0; i < said.size(); ++i) {
    INFO(said[i]);
    CHECK(said[i].log_type == log_types[i % log_types.size()]);
    CHECK(said[i].ids == std::vector<std::string>{"R" + std::to_string(i % log_types.size())});
  }
}

TEST_CASE("events without a log type are of the one that the options say") {
  Executor executor(some_rules(), judging_as("B"));
  const std::string plain = R"({"x":1})";
  const std::string a = event("A", R"("x":1)");
  CHECK(judge_block(executor, plain + "\n" + a + "\n" + plain) ==
        std::vector<Said>{{plain, "B", {"B.One"}}, {a, "A", {"A.One", "A.Two"}}, {plain, "B", {"B.One"}}});
  Executor nothing(some_rules());
  CHECK(judge_block(nothing, plain + "\n" + a) == std::vector<Said>{{plain, "", {}}, {a, "A", {"A.One", "A.Two"}}});
}

TEST_CASE("whether some rule judges a log type is told") {
  Executor executor(some_rules());
  CHECK(executor.judge(event("A", R"("x":7)"), Time{}).has_rules);
  CHECK_FALSE(executor.judge(event("C", R"("x":7)"), Time{}).has_rules);
  CHECK_FALSE(executor.judge("{}", Time{}).has_rules);
  CHECK_FALSE(executor.judge("nothing", Time{}).has_rules);
}

TEST_CASE("what may stand anywhere in an event is found however it is written, and is no key") {
  const auto rules = rules_from({rule_text("Word", "A", R"(any $[**] { . is string; . contains~ "Jose\\é" })"),
                                 rule_text("Quote", "A", R"(any $[**] { . contains "a\"b" })"),
                                 rule_text("Like", "A", R"(any $[**] { . like~ "*wd?40*" })")});
  Executor executor(rules);
  const auto ids = [&](const std::string& fields) {
    const std::vector<Said> said = judge_block(executor, event("A", fields));
    REQUIRE(said.size() == 1);
    return said.front().ids;
  };
  using Ids = std::vector<std::string>;
  CHECK(ids(R"("x":{"y":["jose\\é"]})") == Ids{"Word"});
  CHECK(ids(R"("x":"JOSE\\\u00C9")") == Ids{"Word"});
  CHECK(ids(R"("x":"\u004aose\u005cé")") == Ids{"Word"});
  CHECK(ids(R"("jose\\é":1,"x":"jose")").empty());
  CHECK(ids(R"("x":"a\"b")") == Ids{"Quote"});
  CHECK(ids(R"("é":"a\u0022b")") == Ids{"Quote"});
  CHECK(ids(R"("a":"b","xa":["a","b"],"ya":"b")").empty());
  CHECK(ids(R"("é":"a","b":"ü")").empty());
  CHECK(ids(R"("x":[[{"y":"the WD-40 can"}]])") == Ids{"Like"});
  CHECK(ids(R"("x":40)").empty());
}

TEST_CASE("what may stand anywhere in an event is found wherever it stands between odd characters") {
  const auto rules = rules_from({rule_text("Plain", "A", R"(any $[**] { . contains "\\n\\\n\"" })"),
                                 rule_text("Odd", "A", R"(any $[**] { . contains "\\né\\" })")});
  Executor executor(rules);
  for (std::size_t before = 0; before < 200; ++before) {
    const std::string text = std::string(before, 'a') + "\\n\\\n\"" + std::string(90, 'b') + "\\né\\" +
                             std::string(before % 70, '\\') + std::string(90, 'c') + "\\n\\\n\"";
    CAPTURE(before);
    CHECK(judge_block(executor, to_json(Value(Object{{"p_log_type", "A"}, {"x", text}}))).front().ids ==
          std::vector<std::string>{"Plain", "Odd"});
    const std::string none =
        std::string(before, 'a') + "\\\\n\\\\\n" + std::string(90, '\\') + "né\n" + std::string(90, 'n');
    const auto judged = judge_block(executor, to_json(Value(Object{{"p_log_type", "A"}, {"x", none}})));
    CHECK(judged.front().ids.empty());
  }
}

TEST_CASE("a field is as deep as the options let an event be") {
  ExecutorOptions options;
  options.json.nesting = 2'000;
  Executor executor(rules_from({rule_text("Deep", "A", "len(x) eq 1"), rule_text("List", "A", "x is list")}), options);
  const std::string deep = R"("x":)" + std::string(1'900, '[') + std::string(1'900, ']');
  CHECK(judge_block(executor, event("A", deep)).front().ids == std::vector<std::string>{"Deep", "List"});
}

TEST_CASE("blank lines are passed over, and blanks around events are none of them") {
  Executor executor(some_rules());
  const std::string a = event("A", R"("x":2)");
  const std::vector<Said> two = {{a, "A", {"A.Two"}}, {a, "A", {"A.Two"}}};
  for (const std::string& block : {a + "\n" + a, a + "\n" + a + "\n", a + "\r\n" + a + "\r\n",
                                   "\n\n" + a + "\n \t\n\r\n" + a + "\n\n", "  " + a + " \n\t" + a + " \r\n",
                                   "\r\n" + a + "\n" + a + " ", a + "\n" + a + "\n   ", " \n" + a + "\r\n\r\n" + a}) {
    INFO(block);
    CHECK(judge_block(executor, block) == two);
  }
  for (const auto* block : {"", "\n", "\r\n", " \n\t\n", "\n\n\n "}) CHECK(judge_block(executor, block).empty());
}

TEST_CASE("a broken line takes nothing with it") {
  Executor executor(some_rules());
  const std::string a = event("A", R"("x":2)");
  const std::string b = event("B", R"("x":1)");
  for (const std::string broken : {"x",
                                   "{",
                                   "}",
                                   "[]",
                                   "7",
                                   "{} {}",
                                   R"({"a":1)",
                                   R"({"a":"b)",
                                   R"({"a":")",
                                   R"({"a":"b\)",
                                   R"("a":1})",
                                   "\"",
                                   "\\",
                                   "{\"a\":\"\xff\"}",
                                   "{\"a\":\"\x01\"}",
                                   R"({"a":"\x"})",
                                   R"({"a":"\ud800"})",
                                   R"({"a":01})",
                                   "{\"a\"}",
                                   "]",
                                   "\xEF\xBB\xBF{}",
                                   R"({"p_log_type":"A","x":2)",
                                   R"({"p_log_type":"A","x":2,})"}) {
    INFO(broken);
    for (const auto* end : {"\n", "\r\n"}) {
      const std::string line_end = end;
      const Said said{broken, "-", {}};
      const Said first{a, "A", {"A.Two"}};
      const Said last{b, "B", {"B.One"}};
      CHECK(judge_block(executor, a + line_end + broken + line_end + b) == std::vector<Said>{first, said, last});
      CHECK(judge_block(executor, broken + line_end + b + line_end) == std::vector<Said>{said, last});
      CHECK(judge_block(executor, a + line_end + broken) == std::vector<Said>{first, said});
      CHECK(judge_block(executor, broken + line_end + broken + line_end + line_end + b) ==
            std::vector<Said>{said, said, last});
    }
  }
}

TEST_CASE("half a pair of surrogates behind an escaped backslash is no event") {
  Executor executor(some_rules());
  const std::string broken = event("A", R"("x":1,"y":"\\ud83d\ude00")");
  CHECK(judge_block(executor, broken) == std::vector<Said>{{broken, "-", {}}});
}

TEST_CASE("a field that only a character tells from the log type's does not hide it") {
  Executor executor(rules_from({rule_text("A.One", "A", R"($["p_log_type\u0000"] eq "x")")}));
  const std::string without = event("A", R"("x":1)");
  const std::string with = event("A", R"("p_log_type\u0000":"x")");
  CHECK(judge_block(executor, without + "\n" + with) == std::vector<Said>{{without, "A", {}}, {with, "A", {"A.One"}}});
}

TEST_CASE("a number that only the exact reader can judge makes no difference") {
  Executor executor(some_rules());
  const std::string number(305, '9');
  const std::string a = event("A", R"("x":2,"z":)" + number);
  const std::string b = event("B", R"("x":1)");
  CHECK(judge_block(executor, b + "\n" + a + "\n" + b) ==
        std::vector<Said>{{b, "B", {"B.One"}}, {a, "A", {"A.Two"}}, {b, "B", {"B.One"}}});
  const std::string beyond = event("A", R"("x":2,"z":)" + number + "99999");
  CHECK(judge_block(executor, b + "\n" + beyond + "\n" + b) ==
        std::vector<Said>{{b, "B", {"B.One"}}, {beyond, "-", {}}, {b, "B", {"B.One"}}});
}

TEST_CASE("the event judged last is there whole, and its texts may be asked for") {
  Executor executor(rules_from({rule_text("A.One", "A", "x eq 1", "AlertTitle: \"{who} did it\"\n")}));
  const std::string block = event("A", R"("x":1,"who":"J\u006f")") + "\n" + event("A", R"("x":1,"who":"Al")");
  const Padded padded(block);
  executor.begin(padded.view(), Time{});
  Judged judged;
  for (const std::string who : {"Jo", "Al"}) {
    REQUIRE(executor.next(judged));
    REQUIRE(judged.matches.size() == 1);
    CHECK(executor.event().member("who") == Value(who));
    CHECK(executor.texts(judged.matches.front()).title == who + " did it");
  }
}

TEST_CASE("blocks of many lines of several log types, some of them broken, are judged line by line") {
  Executor in_blocks(some_rules(), judging_as("B"));
  Executor alone(some_rules(), judging_as("B"));
  Chance chance(1);
  std::size_t matches = 0;
  for (int round = 0; round < 30; ++round) {
    std::string block;
    std::vector<Said> expected;
    // Some blocks are larger than what is indexed at once.
    const std::size_t lines = 1 + chance.below(chance.one_in(3) ? 3'000 : 30);
    const bool some_broken = chance.one_in(2);
    for (std::size_t i = 0; i < lines; ++i) {
      const std::string x = std::to_string(chance.below(4));
      std::string line = "{\"x\":" + x + R"(,"pad":")" + std::string(chance.below(90), '.') + "\"";
      if (chance.one_in(3)) line += R"(,"y":"t")";
      if (!chance.one_in(4)) line += std::string(R"(,"p_log_type":")") + "ABC"[chance.below(3)] + "\"";
      line += "}";
      if (some_broken && chance.one_in(50)) line.erase(chance.below(line.size()), 1 + chance.below(5));
      if (line.empty()) continue;
      expected.push_back(said_of(alone.judge(line, Time{})));
      matches += expected.back().ids.size();
      block += line + (chance.one_in(5) ? "\r\n" : "\n");
      if (chance.one_in(10)) block += chance.one_in(2) ? "\n" : " \r\n";
    }
    if (chance.one_in(2)) block.pop_back();
    CHECK(judge_block(in_blocks, block) == expected);
  }
  CHECK(matches > 1'000);
}

}  // namespace
}  // namespace picket
