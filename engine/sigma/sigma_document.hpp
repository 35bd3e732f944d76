// A document of a Sigma file: what rules and correlations say of themselves, and how its mistakes are told. Internal to
// engine/sigma.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/frontend/rule.hpp"
#include "engine/sigma/sigma_keys.hpp"
#include "engine/yaml/node.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket::sigma {

// All that it is made of must outlive it.
class SigmaDocument {
 public:
  SigmaDocument(const SourcePtr& source, const yaml::Mapping& mapping, Diagnostics& diagnostics)
      : source_(source), mapping_(mapping), diagnostics_(diagnostics) {}

  // Keys that are nearly known ones, and sections that exclude each other. What a key must have been is not missed
  // then.
  void check_keys(DocumentKind kind);
  // Title, id, level and their like; what is wrong with them, with the keys, and with `Tests` that are no list.
  void read_metadata(RuleMetadata& rule);
  // The texts in a list, or one alone. What is none is told, as metadata that mean nothing.
  [[nodiscard]] std::vector<Located<std::string>> texts(std::string_view key);
  // The names in a list, or one alone. What is none, or empty, is an error.
  [[nodiscard]] std::vector<Located<std::string>> names(const yaml::Mapping::Entry& entry);
  // A mapping that must be there; null, with an error, if it is not.
  [[nodiscard]] const yaml::Mapping::Entry* section(std::string_view key, std::string_view example);

  Diagnostic& say(Code code, SourceSpan span, std::string message, std::string help);
  // The same of a word that should have been one of these; `help` is for one that is like none.
  Diagnostic& say_unknown(Code code, const Located<std::string>& word, std::string message,
                          std::span<const std::string> known, std::string help);

  [[nodiscard]] std::size_t error_count() const;
  [[nodiscard]] const SourcePtr& source() const { return source_; }
  [[nodiscard]] const yaml::Mapping& mapping() const { return mapping_; }

 private:
  [[nodiscard]] SourceSpan first_key() const;
  [[nodiscard]] std::optional<Located<std::string>> text(std::string_view key);
  [[nodiscard]] std::string plain(std::string_view key);
  [[nodiscard]] std::string joined_texts(std::string_view key, std::string_view between);
  void read_level(RuleMetadata& rule);
  [[nodiscard]] std::string read_status();
  void check_date(std::string_view key);

  const SourcePtr& source_;
  const yaml::Mapping& mapping_;
  Diagnostics& diagnostics_;
  std::set<std::string, std::less<>> meant_;  // keys that must be there and are misspelt, which is told
};

}  // namespace picket::sigma
