// What a page calls: C functions over texts in the module's memory. engine.in.js, which every page has with the module
// in it, is the only caller, and keeps the preconditions.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/tryout/tryout.hpp"

namespace picket {
namespace {

// Files are gathered until the first question.
struct Session {
  std::vector<TryoutFile> files;
  std::optional<Tryout> tryout;
  std::string answer;
};

}  // namespace
}  // namespace picket

#define PICKET_DOOR extern "C" __attribute__((visibility("default"), used))

PICKET_DOOR picket::Session* picket_open() { return std::make_unique<picket::Session>().release(); }

PICKET_DOOR void picket_add_file(picket::Session* session, const char* name, std::size_t name_size, const char* text,
                                 std::size_t text_size) {
  session->files.push_back({.name = std::string(name, name_size), .text = std::string(text, text_size)});
}

// The answer stays until the next question. Its size is told by picket_answer_size().
PICKET_DOOR const char* picket_answer(picket::Session* session, const char* rule, std::size_t rule_size,
                                      const char* event, std::size_t event_size, const char* test,
                                      std::size_t test_size, double milliseconds) {
  if (!session->tryout) session->tryout.emplace(std::exchange(session->files, {}));
  constexpr double microseconds = 1000;
  const picket::Time now{static_cast<std::int64_t>(milliseconds * microseconds)};
  session->answer = session->tryout->answer({rule, rule_size}, {event, event_size}, {test, test_size}, now);
  return session->answer.data();
}

PICKET_DOOR std::size_t picket_answer_size(const picket::Session* session) { return session->answer.size(); }
