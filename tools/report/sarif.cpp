// The report as SARIF 2.1.0 (OASIS standard), which code hosts and editors read.
#include <array>
#include <cstdio>
#include <string_view>

#include "engine/event/value.hpp"
#include "grammar/text/unicode.hpp"
#include "tools/report/findings.hpp"

namespace picket {
namespace {

// A path as a URI reference (RFC 3986): relative paths stay relative.
std::string uri_of(std::string_view path) {
  std::string uri = path.starts_with('/') ? "file://" : "";
  while (path.starts_with("./")) path.remove_prefix(2);
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~' || c == '/';
    if (plain) {
      uri += c;
    } else {
      std::array<char, 4> buffer{};
      std::snprintf(buffer.data(), buffer.size(), "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
      uri += buffer.data();
    }
  }
  return uri;
}

Value region_of(const Source& source, SourceSpan span) {
  const LineColumn begin = source.locate(span.begin);
  const LineColumn end = source.locate(span.end);
  return Object{{"startLine", std::int64_t{begin.line}},
                {"startColumn", std::int64_t{begin.column}},
                {"endLine", std::int64_t{end.line}},
                {"endColumn", std::int64_t{end.column}}};
}

Value artifact(const Source& source) { return Object{{"uri", uri_of(source.name())}}; }

Object location_of(const Source& source, SourceSpan span) {
  return Object{
      {"physicalLocation", Object{{"artifactLocation", artifact(source)}, {"region", region_of(source, span)}}}};
}

Value content(std::string_view text) { return Object{{"text", valid_utf8(text)}}; }

// Braces hold the place of arguments (3.11.5), and are doubled where they mean themselves; brackets before a
// parenthesis are a link (3.11.6), which nothing that we write is.
Value message(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '{' || c == '}') escaped += c;
    if (c == '(' && escaped.ends_with(']')) escaped += ' ';
    escaped += c;
  }
  return content(escaped);
}

Value fix_of(const Source& source, const Fix& fix) {
  const Value replacement =
      Object{{"deletedRegion", region_of(source, fix.span)}, {"insertedContent", content(fix.replacement)}};
  const Value change = Object{{"artifactLocation", artifact(source)}, {"replacements", List{replacement}}};
  return Object{{"description", message(fix.title)}, {"artifactChanges", List{change}}};
}

// Where the finding's code stands among the rules of the driver: codes of diagnostics, then kinds of findings.
std::int64_t rule_index(const Finding& finding) {
  if (finding.diagnostic != nullptr) return static_cast<std::int64_t>(finding.diagnostic->code);
  auto index = static_cast<std::int64_t>(diagnostic_codes().size());
  for (const FindingKind& kind : finding_kinds()) {
    if (kind.code == finding.code) break;
    ++index;
  }
  return index;
}

void add_diagnostic(const Diagnostic& diagnostic, Object& result) {
  const Source& source = *diagnostic.source;
  List related;
  for (const Related& place : diagnostic.related) {
    Object location = location_of(*place.source, place.span);
    location.set("message", message(place.message));
    related.emplace_back(std::move(location));
  }
  if (!related.empty()) result.set("relatedLocations", std::move(related));
  List fixes;
  for (const Fix& fix : diagnostic.fixes) fixes.push_back(fix_of(source, fix));
  if (!fixes.empty()) result.set("fixes", std::move(fixes));
}

Value result_of(const Finding& finding) {
  std::string text = finding.subject.empty() ? finding.message : finding.subject + ": " + finding.message;
  for (const std::string& detail : finding.details) text += "\n" + detail;
  Object result{{"ruleId", finding.code},
                {"ruleIndex", rule_index(finding)},
                {"level", spelling(finding.level)},
                {"message", message(text)},
                {"locations", List{Value(location_of(*finding.source, finding.span))}}};
  if (finding.diagnostic != nullptr) add_diagnostic(*finding.diagnostic, result);
  // What stays the same while lines move, so that a code host knows the result again.
  if (!finding.subject.empty()) {
    result.set("partialFingerprints", Object{{"picketSubject/v1", valid_utf8(finding.subject)}});
  }
  return result;
}

Value descriptor(std::string_view code, std::string_view title, std::string_view help, Level level) {
  return Object{{"id", code},
                {"shortDescription", message(title)},
                {"fullDescription", message(title)},
                {"help", message(help)},
                {"defaultConfiguration", Object{{"level", spelling(level)}}}};
}

Value driver() {
  List rules;
  for (const CodeRow& row : diagnostic_codes()) {
    rules.push_back(descriptor(row.word, row.title, "Run `picket explain " + std::string(row.word) + "`.", row.level));
  }
  for (const FindingKind& kind : finding_kinds()) {
    rules.push_back(descriptor(kind.code, kind.title, kind.title, kind.level));
  }
  return Object{{"name", "picket"}, {"version", PICKET_VERSION}, {"rules", std::move(rules)}};
}

}  // namespace

std::string sarif_report(std::span<const Finding> findings) {
  List results;
  for (const Finding& finding : findings) results.push_back(result_of(finding));
  const Value run = Object{
      {"tool", Object{{"driver", driver()}}}, {"columnKind", "unicodeCodePoints"}, {"results", std::move(results)}};
  return to_json(Object{
             {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", List{run}}}) +
         "\n";
}

}  // namespace picket
