#include "engine/yaml/builder.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_set>

#include "engine/yaml/complaint.hpp"
#include "engine/yaml/raw.hpp"
#include "engine/yaml/scalar.hpp"
#include "grammar/text/backquoted.hpp"

namespace picket::yaml {
namespace {

constexpr std::string_view core_tag = "tag:yaml.org,2002:";
constexpr std::array<std::string_view, 3> known_tags = {"str", "map", "seq"};

bool is_known_tag(std::string_view tag) {
  if (tag.empty() || tag == "?" || tag == "!") return true;
  if (!tag.starts_with(core_tag)) return false;
  return std::find(known_tags.begin(), known_tags.end(), tag.substr(core_tag.size())) != known_tags.end();
}

// Texts that yaml-cpp gets wrong, and that are read again from the file: `\N` and `\_` it gives as bytes that are not
// UTF-8, and of several line breaks at the end of a quoted or a folded text it loses one.
bool is_misread(std::string_view raw) {
  if (raw.starts_with('>')) return true;
  if (!raw.starts_with('"') && !raw.starts_with('\'')) return false;
  return raw.find('\n') != std::string_view::npos || raw.find("\\N") != std::string_view::npos ||
         raw.find("\\_") != std::string_view::npos;
}

NodePtr make_scalar(std::string text, bool plain, SourceSpan span) {
  return std::make_shared<const Node>(Node{Scalar{std::move(text), plain}, span});
}

}  // namespace

Builder::Builder(SourcePtr source, std::uint32_t base, const Limits& limits, bool several, Diagnostics& diagnostics)
    : source_(std::move(source)),
      text_(source_->text()),
      limits_(limits),
      several_(several),
      diagnostics_(diagnostics),
      cursor_(base) {}

void Builder::stop(Code code, SourceSpan span, std::string message, std::string help) {
  diagnostics_.add(code, source_, span, std::move(message)).help = std::move(help);
  throw Stop{};
}

Progress Builder::progress() const {
  Progress progress{cursor_, {}, root_};
  for (const Frame& frame : frames_) progress.open.push_back(frame.open);
  return progress;
}

bool Builder::key_expected() const {
  return !frames_.empty() && !frames_.back().open.sequence && !frames_.back().has_key;
}

void Builder::document(std::uint32_t at) {
  if (++documents_ == 1) {
    cursor_ = std::max(cursor_, at);
    if (text_.substr(cursor_, 3) == "---") cursor_ += 3;
    return;
  }
  std::uint32_t next = next_token(text_, cursor_);
  std::string_view mark = text_.substr(next, 3);
  if (several_ && mark == "...") {
    next = next_token(text_, next + 3);
    mark = text_.substr(next, 3);
  }
  if (several_ && mark == "---") {
    finish_document();
    cursor_ = next + 3;
    return;
  }
  if (mark == "---" || mark == "...") {
    stop(Code::several_documents, {next, next + 3}, "a second YAML document begins here",
         "an analysis file holds one document; put the other into a file of its own");
  }
  complain_of_text(source_, std::min(next, at), progress(), diagnostics_);
  throw Stop{};
}

// Between what was understood last and the next node stand only white space, comments and indicators. yaml-cpp is laxer
// here and there; what it passes over must not pass in silence.
void Builder::pass_gap(std::uint32_t to) {
  std::uint32_t at = next_token(text_, cursor_);
  while (at < to) {
    if (std::string_view("-?:,").find(text_[at]) == std::string_view::npos) {
      complain_of_text(source_, at, progress(), diagnostics_);
      throw Stop{};
    }
    at = next_token(text_, at + 1);
  }
}

// A value comes: its key's colon must have been there.
void Builder::require_colon() {
  if (frames_.empty() || !frames_.back().has_key) return;
  const std::uint32_t at = next_token(text_, cursor_);
  if (at < text_.size() && text_[at] == ':') {
    cursor_ = at + 1;
    return;
  }
  complain_of_missing_colon(source_, frames_.back().key_span, progress(), diagnostics_);
  throw Stop{};
}

// A text at the indentation of the keys above it is no value of theirs: it lacks its own colon.
void Builder::require_indentation(SourceSpan span) {
  if (frames_.empty() || !frames_.back().has_key || frames_.back().open.flow) return;
  const RawLine line = raw_line(text_, span.begin);
  const RawLine first = raw_line(text_, frames_.back().open.begin);
  const bool on_its_line = line.text == span.begin && line.begin > frames_.back().key_span.begin;
  if (!on_its_line || span.begin - line.begin > frames_.back().open.begin - first.begin) return;
  const std::string key = backquoted(frames_.back().key);
  stop(Code::yaml_syntax, span, backquoted(source_->text(span)) + " stands where keys stand, and has no colon",
       "indent it if it is the value of " + key + "; else write `key: value`");
}

void Builder::count(std::size_t nodes, std::uint32_t at) {
  nodes_ += nodes;
  if (nodes_ <= limits_.nodes) return;
  stop(Code::yaml_too_many_nodes, character_at(text_, at),
       "the file has more than " + std::to_string(limits_.nodes) + " nodes here, counting what aliases repeat",
       "write fewer aliases of aliases, or split the file");
}

void Builder::null(std::uint32_t at, std::size_t anchor) {
  const bool key = key_expected();
  require_colon();
  if (!key && !frames_.empty() && frames_.back().open.sequence && !frames_.back().open.flow) {
    const std::uint32_t dash = next_token(text_, cursor_);
    if (dash < text_.size() && text_[dash] == '-') cursor_ = dash + 1;
  }
  const Properties properties = skip_properties(text_, std::max(at, cursor_));
  const std::string_view word = plain_word(text_, properties.next);
  const std::uint32_t after = properties.next + static_cast<std::uint32_t>(word.size());
  const std::uint32_t follows = next_token(text_, after);
  const bool next_key = !key && follows < text_.size() && text_[follows] == ':';
  if (is_null_word(word) && !next_key) {
    pass_gap(std::max(at, cursor_));
    cursor_ = after;
    if (key) return add_key(std::string(word), {properties.next, after}, true);
    return add({make_scalar(std::string(word), true, {properties.next, after})}, anchor);
  }
  if (properties.any) {
    pass_gap(at);
    cursor_ = properties.end;
  }
  if (!key && !frames_.empty() && frames_.back().open.flow && frames_.back().open.sequence && !properties.any) {
    const std::uint32_t comma = next_token(text_, cursor_);
    stop(Code::yaml_syntax, character_at(text_, comma), "an item of the list is missing here",
         "take the comma out; a value that is not there is `null`");
  }
  if (key) {
    stop(Code::yaml_syntax, character_at(text_, cursor_), "a key is missing", "write `key: value`");
  }
  add({make_scalar({}, true, {cursor_, cursor_})}, anchor);
}

void Builder::alias(std::uint32_t at, std::size_t anchor) {
  require_colon();
  pass_gap(at);
  cursor_ = skip_word(text_, at);
  const SourceSpan span{at, cursor_};
  if (++aliases_ > limits_.aliases) {
    stop(Code::yaml_too_many_aliases, span, "the file has more than " + std::to_string(limits_.aliases) + " aliases",
         "write the repeated parts into definitions, or split the file");
  }
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) {
    stop(Code::unknown_anchor, span, "the alias " + backquoted(source_->text(span)) + " stands inside what it repeats",
         "an alias can only repeat something that is complete before it");
  }
  const Weighed target = found->second;
  if (key_expected()) {
    const Scalar* text = target.node->scalar();
    if (text == nullptr)
      stop(Code::yaml_syntax, span, "a key is " + std::string(target.node->kind_in_words()), "keys are texts");
    count(1, at);
    return add_key(text->text, span, false);
  }
  count(target.weight - 1, at);
  add(target, 0);
}

