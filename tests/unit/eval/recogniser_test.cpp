#include "engine/eval/recogniser.hpp"

#include "tests/catch.hpp"
#include "tests/unit/stream/judging.hpp"

using namespace picket;
using namespace picket::tests;

TEST_CASE("what an event is does not depend on which rules are loaded beside") {
  const auto linux_alone = rules_from({rule_text("L", "Linux.Sysmon, Linux.Auditd, Linux.Syslog", "x eq 1")});
  const auto all =
      rules_from({rule_text("W", "Windows.EventLogs", "x eq 1"), rule_text("A", "AWS.CloudTrail", "x eq 1"),
                  rule_text("L", "Linux.Sysmon, Linux.Auditd, Linux.Syslog", "x eq 1")});
  const std::vector<std::pair<Object, std::string>> events = {
      {{{"Channel", "Linux-Sysmon/Operational"}, {"EventID", 1}}, "Linux.Sysmon"},
      {{{"ProviderName", "Linux-Sysmon"}, {"Channel", "x"}, {"EventID", 1}}, "Linux.Sysmon"},
      {{{"type", "SYSCALL"}, {"msg", "audit(1.2:3)"}, {"exe", "/bin/ls"}}, "Linux.Auditd"},
      {{{"MESSAGE", "session opened"}, {"SYSLOG_IDENTIFIER", "sshd"}}, "Linux.Syslog"},
      {{{"message", "hello"}}, ""},
  };
  for (const auto& [event, log_type] : events) {
    CAPTURE(to_json(Value(event)));
    CHECK(Recogniser(*linux_alone).recognise(Value(event), "", Time{}).log_type == log_type);
    CHECK(Recogniser(*all).recognise(Value(event), "", Time{}).log_type == log_type);
  }
  const Value windows = Object{{"Channel", "Security"}, {"EventID", 4688}};
  CHECK(Recogniser(*all).recognise(windows, "", Time{}).log_type == "Windows.EventLogs");
}
