#include "engine/format/same_meaning.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "engine/format/parsed.hpp"
#include "engine/format/texts.hpp"
#include "engine/format/yaml_lines.hpp"

namespace picket::format {
namespace {

class Comparison {
 public:
  Comparison(const Loaded& before, const Loaded& after) : before_(before), after_(after) {}

  // `holder` says whose keys the mappings have, if any.
  [[nodiscard]] bool same(const yaml::Node& a, const yaml::Node& b, Holder holder) const {
    if (a.scalar() != nullptr) {
      return b.scalar() != nullptr && a.scalar()->text == b.scalar()->text && a.value() == b.value();
    }
    if (const auto* list = a.sequence()) {
      return b.sequence() != nullptr &&
             std::equal(list->items.begin(), list->items.end(), b.sequence()->items.begin(), b.sequence()->items.end(),
                        [&](const auto& x, const auto& y) { return same(*x, *y, holder); });
    }
    return b.mapping() != nullptr && std::equal(a.mapping()->entries.begin(), a.mapping()->entries.end(),
                                                b.mapping()->entries.begin(), b.mapping()->entries.end(),
                                                [&](const auto& x, const auto& y) { return same_entry(x, y, holder); });
  }

  [[nodiscard]] bool same_top(const yaml::Mapping& a, const yaml::Mapping& b, Holder holder) const {
    return a.entries.size() == b.entries.size() &&
           std::all_of(a.entries.begin(), a.entries.end(), [&](const yaml::Mapping::Entry& entry) {
             const auto* other = b.find(entry.key);
             return other != nullptr && same_entry(entry, *other, holder);
           });
  }

 private:
  [[nodiscard]] bool same_entry(const yaml::Mapping::Entry& a, const yaml::Mapping::Entry& b, Holder holder) const {
    if (a.key != b.key) return false;
    const auto form = form_of(holder, a.key);
    const bool texts = form && a.value->scalar() != nullptr && b.value->scalar() != nullptr &&
                       !a.value->value().is_null() && !b.value->value().is_null();
    if (!texts) return same(*a.value, *b.value, holder_within(holder, a.key));
    if (a.value->scalar()->text == b.value->scalar()->text) return true;
    Diagnostics diagnostics;
    const Parsed parsed_a = parse(yaml::source_text(before_.source, *a.value), *form, diagnostics);
    const Parsed parsed_b = parse(yaml::source_text(after_.source, *b.value), *form, diagnostics);
    return !diagnostics.has_errors() && parsed_a == parsed_b;
  }

  // Whose keys the mappings in the value of a key have.
  [[nodiscard]] static Holder holder_within(Holder holder, std::string_view key) {
    if (holder == Holder::datamodel) return Holder::mapping;
    return holds(Holder::rules, holder) && key == "Remember" ? Holder::remember : Holder::none;
  }

  const Loaded& before_;
  const Loaded& after_;
};

// What stands from each `#` that begins a line or follows a blank to the end of the line: comments, and parts of texts,
// which do not change either.
std::vector<std::string_view> comments_of(const Loaded& file) {
  std::vector<std::string_view> comments;
  const std::string_view text = file.source->text();
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
      if (at > 0 && line[at - 1] != ' ' && line[at - 1] != '\t') continue;
      const std::string_view comment = line.substr(at);
      comments.push_back(comment.substr(0, comment.find_last_not_of(" \t\r") + 1));
      break;
    }
    begin = end + 1;
  }
  std::sort(comments.begin(), comments.end());
  return comments;
}

}  // namespace

bool same_meaning(const Loaded& before, const Loaded& after) {
  const auto holder = holder_of(*before.root);
  if (!holder || holder_of(*after.root) != holder) return false;
  return Comparison(before, after).same_top(*before.root->mapping(), *after.root->mapping(), *holder);
}

bool same_comments(const Loaded& before, const Loaded& after) { return comments_of(before) == comments_of(after); }

}  // namespace picket::format
