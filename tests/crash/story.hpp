// Events as time goes by, and the alerts that have to come of them: an oracle that shares nothing with the engine.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace picket::tests {

// The rule: three hits of one `who` within ten minutes of the first.
inline constexpr const char* story_rule =
    "AnalysisType: rule\nRuleID: Thrice\nEnabled: true\nLogTypes: [Test]\nSeverity: High\nThreshold: 3\n"
    "DedupPeriodMinutes: 10\nDedup: \"{who}\"\nCondition: hit eq true\n";

class Story {
 public:
  // An alert: whose, the second in which its window begins, the number of the event that the window begins with.
  using Expected = std::tuple<std::string, std::int64_t, std::int64_t>;

  explicit Story(unsigned seed) : random_(seed) {}

  // The next event, as a line.
  std::string next() {
    now_ += below(3);
    const std::string who = "user" + std::to_string(below(100));
    const bool hit = below(10) < 3;
    const std::int64_t number = number_++;
    if (hit) count(who, number);
    return "{\"n\":" + std::to_string(number) + ",\"time\":" + std::to_string(now_) + R"(,"who":")" + who +
           R"(","hit":)" + (hit ? "true" : "false") + "}\n";
  }

  // The alerts of all events so far, in the order in which they are raised.
  [[nodiscard]] const std::vector<Expected>& alerts() const { return alerts_; }
  [[nodiscard]] int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }

 private:
  struct Window {
    std::int64_t begin = 0;
    std::int64_t first = 0;
    int hits = 0;
  };

  void count(const std::string& who, std::int64_t number) {
    constexpr std::int64_t period = 600;
    Window& window = windows_[who];
    if (window.hits == 0 || now_ > window.begin + period) window = {.begin = now_, .first = number, .hits = 0};
    if (++window.hits == 3) alerts_.emplace_back(who, window.begin, window.first);
  }

  std::mt19937 random_;
  std::int64_t now_ = 1'769'860'800;
  std::int64_t number_ = 0;
  std::map<std::string, Window> windows_;
  std::vector<Expected> alerts_;
};

}  // namespace picket::tests
