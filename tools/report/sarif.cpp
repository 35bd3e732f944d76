// The report as SARIF 2.1.0 (OASIS standard), which code hosts and editors read.
#include <array>
#include <cstdio>
#include <string_view>

#include "tools/report/diagnostics.hpp"
#include "tools/terminal/display.hpp"

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

Value message(std::string_view text) { return Object{{"text", valid_utf8(text)}}; }

Value fix_of(const Source& source, const Fix& fix) {
  const Value replacement =
      Object{{"deletedRegion", region_of(source, fix.span)}, {"insertedContent", message(fix.replacement)}};
  const Value change = Object{{"artifactLocation", artifact(source)}, {"replacements", List{replacement}}};
  return Object{{"description", message(fix.title)}, {"artifactChanges", List{change}}};
}

Value result_of(const Diagnostic& diagnostic) {
  const Source& source = *diagnostic.source;
  std::string text = diagnostic.message;
  if (!diagnostic.help.empty()) text += "\n" + diagnostic.help;
  Object result{{"ruleId", row_of(diagnostic.code).word},
                {"ruleIndex", static_cast<std::int64_t>(diagnostic.code)},
                {"level", spelling(diagnostic.level)},
                {"message", message(text)},
                {"locations", List{Value(location_of(source, diagnostic.span))}}};
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
  return result;
}

Value driver() {
  List rules;
  for (const CodeRow& row : diagnostic_codes()) {
    rules.emplace_back(Object{{"id", row.word},
                              {"shortDescription", message(row.title)},
                              {"help", message("Run `picket explain " + std::string(row.word) + "`.")},
                              {"defaultConfiguration", Object{{"level", spelling(row.level)}}}});
  }
  return Object{{"name", "picket"}, {"version", PICKET_VERSION}, {"rules", std::move(rules)}};
}

}  // namespace

std::string sarif_report(std::span<const Diagnostic> diagnostics) {
  List results;
  for (const Diagnostic& diagnostic : diagnostics) results.push_back(result_of(diagnostic));
  const Value run = Object{
      {"tool", Object{{"driver", driver()}}}, {"columnKind", "unicodeCodePoints"}, {"results", std::move(results)}};
  return to_json(Object{
             {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", List{run}}}) +
         "\n";
}

}  // namespace picket
