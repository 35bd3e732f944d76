#include "engine/format/format.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
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

// The passes over white space and texts; they stop where one leaves no tree.
Loaded tidy(Loaded file) {
  Diagnostics ignored;  // a tree that is gone says enough
  std::vector<Edit> edits = format::indent(file.source, *file.root);
  std::ranges::move(format::tidy_white_space(file.source, *file.root), std::back_inserter(edits));
  file = after(file, edits, ignored);
  if (file.root != nullptr) file = after(file, format::lay_out_texts(file.source, *file.root), ignored);
  return file;
}

Loaded in_order(const Loaded& file, Holder holder) {
  Diagnostics ignored;
  if (file.root == nullptr || holder == Holder::none) return file;
  return after(file, format::order_keys(file.source, *file.root, holder), ignored);
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
  const auto holder = before.root == nullptr ? std::nullopt : format::holder_of(*before.root);
  if (before.root != nullptr ? !holder : holds_others(source)) return {FormatOutcome::not_analysis, {}};
  if (before.root != nullptr) format::check_texts(source, *before.root, own);
  if (own.has_errors()) {
    diagnostics.append(std::move(own));
    return {FormatOutcome::broken, {}};
  }
  const Loaded tidied = tidy(before);
  Loaded result = in_order(tidied, *holder);
  if (result.source == source) return {FormatOutcome::unchanged, {}};
  bool sound = is_sound(before, result);
  if (!sound && result.source != tidied.source) {
    // An alias must stay behind its anchor: where the order would part them, the author's order stays.
    result = tidied;
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
