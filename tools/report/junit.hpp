// The pieces of JUnit XML, in the form that Jenkins, GitLab and GitHub's actions read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace picket {

// Text for XML 1.0, between tags or in an attribute. Control characters are written out, since XML cannot hold them.
[[nodiscard]] std::string xml_text(std::string_view text);
// ` name="value"`.
[[nodiscard]] std::string xml_attribute(std::string_view name, std::string_view value);
[[nodiscard]] std::string xml_attribute(std::string_view name, std::size_t value);

struct JunitCounts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
};
// A `testsuite` of the cases, which are elements already.
[[nodiscard]] std::string junit_suite(std::string_view name, std::string_view cases, const JunitCounts& counts);
// The whole document.
[[nodiscard]] std::string junit_document(std::string_view name, std::string_view suites, const JunitCounts& counts);

}  // namespace picket
