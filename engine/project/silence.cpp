#include "engine/project/silence.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/parallel/for_each_index.hpp"
#include "engine/project/project.hpp"
#include "grammar/text/backquoted.hpp"

namespace picket {
namespace {

// One code of one comment.
struct Silenced {
  const Ignore* ignore = nullptr;
  const Located<std::string>* word = nullptr;
  Code code{};
  bool used = false;
};

// The codes that a file's comments silence.
std::vector<Silenced> read_silenced(const SourcePtr& source, const std::vector<Ignore>& ignores,
                                    Diagnostics& diagnostics) {
  std::vector<Silenced> silenced;
  for (const Ignore& ignore : ignores) {
    for (const auto& word : ignore.codes) {
      if (const auto code = changeable_code(source, word, "cannot be silenced", diagnostics)) {
        silenced.push_back({.ignore = &ignore, .word = &word, .code = *code});
      }
    }
    if (ignore.has_reason) continue;
    diagnostics.add(Code::missing_reason, source, ignore.comment, "the comment does not say why").help =
        "write the reason behind the codes: `# picket: ignore " + ignore.codes.front().value +
        " our samples lack the field`";
  }
  return silenced;
}

// Whether the diagnostic is silenced; every comment that does so counts as used.
bool is_silenced(const Diagnostic& diagnostic, std::vector<Silenced>& silenced) {
  if (row_of(diagnostic.code).level == Level::error) return false;
  const std::uint32_t line = diagnostic.source->locate(diagnostic.span.begin).line;
  bool found = false;
  for (Silenced& one : silenced) {
    if (one.code != diagnostic.code || (one.ignore->line != 0 && one.ignore->line != line)) continue;
    one.used = true;
    found = true;
  }
  return found;
}

void tell_unused(const SourcePtr& source, const std::vector<Silenced>& silenced, Diagnostics& diagnostics) {
  for (const Silenced& one : silenced) {
    if (one.used) continue;
    const std::string where = one.ignore->line == 0 ? "in this file" : "on line " + std::to_string(one.ignore->line);
    diagnostics
        .add(Code::unused_ignore, source, one.word->span, "there is no " + backquoted(one.word->value) + " " + where)
        .help = "take the code out, or the whole comment";
  }
}

}  // namespace

void silence(std::span<const SourcePtr> sources, const SilenceOptions& options, Diagnostics& diagnostics) {
  std::vector<SourcePtr> searched(sources.begin(), sources.end());
  std::set<const Source*> known;
  for (const SourcePtr& source : sources) known.insert(source.get());
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (known.insert(diagnostic.source.get()).second) searched.push_back(diagnostic.source);
  }
  struct File {
    SourcePtr source;
    std::vector<Ignore> ignores;
    std::vector<Silenced> silenced;
  };
  std::map<const Source*, File> files;
  Diagnostics added;
  std::vector<std::vector<Ignore>> ignores(searched.size());
  std::vector<Diagnostics> faults(searched.size());
  constexpr std::size_t files_per_thread = 16;
  for_each_index(searched.size(), options.threads, files_per_thread,
                 [&](std::size_t i) { ignores[i] = find_ignores(searched[i], faults[i]); });
  for (std::size_t i = 0; i < searched.size(); ++i) {
    added.append(std::move(faults[i]));
    if (ignores[i].empty()) continue;
    File& file = files[searched[i].get()];
    file.source = searched[i];
    file.ignores = std::move(ignores[i]);
    file.silenced = read_silenced(file.source, file.ignores, added);
  }
  std::set<const Source*> broken;
  Diagnostics kept;
  for (Diagnostic& diagnostic : diagnostics.take()) {
    if (diagnostic.level == Level::error) broken.insert(diagnostic.source.get());
    const auto file = files.find(diagnostic.source.get());
    if (file == files.end() || !is_silenced(diagnostic, file->second.silenced)) kept.put(std::move(diagnostic));
  }
  for (const auto& [source, file] : files) {
    if (options.tell_unused && !broken.contains(source)) tell_unused(file.source, file.silenced, added);
  }
  kept.append(std::move(added));
  diagnostics = std::move(kept);
}

}  // namespace picket
