#include "engine/draft/draft_rule.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/draft/telling_fields.hpp"
#include "engine/mutation/event_change.hpp"
#include "engine/yaml/emit.hpp"
#include "grammar/ast/operators.hpp"
#include "grammar/ast/print.hpp"
#include "grammar/text/ascii.hpp"

namespace picket {
namespace {

using draft::Field;
using draft::TellingFields;

// Of the event: a line that holds more than this is broken up.
constexpr std::size_t event_columns = 80;

// The field as a condition names it: names that mean something by themselves are sought in the event.
std::string written(const Field& field) {
  const auto& first = std::get<std::string>(field.path.front());
  const bool capitals = std::none_of(first.begin(), first.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const bool own_meaning = capitals || is_reserved(first) || first == "udm" || first == "now" || first == "previous";
  const std::string path = print_path(field.path);
  return own_meaning && !path.starts_with('$') ? "$." + path : path;
}

std::string literal(const Value& value) {
  return value.string() != nullptr ? print_string(*value.string()) : to_json(value);
}

// The name of a program without the folders.
std::string file_name(const std::string& path) { return path.substr(path.find_last_of("\\/") + 1); }

bool is_path(const Field& field) {
  const std::string* text = field.value.string();
  return text != nullptr && text->find_last_of("\\/") != std::string::npos && !file_name(*text).empty();
}

std::string last_name(const Field& field) { return std::get<std::string>(field.path.back()); }

std::vector<std::string> condition_lines(const TellingFields& fields) {
  std::vector<std::string> lines;
  const auto add = [&](const std::optional<Field>& field) {
    if (field) lines.push_back(written(*field) + " eq " + literal(field->value));
  };
  add(fields.source);
  add(fields.action);
  if (fields.program && is_path(*fields.program)) {
    const std::string& path = *fields.program->value.string();
    const bool windows = path.find('\\') != std::string::npos;
    const std::string name = (windows ? "\\" : "/") + file_name(path);
    lines.push_back(written(*fields.program) + " ends_with" + (windows ? "~ " : " ") + print_string(name));
  }
  add(fields.outcome);
  return lines;
}

// Whether the source is a word that says what was acted on, and no address of a service.
bool names_source(const TellingFields& fields) {
  return fields.source && fields.source->value.string() != nullptr && fields.action &&
         fields.action->value.string() != nullptr &&
         fields.source->value.string()->find_first_of("./ -") == std::string::npos;
}

// "certutil" of a program, "StopLogging", "api_token create".
std::string what_happened(const TellingFields& fields) {
  if (fields.program && is_path(*fields.program)) {
    const std::string name = file_name(*fields.program->value.string());
    return name.substr(0, name.find('.'));
  }
  std::string words = names_source(fields) ? *fields.source->value.string() + " " : "";
  if (!fields.action) return to_text(fields.source ? fields.source->value : fields.outcome->value);
  if (fields.action->value.string() == nullptr) words += last_name(*fields.action) + " ";
  return words + to_text(fields.action->value);
}

// "ApiTokenCreate" of "api_token create": fit for an id.
std::string camel_case(std::string_view words) {
  std::string result;
  bool begins = true;
  for (const char c : words) {
    if (is_letter_or_digit(c)) {
      result += begins ? ascii_upper(c) : c;
      begins = false;
    } else {
      begins = true;
    }
  }
  return result.empty() ? "New" : result;
}

// Begins with a capital, and is without what a DisplayName may not hold.
std::string for_people(std::string text) {
  if (!text.empty()) text.front() = ascii_upper(text.front());
  for (char& c : text) {
    if (c == '_' || static_cast<unsigned char>(c) < ' ' ||
        std::string_view("<>&\"%").find(c) != std::string_view::npos) {
      c = ' ';
    }
  }
  return text;
}

std::string title(const TellingFields& fields, bool udm_actor) {
  std::string text;
  const auto add = [&](const Field& field) {
    if (!text.empty()) text += ' ';
    if (field.value.string() == nullptr) text += last_name(field) + " ";
    text += "{" + written(field) + "}";
  };
  if (fields.program && is_path(*fields.program)) {
    add(*fields.program);
  } else {
    if (names_source(fields)) add(*fields.source);
    if (fields.action) add(*fields.action);
    if (text.empty()) add(fields.source ? *fields.source : *fields.outcome);
  }
  if (udm_actor) {
    text += " by {udm.actor_user}";
  } else if (fields.actor) {
    text += " by {" + written(*fields.actor) + "}";
  }
  return fields.host ? text + " on {" + written(*fields.host) + "}" : text;
}

// A value of the same kind that is another one.
Value other_value(const Value& value) {
  if (const bool* truth = value.boolean()) return !*truth;
  if (const std::int64_t* number = value.integer()) return *number == 0 ? Value(1) : Value(0);
  if (value.string() == nullptr) return "another";
  const std::string& text = *value.string();
  const bool upper = !text.empty() && text.front() >= 'A' && text.front() <= 'Z';
  const char* other = upper ? "SomethingElse" : "something_else";
  return text == other ? "another" : other;
}

// The field whose change the second test shows. REQUIRES: there is one to compare with.
const Field& most_telling(const TellingFields& fields) {
  if (fields.program && is_path(*fields.program)) return *fields.program;
  if (fields.action) return *fields.action;
  return fields.source ? *fields.source : *fields.outcome;
}

// The event with its log type first.
Object with_log_type(const Object& event, const std::string& log_type) {
  Object result{{"p_log_type", log_type}};
  for (const auto& [key, value] : event.entries()) {
    if (key != "p_log_type") result.set(key, value);
  }
  return result;
}

std::string tests_text(const Object& event, const TellingFields& fields, const std::string& name) {
  const Field& field = most_telling(fields);
  std::string text = "Tests:\n  - Name: " + yaml::emit_text(name) + "\n    ExpectedResult: true\n    Log: &event\n";
  text += yaml::emit_entries(event, 6, event_columns) + "  - Name: " + yaml::emit_text("Another " + last_name(field)) +
          "\n    ExpectedResult: false\n    Log:\n      <<: *event\n";
  // The whole value of the key at the top, in which only the field is another.
  const Value other = changed(Value(event), {field.path, other_value(field.value)});
  const auto& key = std::get<std::string>(field.path.front());
  return text + yaml::emit_entries({{key, *other.object()->find_exact(key)}}, 6, event_columns);
}

// Of an event that says nothing of its kind, the first value that can be compared with; of one without any its log
// type, which is not always written in events.
Field first_field(const Object& event) {
  for (const auto& [key, value] : event.entries()) {
    const bool word = value.string() != nullptr && !value.string()->empty();
    if (key != "p_log_type" && (word || value.kind() == Kind::number || value.kind() == Kind::boolean)) {
      return {{key}, value};
    }
  }
  return {{std::string("p_log_type")}, *event.find_exact("p_log_type")};
}

TellingFields fields_of(const Object& event) {
  TellingFields fields = draft::telling_fields(event);
  const bool program = fields.program && is_path(*fields.program);
  if (!fields.source && !fields.action && !fields.outcome && !program) {
    fields.action = first_field(event);
  }
  return fields;
}

}  // namespace

std::string draft_rule(const Value& event, const DraftOptions& options) {
  const Object log = with_log_type(*event.object(), options.log_type);
  const TellingFields fields = fields_of(log);
  const std::string words = what_happened(fields);
  const std::string id = options.id.empty() ? options.log_type + "." + camel_case(words) : options.id;
  std::string log_type_words = options.log_type;
  std::replace(log_type_words.begin(), log_type_words.end(), '.', ' ');
  std::string text;
  if (!options.schema.empty()) text += "# yaml-language-server: $schema=" + options.schema + "\n";
  text += "AnalysisType: rule\nRuleID: " + yaml::emit_text(id) +
          "\nDisplayName: " + yaml::emit_text(for_people(words + " in " + log_type_words), yaml::Context::block) +
          "\nEnabled: true\nLogTypes: [" + yaml::emit_text(options.log_type) + "]\nSeverity: Medium\n";
  text +=
      "Description: |\n  Say here why an attacker does this, and what is at stake.\n"
      "Runbook: |\n  1. Ask the actor whether this was meant, and what for.\n"
      "  2. Unclaimed: look at what the same actor did in the hours before and after.\n";
  text += "Condition: |\n";
  for (const std::string& line : condition_lines(fields)) text += "  " + line + "\n";
  const std::string alert_title = title(fields, options.udm_actor);
  text += "AlertTitle: " + to_json(Value(alert_title)) + "\n";
  return text + tests_text(log, fields, for_people(words));
}

Value placeholder_event(const std::string& log_type) {
  return Object{{"p_log_type", log_type}, {"action", "something"}, {"user", "dana"}};
}

}  // namespace picket
