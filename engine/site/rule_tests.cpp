// The tests of a rule's page, each with its event and the trace of it, and the rule's file.
#include <algorithm>

#include "engine/eval/interpret.hpp"
#include "engine/event/time.hpp"
#include "engine/frontend/correlation_rule.hpp"
#include "engine/ruletest/setting.hpp"
#include "engine/ruletest/trace.hpp"
#include "engine/site/code.hpp"
#include "engine/site/pretty_json.hpp"
#include "engine/site/rule_view.hpp"
#include "engine/site/words.hpp"

namespace picket::site {
namespace {

constexpr std::size_t longest_trace_text = 200;  // bytes of a comparison or a value in a trace
constexpr std::size_t most_parts = 60;           // of a trace
constexpr std::size_t least_for_a_test = 600;    // bytes below which no test is begun

Markup class_of(const TracePart& part) {
  if (part.report.times == 0) return R"(<li class="skipped)"_html;
  if (part.report.times_true > 0) return R"(<li class="held)"_html;
  if (part.report.state == ComparisonState::missing) return R"(<li class="absent)"_html;
  return R"(<li class="failed)"_html;
}

std::string_view word_of(const TracePart& part) {
  if (part.report.times == 0) return "not asked";
  if (part.report.times_true > 0) return "held";
  if (part.report.state == ComparisonState::missing) return "missing";
  if (part.report.state == ComparisonState::wrong_type) return "wrong type";
  return "failed";
}

Html trace_of(const Trace& trace) {
  Html html;
  html.add(R"(<ol class="trace">)"_html);
  for (std::size_t i = 0; i < trace.parts.size() && i < most_parts; ++i) {
    const TracePart& part = trace.parts[i];
    html.add(class_of(part), " d"_html, std::min<std::size_t>(part.depth, 4), R"("><span class="state">)"_html,
             word_of(part), "</span> <code>"_html, shortened(part.report.text, longest_trace_text), "</code>"_html);
    if (!part.report.actual.empty()) {
      html.add(R"( <span class="actual">)"_html, shortened(part.report.actual, longest_trace_text), "</span>"_html);
    }
    html.add("</li>"_html);
  }
  if (trace.parts.size() > most_parts) {
    html.add(R"(<li class="skipped">and )"_html, trace.parts.size() - most_parts, " more</li>"_html);
  }
  html.add("</ol>"_html);
  return html;
}

Html alert_of(const Trace& trace) {
  Html html;
  if (!trace.alerts) return html;
  html.add(R"(<p class="alert">)"_html);
  add_severity(html, trace.texts.severity);
  html.add(" "_html, shortened(trace.texts.title, 2 * longest_trace_text), "</p>"_html);
  return html;
}

void begin_test(Html& html, const TestResult& result) {
  const TestHeading& heading = result.test_case.heading();
  html.add(R"(<details class="test )"_html, result.passed() ? "passed" : "broken", R"(" data-name=")"_html,
           shortened(heading.name.value, longest_trace_text), R"("><summary><span class="result">)"_html,
           result.passed() ? "passed" : "failed", "</span> "_html, shortened(heading.name.value, longest_trace_text),
           R"( <span class="expected">)"_html);
  const bool policy = result.test_case.about().kind == RuleKind::policy;
  html.add(policy ? (heading.expected ? "compliant" : "not compliant") : (heading.expected ? "a match" : "no match"),
           "</span></summary>\n"_html);
}

// "The event comes 10 times within 16 minutes: 1 alert", of a test that says so.
Html arrivals_of(const RuleTest& test) {
  Html html;
  if (!test.expected_alerts) return html;
  const auto [first, last] = std::ranges::minmax(test.times);
  const Duration between{last.microseconds - first.microseconds};
  const bool minutes = between.microseconds % microseconds_per_minute == 0;
  html.add(R"(<p class="hint">The event comes )"_html, counted(test.times.size(), "time", "times"));
  if (between.microseconds > 0) {
    html.add(" within "_html,
             minutes ? minutes_in_words(between.microseconds / microseconds_per_minute) : print_duration(between));
  }
  const auto alerts = static_cast<std::size_t>(test.expected_alerts->value);
  html.add(": "_html, alerts == 0 ? "no alert" : counted(alerts, "alert", "alerts"), "</p>"_html);
  return html;
}

Html test_of(const RuleView& view, const TestResult& result, Interpreter& interpreter, const TestOptions& options,
             bool with_event) {
  Html html;
  begin_test(html, result);
  for (const TestFailure& failure : result.failures) {
    html.add(R"(<p class="failure">)"_html, shortened(failure.message, longest_trace_text), "</p>"_html);
  }
  if (result.test_case.test != nullptr) {
    const RuleTest& test = *result.test_case.test;
    const TestSetting setting(*view.gathered.rule, test, options);
    const Trace trace = trace_rule(interpreter, view.pack, *view.gathered.rule, setting.input());
    html.add(arrivals_of(test));
    const bool silent = test.expected_alerts && test.expected_alerts->value == 0;
    if (!silent) html.add(alert_of(trace));
    html.add(trace_of(trace));
    if (with_event) {
      html.add(R"(<pre class="event" tabindex="0"><code>)"_html).verbatim(pretty_json(test.event));
      html.add("</code></pre>"_html);
    } else {
      html.add(R"(<p class="hint">Its event is in the rule body.</p>)"_html);
    }
  }
  html.add("</details>\n"_html);
  return html;
}

// A test of which there is no room to say more.
Html line_of(const TestResult& result) {
  Html html;
  html.add(R"(<li class=")"_html, result.passed() ? "passed" : "broken", R"("><span class="result">)"_html,
           result.passed() ? "passed" : "failed", "</span> "_html, shortened(result.test_case.heading().name.value, 80),
           "</li>"_html);
  return html;
}

}  // namespace

void add_tests(Page& page, const RuleView& view, const TestOptions& options, std::size_t budget) {
  if (view.gathered.tests.empty()) return;
  page.main.add("<section id=\"tests\"><h2>Tests</h2>\n"_html);
  Interpreter interpreter(view.pack);
  std::size_t next = 0;
  for (; next < view.gathered.tests.size() && budget >= least_for_a_test; ++next) {
    const TestResult& result = view.gathered.tests[next];
    Html test = test_of(view, result, interpreter, options, true);
    if (test.size() > budget) test = test_of(view, result, interpreter, options, false);
    if (test.size() > budget) break;
    page.main.add(test);
    budget -= test.size();
  }
  if (next < view.gathered.tests.size()) {
    page.main.add("<p>There is no room here for what the others saw:</p>\n<ul class=\"results\">"_html);
    constexpr std::size_t most_lines = 40;
    const std::size_t last = std::min(next + most_lines, view.gathered.tests.size());
    for (; next < last; ++next) page.main.add(line_of(view.gathered.tests[next]));
    if (next < view.gathered.tests.size()) {
      page.main.add("<li>and "_html, grouped_digits(view.gathered.tests.size() - next), " more</li>"_html);
    }
    page.main.add("</ul>\n"_html);
  }
  page.main.add("</section>\n"_html);
}

Html body_of(const RuleView& view, std::size_t budget) {
  const std::string_view text = view.gathered.about->source->text();
  Html html;
  if (text.size() > budget) return html;
  add_yaml(html, text);
  if (html.size() <= budget) return html;
  Html plain;
  plain.verbatim(text);
  return plain.size() <= budget ? std::move(plain) : Html();
}

}  // namespace picket::site
