// What the documents of a file say to each other.
#include "engine/sigma/actions.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>

#include "engine/sigma/references.hpp"
#include "engine/sigma/sigma.hpp"
#include "engine/sigma/sigma_keys.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/nearest.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket::sigma {
namespace {

constexpr std::array<std::string_view, 3> actions = {"global", "repeat", "reset"};

const yaml::Mapping::Entry* action_in(const yaml::Mapping& document) {
  const auto* action = document.find("action");
  return action == nullptr || action->value->scalar() == nullptr ? nullptr : action;
}

// `over` laid over `under`: mappings key by key, whatever else is replaced.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the file, which is bounded
yaml::NodePtr laid_over(const yaml::NodePtr& under, const yaml::NodePtr& over) {
  const yaml::Mapping* below = under == nullptr ? nullptr : under->mapping();
  const yaml::Mapping* above = over->mapping();
  if (below == nullptr || above == nullptr) return over;
  yaml::Mapping merged;
  for (const yaml::Mapping::Entry& entry : above->entries) {
    const yaml::Mapping::Entry* other = below->find(entry.key);
    merged.entries.push_back(
        {entry.key, entry.key_span, laid_over(other == nullptr ? nullptr : other->value, entry.value)});
  }
  for (const yaml::Mapping::Entry& entry : below->entries) {
    if (above->find(entry.key) == nullptr) merged.entries.push_back(entry);
  }
  return std::make_shared<const yaml::Node>(yaml::Node{std::move(merged), over->span});
}

yaml::NodePtr without_action(const yaml::NodePtr& document) {
  yaml::Mapping mapping = *document->mapping();
  std::erase_if(mapping.entries, [](const yaml::Mapping::Entry& entry) { return entry.key == "action"; });
  return std::make_shared<const yaml::Node>(yaml::Node{std::move(mapping), document->span});
}

class ActionReader {
 public:
  ActionReader(const SourcePtr& source, Diagnostics& diagnostics) : source_(source), diagnostics_(diagnostics) {}

  void read(const yaml::NodePtr& document) {
    if (document->mapping() == nullptr) return;
    const yaml::Mapping::Entry* action = action_in(*document->mapping());
    const std::string word = action == nullptr ? "" : word_of(*action);
    if (word == "correlation") return;  // which is told
    if (word == "global") {
      tell_idle_global();
      global_ = laid_over(global_, without_action(document));
      unused_global_ = action;
    } else if (word == "reset") {
      tell_idle_global();
      global_ = nullptr;
    } else if (word == "repeat" && before_ != nullptr) {
      add(laid_over(before_, without_action(document)), action->key_span);
    } else {
      if (word == "repeat")
        say(Code::ignored_value, action->key_span, "nothing stands before this that it could repeat");
      const yaml::NodePtr meant = action == nullptr ? document : without_action(document);
      unused_global_ = nullptr;
      const auto& entries = document->mapping()->entries;
      add(global_ == nullptr ? meant : laid_over(global_, meant),
          entries.empty() ? document->span : entries.front().key_span);
    }
  }

  std::vector<yaml::NodePtr> finish() {
    tell_idle_global();
    return std::move(meant_);
  }

 private:
  Diagnostic& say(Code code, SourceSpan span, std::string message) {
    return diagnostics_.add(code, source_, span, std::move(message));
  }

  // The word as it was meant; empty for one that is none of Sigma's.
  std::string word_of(const yaml::Mapping::Entry& action) {
    const std::string& word = action.value->scalar()->text;
    if (std::ranges::find(actions, word) != actions.end()) return word;
    if (word == "correlation") {
      say(Code::bad_value, action.value->span, "a correlation is a section of its own, and no action").help =
          "write `correlation:` and below it `type`, `rules` and the others";
      return word;
    }
    const auto meant = nearest(word, std::span<const std::string_view>(actions));
    if (!meant) {
      say(Code::unread_key, action.key_span, "there is no action " + backquoted(word) + ", and nothing reads it").help =
          "Sigma has `action: global`, `repeat` and `reset`";
      return {};
    }
    propose(say(Code::bad_value, action.value->span, "there is no action " + backquoted(word)), action.value->span,
            *meant);
    return *meant;
  }

  void tell_idle_global() {
    if (unused_global_ == nullptr) return;
    say(Code::ignored_value, unused_global_->key_span, "no document follows of which this is said").help =
        "write the rules behind it, each below a line `---`";
    unused_global_ = nullptr;
  }

  // `place`: where the document itself begins to speak.
  void add(const yaml::NodePtr& document, SourceSpan place) {
    before_ = document;
    const yaml::Mapping::Entry* id = identity_of(*document->mapping());
    const bool is_rule = kind_of(*document->mapping()) != DocumentKind::filter;
    const bool again = id != nullptr && is_rule &&
                       std::ranges::any_of(ids_, [&](const yaml::Node* other) { return other == id->value.get(); });
    if (!again) {
      if (id != nullptr && is_rule) ids_.push_back(id->value.get());
      meant_.push_back(document);
      return;
    }
    Diagnostic& diagnostic = say(
        Code::duplicate_id, place,
        "this would be a second rule with the id " + backquoted(id->value->scalar()->text) + ", for it says no other");
    diagnostic.help = "write an `id:` of its own";
    diagnostic.related.push_back({source_, id->value->span, "it is taken from here"});
  }

  const SourcePtr& source_;
  Diagnostics& diagnostics_;
  std::vector<yaml::NodePtr> meant_;
  std::vector<const yaml::Node*> ids_;  // that documents of `meant_` have
  yaml::NodePtr global_;
  const yaml::Mapping::Entry* unused_global_ = nullptr;  // its action, while no document follows
  yaml::NodePtr before_;
};

}  // namespace

bool is_action(const yaml::Mapping& document) {
  const auto* action = action_in(document);
  if (action == nullptr) return false;
  const std::string& word = action->value->scalar()->text;
  return std::ranges::find(actions, word) != actions.end() ||
         (word == "correlation" && document.find("type") != nullptr && document.find("rules") != nullptr);
}

std::vector<yaml::NodePtr> without_actions(const SourcePtr& source, const std::vector<yaml::NodePtr>& documents,
                                           Diagnostics& diagnostics) {
  ActionReader reader(source, diagnostics);
  for (const yaml::NodePtr& document : documents) reader.read(document);
  return reader.finish();
}

}  // namespace picket::sigma
