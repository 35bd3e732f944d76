// Events of the spread shape.
#include <array>

#include "tests/bench/spread.hpp"
#include "tests/bench/words.hpp"

namespace picket::bench {
namespace {

void append_words(std::string& out, const Field& field, Chance& chance) {
  out += '[';
  for (std::size_t i = 0, count = 1 + chance.below(3); i < count; ++i) {
    if (i != 0) out += ',';
    append_json_string(out, vocabulary(field.seed, chance.zipf(field.variety)));
  }
  out += ']';
}

void append_grants(std::string& out, const Field& field, Chance& chance) {
  out += '[';
  for (std::size_t i = 0, count = 1 + chance.below(2); i < count; ++i) {
    out += i == 0 ? "{\"role\":" : ",{\"role\":";
    append_json_string(out, vocabulary(field.seed, chance.zipf(field.variety)));
    out += ",\"scope\":";
    append_json_string(out, nouns()[chance.zipf(nouns().size())]);
    out += ",\"days\":" + chance.digits(1, 365) + "}";
  }
  out += ']';
}

void append_text(std::string& out, Chance& chance) {
  out += "\"The";
  for (std::size_t i = 0, count = 5 + chance.below(8); i < count; ++i) {
    out += ' ';
    out += (i % 3 == 1 ? verbs() : nouns())[chance.below(32)];
  }
  if (chance.one_in(6)) out += R"( said \"no\", caf\u00e9)";
  out += ".\"";
}

void append_time(std::string& out, Chance& chance) {
  const auto two = [&](std::size_t low, std::size_t high) {
    const std::string text = chance.digits(low, high);
    return text.size() == 1 ? "0" + text : text;
  };
  out += "\"2026-03-" + two(1, 28) + "T" + two(0, 23) + ":" + two(0, 59) + ":" + two(0, 59) + "." +
         chance.digits(100, 999) + "Z\"";
}

void append_address(std::string& out, Chance& chance) {
  if (chance.one_in(3)) {
    out += "\"10.20." + chance.digits(0, 31) + "." + chance.digits(1, 254) + "\"";
  } else {
    out += "\"" + chance.digits(11, 223) + "." + chance.digits(0, 255) + "." + chance.digits(0, 255) + "." +
           chance.digits(1, 254) + "\"";
  }
}

void append_object(std::string& out, const std::vector<Field>& fields, Chance& chance);

void append_value(std::string& out, const Field& field, Chance& chance) {
  switch (field.shape) {
    case Shape::word:
    case Shape::email:
    case Shape::route:
      return append_json_string(out, spread_value(field, chance.zipf(field.variety)));
    case Shape::outcome:
      out += chance.percent(97) ? R"("success")" : (chance.one_in(2) ? R"("failure")" : R"("denied")");
      return;
    case Shape::text:
      return append_text(out, chance);
    case Shape::identifier:
      return append_json_string(out, chance.uuid());
    case Shape::address:
      return append_address(out, chance);
    case Shape::time:
      return append_time(out, chance);
    case Shape::number:
      out += std::to_string(chance.zipf(field.variety * 100));
      return;
    case Shape::flag:
      out += chance.one_in(4) ? "false" : "true";
      return;
    case Shape::labels:
      return append_words(out, field, chance);
    case Shape::grants:
      return append_grants(out, field, chance);
    case Shape::object:
      return append_object(out, field.fields, chance);
  }
}

void append_object(std::string& out, const std::vector<Field>& fields, Chance& chance) {
  out += '{';
  bool first = true;
  for (const Field& field : fields) {
    const bool absent = field.optional && chance.percent(40);
    if (absent && chance.one_in(2)) continue;
    if (!first) out += ',';
    first = false;
    append_json_string(out, field.key);
    out += ':';
    if (absent) {
      out += "null";
    } else {
      append_value(out, field, chance);
    }
  }
  out += '}';
}

}  // namespace

std::string spread_value(const Field& field, std::size_t rank) {
  std::string word = vocabulary(field.seed, rank);
  if (field.shape == Shape::email) return word + "@mail" + std::to_string(rank % 7) + ".example.com";
  if (field.shape == Shape::route) return "/api/v" + std::to_string(1 + rank % 3) + "/" + word;
  return word;
}

void Spread::append_event(std::string& out, Chance& chance) const {
  const LogType& type = log_type(chance);
  append_object(out, type.fields, chance);
  out.back() = ',';
  out += R"("p_log_type":)";
  append_json_string(out, type.name);
  out += "}\n";
}

}  // namespace picket::bench
