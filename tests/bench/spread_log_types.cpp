// What the log types of the spread shape are made of.
#include <algorithm>
#include <array>
#include <utility>

#include "tests/bench/spread.hpp"
#include "tests/bench/words.hpp"

namespace picket::bench {
namespace {

constexpr std::size_t log_types = 60;

constexpr std::array<std::string_view, 14> groups = {"actor",    "target",  "request",        "client",   "session",
                                                     "device",   "network", "process",        "resource", "response",
                                                     "metadata", "service", "authentication", "details"};
constexpr std::array<std::string_view, 24> names = {"type",     "name",    "kind",    "state",   "region", "category",
                                                    "provider", "version", "method",  "reason",  "owner",  "tenant",
                                                    "project",  "scope",   "product", "country", "level",  "source",
                                                    "label",    "zone",    "mode",    "channel", "class",  "family"};
constexpr std::array<std::string_view, 4> inner = {"context", "geo", "parent", "attributes"};

struct Kind {
  Shape shape;
  std::string_view suffix;  // of the key
  std::size_t share;        // of 100
};
constexpr std::array<Kind, 8> kinds = {{{Shape::word, "", 47},
                                        {Shape::identifier, "_id", 14},
                                        {Shape::number, "_count", 10},
                                        {Shape::flag, "_enabled", 8},
                                        {Shape::email, "_email", 6},
                                        {Shape::route, "_path", 6},
                                        {Shape::time, "_time", 5},
                                        {Shape::text, "_message", 4}}};

class Maker {
 public:
  Maker(LogType& log_type, std::uint64_t seed) : log_type_(log_type), chance_(seed) {}

  void make() {
    auto& fields = log_type_.fields;
    fields.push_back(leaf("", "event_time", Shape::time));
    fields.push_back(leaf("", "event_id", Shape::identifier));
    fields.push_back(leaf("", "action", Shape::word, 40 + chance_.below(160)));
    fields.push_back(leaf("", "source_ip", Shape::address));
    fields.push_back(leaf("", "outcome", Shape::outcome));
    add_leaves(fields, "", 3 + chance_.below(3));
    const std::size_t first = chance_.below(groups.size());
    for (std::size_t i = 0, count = 3 + chance_.below(3); i < count; ++i) {
      fields.push_back(group("", groups[(first + i * 3) % groups.size()], 0));
    }
    fields.push_back(leaf("", "labels", Shape::labels, 60));
    if (chance_.one_in(2)) fields.push_back(leaf("", "grants", Shape::grants, 80));
    auto& leaves = log_type_.leaves;
    for (std::size_t i = leaves.size(); i > 1; --i) std::swap(leaves[i - 1], leaves[chance_.below(i)]);
    // The action is what rules ask for most.
    std::iter_swap(leaves.begin(),
                   std::find_if(leaves.begin(), leaves.end(), [](const Field& f) { return f.key == "action"; }));
  }

 private:
  Field leaf(const std::string& parent, const std::string& key, Shape shape, std::size_t variety = 0) {
    Field field;
    field.key = key;
    field.path = parent.empty() ? key : parent + "." + key;
    field.shape = shape;
    field.seed = chance_.next() % 100'000;
    field.variety = variety;
    log_type_.leaves.push_back(field);
    return field;
  }

  Field group(const std::string& parent, std::string_view key, std::size_t depth) {
    Field field;
    field.key = key;
    field.path = parent.empty() ? field.key : parent + "." + field.key;
    field.shape = Shape::object;
    add_leaves(field.fields, field.path, 3 + chance_.below(2));
    if (depth < 2 && chance_.one_in(3)) {
      field.fields.push_back(group(field.path, inner[chance_.below(inner.size())], depth + 1));
    }
    return field;
  }

  void add_leaves(std::vector<Field>& fields, const std::string& parent, std::size_t count) {
    const std::size_t first = chance_.below(names.size());
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t share = chance_.below(100);
      std::size_t kind = 0;
      while (share >= kinds[kind].share) share -= kinds[kind++].share;
      const std::string key = std::string(names[(first + i * 5) % names.size()]) + std::string(kinds[kind].suffix);
      const std::size_t variety = std::size_t{4} << chance_.below(8);  // 4 to 512 values
      fields.push_back(leaf(parent, key, kinds[kind].shape, variety));
      fields.back().optional = chance_.one_in(5);
    }
  }

  LogType& log_type_;
  Chance chance_;
};

}  // namespace

Spread::Spread(Attention attention) : attention_(attention) {
  std::size_t share = 0;
  for (std::size_t i = 0; i < log_types; ++i) {
    LogType& log_type = log_types_.emplace_back();
    log_type.name = capitalised(nouns()[i % nouns().size()]) + "." + capitalised(verbs()[i * 7 % verbs().size()]) +
                    std::to_string(i);
    Maker(log_type, 1000 + i).make();
    shares_.push_back(share += 10'000 / (i + 5));
  }
}

const LogType& Spread::log_type(Chance& chance) const {
  const auto found = std::upper_bound(shares_.begin(), shares_.end(), chance.below(shares_.back()));
  return log_types_[static_cast<std::size_t>(found - shares_.begin())];
}

std::vector<std::string> Spread::rules(std::size_t count) const {
  std::vector<std::string> texts = {spread_library()};
  Chance chance(870);
  for (std::size_t number = 0; number < count; ++number) {
    texts.push_back(spread_rule(log_type(chance), attention_, number, chance));
  }
  return texts;
}

}  // namespace picket::bench
