// Which keys documents of Sigma have. The specification lets a document and its log source have keys of one's own, so
// one that nobody knows is no mistake; one that is nearly known is. Internal to engine/sigma.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/yaml/node.hpp"

namespace picket::sigma {

enum class DocumentKind : std::uint8_t { rule, correlation, filter };

// By its section `detection`, `correlation` or `filter`, or by a key that is nearly one; a rule if there is none. Of
// several a rule's counts first, then a correlation's.
[[nodiscard]] DocumentKind kind_of(const yaml::Mapping& document);

// The known key that was meant by one which is not known: the nearest of those that the mapping does not have.
[[nodiscard]] std::optional<std::string> meant_key(const yaml::Mapping& mapping, std::string_view key,
                                                   std::span<const std::string_view> known);

}  // namespace picket::sigma
