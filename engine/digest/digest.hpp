// Fingerprints of texts. Owns libsodium.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace picket {

// BLAKE2b (RFC 7693) of the parts, 128 bits as 32 lower-case hex digits. Each part goes in with its length, so that
// {"a", "b"} and {"ab"} differ. The same everywhere and always: what is stored may be found by it.
[[nodiscard]] std::string digest_of(std::initializer_list<std::string_view> parts);
// BLAKE2b of a text, its first 64 bits: enough to count distinct texts by.
[[nodiscard]] std::uint64_t short_digest_of(std::string_view text);

// A hash with a secret of this process (SipHash-2-4), for tables whose keys strangers choose: nobody can make them
// meet. Not noexcept: so the standard library keeps the hashes of a table's keys, and need not take them again.
class KeyedHash {
 public:
  [[nodiscard]] std::size_t operator()(std::string_view text) const;
};

}  // namespace picket