void Builder::scalar(std::uint32_t at, std::string_view tag, std::size_t anchor, std::string text) {
  const bool key = key_expected();
  require_colon();
  pass_gap(at);
  const Properties properties = skip_properties(text_, at);
  const bool stuck = text_.substr(at, properties.end - at).find_first_of("|>\"'") != std::string_view::npos;
  if (!is_known_tag(tag) || stuck) complain_of_tag(at);
  std::uint32_t begin = properties.next;
  const char first = begin < text_.size() ? text_[begin] : ' ';
  const bool marked = first == '"' || first == '\'' || first == '|' || first == '>';
  if (text.empty() && !marked) begin = properties.end;
  const auto end = scalar_end(text_, begin, text);
  if (!end) {
    complain_of_scalar(source_, begin, diagnostics_);
    throw Stop{};
  }
  cursor_ = *end;
  const SourceSpan span{begin, *end};
  if (!key && begin != *end) require_indentation(span);
  if (marked && is_misread(source_->text(span))) text = decode_scalar(text_, span, text).text;
  const bool plain = !marked && tag == "?";
  if (key) {
    if (anchor != 0) anchors_.insert_or_assign(anchor, Weighed{make_scalar(text, plain, span)});
    return add_key(std::move(text), span, plain);
  }
  add({make_scalar(std::move(text), plain, span)}, anchor);
}

