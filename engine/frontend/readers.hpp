// The readers of the kinds of analysis files, one per file. Each takes a section that has been checked against the
// table of keys, reports what that check could not see, and returns what it could read; native.cpp drops the result if
// anything was wrong.
#pragma once

#include "engine/frontend/native.hpp"
#include "engine/frontend/rule.hpp"
#include "engine/frontend/section.hpp"

namespace picket {

[[nodiscard]] Rule read_rule(const Section& section, RuleKind kind, const FrontendOptions& options);
// Nothing if the rule has no `Remember`.
[[nodiscard]] std::optional<Remember> read_remember(const Section& rule, const FrontendOptions& options);
[[nodiscard]] std::vector<RuleTest> read_tests(const Section& rule, RuleKind kind);
[[nodiscard]] Library read_library(const Section& section, const FrontendOptions& options);
[[nodiscard]] DataModel read_data_model(const Section& section, const FrontendOptions& options);
[[nodiscard]] PackManifest read_manifest(const Section& section);

// The key that holds the id of a kind of file: "RuleID".
[[nodiscard]] std::string_view id_key(Holder holder);

// Says that something is written in Python: a note, or an error if `strict`.
void report_python(const Section& section, SourceSpan span, std::string message, std::string help, bool strict);

// The text of a key as condition text, or nothing if the key is absent or empty.
[[nodiscard]] std::optional<SourceText> code(const Section& section, std::string_view key);

}  // namespace picket
