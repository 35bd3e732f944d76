#include "engine/format/format.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/edit/edit.hpp"
#include "engine/format/same_meaning.hpp"
#include "engine/format/texts.hpp"
#include "engine/format/yaml_shape.hpp"

namespace picket {
namespace {

using format::Loaded;

// The file after one more pass; as it was if there is nothing to do. A tree of nothing: the pass broke it.
Loaded after(const Loaded& file, const std::vector<Edit>& edits, Diagnostics& diagnostics) {
  if (edits.empty()) return file;
  auto source = std::make_shared<const Source>(file.source->name(), apply_edits(file.source->text(), edits).text);
  if (source->text() == file.source->text()) return file;
  yaml::NodePtr root = yaml::load(source, diagnostics);
  return {std::move(source), std::move(root)};
}

// The file as it is after the pass over white space; without a tree if that has broken it.
Loaded tidy(const Loaded& file, Diagnostics& ignored) {
  std::vector<Edit> edits = format::indent(file.source, *file.root);
  std::ranges::move(format::tidy_white_space(file.source, *file.root), std::back_inserter(edits));
  return after(file, edits, ignored);
}

// Whether a file holds several documents, none of which says that it is ours: Sigma's are left as they are.
bool holds_others(const SourcePtr& source) {
  Diagnostics ignored;
  const std::vector<yaml::NodePtr> documents = yaml::load_documents(source, ignored);
  return documents.size() > 1 && std::ranges::none_of(documents, [](const yaml::NodePtr& document) {
           return format::holder_of(*document).has_value();
         });
}

bool is_sound(const Loaded& before, const Loaded& after) {
  return after.root != nullptr && format::same_meaning(before, after) && format::same_comments(before, after);
}

}  // namespace

Formatted format_analysis(const SourcePtr& source, Diagnostics& diagnostics) {
  Diagnostics own;
  const Loaded before{source, yaml::load(source, own)};
  if (before.root == nullptr) {
    if (!own.has_errors() || holds_others(source)) return {FormatOutcome::not_analysis, {}};
    diagnostics.append(std::move(own));
    return {FormatOutcome::broken, {}};
  }
  const std::optional<Holder> known = format::holder_of(*before.root);
  if (!known) return {FormatOutcome::not_analysis, {}};
  const Holder holder = *known;
  format::check_texts(source, *before.root, own);
  if (own.has_errors()) {
    diagnostics.append(std::move(own));
    return {FormatOutcome::broken, {}};
  }
  Diagnostics ignored;  // a tree that is gone says enough
  const Loaded tidied = tidy(before, ignored);
  Loaded result = tidied;
  std::vector<Edit> texts;
  std::vector<Edit> all;
  if (tidied.root != nullptr) {
    texts = format::lay_out_texts(tidied.source, *tidied.root);
    all = holder == Holder::none ? texts : format::order_keys(tidied.source, *tidied.root, holder, texts);
    result = after(tidied, all, ignored);
  }
  if (result.source == source) return {FormatOutcome::unchanged, {}};
  bool sound = is_sound(before, result);
  if (!sound && all != texts) {
    // An alias must stay behind its anchor: where the order would part them, the author's order stays.
    result = after(tidied, texts, ignored);
    if (result.source == source) return {FormatOutcome::unchanged, {}};
    sound = is_sound(before, result);
  }
  if (!sound) {
    diagnostics
        .add(Code::format_changed_meaning, source, {0, 0},
             "formatted, the file would not mean the same; it is left as it was")
        .help = "this is a fault of picket, not of the file: please report it with the file";
    return {FormatOutcome::broken, {}};
  }
  return {FormatOutcome::changed, std::string(result.source->text())};
}

}  // namespace picket
