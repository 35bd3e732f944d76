// What every reader of engine/simple carries along: the file, and where its faults go.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "engine/yaml/node.hpp"
#include "grammar/ast/expr.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket::simple {

class Reading {
 public:
  Reading(SourcePtr source, Diagnostics& diagnostics) : source_(std::move(source)), diagnostics_(diagnostics) {}

  Diagnostic& say(Code code, SourceSpan span, std::string message, std::string help = {}) const;
  // conflicting-keys, at the second of the two.
  void conflict(const yaml::Mapping::Entry& first, const yaml::Mapping::Entry& second, std::string help) const;

  // The place of a value, of its dash if it is an item that is not there, or of its key (`fallback`).
  [[nodiscard]] SourceSpan place(const yaml::Node& node, SourceSpan fallback) const;

  // The mapping that `node` should be, or nothing with not-a-mapping: messages call it `what` and propose `form`;
  // `fallback` is the place of a node that is not there.
  [[nodiscard]] const yaml::Mapping* mapping(const yaml::Node& node, std::string_view what, std::string_view form,
                                             SourceSpan fallback) const;
  // The list that an entry should hold, or nothing with wrong-type.
  [[nodiscard]] const yaml::Sequence* list(const yaml::Mapping::Entry& entry) const;
  // The string that a node should be, or nothing with wrong-type.
  [[nodiscard]] std::optional<SourceText> text(const yaml::Node& node, std::string_view what,
                                               SourceSpan fallback) const;
  // Reports every key that is none of the known ones, with the nearest; whether there was none.
  bool check_keys(const yaml::Mapping& mapping, std::initializer_list<std::string_view> known) const;

  [[nodiscard]] const SourcePtr& source() const { return source_; }
  [[nodiscard]] Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  SourcePtr source_;
  Diagnostics& diagnostics_;
};

[[nodiscard]] bool is_string(const yaml::Node& node);

// The literal of a string, a bool or a number, standing where the node does; nothing for another.
[[nodiscard]] std::optional<Expr> literal_of(const yaml::Node& node);

}  // namespace picket::simple
