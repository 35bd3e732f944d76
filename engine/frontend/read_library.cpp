
#include "engine/frontend/readers.hpp"
#include "grammar/ast/operators.hpp"
#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

// Conditions write the id as a name before a dot.
void check_name(const Section& section, const Located<std::string>& id) {
  if (id.value.empty()) return;
  const std::string written = "`" + id.value + "`";
  if (!is_identifier(id.value)) {
    section.say(Code::bad_id, id.span, written + " is no name that a condition can use",
                "use letters, digits and `_`, a letter first");
  } else if (is_reserved(id.value) || id.value == "udm" || id.value == "now" || id.value == "previous") {
    section.say(Code::bad_id, id.span, written + " is a word of the language", "choose another name");
  }
}

}  // namespace

Library read_library(const Section& section, const FrontendOptions& options) {
  Library library;
  library.source = section.source();
  library.id = section.text("DefinitionsID").value_or(Located<std::string>{});
  check_name(section, library.id);
  library.description = section.plain_text("Description");
  library.libraries = section.texts("Use");
  if (section.raw("Let") == nullptr) {
    if (!section.was_meant("Let")) {
      section.say(Code::missing_key, section.place(), "the key `Let` is missing",
                  "write `Let: |` and below it, indented, the definitions");
    }
  } else if (const auto text = code(section, "Let")) {
    if (auto let = parse_definitions(*text, section.diagnostics(), options.condition))
      library.definitions = *std::move(let);
  }
  return library;
}

}  // namespace picket
