#include "engine/sigma/modifiers.hpp"

#include <algorithm>
#include <array>

#include "grammar/text/backquoted.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket::sigma {
namespace {

constexpr std::array rows = {
#define PICKET_SIGMA_MODIFIER(name, spelling, role, meaning) \
  ModifierRow{Modifier::name, spelling, ModifierRole::role, meaning},
#include "engine/sigma/modifiers.def"
#undef PICKET_SIGMA_MODIFIER
};

struct Written {
  Modifier modifier;
  SourceSpan span;
};

// Reads the modifiers of one key, one after the other.
class KeyReader {
 public:
  KeyReader(const SourcePtr& source, const yaml::Mapping::Entry& entry, Diagnostics& diagnostics)
      : source_(source), entry_(entry), diagnostics_(diagnostics) {}

  std::optional<ItemKey> read() {
    key_.span = entry_.key_span;
    const std::string_view text = entry_.key;
    std::size_t begin = std::min(text.find('|'), text.size());
    key_.field = text.substr(0, begin);
    while (begin < text.size()) {
      const std::size_t end = std::min(text.find('|', ++begin), text.size());
      take(text.substr(begin, end - begin), span_of(begin, end));
      begin = end;
    }
    if (!failed_) check();
    return failed_ ? std::nullopt : std::optional(std::move(key_));
  }

 private:
  // Of a part of the key, if it stands in the file as it reads.
  [[nodiscard]] SourceSpan span_of(std::size_t begin, std::size_t end) const {
    const SourceSpan whole = entry_.key_span;
    const std::string_view written = source_->text(whole);
    const std::size_t quote = written.size() == entry_.key.size() + 2 ? 1 : 0;
    if (written.substr(quote, entry_.key.size()) != entry_.key) return whole;
    const auto at = whole.begin + static_cast<std::uint32_t>(quote);
    return {at + static_cast<std::uint32_t>(begin), at + static_cast<std::uint32_t>(end)};
  }

  Diagnostic& say(Code code, SourceSpan span, std::string message, std::string help) {
    failed_ = true;
    Diagnostic& diagnostic = diagnostics_.add(code, source_, span, std::move(message));
    diagnostic.help = std::move(help);
    return diagnostic;
  }

  void complain_of_unknown(std::string_view word, SourceSpan span) {
    std::vector<std::string_view> words;
    words.reserve(rows.size());
    for (const ModifierRow& row : rows) words.push_back(row.spelling);
    Diagnostic& diagnostic = say(Code::unknown_modifier, span, "there is no modifier " + backquoted(word),
                                 "the modifiers of Sigma 2.1 are listed by `picket explain unknown-modifier`");
    propose_nearest(diagnostic, span, word, words);
  }

  void take(std::string_view word, SourceSpan span) {
    const auto* const row =
        std::find_if(rows.begin(), rows.end(), [&](const ModifierRow& one) { return one.spelling == word; });
    if (row == rows.end()) return complain_of_unknown(word, span);
    const bool again = std::any_of(written_.begin(), written_.end(),
                                   [&](const Written& one) { return one.modifier == row->modifier; });
    if (again) {
      say(Code::bad_modifier, span, backquoted(word) + " stands twice", "take one of the two out");
      return;
    }
    written_.push_back({row->modifier, span});
    switch (row->role) {
      case ModifierRole::compare:
        return take_comparison(row->modifier, span);
      case ModifierRole::part:
        if (key_.part) say(Code::bad_modifier, span, "a time has one part here", "split the item in two");
        key_.part = row->modifier;
        return;
      case ModifierRole::encode:
        if (key_.compare) {
          say(Code::bad_modifier, span, backquoted(word) + " stands behind the comparison, and would encode its `*`",
              "write it before: `" + key_.field + "|" + std::string(word) + "|contains`");
        }
        key_.changes.push_back(row->modifier);
        return;
      case ModifierRole::expand:
        check_expansion(*row, span);
        key_.changes.push_back(row->modifier);
        return;
      case ModifierRole::flag:
        if (key_.compare != Modifier::re) {
          say(Code::bad_modifier, span, backquoted(word) + " is a flag of regexes, and stands behind no `re`",
              "write `|re|" + std::string(word) + "`");
        }
        add_flag(row->modifier);
        return;
      case ModifierRole::link:
        key_.all = true;
        return;
      case ModifierRole::sense:
        (row->modifier == Modifier::neq ? key_.negated : key_.cased) = true;
        return;
    }
  }

