// The `detection` of a Sigma rule to definitions and a condition.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/sigma/detection_item.hpp"
#include "engine/yaml/node.hpp"
#include "grammar/ast/expr.hpp"
#include "grammar/sigma/condition.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket::sigma {

// The selections of a `detection` (or of a filter), and how they are joined.
class Detection {
 public:
  // Reports what is wrong with the mapping as a whole and with its `condition`. Lives as long as the mapping.
  // `besides`: keys that are no selections.
  Detection(const SourcePtr& source, const yaml::Mapping& mapping, SourceSpan key_span,
            const std::set<std::string_view>& besides, Diagnostics& diagnostics);

  // The names of the definitions, with a suffix for one of several readings of the selections.
  [[nodiscard]] std::set<std::string> names(const std::string& suffix) const;
  // The fields that the selections name.
  [[nodiscard]] std::set<std::string> fields() const;

  // Where those stand that the condition does not name.
  [[nodiscard]] std::vector<Located<std::string>> unused() const;
  // What the condition names, other than by `of`.
  [[nodiscard]] const std::set<std::string>& named() const { return named_; }
  // Whether the condition, or one of several, has a `not`.
  [[nodiscard]] bool has_negation() const;

  // One definition for each selection. What makes no sense is left out, with an error; so is, in readings with a
  // suffix, what the condition does not name, for that is told of the first.
  [[nodiscard]] std::vector<Definition> definitions(const std::string& suffix, const DetectionContext& context) const;
  // How they are joined: an expression over their names; nothing if the condition is not sound. `shared`: definitions
  // that need no suffix, for this reading of them says the same.
  [[nodiscard]] std::optional<Expr> condition(const std::string& suffix, const std::set<std::string>& shared) const;

 private:
  struct Selection {
    std::string name;        // as the rule has it
    std::string definition;  // as the language can have it
    const yaml::Mapping::Entry* entry = nullptr;
  };
  // A condition and where its text stands.
  struct Written {
    Condition condition;
    SourceText text;
  };

  void complain_of_missing_condition(const yaml::Mapping& mapping, SourceSpan key_span, Diagnostics& diagnostics) const;
  void read_condition(const yaml::Node& node, Diagnostics& diagnostics);
  void check_names(const Condition& condition, const SourceText& text, Diagnostics& diagnostics);
  [[nodiscard]] std::vector<const Selection*> chosen(const Quantified& quantified) const;
  [[nodiscard]] const Selection* find(std::string_view name) const;
  [[nodiscard]] std::optional<Expr> expression(const Condition& condition, const SourceText& text,
                                               const std::string& suffix, const std::set<std::string>& shared) const;

  const SourcePtr& source_;
  std::vector<Selection> selections_;
  std::vector<Written> conditions_;
  std::set<std::string> used_;  // definitions
  std::set<std::string> named_;
  bool sound_ = true;
};

}  // namespace picket::sigma
