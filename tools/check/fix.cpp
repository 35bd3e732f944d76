#include "tools/check/fix.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "engine/edit/edit.hpp"
#include "engine/edit/replace_file.hpp"

namespace picket {
namespace {

constexpr std::size_t most_rounds = 10;
constexpr std::size_t most_single_tries = 100;

// A certain fix, and where it stands.
struct Candidate {
  SourcePtr source;
  Fix fix;
  Code code{};
};

// The pack as it would be with the fixes so far.
struct State {
  LoadOptions options;  // with the texts that are not written yet
  LoadedPack loaded;
  std::vector<AppliedFix> applied;

  [[nodiscard]] std::size_t count(bool (*counts)(const Diagnostic&)) const {
    const std::vector<Diagnostic>& all = loaded.diagnostics.all();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), counts));
  }
  [[nodiscard]] std::size_t errors() const {
    return count([](const Diagnostic& one) { return one.level == Level::error; });
  }
  // A replacement may stand where YAML wants it escaped: the file is then no YAML.
  [[nodiscard]] std::size_t no_yaml() const {
    return count([](const Diagnostic& one) { return one.code == Code::yaml_syntax; });
  }
};
using StatePtr = std::shared_ptr<const State>;

class Fixing {
 public:
  Fixing(LoadOptions options, const Diagnose& diagnose) : diagnose_(diagnose) {
    Diagnostics told_when_loading;
    for (std::string& file : discover(options.paths, told_when_loading)) files_.insert(std::move(file));
    LoadedPack loaded = diagnose_(options);
    state_ = std::make_shared<const State>(State{std::move(options), std::move(loaded), {}});
  }

  FixedPack run() {
    fix_together();
    fix_singly();
    return write();
  }

 private:
  using Place = std::tuple<std::string, std::uint32_t, std::string>;

  static Place place_of(const Candidate& one) { return {one.source->name(), one.fix.span.begin, one.fix.title}; }

  // All at once, then what that uncovers. A cure of a text's syntax lets its names be judged for the first time, so
  // there may be more errors for a while; at the end there must not be.
  void fix_together() {
    StatePtr at = state_;
    for (std::size_t round = 0; round < most_rounds; ++round) {
      const std::vector<Candidate> candidates = certain(*at);
      if (candidates.empty()) return;
      StatePtr next = with(*at, candidates);
      if (next->no_yaml() > at->no_yaml()) return;
      at = std::move(next);
      if (at->errors() <= state_->errors()) state_ = at;
    }
  }

  // What is left, where one among them spoilt the others: one by one.
  void fix_singly() {
    for (std::size_t tries = 0; tries < most_single_tries; ++tries) {
      const std::vector<Candidate> candidates = certain(*state_);
      if (candidates.empty()) return;
      StatePtr next = with(*state_, {candidates.front()});
      if (next->errors() <= state_->errors() && next->no_yaml() <= state_->no_yaml()) {
        state_ = std::move(next);
      } else {
        rejected_.insert(place_of(candidates.front()));
      }
    }
  }

  [[nodiscard]] std::vector<Candidate> certain(const State& state) const {
    std::vector<Candidate> candidates;
    for (const Diagnostic& diagnostic : state.loaded.diagnostics.all()) {
      if (diagnostic.fixes.empty() || !diagnostic.fixes.front().certain) continue;
      Candidate one{diagnostic.source, diagnostic.fixes.front(), diagnostic.code};
      const bool ours = files_.contains(one.source->name()) && !rejected_.contains(place_of(one));
      // A comment within what is replaced would be lost.
      const bool on_one_line = one.source->text(one.fix.span).find('\n') == std::string_view::npos;
      if (ours && on_one_line) candidates.push_back(std::move(one));
    }
    return candidates;
  }

  StatePtr with(const State& state, const std::vector<Candidate>& candidates) {
    std::map<std::string, std::vector<const Candidate*>> by_file;
    for (const Candidate& one : candidates) by_file[one.source->name()].push_back(&one);
    LoadOptions options = state.options;
    std::vector<AppliedFix> applied = state.applied;
    for (const auto& [name, of_file] : by_file) {
      std::vector<Edit> edits;
      for (const Candidate* one : of_file) edits.push_back({one->fix.span, one->fix.replacement});
      const SourcePtr& source = of_file.front()->source;
      Edited edited = apply_edits(source->text(), edits);
      for (std::size_t i = 0; i < of_file.size(); ++i) {
        if (std::binary_search(edited.left_out.begin(), edited.left_out.end(), i)) continue;
        applied.push_back({source, of_file[i]->fix.span, of_file[i]->fix.title, of_file[i]->code});
      }
      originals_.try_emplace(name, source);
      options.unsaved[name] = std::make_shared<const Source>(name, std::move(edited.text));
    }
    LoadedPack loaded = diagnose_(options);
    return std::make_shared<const State>(State{std::move(options), std::move(loaded), std::move(applied)});
  }

  FixedPack write() {
    FixedPack result{{}, state_->applied, {}};
    LoadOptions on_disk = state_->options;
    for (const auto& [name, source] : state_->options.unsaved) {
      auto reason = replace_file(name, originals_.at(name)->text(), source->text());
      if (!reason) continue;
      on_disk.unsaved.erase(name);
      std::erase_if(result.applied, [&, file = &name](const AppliedFix& one) { return one.source->name() == *file; });
      result.refusals.push_back({name, *std::move(reason)});
    }
    result.loaded = result.refusals.empty() ? state_->loaded : diagnose_(on_disk);
    return result;
  }

  const Diagnose& diagnose_;
  std::set<std::string> files_;
  std::map<std::string, SourcePtr> originals_;  // of files with fixes, as they are on the disk
  std::set<Place> rejected_;
  StatePtr state_;
};

}  // namespace

FixedPack fix_files(LoadOptions options, const Diagnose& diagnose) {
  return Fixing(std::move(options), diagnose).run();
}

}  // namespace picket
