// The report as JSON, and the pieces of it that other reports share.
#include <string_view>

#include "grammar/text/unicode.hpp"
#include "tools/report/diagnostics.hpp"

namespace picket {
namespace {

void set_span(Object& object, const Source& source, SourceSpan span) {
  const LineColumn begin = source.locate(span.begin);
  const LineColumn end = source.locate(span.end);
  object.set("line", std::int64_t{begin.line});
  object.set("column", std::int64_t{begin.column});
  object.set("end_line", std::int64_t{end.line});
  object.set("end_column", std::int64_t{end.column});
}

Object head(const Diagnostic& diagnostic) {
  Object object;
  object.set("code", row_of(diagnostic.code).word);
  object.set("level", spelling(diagnostic.level));
  object.set("file", valid_utf8(diagnostic.source->name()));
  return object;
}

Value full_diagnostic(const Diagnostic& diagnostic) {
  Object object = head(diagnostic);
  set_span(object, *diagnostic.source, diagnostic.span);
  object.set("message", valid_utf8(diagnostic.message));
  object.set("help", diagnostic.help.empty() ? Value() : Value(valid_utf8(diagnostic.help)));
  List fixes;
  for (const Fix& fix : diagnostic.fixes) {
    Object entry;
    entry.set("title", valid_utf8(fix.title));
    set_span(entry, *diagnostic.source, fix.span);
    entry.set("replacement", valid_utf8(fix.replacement));
    entry.set("certain", fix.certain);
    fixes.emplace_back(std::move(entry));
  }
  object.set("fixes", std::move(fixes));
  List related;
  for (const Related& place : diagnostic.related) {
    Object entry;
    entry.set("file", valid_utf8(place.source->name()));
    set_span(entry, *place.source, place.span);
    entry.set("message", valid_utf8(place.message));
    related.emplace_back(std::move(entry));
  }
  object.set("related", std::move(related));
  return object;
}

}  // namespace

Value brief_diagnostic(const Diagnostic& diagnostic) {
  Object object = head(diagnostic);
  const LineColumn place = diagnostic.source->locate(diagnostic.span.begin);
  object.set("line", std::int64_t{place.line});
  object.set("column", std::int64_t{place.column});
  object.set("message", valid_utf8(diagnostic.message));
  return object;
}

std::string json_report(std::span<const Diagnostic> diagnostics) {
  List list;
  for (const Diagnostic& diagnostic : diagnostics) list.push_back(full_diagnostic(diagnostic));
  return to_json(Object{{"diagnostics", std::move(list)}}) + "\n";
}

}  // namespace picket
