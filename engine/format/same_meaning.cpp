#include "engine/format/same_meaning.hpp"

#include <algorithm>
#include <memory>
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

 private:
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
std::vector<std::string_view> comments_of(std::string_view text) {
  std::vector<std::string_view> comments;
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

// Whether something may be an anchor, an alias or a merge of one, or the header of a block scalar that keeps the empty
// lines behind it. More than those look like it; none of them does not.
bool keys_may_hang_together(std::string_view text) {
  for (std::size_t at = text.find_first_of("&*+"); at != std::string_view::npos;
       at = text.find_first_of("&*+", at + 1)) {
    const char previous = at == 0 ? ' ' : text[at - 1];
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    const bool keeps = text[at] == '+' && std::string_view("|>123456789").find(previous) != std::string_view::npos;
    const bool names = text[at] != '+' && std::string_view(" \t\r\n[{,:?-!").find(previous) != std::string_view::npos &&
                       std::string_view(" \t\r\n").find(next) == std::string_view::npos;
    if (keeps || names) return true;
  }
  return false;
}

std::string_view text_of(std::string_view file, SourceSpan span) {
  return file.substr(span.begin, span.end - span.begin);
}

// Whether the spans follow each other without a gap.
bool are_joined(const std::vector<SourceSpan>& spans) {
  return std::ranges::adjacent_find(spans, [](const auto& a, const auto& b) { return a.end != b.begin; }) ==
         spans.end();
}

// Whether the keys are all that the files hold, but for the same text before and behind them.
bool are_whole(std::string_view before, std::string_view after, const std::vector<MovedKey>& keys) {
  std::vector<SourceSpan> old_spans;
  std::vector<SourceSpan> new_spans;
  for (const MovedKey& key : keys) {
    old_spans.push_back(key.before);
    new_spans.push_back(key.after);
  }
  std::ranges::sort(old_spans, {}, &SourceSpan::begin);
  return are_joined(old_spans) && are_joined(new_spans) &&
         before.substr(0, old_spans.front().begin) == after.substr(0, new_spans.front().begin) &&
         before.substr(old_spans.back().end) == after.substr(new_spans.back().end);
}

// The only key of a text that holds one, with its value.
const yaml::Mapping::Entry* only_entry(const yaml::Node* root) {
  const yaml::Mapping* mapping = root == nullptr ? nullptr : root->mapping();
  return mapping == nullptr || mapping->entries.size() != 1 ? nullptr : &mapping->entries.front();
}

const yaml::Mapping::Entry* entry_within(const yaml::Mapping& mapping, SourceSpan span) {
  const auto found = std::ranges::find_if(mapping.entries, [&](const auto& entry) {
    return entry.key_span.begin >= span.begin && entry.key_span.end <= span.end;
  });
  return found == mapping.entries.end() ? nullptr : &*found;
}

}  // namespace

bool same_meaning(const Loaded& before, const Loaded& after) {
  const auto holder = holder_of(*before.root);
  if (!holder || holder_of(*after.root) != holder) return false;
  return Comparison(before, after).same_top(*before.root->mapping(), *after.root->mapping(), *holder);
}

bool same_key_by_key(const Loaded& before, const SourcePtr& after, const std::vector<MovedKey>& keys) {
  const std::string_view old_text = before.source->text();
  const auto holder = holder_of(*before.root);
  if (!holder || keys.size() != before.root->mapping()->entries.size() || keys_may_hang_together(old_text) ||
      keys_may_hang_together(after->text()) || !are_whole(old_text, after->text(), keys)) {
    return false;
  }
  return std::ranges::all_of(keys, [&](const MovedKey& key) {
    const std::string_view was = text_of(old_text, key.before);
    const std::string_view is = text_of(after->text(), key.after);
    if (!was.ends_with('\n') || !is.ends_with('\n')) return false;
    if (was == is) return true;
    Diagnostics diagnostics;
    Loaded alone{std::make_shared<const Source>(after->name(), std::string(is)), nullptr};
    alone.root = yaml::load(alone.source, diagnostics);
    const auto* old_entry = entry_within(*before.root->mapping(), key.before);
    const auto* new_entry = only_entry(alone.root.get());
    return old_entry != nullptr && new_entry != nullptr && !diagnostics.has_errors() &&
           Comparison(before, alone).same_entry(*old_entry, *new_entry, *holder);
  });
}

bool same_comments(std::string_view before, std::string_view after) {
  return comments_of(before) == comments_of(after);
}

}  // namespace picket::format
