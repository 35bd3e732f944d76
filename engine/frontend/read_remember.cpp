#include "engine/frontend/readers.hpp"

namespace picket {

std::optional<Remember> read_remember(const Section& rule, const FrontendOptions& options) {
  const auto* entry = rule.find("Remember");
  if (entry == nullptr || entry->value->mapping() == nullptr) return std::nullopt;
  Section section(rule.source(), *entry->value->mapping(), place_of(*entry), Holder::remember, rule.diagnostics());
  section.check();
  Remember remember;
  remember.span = entry->key_span;
  const auto key = code(section, "Key");
  if (key && !key->text.empty()) {
    if (auto text = parse_template(*key, section.diagnostics(), options.condition)) remember.key = *std::move(text);
  } else if (const auto* empty = section.raw("Key"); empty != nullptr && empty->value->scalar() != nullptr) {
    section.say(Code::bad_value, place_of(*empty), "`Key` is empty",
                "say what is remembered, and of whom: `regions of {userIdentity.arn}`");
  }
  if (const auto text = code(section, "Value")) {
    remember.value = parse_expression(*text, section.diagnostics(), options.condition);
  }
  if (const auto text = code(section, "When")) {
    remember.when = parse_condition(*text, section.diagnostics(), options.condition);
  }
  remember.keep = section.duration("For");
  return remember;
}

}  // namespace picket