  // Modifiers work in the order they stand in, and what is encoded has neither dashes nor placeholders.
  void check_expansion(const ModifierRow& row, SourceSpan span) {
    const auto encoding = std::find_if(key_.changes.begin(), key_.changes.end(),
                                       [](Modifier one) { return row_of(one).role == ModifierRole::encode; });
    if (encoding == key_.changes.end()) return;
    const std::string before(row_of(*encoding).spelling);
    say(Code::bad_modifier, span,
        backquoted(row.spelling) + " stands behind " + backquoted(before) + ", which leaves it nothing to change",
        "write it before: `" + key_.field + "|" + std::string(row.spelling) + "|" + before + "`");
  }

  void add_flag(Modifier modifier) {
    const bool dot_all = modifier == Modifier::dot_all || modifier == Modifier::dot_all_word;
    const bool multiline = modifier == Modifier::multiline || modifier == Modifier::multiline_word;
    const char flag = dot_all ? 's' : multiline ? 'm' : 'i';
    if (key_.regex_flags.find(flag) == std::string::npos) key_.regex_flags += flag;
  }

  // One comparison, but for `fieldref|startswith` and its like.
  void take_comparison(Modifier modifier, SourceSpan span) {
    const auto is_affix = [](Modifier one) {
      return one == Modifier::contains || one == Modifier::startswith || one == Modifier::endswith;
    };
    if (!key_.compare) {
      key_.compare = modifier;
    } else if (key_.compare == Modifier::fieldref && is_affix(modifier)) {
      key_.affix = modifier;
    } else if (modifier == Modifier::fieldref && is_affix(*key_.compare)) {
      key_.affix = key_.compare;
      key_.compare = modifier;
    } else {
      say(Code::bad_modifier, span,
          backquoted(row_of(*key_.compare).spelling) + " and " + backquoted(row_of(modifier).spelling) +
              " are two comparisons",
          "a field is compared in one way; write two items");
    }
  }

  [[nodiscard]] SourceSpan span_of(Modifier modifier) const {
    const auto found =
        std::find_if(written_.begin(), written_.end(), [&](const Written& one) { return one.modifier == modifier; });
    return found == written_.end() ? key_.span : found->span;
  }

  [[nodiscard]] static bool compares_texts(std::optional<Modifier> compare) {
    return !compare || compare == Modifier::contains || compare == Modifier::startswith ||
           compare == Modifier::endswith || compare == Modifier::fieldref;
  }

  void check() {
    const auto name = [](Modifier modifier) { return backquoted(row_of(modifier).spelling); };
    if (key_.cased && (key_.part || !compares_texts(key_.compare))) {
      say(Code::bad_modifier, span_of(Modifier::cased),
          "`cased` has no meaning for " + name(key_.part ? *key_.part : *key_.compare),
          key_.compare == Modifier::re ? "the case of a regex counts; `|re|i` ignores it" : "take it out");
    }
    if (!key_.changes.empty() && (!compares_texts(key_.compare) || key_.compare == Modifier::fieldref || key_.part)) {
      say(Code::bad_modifier, span_of(key_.changes.front()),
          name(key_.changes.front()) + " changes texts, and " + name(key_.part ? *key_.part : *key_.compare) +
              " compares none",
          "take one of the two out");
    }
    const bool in_order = key_.compare == Modifier::lt || key_.compare == Modifier::lte ||
                          key_.compare == Modifier::gt || key_.compare == Modifier::gte;
    if (key_.part && key_.compare && !in_order) {
      say(Code::bad_modifier, span_of(*key_.part),
          name(*key_.part) + " is a number, and " + name(*key_.compare) + " compares none", "take one of the two out");
    }
    if (key_.field.empty()) check_keyless(in_order);
    if (key_.compare == Modifier::exists && key_.all) {
      say(Code::bad_modifier, span_of(Modifier::all), "`exists` has one value, and `all` is for lists", "take it out");
    }
  }

  // Any value of the event has no name, and cannot be missing.
  void check_keyless(bool in_order) {
    if (in_order || key_.part || key_.compare == Modifier::exists || key_.compare == Modifier::fieldref) {
      const Modifier modifier = key_.part ? *key_.part : *key_.compare;
      say(Code::bad_modifier, span_of(modifier), backquoted(row_of(modifier).spelling) + " needs a field",
          "write `field|" + std::string(row_of(modifier).spelling) + "`");
    }
  }

  const SourcePtr& source_;
  const yaml::Mapping::Entry& entry_;
  Diagnostics& diagnostics_;
  ItemKey key_;
  std::vector<Written> written_;
  bool failed_ = false;
};

}  // namespace

std::span<const ModifierRow> modifiers() { return rows; }

const ModifierRow& row_of(Modifier modifier) { return rows.at(static_cast<std::size_t>(modifier)); }

std::optional<ItemKey> read_item_key(const SourcePtr& source, const yaml::Mapping::Entry& entry,
                                     Diagnostics& diagnostics) {
  return KeyReader(source, entry, diagnostics).read();
}

}  // namespace picket::sigma
