// Facts of rules in words, as every page writes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/catalog/catalog.hpp"
#include "engine/frontend/rule.hpp"
#include "engine/html/html.hpp"

namespace picket::site {

// "Picket", "Panther", "Sigma".
[[nodiscard]] std::string_view format_word(RuleFormat format);
// "picket", "panther", "sigma".
[[nodiscard]] std::string_view format_key(RuleFormat format);
// "Rule", "Scheduled rule", "Policy", "Correlation rule".
[[nodiscard]] std::string_view kind_word(RuleKind kind);
// `<span class="severity severity-high">High</span>`.
void add_severity(Html& html, Severity severity);
// "1 rule", "1,234 rules".
[[nodiscard]] std::string counted(std::size_t count, std::string_view one, std::string_view many);
// 1234567 as "1,234,567".
[[nodiscard]] std::string grouped_digits(std::size_t number);
// "3 sigma, 1 picket": the formats that there are, most first.
[[nodiscard]] std::string split_in_words(const FormatCounts& counts);
// "1 hour", "90 minutes", "2 days".
[[nodiscard]] std::string minutes_in_words(std::int64_t minutes);
// 2026-03-02, of seconds since 1970, in UTC.
[[nodiscard]] std::string date_of(std::int64_t seconds);
// 2026-03-02T10:00:12Z (RFC 3339).
[[nodiscard]] std::string timestamp_of(std::int64_t seconds);
// At most so many bytes of the text, cut at a character, with "…" if anything was cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t bytes);
// The first paragraph of Markdown as plain text on one line, cut.
[[nodiscard]] std::string first_words(std::string_view markdown, std::size_t bytes);

}  // namespace picket::site
