// The words that generated rules and events are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace picket::bench {

[[nodiscard]] std::span<const std::string_view> verbs();  // lower case, as nouns are
[[nodiscard]] std::span<const std::string_view> nouns();

[[nodiscard]] std::string capitalised(std::string_view word);

// The word of a rank in the vocabulary of a seed: no two ranks have the same, two seeds seldom have one in common. Some
// vocabularies are CreateBucket, others bucket.create, BUCKET_CREATE or create-bucket.
[[nodiscard]] std::string vocabulary(std::uint64_t seed, std::size_t rank);

}  // namespace picket::bench
