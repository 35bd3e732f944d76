#include "engine/sigma/detection.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/sigma/expressions.hpp"
#include "engine/sigma/sigma_keys.hpp"
#include "grammar/ast/functions.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket::sigma {
namespace {

// A name that a definition can have: none that means something else, nor that of a function, which what fields are
// asked may call.
std::string definition_name(std::string_view selection, const std::set<std::string>& taken) {
  std::string name;
  for (const char c : selection) name += is_name_byte(c) ? c : '_';
  if (name.empty() || is_digit(name.front())) name.insert(0, "selection_");
  const bool taken_by_language = name == "udm" || name == "now" || name == "previous" || function_from_spelling(name);
  if (!is_free_name(name) || taken_by_language) name += "_selection";
  std::string unique = name;
  for (int i = 2; taken.contains(unique); ++i) unique = name + "_" + std::to_string(i);
  return unique;
}

std::optional<Expr> read_selection(const yaml::Node& node, SourceSpan span, const DetectionContext& context);

// Lines of which all must hold.
std::optional<Expr> read_lines(const yaml::Mapping& mapping, SourceSpan span, const DetectionContext& context) {
  std::vector<Expr> lines;
  bool sound = true;
  for (const yaml::Mapping::Entry& entry : mapping.entries) {
    if (entry.key.empty()) {
      context.diagnostics.add(Code::bad_value, context.source, entry.key_span, "the name of the field is empty").help =
          "write its name; words that may stand anywhere in the event are a list without a field";
      sound = false;
      continue;
    }
    auto line = read_detection_item(entry, context);
    sound = sound && line.has_value();
    if (line) lines.push_back(*std::move(line));
  }
  if (!sound) return std::nullopt;
  return group(GroupKind::all, std::move(lines), span);
}

// Of lists: any of the mappings, or any of the words.
std::optional<Expr> read_choices(const yaml::Sequence& list, SourceSpan span, const DetectionContext& context) {
  std::vector<Expr> any;
  std::vector<yaml::NodePtr> words;
  bool sound = true;
  for (const yaml::NodePtr& item : list.items) {
    if (item->scalar() != nullptr) {
      words.push_back(item);
      continue;
    }
    if (item->sequence() != nullptr) {
      context.diagnostics
          .add(Code::wrong_type, context.source, item->span, "a list within the list of a selection means nothing")
          .help = "write its items into the list around it, or a selection of their own";
      sound = false;
      continue;
    }
    auto choice = read_selection(*item, item->span, context);
    sound = sound && choice.has_value();
    if (choice) any.push_back(*std::move(choice));
  }
  if (!words.empty()) {
    const bool all = words.size() == list.items.size();
    auto keywords = read_keywords(words, all ? span : cover(words.front()->span, words.back()->span), context);
    sound = sound && keywords.has_value();
    if (keywords) any.push_back(*std::move(keywords));
  }
  if (!sound) return std::nullopt;
  return group(GroupKind::any, std::move(any), span);
}

std::optional<Expr> read_selection(const yaml::Node& node, SourceSpan span, const DetectionContext& context) {
  const yaml::Mapping* mapping = node.mapping();
  const yaml::Sequence* list = node.sequence();
  const bool empty = (mapping != nullptr && mapping->entries.empty()) || (list != nullptr && list->items.empty()) ||
                     (node.scalar() != nullptr && node.value().is_null());
  if (empty) {
    context.diagnostics
        .add(Code::bad_value, context.source, span, "the selection is empty: it would say nothing of any event")
        .help = "write `field: value`";
    return std::nullopt;
  }
  if (mapping != nullptr) return read_lines(*mapping, span, context);
  if (list != nullptr) return read_choices(*list, span, context);
  return read_keywords({std::make_shared<const yaml::Node>(node)}, span, context);
}

void collect_fields(const yaml::Node& node, std::set<std::string>& fields) {
  if (const yaml::Mapping* mapping = node.mapping()) {
    for (const yaml::Mapping::Entry& entry : mapping->entries) {
      fields.insert(entry.key.substr(0, entry.key.find('|')));
      if (entry.key.find("|fieldref") != std::string::npos && entry.value->scalar() != nullptr) {
        fields.insert(entry.value->scalar()->text);
      }
      if (entry.value->sequence() == nullptr) continue;
      for (const yaml::NodePtr& item : entry.value->sequence()->items) {
        if (entry.key.find("|fieldref") != std::string::npos && item->scalar() != nullptr) {
          fields.insert(item->scalar()->text);
        }
      }
    }
  } else if (const yaml::Sequence* list = node.sequence()) {
    for (const yaml::NodePtr& item : list->items) collect_fields(*item, fields);
  }
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the condition, which is bounded
bool negates(const Condition& condition) {
  if (std::holds_alternative<Negated>(condition.node)) return true;
  const auto* joined = std::get_if<Joined>(&condition.node);
  return joined != nullptr && std::ranges::any_of(joined->operands, negates);
}

}  // namespace

Detection::Detection(const SourcePtr& source, const yaml::Mapping& mapping, SourceSpan key_span,
                     const std::set<std::string_view>& besides, Diagnostics& diagnostics)
    : source_(source) {
  std::set<std::string> taken;
  for (const yaml::Mapping::Entry& entry : mapping.entries) {
    if (entry.key == "timeframe") {
      Diagnostic& diagnostic = diagnostics.add(Code::ignored_value, source, entry.key_span,
                                               "a detection looks at one event: `timeframe` has no effect");
      diagnostic.help = "write a correlation over this rule, with a `timespan`";
    }
    if (entry.key == "condition" || entry.key == "timeframe" || besides.contains(entry.key)) continue;
    selections_.push_back({entry.key, definition_name(entry.key, taken), &entry});
    taken.insert(selections_.back().definition);
  }
  const yaml::Mapping::Entry* condition = mapping.find("condition");
  if (condition == nullptr) {
    complain_of_missing_condition(mapping, key_span, diagnostics);
    sound_ = false;
    return;
  }
  if (const yaml::Sequence* list = condition->value->sequence()) {
    for (const yaml::NodePtr& item : list->items) read_condition(*item, diagnostics);
    if (list->items.empty()) {
      diagnostics
          .add(Code::bad_value, source, condition->value->span,
               "the list of conditions is empty: nothing could ever fulfil one of them")
          .help = "write `condition: selection`";
    }
  } else {
    read_condition(*condition->value, diagnostics);
  }
  if (conditions_.empty()) sound_ = false;
}

void Detection::complain_of_missing_condition(const yaml::Mapping& mapping, SourceSpan key_span,
                                              Diagnostics& diagnostics) const {
  constexpr std::array<std::string_view, 1> known = {"condition"};
  const MeantKeys meant(mapping, known);
  for (const yaml::Mapping::Entry& entry : mapping.entries) {
    if (entry.value->scalar() == nullptr || !meant.of(entry.key)) continue;
    Diagnostic& diagnostic =
        diagnostics.add(Code::missing_key, source_, entry.key_span, "the key `condition` is missing");
    propose(diagnostic, entry.key_span, known.front());
    return;
  }
  diagnostics.add(Code::missing_key, source_, key_span, "the key `condition` is missing").help =
      "write `condition: selection`, or how the selections belong together";
}

void Detection::read_condition(const yaml::Node& node, Diagnostics& diagnostics) {
  if (node.scalar() == nullptr || node.value().is_null()) {
    diagnostics.add(Code::wrong_type, source_, node.span, "`condition` must be a text, or a list of texts").help =
        "write `condition: selection`";
    sound_ = false;
    return;
  }
  SourceText text = yaml::source_text(source_, node);
  auto parsed = parse_condition(text.text);
  if (const auto* error = std::get_if<ConditionError>(&parsed)) {
    const SourceSpan span = text.span(error->span.begin, error->span.end);
    Diagnostic& diagnostic = diagnostics.add(error->aggregation ? Code::old_aggregation : Code::bad_sigma_condition,
                                             source_, span, error->message);
    diagnostic.help = error->help;
    if (error->replacement) {
      diagnostic.fixes.push_back({"write " + backquoted(*error->replacement), span, *error->replacement});
    }
    sound_ = false;
    return;
  }
  check_names(std::get<Condition>(parsed), text, diagnostics);
  conditions_.push_back({std::get<Condition>(std::move(parsed)), std::move(text)});
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the condition, which is bounded
void Detection::check_names(const Condition& condition, const SourceText& text, Diagnostics& diagnostics) {
  const auto complain = [&](SourceSpan at, std::string message, std::string_view name) {
    const SourceSpan span = text.span(at.begin, at.end);
    Diagnostic& diagnostic = diagnostics.add(Code::unknown_selection, source_, span, std::move(message));
    std::vector<std::string> known;
    for (const Selection& selection : selections_) known.push_back(selection.name);
    const bool hidden = name.empty() && !known.empty();  // from `them`
    diagnostic.help = hidden ? "write the name " + backquoted(known.front())
                      : known.empty()
                          ? "write a selection: `selection:` with `field: value` below it"
                          : "the detection has " + backquoted(known.front()) + (known.size() > 1 ? " and others" : "");
    propose_nearest(diagnostic, span, name, known);
    sound_ = false;
  };
  match(
      condition.node,
      [&](const Named& named) {
        named_.insert(named.name);
        if (const Selection* selection = find(named.name)) {
          used_.insert(selection->definition);
        } else {
          complain(named.span, "the detection has no selection " + backquoted(named.name), named.name);
        }
      },
      [&](const Quantified& quantified) {
        const std::vector<const Selection*> selections = chosen(quantified);
        for (const Selection* selection : selections) used_.insert(selection->definition);
        if (!selections.empty()) return;
        complain(quantified.pattern_span,
                 !quantified.pattern.empty() ? "no selection fits " + backquoted(quantified.pattern)
                 : selections_.empty()       ? "the detection has no selections"
                                             : "`them` leaves out names that begin with `_`, and there are no others",
                 quantified.pattern);
      },
      [&](const Joined& joined) {
        for (const Condition& operand : joined.operands) check_names(operand, text, diagnostics);
      },
      [&](const Negated& negated) { check_names(negated.operand.front(), text, diagnostics); });
}

const Detection::Selection* Detection::find(std::string_view name) const {
  const auto found = std::find_if(selections_.begin(), selections_.end(),
                                  [&](const Selection& selection) { return selection.name == name; });
  return found == selections_.end() ? nullptr : &*found;
}

// Names that begin with `_` are left out, unless the pattern begins so, too.
std::vector<const Detection::Selection*> Detection::chosen(const Quantified& quantified) const {
  std::vector<const Selection*> chosen;
  for (const Selection& selection : selections_) {
    if (selection.name.starts_with('_') && !quantified.pattern.starts_with('_')) continue;
    if (quantified.pattern.empty() || fits_pattern(selection.name, quantified.pattern)) chosen.push_back(&selection);
  }
  return chosen;
}

std::set<std::string> Detection::names(const std::string& suffix) const {
  std::set<std::string> names;
  for (const Selection& selection : selections_) names.insert(selection.definition + suffix);
  return names;
}

std::vector<Located<std::string>> Detection::unused() const {
  std::vector<Located<std::string>> unused;
  for (const Selection& selection : selections_) {
    if (!used_.contains(selection.definition)) unused.push_back({selection.name, selection.entry->key_span});
  }
  return unused;
}

bool Detection::has_negation() const {
  return std::ranges::any_of(conditions_, [](const Written& written) { return negates(written.condition); });
}

std::set<std::string> Detection::fields() const {
  std::set<std::string> fields;
  for (const Selection& selection : selections_) collect_fields(*selection.entry->value, fields);
  return fields;
}

std::vector<Definition> Detection::definitions(const std::string& suffix, const DetectionContext& context) const {
  std::vector<Definition> definitions;
  for (const Selection& selection : selections_) {
    if (!suffix.empty() && !used_.contains(selection.definition)) continue;
    const SourceSpan key = selection.entry->key_span;
    const SourceSpan span = cover(key, selection.entry->value->span);
    auto body = read_selection(*selection.entry->value, span, context);
    if (!body) continue;
    definitions.push_back({.name = selection.definition + suffix,
                           .name_span = key,
                           .equals_span = key,
                           .has_parameters = false,
                           .parameters = {},
                           .body = *std::move(body),
                           .span = span});
  }
  return definitions;
}

std::optional<Expr> Detection::condition(const std::string& suffix, const std::set<std::string>& shared) const {
  if (!sound_) return std::nullopt;
  std::vector<Expr> any;
  for (const Written& written : conditions_) {
    auto expr = expression(written.condition, written.text, suffix, shared);
    if (!expr) return std::nullopt;
    any.push_back(*std::move(expr));
  }
  const SourceText& first = conditions_.front().text;
  const SourceText& last = conditions_.back().text;
  Expr whole = joined(Connective::disjunction, std::move(any), {});
  whole.span = cover(first.span(0, first.text.size()), last.span(0, last.text.size()));
  return whole;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the condition, which is bounded
std::optional<Expr> Detection::expression(const Condition& condition, const SourceText& text, const std::string& suffix,
                                          const std::set<std::string>& shared) const {
  const auto reference = [&](const Selection& selection, SourceSpan span) {
    return Expr{NameExpr{selection.definition + (shared.contains(selection.definition) ? "" : suffix)}, span};
  };
  return match(
      condition.node,
      [&](const Named& named) -> std::optional<Expr> {
        return reference(*find(named.name), text.span(named.span.begin, named.span.end));
      },
      [&](const Quantified& quantified) -> std::optional<Expr> {
        const SourceSpan span = text.span(quantified.span.begin, quantified.span.end);
        std::vector<Expr> operands;
        for (const Selection* selection : chosen(quantified)) operands.push_back(reference(*selection, span));
        return item(
            joined(quantified.all ? Connective::conjunction : Connective::disjunction, std::move(operands), span), {},
            span);
      },
      [&](const Joined& group) -> std::optional<Expr> {
        std::vector<Expr> operands;
        for (const Condition& operand : group.operands) operands.push_back(*expression(operand, text, suffix, shared));
        const SourceSpan span = cover(operands.front().span, operands.back().span);
        return joined(group.any ? Connective::disjunction : Connective::conjunction, std::move(operands), span);
      },
      [&](const Negated& negated) -> std::optional<Expr> {
        Expr operand = *expression(negated.operand.front(), text, suffix, shared);
        const SourceSpan span = operand.span;
        return negation(std::move(operand), span);
      });
}

}  // namespace picket::sigma
