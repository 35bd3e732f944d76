// A mapping of an analysis file, checked against the table of keys and read by key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/frontend/keys.hpp"
#include "engine/frontend/rule.hpp"
#include "engine/yaml/node.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

// Lives as long as the tree it reads. The readers return nothing, silently, for a key that is absent or whose value is
// of the wrong type: check() has said so.
class Section {
 public:
  Section(SourcePtr source, const yaml::Mapping& mapping, SourceSpan span, Holder holder, Diagnostics& diagnostics);

  // Reports unknown-key, missing-key, wrong-type, not-a-mapping, bad-value, bad-id, duplicate-item.
  void check();

  // The entry of a key that is there; find() only if its value is not null.
  [[nodiscard]] const yaml::Mapping::Entry* raw(std::string_view key) const { return mapping_.find(key); }
  [[nodiscard]] const yaml::Mapping::Entry* find(std::string_view key) const;
  // Whether check() took an unknown key for this one.
  [[nodiscard]] bool was_meant(std::string_view key) const;
  [[nodiscard]] std::optional<Located<std::string>> text(std::string_view key) const;
  [[nodiscard]] std::string plain_text(std::string_view key) const;
  [[nodiscard]] std::optional<Located<bool>> boolean(std::string_view key) const;
  [[nodiscard]] std::optional<Located<std::int64_t>> integer(std::string_view key) const;
  [[nodiscard]] std::optional<Located<Duration>> duration(std::string_view key) const;
  [[nodiscard]] std::vector<Located<std::string>> texts(std::string_view key) const;
  // The items of a list; empty for anything else.
  [[nodiscard]] std::vector<yaml::NodePtr> items(std::string_view key) const;

  // Where a complaint about the mapping as a whole belongs: the value of AnalysisType, or the first key.
  [[nodiscard]] SourceSpan place() const;

  Diagnostic& say(Code code, SourceSpan span, std::string message, std::string help = {}) const;

  [[nodiscard]] const SourcePtr& source() const { return source_; }
  [[nodiscard]] Diagnostics& diagnostics() const { return diagnostics_; }
  [[nodiscard]] Holder holder() const { return holder_; }

 private:
  void check_value(const KeyRow& row, const yaml::Mapping::Entry& entry) const;
  void check_severity(const KeyRow& row, const yaml::Mapping::Entry& entry) const;
  void check_time(const yaml::Mapping::Entry& entry) const;
  void check_duration(const yaml::Mapping::Entry& entry) const;
  void check_id(const yaml::Mapping::Entry& entry) const;
  void check_set(const KeyRow& row, const yaml::Mapping::Entry& entry) const;
  void check_reports(const yaml::Mapping::Entry& entry) const;
  void wrong_type(const KeyRow& row, const yaml::Mapping::Entry& entry) const;
  std::optional<std::string> unknown(const yaml::Mapping::Entry& entry) const;

  SourcePtr source_;
  const yaml::Mapping& mapping_;
  SourceSpan span_;
  Holder holder_;
  Diagnostics& diagnostics_;
  std::vector<std::string> meant_;  // known keys that unknown ones were taken for
};

// Where to point for a value: itself, or its key if it is not there.
[[nodiscard]] SourceSpan place_of(const yaml::Mapping::Entry& entry);

// A string value of a list or a mapping; nothing for other kinds.
[[nodiscard]] std::optional<std::string> string_of(const yaml::Node& node);

}  // namespace picket
