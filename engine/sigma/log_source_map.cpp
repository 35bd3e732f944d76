#include "engine/sigma/log_source_map.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "engine/frontend/native.hpp"
#include "engine/yaml/node.hpp"
#include "grammar/text/ascii.hpp"
#include "log_source_files.hpp"

namespace picket::sigma {
namespace {

LogSourceName name_of(const LogSource& log_source) {
  return {.category = log_source.category, .product = log_source.product, .service = log_source.service};
}

template <typename T>
void add_missing(std::vector<T>& to, const std::vector<T>& more) {
  for (const T& one : more) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
  }
}

MappedLogSource together(const std::vector<const LogSource*>& parts) {
  MappedLogSource mapped;
  for (const LogSource* part : parts) {
    add_missing(mapped.log_types, part->log_types);
    mapped.events.insert(mapped.events.end(), part->events.begin(), part->events.end());
  }
  return mapped;
}

// Events that belong to both.
std::optional<MappedLogSource> in_both(const MappedLogSource& a, const MappedLogSource& b) {
  MappedLogSource both;
  std::copy_if(a.log_types.begin(), a.log_types.end(), std::back_inserter(both.log_types), [&](const std::string& one) {
    return std::find(b.log_types.begin(), b.log_types.end(), one) != b.log_types.end();
  });
  if (both.log_types.empty()) return std::nullopt;
  for (const LogSource::Events& left : a.events) {
    for (const LogSource::Events& right : b.events) {
      LogSource::Events events = left;
      events.when += (left.when.empty() || right.when.empty() ? "" : "\n") + right.when;
      events.fields.insert(right.fields.begin(), right.fields.end());
      both.events.push_back(std::move(events));
    }
  }
  return both;
}

}  // namespace

std::string LogSourceName::in_words() const {
  std::string words = product.value_or("");
  for (const auto& part : {category, service}) {
    if (part) words += (words.empty() ? "" : "/") + *part;
  }
  return words;
}

bool LogSourceName::holds(const LogSourceName& other) const {
  const auto fits = [](const std::optional<std::string>& wanted, const std::optional<std::string>& is) {
    return !wanted || wanted == is;
  };
  return fits(category, other.category) && fits(product, other.product) && fits(service, other.service);
}

LogSourceName read_log_source_name(const yaml::Mapping& mapping) {
  LogSourceName name;
  const std::array<std::pair<std::string_view, std::optional<std::string>*>, 3> parts = {
      {{"category", &name.category}, {"product", &name.product}, {"service", &name.service}}};
  for (const auto& [key, part] : parts) {
    const auto* value = mapping.find(key);
    if (value != nullptr && value->value->scalar() != nullptr && !value->value->value().is_null()) {
      *part = ascii_lower(value->value->scalar()->text);
    }
  }
  return name;
}

LogSourceMap::LogSourceMap(std::span<const LogSources> own) {
  for (const LogSources& file : own) {
    log_sources_.insert(log_sources_.end(), file.log_sources.begin(), file.log_sources.end());
    placeholders_.insert(file.placeholders.begin(), file.placeholders.end());
  }
  const std::size_t owned = log_sources_.size();
  for (const LogSources& file : shipped_log_sources()) {
    for (const LogSource& shipped : file.log_sources) {
      const bool replaced = std::any_of(log_sources_.begin(), log_sources_.begin() + static_cast<std::ptrdiff_t>(owned),
                                        [&](const LogSource& one) { return name_of(one) == name_of(shipped); });
      if (!replaced) log_sources_.push_back(shipped);
    }
  }
}

std::optional<MappedLogSource> LogSourceMap::find(const LogSourceName& name) const {
  std::vector<const LogSource*> exact;
  std::vector<const LogSource*> parts;
  for (const LogSource& one : log_sources_) {
    if (name_of(one) == name) exact.push_back(&one);
    if (name.holds(name_of(one))) parts.push_back(&one);
  }
  if (!exact.empty()) return together(exact);
  if (name.category && name.service) {
    const auto of_category = find({.category = name.category, .product = name.product, .service = std::nullopt});
    const auto of_service = find({.category = std::nullopt, .product = name.product, .service = name.service});
    if (of_category && of_service) return in_both(*of_category, *of_service);
  }
  if (parts.empty() || (!name.category && !name.product && !name.service)) return std::nullopt;
  return together(parts);
}

std::span<const LogSources> shipped_log_sources() {
  static const std::vector<LogSources> shipped = [] {
    std::vector<LogSources> files;
    Diagnostics diagnostics;
    for (const EmbeddedText& text : log_source_files()) {
      const auto source = std::make_shared<const Source>(std::string(text.name), std::string(text.text));
      const yaml::NodePtr root = yaml::load(source, diagnostics);
      Analysis analysis = read_analysis(source, *root, {}, diagnostics);
      files.push_back(std::get<LogSources>(std::move(analysis)));
    }
    return files;
  }();
  return shipped;
}

}  // namespace picket::sigma
