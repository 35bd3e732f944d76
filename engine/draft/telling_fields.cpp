#include "engine/draft/telling_fields.hpp"
#include "grammar/text/ascii.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string_view>

namespace picket::draft {
namespace {

constexpr std::size_t deepest = 3;
constexpr std::size_t longest_value = 80;  // bytes; what is longer describes one event, not a kind of them

// The best first; in lower case, without `_` and `-`, whole paths or last names.
constexpr auto source_names = std::to_array<std::string_view>(
    {"eventsource", "protopayload.servicename", "channel", "sourcetype", "event.provider", "providername", "provider",
     "event.module", "service", "servicename", "application", "product", "category", "eventcategory", "resourcetype",
     "objecttype"});
constexpr auto action_names = std::to_array<std::string_view>(
    {"eventname", "eventid", "event.action", "protopayload.methodname", "action", "operationname", "operation",
     "methodname", "eventtype", "event", "activity", "activitytype", "command", "type", "verb", "method", "name"});
constexpr auto program_names =
    std::to_array<std::string_view>({"image", "newprocessname", "process.executable", "executable", "exe"});
constexpr auto outcome_names = std::to_array<std::string_view>(
    {"errorcode", "outcome.result", "event.outcome", "outcome", "result", "resulttype", "status", "success"});
constexpr auto actor_names =
    std::to_array<std::string_view>({"useridentity.username", "useridentity.arn", "actorname", "actor.email",
                                     "actor.name", "actor.displayname", "actor", "user", "username", "user.name",
                                     "user.email", "subjectusername", "targetusername", "principal", "email"});

constexpr auto host_names =
    std::to_array<std::string_view>({"hostname", "computername", "computer", "host.name", "host"});

// What tells one event from another of the same kind; no word to compare with, even if it is the only one.
constexpr auto single_names = std::to_array<std::string_view>(
    {"id",       "uuid",  "guid",    "time",  "date",    "timestamp", "ip",      "address", "host",
     "hostname", "arn",   "account", "email", "user",    "username",  "actor",   "name",    "token",
     "session",  "agent", "url",     "uri",   "version", "region",    "message", "plogtype"});

std::string folded(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '_' || c == '-') continue;
    result += ascii_lower(c);
  }
  return result;
}

bool is_scalar(const Value& value) {
  if (const std::string* text = value.string()) return !text->empty() && text->size() <= longest_value;
  return value.kind() == Kind::number || value.kind() == Kind::boolean;
}

struct Candidate {
  std::string dotted;  // the folded path
  std::string last;    // its folded last name
  Field field;
};

// Shallow ones first, those of one depth in the order of the event.
void add_candidates(const Object& object, const std::vector<PathStep>& path, const std::string& dotted,
                    std::vector<Candidate>& candidates) {
  for (const auto& [key, value] : object.entries()) {
    if (!is_scalar(value)) continue;
    std::vector<PathStep> own = path;
    own.emplace_back(key);
    candidates.push_back({dotted + folded(key), folded(key), {std::move(own), value}});
  }
  if (path.size() + 1 >= deepest) return;
  for (const auto& [key, value] : object.entries()) {
    if (value.object() == nullptr) continue;
    std::vector<PathStep> own = path;
    own.emplace_back(key);
    add_candidates(*value.object(), own, dotted + folded(key) + ".", candidates);
  }
}

// A name of one word is looked for at the top of the event only: `type` deep inside says something else.
std::optional<Field> best(const std::vector<Candidate>& candidates, std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    for (const Candidate& candidate : candidates) {
      if (candidate.dotted == name) return candidate.field;
    }
  }
  return std::nullopt;
}

// An id, a time or an address: of its characters many are digits, and it is more than a short number.
bool is_single(const Value& value) {
  constexpr std::size_t longest_number = 6;
  const std::string* text = value.string();
  if (text == nullptr || text->size() <= longest_number) return false;
  const auto digits = std::count_if(text->begin(), text->end(), [](char c) { return c >= '0' && c <= '9'; });
  return 3 * static_cast<std::size_t>(digits) > text->size() || text->find('@') != std::string::npos;
}

// The best known field whose value says what kind of event this is.
std::optional<Field> telling(const std::vector<Candidate>& candidates, std::span<const std::string_view> names) {
  std::vector<Candidate> kinds;
  std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(kinds),
               [](const Candidate& candidate) { return !is_single(candidate.field.value); });
  return best(kinds, names);
}

bool is_plain_word(const Value& value) {
  const std::string* text = value.string();
  if (text == nullptr) return false;
  return std::ranges::all_of(*text, [](char c) { return is_letter(c) || c == '_' || c == '-' || c == ' '; });
}

std::optional<Field> any_word(const std::vector<Candidate>& candidates) {
  for (const Candidate& candidate : candidates) {
    const bool single = std::any_of(single_names.begin(), single_names.end(),
                                    [&](std::string_view name) { return candidate.last.ends_with(name); });
    if (!single && is_plain_word(candidate.field.value)) return candidate.field;
  }
  return std::nullopt;
}

}  // namespace

TellingFields telling_fields(const Object& event) {
  std::vector<Candidate> candidates;
  add_candidates(event, {}, "", candidates);
  TellingFields fields;
  fields.source = telling(candidates, source_names);
  fields.action = telling(candidates, action_names);
  fields.program = best(candidates, program_names);
  fields.outcome = telling(candidates, outcome_names);
  fields.actor = best(candidates, actor_names);
  fields.host = best(candidates, host_names);
  if (!fields.action && !fields.source && !fields.program) fields.action = any_word(candidates);
  return fields;
}

}  // namespace picket::draft
