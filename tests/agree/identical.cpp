#include "tests/agree/identical.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

namespace picket::tests {
namespace {

bool identical_numbers(const Value& a, const Value& b) {
  if (a.real() != nullptr && b.real() != nullptr) {
    return std::bit_cast<std::uint64_t>(*a.real()) == std::bit_cast<std::uint64_t>(*b.real());
  }
  return (a.integer() != nullptr) == (b.integer() != nullptr) && (a.real() != nullptr) == (b.real() != nullptr) &&
         a == b;
}

std::string in_words(const std::string& text) { return std::string("\"").append(text).append("\""); }
std::string in_words(Severity severity) { return std::string(spelling(severity)); }
std::string in_words(const std::optional<std::string>& text) { return text ? in_words(*text) : "none"; }
std::string in_words(const std::optional<std::vector<std::string>>& texts) {
  if (!texts) return "none";
  std::string words;
  for (const std::string& text : *texts) words.append(in_words(text)).append(" ");
  return words;
}

}  // namespace

bool identical(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  if (a.kind() == Kind::number) return identical_numbers(a, b);
  if (a.list() != nullptr) return std::ranges::equal(*a.list(), *b.list(), identical);
  if (a.object() == nullptr) return a == b;
  return std::ranges::equal(a.object()->entries(), b.object()->entries(),
                            [](const Object::Entry& one, const Object::Entry& other) {
                              return one.first == other.first && identical(one.second, other.second);
                            });
}

std::string difference_of(const AlertTexts& interpreted, const AlertTexts& executed) {
  std::string difference;
  const auto compare = [&difference](const char* name, const auto& a, const auto& b) {
    if (a == b || !difference.empty()) return;
    difference.append(name).append("\n  interpreter: ").append(in_words(a));
    difference.append("\n  executor:    ").append(in_words(b));
  };
  compare("title", interpreted.title, executed.title);
  compare("dedup", interpreted.dedup, executed.dedup);
  compare("severity", interpreted.severity, executed.severity);
  compare("description", interpreted.description, executed.description);
  compare("reference", interpreted.reference, executed.reference);
  compare("runbook", interpreted.runbook, executed.runbook);
  compare("unique", interpreted.unique, executed.unique);
  compare("destinations", interpreted.destinations, executed.destinations);
  if (difference.empty() && !identical(interpreted.context, executed.context)) {
    difference =
        "context\n  interpreter: " + to_json(interpreted.context) + "\n  executor:    " + to_json(executed.context);
  }
  return difference;
}

}  // namespace picket::tests
