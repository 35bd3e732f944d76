// Signal: a match taken out of the evaluator that found it, with all that the stages behind it ask for: what it says,
// when and where. (Panther's word for a rule's match, whether or not an alert comes of it.)
//
// A value. It shares only what does not change: facts of the rule, the event.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine/eval/judge.hpp"
#include "engine/event/kept_event.hpp"
#include "engine/event/value.hpp"
#include "engine/state/rule_facts.hpp"

namespace picket {

// Where an event stands: in which input, and where in it.
struct Place {
  std::string input;         // a path as it was found, or "<stdin>"
  std::uint64_t offset = 0;  // byte, from 0; of compressed input: in what it unpacks to
  std::uint64_t line = 1;    // from 1
};

struct Signal {
  std::shared_ptr<const RuleFacts> rule;
  AlertTexts texts;
  std::string log_type;      // empty if the event has none
  std::optional<Time> time;  // when the event happened, if it says so
  Place place;
  KeptEvent event;
  std::optional<Time> began{};  // of a correlation: when the first of its signals came; `time` is that of the last
};

// Bytes of memory that it takes, roughly, and as if it shared nothing.
[[nodiscard]] std::size_t memory_of(const Signal& signal);
[[nodiscard]] std::size_t memory_of(const AlertTexts& texts);

}  // namespace picket
