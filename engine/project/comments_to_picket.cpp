// Finding the comments that speak to Picket, in YAML and within the texts of the detection language.
#include <algorithm>
#include <array>
#include <string_view>

#include "engine/project/silence.hpp"
#include "engine/yaml/comments.hpp"
#include "engine/yaml/node.hpp"
#include "grammar/condition/comments.hpp"

namespace picket {
namespace {

// The keys whose texts have comments of their own. Templates have none.
constexpr std::array<std::string_view, 5> text_keys = {"Condition", "Let", "DynamicSeverity", "Destinations",
                                                       "AlertContext"};

void add_comments_of_text(const SourcePtr& source, const yaml::Node& node, std::vector<SourceSpan>& comments) {
  if (node.scalar() == nullptr || node.scalar()->text.find('#') == std::string::npos) return;
  const SourceText text = yaml::source_text(source, node);
  for (const SourceSpan span : find_comments(text.text)) comments.push_back(text.span(span.begin, span.end));
}

void add_comments_of_texts(const SourcePtr& source, const yaml::Mapping& file, std::vector<SourceSpan>& comments) {
  for (const yaml::Mapping::Entry& entry : file.entries) {
    if (std::ranges::find(text_keys, entry.key) != text_keys.end()) {
      add_comments_of_text(source, *entry.value, comments);
    }
    if (const auto* remember = entry.key == "Remember" ? entry.value->mapping() : nullptr) {
      for (const std::string_view key : {"Value", "When"}) {
        if (const auto* text = remember->find(key)) add_comments_of_text(source, *text->value, comments);
      }
    }
    if (entry.key != "Mappings" || entry.value->sequence() == nullptr) continue;
    for (const yaml::NodePtr& mapping : entry.value->sequence()->items) {
      const auto* expression = mapping->mapping() == nullptr ? nullptr : mapping->mapping()->find("Expression");
      if (expression != nullptr) add_comments_of_text(source, *expression->value, comments);
    }
  }
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// Whether a line holds nothing, or a comment alone.
bool says_nothing(std::string_view line) {
  line = without_blanks(line);
  return line.empty() || line.front() == '#';
}

// Reads the codes and the reason behind `ignore`.
Ignore read_codes(const Source& source, SourceSpan comment, std::size_t at) {
  Ignore ignore{.comment = comment, .codes = {}};
  const std::string_view text = source.text();
  const auto skip_blanks = [&] {
    while (at < comment.end && is_blank(text[at])) ++at;
  };
  for (bool more = true; more;) {
    skip_blanks();
    const std::size_t begin = at;
    while (at < comment.end && !is_blank(text[at]) && text[at] != ',') ++at;
    if (at > begin) {
      ignore.codes.push_back({std::string(text.substr(begin, at - begin)),
                              {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)}});
    }
    skip_blanks();
    more = at < comment.end && text[at] == ',';
    if (more) ++at;
  }
  ignore.has_reason = !without_blanks(text.substr(at, comment.end - at)).empty();
  return ignore;
}

// The line that a comment speaks of.
std::uint32_t line_of(const Source& source, SourceSpan comment, std::uint32_t first_key) {
  if (comment.begin < first_key) return 0;
  std::uint32_t line = source.locate(comment.begin).line;
  if (!says_nothing(source.line(line))) return line;
  const std::uint32_t last = source.locate(static_cast<std::uint32_t>(source.text().size())).line;
  do ++line;
  while (line < last && says_nothing(source.line(line)));
  return line;
}

}  // namespace

std::vector<Ignore> find_ignores(const SourcePtr& source, Diagnostics& diagnostics) {
  // Most files have none, and need not be parsed again.
  if (source->text().find("picket:") == std::string_view::npos) return {};
  Diagnostics faults;
  const yaml::NodePtr root = yaml::load(source, faults);
  if (root == nullptr || faults.has_errors() || root->mapping() == nullptr || root->mapping()->entries.empty()) {
    return {};
  }
  std::vector<SourceSpan> comments = yaml::find_comments(*source, *root);
  add_comments_of_texts(source, *root->mapping(), comments);
  std::ranges::sort(comments, {}, &SourceSpan::begin);

  const std::uint32_t first_key = root->mapping()->entries.front().key_span.begin;
  std::vector<Ignore> ignores;
  for (const SourceSpan comment : comments) {
    constexpr std::string_view address = "picket:";
    constexpr std::string_view deed = "ignore";
    const std::string_view text = without_blanks(source->text(comment).substr(1));
    if (!text.starts_with(address)) continue;
    const std::string_view order = without_blanks(text.substr(address.size()));
    const bool ignores_something =
        order.starts_with(deed) && (order.size() == deed.size() || is_blank(order[deed.size()]));
    Ignore ignore;
    if (ignores_something) {
      const std::string_view codes = order.substr(deed.size());
      ignore = read_codes(*source, comment, static_cast<std::size_t>(codes.data() - source->text().data()));
    }
    if (ignore.codes.empty()) {
      diagnostics.add(Code::bad_ignore, source, comment, "this comment to Picket is not understood").help =
          "write `# picket: ignore CODE reason`, or take `picket:` away";
      continue;
    }
    ignore.line = line_of(*source, comment, first_key);
    ignores.push_back(std::move(ignore));
  }
  return ignores;
}

}  // namespace picket
