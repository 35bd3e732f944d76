#include "tools/catalog/source_stamps.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>

#include "engine/pack/pack.hpp"

namespace picket {
namespace {

SourceStamp stamp_of(const std::string& path) {
  SourceStamp stamp{.path = path};
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return stamp;
  constexpr std::int64_t nanoseconds = 1'000'000'000;
  stamp.size = static_cast<std::uint64_t>(status.st_size);
  stamp.time = static_cast<std::int64_t>(status.st_mtim.tv_sec) * nanoseconds + status.st_mtim.tv_nsec;
  return stamp;
}

bool is_rule_name(std::string_view path) { return path.ends_with(".yml") || path.ends_with(".yaml"); }

}  // namespace

bool stamp_files(const std::vector<std::string>& paths, std::vector<SourceStamp>& stamps) {
  Diagnostics diagnostics;
  const std::vector<std::string> files = discover(paths, diagnostics);
  if (diagnostics.has_errors() || !std::ranges::all_of(files, is_rule_name)) return false;
  stamps = stamp_named(files);
  return true;
}

std::vector<SourceStamp> stamp_named(const std::vector<std::string>& files) {
  std::vector<SourceStamp> stamps;
  stamps.reserve(files.size());
  for (const std::string& file : files) stamps.push_back(stamp_of(file));
  return stamps;
}

void mark_single(const Pack& pack, std::vector<SourceStamp>& stamps) {
  std::map<std::string_view, std::size_t> counts;  // of what a file holds
  std::set<std::string_view> others;               // files that hold more than plain rules, or that others build on
  const auto add_others = [&](const auto& list) {
    for (const auto& one : list) others.insert(one.source->name());
  };
  for (const Rule& rule : pack.rules) {
    ++counts[rule.source->name()];
    if (!rule.descent) continue;
    others.insert(rule.source->name());
    for (const SourcePtr& base : rule.descent->bases) others.insert(base->name());
  }
  add_others(pack.correlations);
  add_others(pack.libraries);
  add_others(pack.data_models);
  add_others(pack.lookup_tables);
  add_others(pack.log_sources);
  add_others(pack.manifests);
  for (SourceStamp& stamp : stamps) {
    const auto found = counts.find(stamp.path);
    stamp.single = found != counts.end() && found->second == 1 && !others.contains(stamp.path);
  }
}

bool has_other_inputs(const Pack& pack) {
  return !pack.lookup_tables.empty() || std::ranges::any_of(pack.rules, [](const Rule& rule) {
    return rule.format == RuleFormat::sigma && !rule.tests.empty();
  });
}

StampChanges changes_between(const std::vector<SourceStamp>& before, const std::vector<SourceStamp>& now) {
  StampChanges changes;
  auto old = before.begin();
  for (const SourceStamp& stamp : now) {
    for (; old != before.end() && old->path < stamp.path; ++old) changes.removed.push_back(old->path);
    if (old == before.end() || old->path != stamp.path) {
      changes.added.push_back(stamp.path);
      continue;
    }
    if (old->size != stamp.size || old->time != stamp.time) changes.changed.push_back(stamp.path);
    ++old;
  }
  for (; old != before.end(); ++old) changes.removed.push_back(old->path);
  return changes;
}

}  // namespace picket
