#include "engine/frontend/readers.hpp"

namespace picket {

PackManifest read_manifest(const Section& section) {
  PackManifest manifest;
  manifest.source = section.source();
  manifest.id = section.text("PackID").value_or(Located<std::string>{});
  manifest.display_name = section.plain_text("DisplayName");
  manifest.description = section.plain_text("Description");
  const auto* definition = section.find("PackDefinition");
  if (definition == nullptr || definition->value->mapping() == nullptr) return manifest;
  Section content(section.source(), *definition->value->mapping(), definition->value->span, Holder::pack_definition,
                  section.diagnostics());
  content.check();
  manifest.ids = content.texts("IDs");
  return manifest;
}

}  // namespace picket
