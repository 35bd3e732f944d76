// Tryout: one rule tried on events as somebody types them. The door of engine/tryout, and of the engine in a browser.
//
// It needs no disk, no clock and no threads: files are texts, and the time is a parameter. It is total: whatever it is
// given, of any size, it answers, within bounds that options state.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/value.hpp"

namespace picket {

// A file that the rule stands in or is built on: the rule's own, libraries, data models, bases; and by its name a file
// of a lookup table's rows.
struct TryoutFile {
  std::string name;
  std::string text;
};

struct TryoutOptions {
  std::size_t event_bytes = std::size_t{1} << 20U;
  std::size_t steps = 1'000'000;  // per evaluation, see EvaluationInput
};

// Holds the files, checked, between answers. Not for use by two threads at once.
class Tryout {
 public:
  explicit Tryout(std::vector<TryoutFile> files, TryoutOptions options = {});
  Tryout(const Tryout&) = delete;
  Tryout& operator=(const Tryout&) = delete;
  ~Tryout();

  // What the rule says of the event, as one JSON object:
  //   rule_id
  //   says         the verdict in words: "a match", "not compliant"; null if there is none
  //   trace        as in `picket trace --format json`; null if there is none
  //   context      the alert's context as JSON text, for those whose numbers and keys would not survive parsing
  //   memory       what was read in the memory and is written there, a sentence each
  //   error        {message, line, column} of an event that is none, or of a rule that cannot be tried (line and column
  //                null); else null
  //   diagnostics  what is wrong with the files, each as in `picket test --format json`
  // `test` names a test of the rule whose mocks, clock and memory hold; empty for none.
  [[nodiscard]] std::string answer(std::string_view rule_id, std::string_view event, std::string_view test, Time now);

 private:
  struct Loaded;
  TryoutOptions options_;
  std::unique_ptr<Loaded> loaded_;
};

}  // namespace picket
