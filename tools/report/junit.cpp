#include "tools/report/junit.hpp"

#include "tools/terminal/display.hpp"

namespace picket {

std::string xml_text(std::string_view text) {
  std::string escaped;
  for (const char c : escape_controls(text)) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else {
      escaped += c;
    }
  }
  // The two characters that XML excludes and that are no controls: U+FFFE and U+FFFF.
  for (const std::string_view excluded : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (std::size_t at = escaped.find(excluded); at != std::string::npos; at = escaped.find(excluded, at)) {
      escaped.replace(at, excluded.size(), "\xEF\xBF\xBD");
    }
  }
  return escaped;
}

std::string xml_attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + xml_text(value) + "\"";
}

std::string xml_attribute(std::string_view name, std::size_t value) {
  return xml_attribute(name, std::to_string(value));
}

std::string junit_suite(std::string_view name, std::string_view cases, const JunitCounts& counts) {
  return "  <testsuite" + xml_attribute("name", name) + xml_attribute("tests", counts.tests) +
         xml_attribute("failures", counts.failures) + xml_attribute("errors", counts.errors) +
         xml_attribute("skipped", counts.skipped) + ">\n" + std::string(cases) + "  </testsuite>\n";
}

std::string junit_document(std::string_view name, std::string_view suites, const JunitCounts& counts) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + xml_attribute("name", name) +
         xml_attribute("tests", counts.tests) + xml_attribute("failures", counts.failures) +
         xml_attribute("errors", counts.errors) + ">\n" + std::string(suites) + "</testsuites>\n";
}

}  // namespace picket
