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

// The file after one more pass; the very same if there is nothing to do.
SourcePtr after(const SourcePtr& file, const std::vector<Edit>& edits) {
  if (edits.empty()) return file;
  auto edited = std::make_shared<const Source>(file->name(), apply_edits(file->text(), edits).text);
  return edited->text() == file->text() ? file : edited;
}

// A tree of nothing: the passes broke the file, which says enough.
Loaded loaded(SourcePtr source) {
  Diagnostics ignored;
  yaml::NodePtr root = yaml::load(source, ignored);
  return {std::move(source), std::move(root)};
}

// The file as it is after the pass over white space.
Loaded tidy(const Loaded& file) {
  std::vector<Edit> edits = format::indent(file.source, *file.root);
  std::ranges::move(format::tidy_white_space(file.source, *file.root), std::back_inserter(edits));
  SourcePtr tidied = after(file.source, edits);
  return tidied == file.source ? file : loaded(std::move(tidied));
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
  return before.source == after.source || (after.root != nullptr && format::same_meaning(before, after) &&
                                           format::same_comments(before.source->text(), after.source->text()));
}

// `keys`: all keys of the file and where they are now, if that is known; it spares most files a tree.
bool is_sound(const Loaded& before, const SourcePtr& after, const std::vector<format::MovedKey>& keys) {
  if (before.source == after) return true;
  if (!format::same_key_by_key(before, after, keys)) return is_sound(before, loaded(after));
  return format::same_comments(before.source->text(), after->text());
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
  const Loaded tidied = tidy(before);
  bool sound = is_sound(before, tidied);
  SourcePtr result = tidied.source;
  if (sound) {
    const std::vector<Edit> texts = format::lay_out_texts(tidied.source, *tidied.root);
    format::Ordered all{texts, {}};
    if (holder != Holder::none) all = format::order_keys(tidied.source, *tidied.root, holder, texts);
    result = after(tidied.source, all.edits);
    sound = is_sound(tidied, result, all.keys);
    if (!sound) {
      // An alias must stay behind its anchor: where the order would part them, the author's order stays.
      result = after(tidied.source, texts);
      sound = is_sound(tidied, result, {});
    }
  }
  if (result->text() == source->text()) return {FormatOutcome::unchanged, {}};
  if (!sound) {
    diagnostics
        .add(Code::format_changed_meaning, source, {0, 0},
             "formatted, the file would not mean the same; it is left as it was")
        .help = "this is a fault of picket, not of the file: please report it with the file";
    return {FormatOutcome::broken, {}};
  }
  return {FormatOutcome::changed, std::string(result->text())};
}

}  // namespace picket
