// The spread shape: 60 log types that have little in common, a few rules on each, as a company's cloud services are
// watched. What decides here is how fast an event's few interesting fields are found.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/chance.hpp"

namespace picket::bench {

// What a field of a log type holds.
enum class Shape : std::uint8_t {
  word,        // one of `variety` words, unevenly
  email,       // of one of `variety` people
  route,       // of a request: one of `variety`
  outcome,     // "success" in 97 of 100 events
  text,        // a sentence
  identifier,  // never the same
  address,     // IPv4
  time,
  number,  // below `variety`
  flag,
  labels,  // a list of words
  grants,  // a list of objects: role, scope, days
  object   // of `fields`
};

struct Field {
  std::string key;
  std::string path;  // from the event, as a condition writes it
  Shape shape{};
  std::uint64_t seed = 0;   // of its vocabulary
  std::size_t variety = 0;  // how many values events hold; rules ask for others too
  bool optional = false;    // absent or null in 2 of 5 events
  std::vector<Field> fields;
};

struct LogType {
  std::string name;
  std::vector<Field> fields;
  std::vector<Field> leaves;  // all that are no objects, without their own fields, in no order but that of attention
};

// What rules ask for. `typical`: as the public rules do, of which some fields of a log type have nearly all (README.md
// has the figures), and values that are rare. `even`: any field and many values that are common, so that every field
// has to be looked at and one event in seven matches; harsher than rules are.
enum class Attention : std::uint8_t { typical, even };

class Spread {
 public:
  explicit Spread(Attention attention = Attention::typical);

  // Appends an event of 0.8 to 1.6 kB, 20 to 60 fields, with its line end. Log types come interleaved and unevenly.
  void append_event(std::string& out, Chance& chance) const;

  // The texts of so many rules and of the library that some of them use: YAML analysis files.
  [[nodiscard]] std::vector<std::string> rules(std::size_t count) const;

 private:
  [[nodiscard]] const LogType& log_type(Chance& chance) const;

  Attention attention_;
  std::vector<LogType> log_types_;
  std::vector<std::size_t> shares_;  // running sums of how often each log type comes
};

// The value of a word, email or route field that has this rank among them.
[[nodiscard]] std::string spread_value(const Field& field, std::size_t rank);

// The text of one rule: 1 to 4 comparisons, most of them `eq` and `in`.
[[nodiscard]] std::string spread_rule(const LogType& log_type, Attention attention, std::size_t number, Chance& chance);
// The library "bench", which some rules use.
[[nodiscard]] std::string spread_library();

}  // namespace picket::bench
