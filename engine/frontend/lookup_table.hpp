// `AnalysisType: lookup_table`: by what rows are found, and to which events they are given. The rows are in a file of
// their own.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/frontend/rule.hpp"

namespace picket {

struct LookupTable {
  SourcePtr source;
  Located<std::string> id;  // `LookupName`
  bool enabled = true;
  std::optional<Located<std::string>> file;  // `Filename`, as written; without it the rows are kept elsewhere
  Located<std::string> primary_key;

  // A field of events whose value is looked up.
  struct Selector {
    std::string written;             // rows stand under it
    std::vector<std::string> steps;  // names of keys; a list on the way, or at the end, stands for all of its elements
  };
  // An entry of `AssociatedLogTypes`.
  struct Association {
    Located<std::string> log_type;
    std::vector<Selector> selectors;
  };
  std::vector<Association> log_types;

  // The file with the rows by its name from here, without its text; null if there is none. Set by who has read it, like
  // a digest of its bytes, and how many rows it holds (a MaxMind database does not tell).
  SourcePtr rows;
  std::string rows_digest;
  std::optional<std::size_t> row_count;
};

}  // namespace picket