void Builder::complain_of_tag(std::uint32_t at) {
  while (at < text_.size() && text_[at] == '&') at = next_token(text_, skip_word(text_, at));
  const SourceSpan span{at, skip_word(text_, at)};
  stop(Code::yaml_syntax, span, "the tag " + backquoted(source_->text(span)) + " is not known here",
       "take it out; quotes make a value a text");
}

void Builder::begin_sequence(std::uint32_t at, std::string_view tag, std::size_t anchor, bool flow) {
  begin(at, tag, anchor, flow, true);
}

void Builder::begin_mapping(std::uint32_t at, std::string_view tag, std::size_t anchor, bool flow) {
  begin(at, tag, anchor, flow, false);
}

void Builder::begin(std::uint32_t at, std::string_view tag, std::size_t anchor, bool flow, bool sequence) {
  const bool key = key_expected();
  require_colon();
  pass_gap(at);
  if (!is_known_tag(tag)) complain_of_tag(at);
  const std::uint32_t first = skip_properties(text_, at).next;
  if (key) {
    complain_of_key(source_, first, sequence, diagnostics_);
    throw Stop{};
  }
  if (frames_.size() >= limits_.nesting) {
    stop(Code::yaml_too_deep, character_at(text_, first),
         "lists and mappings are nested more than " + std::to_string(limits_.nesting) + " deep here",
         "flatten the data");
  }
  // A single pair in a list, `[a: b]`, is a mapping without brackets.
  const bool bracketed = flow && first < text_.size() && (text_[first] == '[' || text_[first] == '{');
  if (bracketed) require_indentation(character_at(text_, first));
  Frame frame;
  frame.open = {first, sequence, bracketed};
  frame.anchor = anchor;
  frames_.push_back(std::move(frame));
  cursor_ = bracketed ? first + 1 : std::max(cursor_, first);
}

// The bracket that closes the innermost collection.
void Builder::close_flow() {
  std::uint32_t at = next_token(text_, cursor_);
  while (at < text_.size() && (text_[at] == ',' || text_[at] == ':' || text_[at] == '?'))
    at = next_token(text_, at + 1);
  if (at >= text_.size() || (text_[at] != ']' && text_[at] != '}')) {
    complain_of_text(source_, at, progress(), diagnostics_);
    throw Stop{};
  }
  cursor_ = at + 1;
}

void Builder::end() {
  if (frames_.back().open.flow) close_flow();
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  const SourceSpan span{frame.open.begin, std::max(cursor_, frame.open.begin)};
  if (frame.open.sequence) {
    return add({std::make_shared<const Node>(Node{std::move(frame.sequence), span}), frame.weight}, frame.anchor);
  }
  report_duplicates(frame.mapping);
  if (!frame.merges.empty()) merge(frame);
  add({std::make_shared<const Node>(Node{std::move(frame.mapping), span}), frame.weight}, frame.anchor);
}

