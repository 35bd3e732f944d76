// Prints what the engine for browsers is held to, as JSON lines: first the files of a pack, then for each test of each
// of its rules the event as text, and what the same tryout answers here.
//
//   picket_tryout_cases PATH...
#include <cstdio>
#include <string>
#include <vector>

#include "engine/event/value.hpp"
#include "engine/lookup/enrichment.hpp"
#include "engine/pack/pack.hpp"
#include "engine/pack/read_file.hpp"
#include "engine/tryout/tryout.hpp"

namespace {

void print(const picket::Object& object) { std::puts(picket::to_json(object).c_str()); }

}  // namespace

int main(int argc, char** argv) {
  picket::Diagnostics diagnostics;
  const picket::Pack pack = picket::load_pack(std::vector<std::string>(argv + 1, argv + argc), {}, diagnostics);
  if (diagnostics.has_errors()) return 1;
  std::vector<picket::TryoutFile> files;
  picket::List shown;
  std::vector<picket::SourcePtr> sources = pack.sources;
  if (pack.enrichment != nullptr) {  // the rows of its lookup tables
    for (const picket::TableFile& file : pack.enrichment->files()) {
      constexpr std::size_t most = 1 << 20;
      sources.push_back(picket::read_file(file.name, most, diagnostics));
    }
  }
  for (const picket::SourcePtr& source : sources) {
    files.push_back({.name = source->name(), .text = std::string(source->text())});
    shown.emplace_back(picket::Object{{"name", source->name()}, {"text", source->text()}});
  }
  print({{"files", std::move(shown)}});
  constexpr std::int64_t now = 1'700'000'000'000;  // milliseconds
  picket::Tryout tryout(std::move(files));
  for (const picket::Rule& rule : pack.rules) {
    for (const picket::RuleTest& test : rule.tests) {
      const std::string event = picket::to_json(test.event);
      print({{"rule", rule.id.value},
             {"test", test.name.value},
             {"event", event},
             {"now", now},
             {"answer", tryout.answer(rule.id.value, event, test.name.value, picket::Time{now * 1000})}});
    }
  }
  return 0;
}
