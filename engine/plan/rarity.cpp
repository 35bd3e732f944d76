#include "engine/plan/rarity.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/event/escapes.hpp"
#include "engine/event/words.hpp"
#include "engine/pattern/pattern.hpp"

namespace picket {
namespace {

// Shares of bytes in folded command lines, paths and names of the Windows and CloudTrail logs that the rules were tried
// on, in per mille, rounded; bytes that are not listed are rarer than any that is.
constexpr double rare_byte = 0.0005;
constexpr std::array<double, 128> byte_shares = [] {
  std::array<double, 128> shares{};
  shares.fill(rare_byte);
  constexpr std::string_view letters = "etaoinsrldcumphgwfbvyxkqjz";
  constexpr std::array<int, 26> per_mille = {82, 62, 56, 53, 55, 56, 66, 55, 40, 34, 36, 25, 30,
                                             26, 13, 15, 24, 14, 12, 12, 10, 12, 7,  2,  2,  3};
  for (std::size_t i = 0; i < letters.size(); ++i)
    shares[static_cast<unsigned char>(letters[i])] = per_mille[i] / 1000.0;
  for (char digit = '0'; digit <= '9'; ++digit) shares[static_cast<unsigned char>(digit)] = 0.018;
  shares[' '] = 0.03;
  shares['\\'] = 0.04;
  shares['.'] = 0.02;
  shares['-'] = 0.02;
  shares['/'] = 0.012;
  shares['"'] = 0.012;
  shares[':'] = 0.01;
  shares['_'] = 0.006;
  shares['='] = 0.004;
  return shares;
}();

double byte_share(char byte) {
  const auto at = static_cast<unsigned char>(byte);
  return at < byte_shares.size() ? byte_shares[at] : rare_byte;
}

// Words that stand in every other path or command line, with their escapes: their grams are far commoner than their
// letters.
constexpr std::array<std::string_view, 24> common_words = {".exe",
                                                           R"(c:\\)",
                                                           R"(\\windows\\)",
                                                           R"(\\system32\\)",
                                                           R"(\\program files)",
                                                           R"(\\users\\)",
                                                           "powershell",
                                                           "cmd",
                                                           "http",
                                                           "https",
                                                           ".com",
                                                           "amazonaws",
                                                           "microsoft",
                                                           "appdata",
                                                           R"(\\local\\)",
                                                           R"(\\temp\\)",
                                                           "command",
                                                           "arn:",
                                                           ".dll",
                                                           "service",
                                                           "user",
                                                           "admin",
                                                           "explorer",
                                                           "svchost"};

// Characters of a value that a substring may begin at: typical.
constexpr double places = 100;
constexpr double places_of_event = 1000;  // the same of all of an event

double gram_frequency(std::string_view gram) {
  double frequency = 1;
  for (const char byte : gram) frequency *= byte_share(byte);
  const bool common = std::any_of(common_words.begin(), common_words.end(),
                                  [gram](std::string_view word) { return word.find(gram) != std::string_view::npos; });
  return common ? std::sqrt(frequency) : frequency;
}

double text_frequency(std::string_view folded) {
  const std::string text = escape(folded);
  double least = 1;
  constexpr std::size_t length = 4;
  for (std::size_t at = 0; at + std::min(length, text.size()) <= text.size(); ++at) {
    least = std::min(least, gram_frequency(text.substr(at, length)));
  }
  // Longer texts are rarer than their rarest gram, though less and less so.
  return least / std::max(1.0, static_cast<double>(text.size()) / length);
}

// Without a sample.
double guessed_share(const AccessKey& key) {
  switch (key.kind) {
    case AccessKind::equal_text:
      return 0.002 + 0.05 / static_cast<double>(1 + key.text.size() * key.text.size());
    case AccessKind::equal_number:
      return 0.02;
    case AccessKind::equal_bool:
      return 0.2;
    case AccessKind::prefix:
    case AccessKind::suffix:
      return std::min(0.3, 0.003 + 10 * text_frequency(key.text));
    case AccessKind::substring:
      return std::min(0.4, 0.001 + places * text_frequency(key.text));
    case AccessKind::at_least:
    case AccessKind::at_most:
      return 0.2;
    case AccessKind::network: {
      const Network network = *Network::parse(key.text);
      const double bits = network.address.v6 ? network.prefix / 4.0 : network.prefix;
      return 0.001 + 0.4 * std::exp2(-bits / 4);  // whole offices are behind few addresses
    }
    case AccessKind::container:
      return 0.02;
    case AccessKind::within:
      return std::min(0.9, 0.001 + places_of_event * text_frequency(key.text));
    case AccessKind::present:
      return 0.5;
  }
  return 1;
}

// How many sampled events a guess counts for.
constexpr double weight_of_guess = 2;
constexpr std::size_t gram_length = 4;

const Value* at_path(const Value& event, const std::vector<std::string>& keys) {
  const Value* value = &event;
  for (const std::string& key : keys) {
    const Object* object = value->object();
    value = object == nullptr ? nullptr : object->find(key);
    if (value == nullptr) return nullptr;
  }
  return value->is_null() ? nullptr : value;
}

}  // namespace

const Rarity::FieldSample& Rarity::field(FieldId field) const {
  const auto [known, added] = fields_.try_emplace(field);
  FieldSample& sample = known->second;
  if (!added) return sample;
  for (const Value& event : sample_) {
    const Value* value = at_path(event, paths_[field].keys);
    if (value == nullptr) continue;
    ++sample.present;
    if (const std::string* text = value->string()) ++sample.texts[fold_case(*text)];
    if (const auto number = value->as_double()) ++sample.numbers[*number];
    if (const bool* truth = value->boolean()) ++sample.bools[*truth];
    if (value->list() != nullptr || value->object() != nullptr) ++sample.containers;
  }
  for (const auto& [text, count] : sample.texts) {
    if (const auto network = Network::parse(text)) sample.networks.emplace_back(*network, count);
    const std::string sought = escape(text);
    for (std::size_t at = 0; at + gram_length <= sought.size(); ++at) {
      sample.grams[words::load_half(sought.data() + at)] += count;
    }
  }
  return sample;
}

std::size_t Rarity::hits(const AccessKey& key) const {
  const FieldSample& sample = field(key.field);
  const auto count = [](const auto& counts, const auto& value) {
    const auto found = counts.find(value);
    return found == counts.end() ? std::size_t{0} : found->second;
  };
  const auto count_texts = [&sample](const auto& property) {
    std::size_t sum = 0;
    for (const auto& [text, number] : sample.texts) sum += property(std::string_view(text)) ? number : 0;
    return sum;
  };
  const auto count_numbers = [&sample](const auto& property) {
    std::size_t sum = 0;
    for (const auto& [number, times] : sample.numbers) sum += property(number) ? times : 0;
    return sum;
  };
  switch (key.kind) {
    case AccessKind::equal_text:
      return count(sample.texts, key.text);
    case AccessKind::equal_number:
      return count(sample.numbers, key.number);
    case AccessKind::equal_bool:
      return count(sample.bools, key.number != 0);
    case AccessKind::prefix:
      return count_texts([&key](std::string_view text) { return text.starts_with(key.text); });
    case AccessKind::suffix:
      return count_texts([&key](std::string_view text) { return text.ends_with(key.text); });
    case AccessKind::substring:
      return count_texts([&key](std::string_view text) { return text.find(key.text) != std::string_view::npos; });
    case AccessKind::at_least:
      return count_numbers([&key](double number) { return number >= key.number; });
    case AccessKind::at_most:
      return count_numbers([&key](double number) { return number <= key.number; });
    case AccessKind::network: {
      const Network outer = *Network::parse(key.text);
      std::size_t sum = 0;
      for (const auto& [inner, number] : sample.networks) sum += outer.contains(inner) ? number : 0;
      return sum;
    }
    case AccessKind::container:
    case AccessKind::within:
      return sample.containers;
    case AccessKind::present:
      return sample.present;
  }
  return 0;
}

double Rarity::share(const AccessKey& key) const {
  // What stands within whole events is not sought in all of them here.
  if (sample_.empty() || key.kind == AccessKind::within) return guessed_share(key);
  const auto [known, added] = known_.try_emplace({key.field, key.kind, key.text, key.number}, 0);
  if (added) {
    const auto seen = static_cast<double>(hits(key)) + weight_of_guess * guessed_share(key);
    known->second = seen / (static_cast<double>(sample_.size()) + weight_of_guess);
  }
  return known->second;
}

double Rarity::share(std::span<const AccessKey> keys) const {
  double sum = 0;
  for (const AccessKey& key : keys) sum += share(key);
  return sum;
}

double Rarity::gram_share(FieldId field_id, std::string_view gram) const {
  const double guess = places * gram_frequency(gram);
  if (sample_.empty() || gram.size() != gram_length) return guess;
  const FieldSample& sample = field(field_id);
  const auto found = sample.grams.find(words::load_half(gram.data()));
  const auto seen = static_cast<double>(found == sample.grams.end() ? 0 : found->second);
  return (seen + weight_of_guess * std::min(guess, 1.0)) / (static_cast<double>(sample_.size()) + weight_of_guess);
}

}  // namespace picket