void Builder::add_key(std::string text, SourceSpan span, bool plain) {
  Frame& frame = frames_.back();
  frame.has_key = true;
  frame.merge_key = plain && text == "<<";
  frame.key = std::move(text);
  frame.key_span = span;
}

void Builder::add(Weighed child, std::size_t anchor) {
  count(1, child.node->span.begin);
  if (anchor != 0) anchors_.insert_or_assign(anchor, child);
  if (frames_.empty()) {
    root_ = std::move(child.node);
    return;
  }
  Frame& frame = frames_.back();
  frame.weight += child.weight;
  if (frame.open.sequence) {
    frame.sequence.items.push_back(std::move(child.node));
    return;
  }
  frame.has_key = false;
  if (frame.merge_key) {
    frame.merges.push_back(std::move(child.node));
    frame.merge_spans.push_back(frame.key_span);
  } else {
    frame.mapping.entries.push_back({std::move(frame.key), frame.key_span, std::move(child.node)});
  }
}

std::vector<NodePtr> Builder::finish() {
  const std::uint32_t at = next_token(text_, cursor_);
  if (at < text_.size() && text_.substr(at, 3) != "..." && documents_ > 0) {
    complain_of_text(source_, at, progress(), diagnostics_);
    return {};
  }
  finish_document();
  return std::move(roots_);
}

// Anchors end with their document.
void Builder::finish_document() {
  if (root_ == nullptr) root_ = make_scalar({}, true, {cursor_, cursor_});
  roots_.push_back(std::move(root_));
  root_ = nullptr;
  anchors_.clear();
}

// Reports every key that occurs before, up to a bound that no author reaches, and leaves it out.
void Builder::report_duplicates(Mapping& mapping) {
  constexpr std::size_t most_reported = 500;
  std::vector<Mapping::Entry>& entries = mapping.entries;
  std::vector<std::uint32_t> order(entries.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return entries[a].key < entries[b].key; });
  std::vector<std::pair<std::uint32_t, std::uint32_t>> repeated;  // an entry and the first of its key
  for (std::size_t i = 1, first = 0; i < order.size(); ++i) {
    if (entries[order[i]].key != entries[order[first]].key) {
      first = i;
    } else {
      repeated.emplace_back(order[i], order[first]);
    }
  }
  if (repeated.empty()) return;
  std::sort(repeated.begin(), repeated.end());
  std::vector<bool> dropped(entries.size());
  for (const auto& [again, first] : repeated) {
    dropped[again] = true;
    if (++duplicates_ > most_reported) continue;
    Diagnostic& diagnostic =
        diagnostics_.add(Code::duplicate_key, source_, entries[again].key_span,
                         "the key " + backquoted(entries[again].key) + " occurs twice in this mapping");
    diagnostic.help = "remove one of the two, or rename it";
    diagnostic.related.push_back({source_, entries[first].key_span, "first written here"});
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (dropped[i]) continue;
    if (kept != i) entries[kept] = std::move(entries[i]);
    ++kept;
  }
  entries.resize(kept);
}

void Builder::merge(Frame& frame) {
  std::unordered_set<std::string> keys;
  for (const Mapping::Entry& entry : frame.mapping.entries) keys.insert(entry.key);
  for (std::size_t i = 0; i < frame.merges.size(); ++i) {
    const NodePtr& from = frame.merges[i];
    std::vector<NodePtr> mappings;
    if (const Sequence* list = from->sequence()) {
      mappings = list->items;
    } else {
      mappings.push_back(from);
    }
    for (const NodePtr& one : mappings) {
      if (one->mapping() == nullptr) {
        stop(Code::yaml_syntax, frame.merge_spans[i],
             "`<<` merges mappings, and this is " + std::string(one->kind_in_words()),
             "name the anchor of a mapping, or a list of such");
      }
      for (const Mapping::Entry& entry : one->mapping()->entries) {
        if (keys.insert(entry.key).second) frame.mapping.entries.push_back(entry);
      }
    }
  }
}

}  // namespace picket::yaml
