// What is proposed for an event, and that every proposal is a rule that passes its tests.
#include "engine/draft/draft_rule.hpp"

#include <string>
#include <vector>

#include "engine/event/json.hpp"
#include "engine/pack/pack.hpp"
#include "tests/catch.hpp"
#include "tools/new/proved_draft.hpp"

using namespace picket;

namespace {

Value event(std::string_view json) {
  auto read = read_json(json);
  REQUIRE(std::holds_alternative<Value>(read));
  return std::get<Value>(std::move(read));
}

// The part of a draft between two texts.
std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin) + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

std::string condition(std::string_view json) {
  const std::string text = draft_rule(event(json), {.log_type = "T", .id = {}, .schema = {}});
  return between(text, "Condition: |\n", "AlertTitle");
}

std::string proved(const Value& about, const std::string& log_type = "T.L") {
  const ProvedDraft draft = prove_draft(about, {.log_type = log_type, .id = {}, .schema = {}}, "");
  return draft.fault;
}

}  // namespace

TEST_CASE("telling fields become comparisons") {
  CHECK(condition(R"({"eventVersion": "1.09", "eventID": "4fd5a81d-8ec8-4247-91c1-eba149fd4074",
      "eventSource": "iam.amazonaws.com", "eventName": "CreateUser", "eventTime": "2026-03-02T08:16:20Z",
      "userIdentity": {"type": "IAMUser", "userName": "dana"}, "sourceIPAddress": "203.0.113.66"})") ==
        "  eventSource eq \"iam.amazonaws.com\"\n  eventName eq \"CreateUser\"\n");
  CHECK(condition(R"({"eventSource": "s", "eventName": "n", "errorCode": "AccessDenied"})") ==
        "  eventSource eq \"s\"\n  eventName eq \"n\"\n  errorCode eq \"AccessDenied\"\n");
  CHECK(condition(R"({"Channel": "Security", "EventID": 4688, "NewProcessName": "C:\\Windows\\x\\certutil.exe"})") ==
        "  Channel eq \"Security\"\n  EventID eq 4688\n  NewProcessName ends_with~ '\\certutil.exe'\n");
  CHECK(condition(R"({"source_type": "api_token", "action": "create", "actor_name": "Robin", "ip_address": "::1"})") ==
        "  source_type eq \"api_token\"\n  action eq \"create\"\n");
  CHECK(condition(R"({"event": {"action": "login", "outcome": "failure"}, "process": {"executable": "/bin/sh"}})") ==
        "  event.action eq \"login\"\n  process.executable ends_with \"/sh\"\n  event.outcome eq \"failure\"\n");
}

TEST_CASE("ids, times, addresses and people are compared with only where there is nothing else") {
  CHECK(condition(R"({"eventID": "4fd5a81d-8ec8-4247-91c1-eba149fd4074", "action": "x"})") == "  action eq \"x\"\n");
  CHECK(condition(R"({"user": "dana", "requestId": "abc", "colour": "red"})") == "  colour eq \"red\"\n");
  CHECK(condition(R"({"user": "dana", "ip": "192.0.2.1", "time": "2026-01-01"})") == "  user eq \"dana\"\n");
  CHECK(condition(R"({"x": 1})") == "  x eq 1\n");
  CHECK(condition("{}") == "  p_log_type eq \"T\"\n");
}

TEST_CASE("a draft tells people what it is about") {
  const std::string text = draft_rule(event(R"({"source_type": "api_token", "action": "create", "actor_name": "R"})"),
                                      {.log_type = "Zendesk.Audit", .id = {}, .schema = "s.json"});
  CHECK(text.starts_with("# yaml-language-server: $schema=s.json\nAnalysisType: rule\n"));
  CHECK(between(text, "RuleID: ", "\n") == "Zendesk.Audit.ApiTokenCreate");
  CHECK(between(text, "DisplayName: ", "\n") == "Api token create in Zendesk Audit");
  CHECK(between(text, "AlertTitle: ", "\n") == "\"{source_type} {action} by {actor_name}\"");
  CHECK(between(text, "<<: *event\n", "\n") == "      action: something_else");
  const std::string own = draft_rule(event("{}"), {.log_type = "T", .id = "My.Rule", .schema = {}, .udm_actor = true});
  CHECK(between(own, "RuleID: ", "\n") == "My.Rule");
  CHECK(between(own, "AlertTitle: ", "\n") == "\"{p_log_type} by {udm.actor_user}\"");
}

