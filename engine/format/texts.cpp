#include "engine/format/texts.hpp"

#include <algorithm>
#include <string>

#include "engine/format/parsed.hpp"
#include "engine/frontend/native.hpp"
#include "grammar/layout/layout.hpp"
#include "grammar/text/ascii.hpp"

namespace picket::format {
namespace {

using syntax::TextForm;

std::string newline_of(std::string_view file) {
  const std::size_t newline = file.find('\n');
  return newline != std::string_view::npos && newline > 0 && file[newline - 1] == '\r' ? "\r\n" : "\n";
}

// How far the text of a literal block is indented in the file.
std::size_t indentation_of(std::string_view file, const SourceText& text) {
  const std::size_t first = text.text.find_first_not_of(" \n");
  const std::size_t newline = text.text.rfind('\n', first);
  const std::size_t of_text = newline == std::string::npos ? first : first - newline - 1;
  const std::size_t at = text.span(first, first + 1).begin;
  return at - (file.rfind('\n', at) + 1) - of_text;
}

void lay_out_block(const SourceText& text, const yaml::Node& node, TextForm form, std::vector<Edit>& edits) {
  const std::string_view file = text.source->text();
  const auto laid_out = lay_out(text.text, form);
  if (!laid_out || laid_out->empty()) return;
  const std::string margin(indentation_of(file, text), ' ');
  const std::string newline = newline_of(file);
  std::string body;
  std::string_view rest = *laid_out;
  while (true) {
    const std::size_t length = std::min(rest.find('\n'), rest.size());
    if (length > 0) body += margin;
    body += rest.substr(0, length);
    if (length == rest.size()) break;
    body += newline;
    rest.remove_prefix(length + 1);
  }
  const auto begin = static_cast<std::uint32_t>(file.find('\n', node.span.begin) + 1);
  const SourceSpan span{begin, node.span.end};
  if (text.source->text(span) != body) edits.push_back({span, body});
}

// Characters that mean the same in every style of scalar, wherever in it they stand, as long as they do not begin it.
bool needs_no_escape(std::string_view text, char quote) {
  const auto safe = [quote](char c) { return is_name_byte(c) || c == ' ' || c == '~' || (c == '"' && quote == ' '); };
  return std::all_of(text.begin(), text.end(), safe);
}

// All edits of a scalar or none: a half of a pair of them would be worse.
void respell_scalar(const SourceText& text, const yaml::Node& node, TextForm form, std::vector<Edit>& edits) {
  const std::string_view file = text.source->text();
  const char first = file[node.span.begin];
  const bool quoted = first == '"' || first == '\'';
  const bool block = first == '|' || first == '>';
  const char quote = quoted ? first : block ? '|' : ' ';
  std::vector<Edit> own;
  for (const Respelling& one : respell(text.text, form, quoted ? Quotes::keep : Quotes::change)) {
    const SourceSpan span = text.span(one.span.begin, one.span.end);
    const std::string_view before = std::string_view(text.text).substr(one.span.begin, one.span.end - one.span.begin);
    const bool verbatim = text.source->text(span) == before;
    if (!verbatim || (!block && !needs_no_escape(one.replacement, quote))) return;
    own.push_back({span, one.replacement});
  }
  edits.insert(edits.end(), own.begin(), own.end());
}

// A text with an anchor may be repeated elsewhere, as a text of another form; an alias is that elsewhere.
bool stands_alone(std::string_view file, const yaml::Mapping::Entry& entry) {
  const std::uint32_t key_end = entry.key_span.end;
  const std::uint32_t begin = entry.value->span.begin;
  if (begin < key_end || begin >= file.size() || file[begin] == '&' || file[begin] == '!') return false;
  const std::string_view between = file.substr(key_end, begin - key_end);
  return between.find_first_not_of(": \t\r\n") == std::string_view::npos;
}

}  // namespace

std::optional<Holder> holder_of(const yaml::Node& root) {
  const yaml::Mapping* mapping = root.mapping();
  const auto* type = mapping == nullptr ? nullptr : mapping->find("AnalysisType");
  if (type == nullptr || type->value->scalar() == nullptr) return std::nullopt;
  const Holder holder = holder_from_word(type->value->scalar()->text);
  if (holds(Holder::rules, holder) && is_derived(*mapping)) return Holder::derived_rule;
  // The logic of such a file is not ours, and its templates are not either.
  const bool other_logic =
      holds(Holder::judged, holder) && mapping->find("Condition") == nullptr && mapping->find("Detection") == nullptr;
  return other_logic ? Holder::none : holder;
}

std::optional<TextForm> form_of(Holder holder, std::string_view key) {
  const KeyRow* row = find_key(holder, key);
  if (row == nullptr || (row->shape != Shape::code && row->shape != Shape::context)) return std::nullopt;
  if (key == "Condition" || key == "When") return TextForm::condition;
  if (key == "Let") return TextForm::definitions;
  if (key == "AlertContext") return TextForm::entries;
  if (key == "DynamicSeverity" || key == "Destinations" || key == "Expression" || key == "Value")
    return TextForm::expression;
  return TextForm::text_template;
}

std::vector<Text> texts_of(const yaml::Node& root) {
  std::vector<Text> texts;
  const auto holder = holder_of(root);
  if (!holder) return texts;
  const auto add = [&](const yaml::Mapping& mapping, Holder of) {
    for (const yaml::Mapping::Entry& entry : mapping.entries) {
      // The holes of Panther's titles are paths, not expressions. Of a derived rule only its base tells whose they are.
      if (entry.key == "AlertTitle" && (mapping.find("Detection") != nullptr || of == Holder::derived_rule)) continue;
      const auto form = form_of(of, entry.key);
      if (form && entry.value->scalar() != nullptr && !entry.value->value().is_null()) texts.push_back({&entry, *form});
    }
  };
  add(*root.mapping(), *holder);
  const auto* remember = holds(Holder::rules, *holder) ? root.mapping()->find("Remember") : nullptr;
  if (remember != nullptr && remember->value->mapping() != nullptr) add(*remember->value->mapping(), Holder::remember);
  const auto* mappings = *holder == Holder::datamodel ? root.mapping()->find("Mappings") : nullptr;
  if (mappings != nullptr && mappings->value->sequence() != nullptr) {
    for (const yaml::NodePtr& item : mappings->value->sequence()->items) {
      if (item->mapping() != nullptr) add(*item->mapping(), Holder::mapping);
    }
  }
  return texts;
}

void check_texts(const SourcePtr& source, const yaml::Node& root, Diagnostics& diagnostics) {
  for (const Text& text : texts_of(root)) {
    static_cast<void>(parse(yaml::source_text(source, *text.entry->value), text.form, diagnostics));
  }
}

std::vector<Edit> lay_out_texts(const SourcePtr& source, const yaml::Node& root) {
  std::vector<Edit> edits;
  for (const Text& one : texts_of(root)) {
    if (!stands_alone(source->text(), *one.entry)) continue;
    const yaml::Node& node = *one.entry->value;
    const SourceText text = yaml::source_text(source, node);
    const bool literal = source->text()[node.span.begin] == '|';
    if (literal && one.form != TextForm::text_template) {
      lay_out_block(text, node, one.form, edits);
    } else {
      respell_scalar(text, node, one.form, edits);
    }
  }
  return edits;
}

}  // namespace picket::format
