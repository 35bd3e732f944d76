#include "engine/ruletest/trace_json.hpp"

#include <cstdint>
#include <utility>

#include "engine/ruletest/comparison_json.hpp"
#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

List parts_json(const std::vector<TracePart>& parts) {
  List list;
  for (const TracePart& part : parts) {
    Object one{{"kind", spelling(part.kind)}, {"depth", static_cast<std::int64_t>(part.depth)}};
    const Object comparison = comparison_json(part.report);
    for (const auto& [key, value] : comparison.entries()) one.set(key, value);
    list.emplace_back(std::move(one));
  }
  return list;
}

}  // namespace

Object trace_json(const Trace& trace) {
  List read;
  for (const MemoryReading& reading : trace.memory) {
    read.emplace_back(Object{{"key", valid_utf8(reading.key)}, {"value", reading.held}});
  }
  const auto& write = trace.write;
  const AlertTexts& texts = trace.texts;
  return Object{{"verdict", trace.verdict},
                {"alerts", trace.alerts},
                {"parts", parts_json(trace.parts)},
                {"read", std::move(read)},
                {"written", write ? Value(Object{{"key", valid_utf8(write->key)}, {"value", write->value}}) : Value()},
                {"alert", Object{{"title", texts.title},
                                 {"dedup", texts.dedup},
                                 {"severity", alert_word(texts.severity)},
                                 {"description", texts.description},
                                 {"runbook", texts.runbook},
                                 {"reference", texts.reference},
                                 {"context", texts.context}}}};
}

}  // namespace picket