TEST_CASE("a nested field is changed within its object") {
  const std::string text = draft_rule(event(R"({"event": {"action": "login", "m": [1, {"a": {}}]}, "x": 1})"),
                                      {.log_type = "T", .id = {}, .schema = {}});
  CHECK(between(text, "<<: *event\n", "\xff") == "      event: {action: something_else, m: [1, {a: {}}]}\n");
}

TEST_CASE("whatever an event holds, the draft is a good rule") {
  for (
      const char* json : {
          R"({"action": "no", "b": "yes", "c": "null", "d": "1", "e": "1.5", "f": "~", "g": "", "h": " x ", "i": "0x1"})",
          R"({"action": "a: b", "b": "a #c", "c": "- x", "d": "&a", "e": "*a", "f": "{x}", "g": "[x]", "h": "!t", "i": "%"})",
          R"({"action": "it's \"it\"", "b": "back\\slash", "c": "line\nbreak\ttab", "d": "\u0001\u007f\u0085\ufeff", "e": "é€😀"})",
          R"({"action": true, "a b": 1, "a.b": 2, "x: y": 3, "": 4, "#": 5, "true": 6})",
          R"({"action": 5, "big": 123456789012345678901234567890, "real": 1.5e-7, "one": 1.0, "minus": -0.0, "n": null})",
          R"({"event-type": "x y", "l": [], "o": {}, "ll": [[1], [], [{"a": [{"b": "c"}]}]], "lo": [{"x": 1, "y": {"z": 2}}]})",
          R"({"action": "{braces} and \\{more}", "user": "{x}"})",
          R"({"Action": "UPPER", "action_2": "x", "USER": "d"})",
          R"({"action": "something_else"})",
          R"({"ACTION": "x", "USER": "d", "HOST": "h"})",
          R"({"verb": "x", "any": "y", "event": {"action": "first"}, "udm": 1, "now": 2, "if": {"result": "z"}})",
          R"({"result": "{x", "service": "}"})",
          R"({"action": 0})",
          R"({"event": {"deep": {"deeper": {"action": "x"}}}})",
          "{}",
      }) {
    INFO(json);
    CHECK(proved(event(json)).empty());
  }
}

TEST_CASE("every event of the tests that we ship gives a good rule") {
  Diagnostics diagnostics;
  const std::string rules = std::string(PICKET_PROJECT_DIR) + "/rules";
  const Pack pack = load_pack({rules}, {}, diagnostics);
  std::size_t events = 0;
  for (const Rule& rule : pack.rules) {
    for (const RuleTest& test : rule.tests) {
      INFO(rule.id.value << ": " << test.name.value);
      CHECK(proved(test.event, rule.log_types.front().value).empty());
      ++events;
    }
  }
  CHECK(events > 300);
}

TEST_CASE("names of a data model are used where they are to be had") {
  const std::string folder = std::string(PICKET_PROJECT_DIR) + "/rules/zendesk/new.yml";
  const DraftOptions options{.log_type = "Zendesk.Audit", .id = {}, .schema = {}};
  const ProvedDraft there = prove_draft(event(R"({"action": "create", "actor_name": "R"})"), options, folder);
  CHECK(there.fault.empty());
  CHECK(there.text.find("{udm.actor_user}") != std::string::npos);
  CHECK(example_event(folder, "Zendesk.Audit").object()->find_exact("source_type") != nullptr);
  CHECK(example_event(folder, "Other") == placeholder_event("Other"));
}

TEST_CASE("what cannot be written is told") {
  CHECK(prove_draft(event("{}"), {.log_type = "T", .id = "a<b", .schema = {}}, "").fault.find("RuleID") !=
        std::string::npos);
}
