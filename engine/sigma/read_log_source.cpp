#include "engine/sigma/read_log_source.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "engine/frontend/section.hpp"
#include "engine/sigma/sigma_keys.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket::sigma {
namespace {

constexpr std::array<std::string_view, 4> log_source_keys = {"category", "product", "service", "definition"};

// The specification allows for further keys, which narrow nothing here.
void check_key(SigmaDocument& document, const MeantKeys& keys, const yaml::Mapping::Entry& entry) {
  if (const auto meant = keys.of(entry.key)) {
    propose(document.say(Code::unknown_key, entry.key_span, "a log source has no key " + backquoted(entry.key), {}),
            entry.key_span, *meant);
    return;
  }
  document.say(Code::unread_key, entry.key_span,
               "nothing reads " + backquoted(entry.key) + " in a log source: it narrows nothing",
               "take it out, or say in a selection what it says");
}

void check_part(SigmaDocument& document, const yaml::Mapping::Entry& entry) {
  if (entry.key == "definition") return;
  if (entry.value->scalar() == nullptr) {
    document.say(Code::wrong_type, entry.value->span,
                 backquoted(entry.key) + " must be a word, and this is " + std::string(entry.value->kind_in_words()),
                 "an event of any of several log sources needs a rule for each");
  } else if (entry.value->scalar()->text.find_first_not_of(" \t") == std::string::npos &&
             !entry.value->value().is_null()) {
    document.say(Code::bad_value, entry.value->span, backquoted(entry.key) + " is an empty text",
                 "write a word, or take it out");
  } else if (entry.value->value().is_null()) {
    document.say(Code::ignored_value, place_of(entry), backquoted(entry.key) + " is empty, and narrows nothing",
                 "write a word behind it, or take it out");
  }
}

}  // namespace

std::optional<LogSourceName> read_log_source(SigmaDocument& document) {
  const auto* entry = document.section("logsource", "write `logsource:` and below it `product: windows` or the like");
  if (entry == nullptr) return std::nullopt;
  const yaml::Mapping& log_source = *entry->value->mapping();
  const std::size_t before = document.error_count();
  const MeantKeys keys(log_source, log_source_keys);
  for (const yaml::Mapping::Entry& part : log_source.entries) {
    if (std::ranges::find(log_source_keys, part.key) == log_source_keys.end()) {
      check_key(document, keys, part);
    } else {
      check_part(document, part);
    }
  }
  if (document.error_count() > before) return std::nullopt;
  LogSourceName name = read_log_source_name(log_source);
  if (name == LogSourceName{}) {
    document.say(Code::missing_key, cover(entry->key_span, entry->value->span),
                 "the log source has neither `category`, `product` nor `service`",
                 "write `product: windows` or the like");
    return std::nullopt;
  }
  return name;
}

}  // namespace picket::sigma
