#include "engine/sigma/sigma_keys.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "engine/sigma/sigma_document.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/nearest.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket::sigma {
namespace {

constexpr std::array<std::string_view, 23> document_keys = {"title",
                                                            "id",
                                                            "name",
                                                            "taxonomy",
                                                            "related",
                                                            "status",
                                                            "description",
                                                            "license",
                                                            "author",
                                                            "date",
                                                            "modified",
                                                            "logsource",
                                                            "detection",
                                                            "correlation",
                                                            "filter",
                                                            "references",
                                                            "fields",
                                                            "tags",
                                                            "level",
                                                            "action",
                                                            "Tests",
                                                            "falsepositives",
                                                            "regression_tests_path"};
// Others have these, and they are near to known ones.
constexpr std::array<std::string_view, 2> keys_of_others = {"scope", "score"};

constexpr std::array<std::pair<DocumentKind, std::string_view>, 3> sections = {
    {{DocumentKind::rule, "detection"}, {DocumentKind::correlation, "correlation"}, {DocumentKind::filter, "filter"}}};

std::string_view section_of(DocumentKind kind) {
  return std::ranges::find(sections, kind, &std::pair<DocumentKind, std::string_view>::first)->second;
}

// Without which a document of this kind is none.
bool must_have(DocumentKind kind, std::string_view key) {
  return key == section_of(kind) || (key == "title" && kind != DocumentKind::filter) ||
         (key == "logsource" && kind != DocumentKind::correlation);
}

}  // namespace

DocumentKind kind_of(const yaml::Mapping& document) {
  for (const auto& [kind, key] : sections) {
    if (document.find(key) != nullptr) return kind;
  }
  const MeantKeys keys(document, document_keys);
  for (const yaml::Mapping::Entry& entry : document.entries) {
    const auto meant = keys.of(entry.key);
    for (const auto& [kind, key] : sections) {
      if (meant == key) return kind;
    }
  }
  return DocumentKind::rule;
}

MeantKeys::MeantKeys(const yaml::Mapping& mapping, std::span<const std::string_view> known) : known_(known) {
  for (const std::string_view one : known) {
    if (mapping.find(one) == nullptr) absent_.push_back(one);
  }
}

std::optional<std::string> MeantKeys::of(std::string_view key) const {
  if (std::ranges::find(known_, key) != known_.end()) return std::nullopt;
  return nearest(key, std::span<const std::string_view>(absent_));
}

void SigmaDocument::check_keys(DocumentKind kind) {
  const MeantKeys keys(mapping_, document_keys);
  for (const yaml::Mapping::Entry& entry : mapping_.entries) {
    if (std::ranges::find(keys_of_others, entry.key) != keys_of_others.end()) continue;
    const auto meant = keys.of(entry.key);
    if (!meant) continue;
    const bool needed = must_have(kind, *meant);
    if (needed) meant_.insert(*meant);
    Diagnostic& diagnostic =
        say(needed ? Code::unknown_key : Code::unread_key, entry.key_span,
            "Sigma has no key " + backquoted(entry.key) + (needed ? "" : ", and nothing reads it"), {});
    propose(diagnostic, entry.key_span, *meant);
  }
  const std::string_view own = section_of(kind);
  for (const auto& [other_kind, other] : sections) {
    const auto* entry = mapping_.find(other);
    const auto* section = mapping_.find(own);
    if (other_kind == kind || entry == nullptr || section == nullptr) continue;
    say(Code::conflicting_keys, entry->key_span,
        "a document has " + backquoted(own) + " or " + backquoted(other) + ", and not both",
        "put one of the two, with a title, into a document of its own, below a line `---`")
        .related.push_back({source_, section->key_span, "the other is here"});
  }
  // What `action: global` says is said to rules and correlations alike.
  const auto* log_source = mapping_.find("logsource");
  if (kind == DocumentKind::correlation && log_source != nullptr && log_source->key_span.begin >= first_key().begin) {
    say(Code::ignored_value, log_source->key_span, "a correlation has no log source: its rules have theirs",
        "take it out");
  }
}

}  // namespace picket::sigma
