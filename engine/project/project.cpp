#include "engine/project/project.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "grammar/path/field_path.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket {
namespace {

using Entry = yaml::Mapping::Entry;

SourceSpan place_of_value(const Entry& entry) {
  return entry.value->span.begin == entry.value->span.end ? entry.key_span : entry.value->span;
}

class ProjectReader {
 public:
  ProjectReader(const SourcePtr& source, Diagnostics& diagnostics) : source_(source), diagnostics_(diagnostics) {
    project_.source = source;
  }

  Project read() {
    const yaml::NodePtr root = yaml::load(source_, diagnostics_);
    if (root == nullptr) return std::move(project_);
    const yaml::Mapping* mapping = root->mapping();
    const bool empty = root->scalar() != nullptr && root->value().is_null();
    if (mapping == nullptr && !empty) {
      say(Code::not_a_mapping, root->span, "a project file is a mapping, and this is " + kind_of(*root),
          "write `lints:`, `attack_table:`, `paths:` or `event_time:`");
    }
    if (mapping != nullptr) {
      for (const Entry& entry : mapping->entries) read_entry(entry);
    }
    return std::move(project_);
  }

 private:
  static std::string kind_of(const yaml::Node& node) { return std::string(node.kind_in_words()); }

  Diagnostic& say(Code code, SourceSpan span, std::string message, std::string help = {}) {
    Diagnostic& diagnostic = diagnostics_.add(code, source_, span, std::move(message));
    diagnostic.help = std::move(help);
    return diagnostic;
  }

  void wrong_type(const Entry& entry, std::string_view wanted) {
    say(Code::wrong_type, place_of_value(entry),
        backquoted(entry.key) + " must be " + std::string(wanted) + ", and this is " + kind_of(*entry.value));
  }

  void read_entry(const Entry& entry) {
    if (entry.key == "lints") {
      read_levels(entry);
    } else if (entry.key == "attack_table") {
      if (auto text = text_of(*entry.value)) {
        project_.attack_table = Located<std::string>{*std::move(text), entry.value->span};
      } else {
        wrong_type(entry, "a path");
      }
    } else if (entry.key == "paths") {
      read_paths(entry);
    } else if (entry.key == "event_time") {
      read_event_times(entry);
    } else {
      constexpr std::array<std::string_view, 4> keys = {"lints", "attack_table", "paths", "event_time"};
      propose_nearest(say(Code::unknown_key, entry.key_span, "a project file has no key " + backquoted(entry.key),
                          "the keys are `lints`, `attack_table`, `paths` and `event_time`"),
                      entry.key_span, entry.key, keys);
    }
  }

  static std::optional<std::string> text_of(const yaml::Node& node) {
    const Value value = node.value();
    return value.string() == nullptr || value.string()->empty() ? std::nullopt : std::optional(*value.string());
  }

  void read_paths(const Entry& entry) {
    const yaml::Sequence* list = entry.value->sequence();
    if (list == nullptr) return wrong_type(entry, "a list of paths");
    for (const yaml::NodePtr& item : list->items) {
      if (auto path = text_of(*item)) {
        project_.paths.push_back({*std::move(path), item->span});
      } else {
        say(Code::wrong_type, yaml::place_of(*source_, *item, entry.key_span),
            "`paths` is a list of paths, and this is " + kind_of(*item));
      }
    }
  }

  void read_event_times(const Entry& entry) {
    const yaml::Mapping* paths = entry.value->mapping();
    if (paths == nullptr) return wrong_type(entry, "a mapping of log types to paths");
    for (const Entry& one : paths->entries) {
      if (!text_of(*one.value)) {
        wrong_type(one, "a path like `a.b`");
        continue;
      }
      const auto expr = read_field_path(yaml::source_text(source_, *one.value), diagnostics_);
      if (!expr) continue;
      auto path = event_path(*expr);
      if (path && !path->empty()) {
        project_.event_times.insert_or_assign(one.key, *std::move(path));
      } else {
        say(Code::bad_value, one.value->span, backquoted(*text_of(*one.value)) + " does not lead to one field",
            "write a path like `a.b` or `a[0]`");
      }
    }
  }

  void read_levels(const Entry& entry) {
    const yaml::Mapping* levels = entry.value->mapping();
    if (levels == nullptr) return wrong_type(entry, "a mapping of codes to levels");
    for (const Entry& one : levels->entries) {
      const auto code = changeable_code(source_, {one.key, one.key_span}, "cannot have another level", diagnostics_);
      const auto word = text_of(*one.value);
      if (word == "off") {
        if (code) project_.levels.push_back({*code, std::nullopt});
        continue;
      }
      bool known = false;
      for (const Level level : {Level::error, Level::warning, Level::note}) {
        if (word != spelling(level)) continue;
        known = true;
        if (code) project_.levels.push_back({*code, level});
      }
      if (known) continue;
      constexpr std::array<std::string_view, 4> words = {"error", "warning", "note", "off"};
      const std::string written = word ? backquoted(*word) : kind_of(*one.value);
      propose_nearest(say(Code::bad_value, place_of_value(one), written + " is no level",
                          "write `error`, `warning`, `note` or `off`"),
                      one.value->span, word.value_or(""), words);
    }
  }

  const SourcePtr& source_;
  Diagnostics& diagnostics_;
  Project project_;
};

}  // namespace

Project read_project(const SourcePtr& source, Diagnostics& diagnostics) {
  return ProjectReader(source, diagnostics).read();
}

void apply_levels(const Project& project, Diagnostics& diagnostics) {
  Diagnostics kept;
  for (Diagnostic& diagnostic : diagnostics.take()) {
    const auto change = std::ranges::find(project.levels, diagnostic.code, &Project::CodeLevel::code);
    if (change != project.levels.end()) {
      if (!change->level) continue;
      diagnostic.level = *change->level;
    }
    kept.put(std::move(diagnostic));
  }
  diagnostics = std::move(kept);
}

std::optional<Code> changeable_code(const SourcePtr& source, const Located<std::string>& word, std::string_view deed,
                                    Diagnostics& diagnostics) {
  const auto code = code_from_word(word.value);
  if (code && row_of(*code).level != Level::error) return code;
  if (code) {
    diagnostics
        .add(Code::fixed_level, source, word.span, backquoted(word.value) + " is an error, and " + std::string(deed))
        .help = "only warnings and notes can be; mend what it tells of";
    return std::nullopt;
  }
  std::vector<std::string_view> words;
  for (const CodeRow& row : diagnostic_codes()) {
    if (row.level != Level::error) words.push_back(row.word);
  }
  Diagnostic& diagnostic =
      diagnostics.add(Code::unknown_code, source, word.span, "there is no code " + backquoted(word.value));
  diagnostic.help = "`picket explain --list` names them all";
  propose_nearest(diagnostic, word.span, word.value, words);
  return std::nullopt;
}

}  // namespace picket
