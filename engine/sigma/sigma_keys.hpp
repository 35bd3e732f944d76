// Which keys documents of Sigma have. The specification lets a document and its log source have keys of one's own, so
// one that nobody knows is no mistake; one that is nearly known is. Internal to engine/sigma.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/yaml/node.hpp"

namespace picket::sigma {

enum class DocumentKind : std::uint8_t { rule, correlation, filter };

// By its section `detection`, `correlation` or `filter`, or by a key that is nearly one; a rule if there is none. Of
// several a rule's counts first, then a correlation's.
[[nodiscard]] DocumentKind kind_of(const yaml::Mapping& document);

// Which known keys a mapping's others were meant as. `known` must outlive it.
class MeantKeys {
 public:
  MeantKeys(const yaml::Mapping& mapping, std::span<const std::string_view> known);

  // The known key that was meant by one which is not known: the nearest of those that the mapping does not have.
  [[nodiscard]] std::optional<std::string> of(std::string_view key) const;

 private:
  std::span<const std::string_view> known_;
  std::vector<std::string_view> absent_;
};

}  // namespace picket::sigma
