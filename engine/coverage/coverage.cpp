#include "engine/coverage/coverage.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "engine/coverage/recorder.hpp"
#include "engine/pack/pack.hpp"
#include "engine/parallel/for_each_index.hpp"

namespace picket {
namespace {

constexpr std::size_t rules_per_thread = 8;

void add(PartCoverage& sum, const PartCoverage& part) {
  sum.times_true += part.times_true;
  sum.times_false += part.times_false;
  sum.missing += part.missing;
  sum.wrong_type += part.wrong_type;
  for (std::size_t i = 0; i < std::min(sum.items.size(), part.items.size()); ++i) {
    sum.items[i].matched += part.items[i].matched;
  }
  for (std::size_t value = 0; value < 2; ++value) {
    for (std::size_t verdict = 0; verdict < 2; ++verdict) {
      sum.decided[value][verdict] = sum.decided[value][verdict] || part.decided[value][verdict];
    }
  }
}

// What the rules say of the libraries, part by part, in the order of the text.
class LibrarySums {
 public:
  void add_part(const PartCoverage& part) {
    const Site& site = *part.site;
    const auto [known, added] =
        parts_[site.source.get()].emplace(std::tuple(site.span.begin, site.span.end, part.kind), part);
    if (!added) add(known->second, part);
  }
  void add_tests(const Source* source, std::size_t tests) { tests_[source] += tests; }

  [[nodiscard]] std::vector<TextCoverage> of(const Pack& pack) {
    std::vector<TextCoverage> libraries;
    for (const Library& library : pack.libraries) {
      const auto found = parts_.find(library.source.get());
      if (found == parts_.end()) continue;
      TextCoverage& text = libraries.emplace_back();
      text.library = &library;
      text.tests = tests_[library.source.get()];
      for (auto& [place, part] : found->second) text.parts.push_back(std::move(part));
    }
    return libraries;
  }

 private:
  std::map<const Source*, std::map<std::tuple<std::uint32_t, std::uint32_t, PartKind>, PartCoverage>> parts_;
  std::map<const Source*, std::size_t> tests_;
};

}  // namespace

CoverageShares& CoverageShares::operator+=(const CoverageShares& other) {
  outcomes += other.outcomes;
  values += other.values;
  branches += other.branches;
  mcdc += other.mcdc;
  return *this;
}

CoverageShares shares_of(const TextCoverage& text) {
  CoverageShares shares;
  for (const PartCoverage& part : text.parts) {
    if (part.kind != PartKind::comparison) {
      shares.branches += {.reached = part.times_true > 0 ? 1U : 0U, .all = 1};
      continue;
    }
    if (part.opened) continue;
    shares.outcomes += {.reached = (part.times_true > 0 ? 1U : 0U) + (part.times_false > 0 ? 1U : 0U), .all = 2};
    shares.mcdc += {.reached = part.independent() ? 1U : 0U, .all = 1};
    for (const ItemCoverage& item : part.items) {
      shares.values += {.reached = item.matched > 0 ? 1U : 0U, .all = 1};
    }
  }
  return shares;
}

Coverage cover_rules(const CheckedPack& pack, const std::vector<const CheckedRule*>& rules,
                     const TestOptions& options) {
  std::vector<std::vector<PartCoverage>> parts(rules.size());
  std::vector<std::size_t> failing(rules.size());
  for_each_index(rules.size(), options.threads, rules_per_thread, [&](std::size_t i) {
    Interpreter interpreter(pack);
    Recorder recorder(pack, *rules[i]);
    for (const RuleTest& test : rules[i]->rule->tests) recorder.record(interpreter, test, options);
    failing[i] = recorder.failing();
    parts[i] = recorder.take();
  });
  Coverage coverage;
  LibrarySums libraries;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const Source* own = rules[i]->rule->source.get();
    TextCoverage& text = coverage.rules.emplace_back();
    text.rule = rules[i];
    text.tests = rules[i]->rule->tests.size();
    text.failing = failing[i];
    std::set<const Source*> used;
    for (PartCoverage& part : parts[i]) {
      // What is inherited is the base's to cover; here all of it stands at one place.
      if (part.site->source.get() == own && rules[i]->rule->inherits(part.site->span)) continue;
      if (part.site->source.get() == own) {
        text.parts.push_back(std::move(part));
      } else {
        used.insert(part.site->source.get());
        libraries.add_part(part);
      }
    }
    for (const Source* source : used) libraries.add_tests(source, text.tests);
    std::stable_sort(text.parts.begin(), text.parts.end(), [](const PartCoverage& a, const PartCoverage& b) {
      return a.site->span.begin < b.site->span.begin;
    });
  }
  coverage.libraries = libraries.of(*pack.pack);
  return coverage;
}

}  // namespace picket
