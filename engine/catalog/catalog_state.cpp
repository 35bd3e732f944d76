#include "engine/catalog/catalog_state.hpp"

#include <concepts>
#include <type_traits>

#include "engine/catalog/packed.hpp"

namespace picket {
namespace {

// Changes with every change of what follows.
constexpr std::string_view mark = "picket catalog 1\n";

template <typename Given, typename Struct>
concept Is = std::same_as<std::remove_const_t<Given>, Struct>;

}  // namespace

// The members of each struct, for the archive that writes them and for the one that reads.
void fields(auto& archive, Is<CatalogClaim> auto& claim) { archive(claim.tactic, claim.technique); }
void fields(auto& archive, Is<IndicatorValue> auto& value) { archive(value.text, value.field); }
void fields(auto& archive, Is<IndicatorRow> auto& row) { archive(row.field, row.kind, row.folded, row.values); }
void fields(auto& archive, Is<Indicators> auto& indicators) { archive(indicators.rows, indicators.exclusions); }
void fields(auto& archive, Is<ConjunctionPart> auto& part) {
  archive(part.field, part.kind, part.folded, part.negated, part.values);
}
void fields(auto& archive, Is<Conjunction> auto& conjunction) { archive(conjunction.parts, conjunction.whole); }
void fields(auto& archive, Is<OutputField> auto& field) { archive(field.field, field.places); }
void fields(auto& archive, Is<CatalogFigures> auto& figures) {
  archive(figures.tests, figures.passed, figures.independent, figures.comparisons, figures.killed, figures.mutants);
}
void fields(auto& archive, Is<ChangeTimes> auto& times) { archive(times.first, times.last); }
void fields(auto& archive, Is<CatalogRule> auto& rule) {
  archive(rule.id, rule.title, rule.description, rule.source, rule.kind, rule.format, rule.severity, rule.enabled,
          rule.status, rule.log_types, rule.tags, rule.attack, rule.libraries, rule.packs, rule.signals,
          rule.indicators, rule.conjunction, rule.output_fields, rule.figures, rule.changes);
}
void fields(auto& archive, Is<CatalogLibrary> auto& library) {
  archive(library.id, library.description, library.source, library.text, library.names);
}
void fields(auto& archive, Is<CatalogPack> auto& pack) { archive(pack.id, pack.title, pack.description); }
void fields(auto& archive, Is<SourceStamp> auto& stamp) { archive(stamp.path, stamp.size, stamp.time, stamp.single); }
void fields(auto& archive, Is<CatalogState> auto& state) {
  archive(state.key, state.revision, state.found, state.context, state.rules, state.libraries, state.packs);
}

std::string packed(const CatalogState& state) {
  PackedWriter writer;
  fields(writer, state);
  return std::string(mark) + writer.take();
}

std::optional<CatalogState> unpacked_state(std::string_view bytes) {
  if (!bytes.starts_with(mark)) return std::nullopt;
  PackedReader reader(bytes.substr(mark.size()));
  CatalogState state;
  fields(reader, state);
  if (!reader.whole()) return std::nullopt;
  return state;
}

}  // namespace picket
