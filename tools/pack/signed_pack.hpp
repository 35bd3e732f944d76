// Packs that are signed: an archive, and beside it a file of the same name with `.minisig` behind it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "engine/digest/signature.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

constexpr std::string_view signature_ending = ".minisig";

// What the signature says beside: "picket pack version:7".
[[nodiscard]] std::string pack_comment(std::uint64_t version);

// The version that a valid signature gives the archive, 0 if it says none; else one error: unsigned-pack,
// bad-signature.
[[nodiscard]] std::optional<std::uint64_t> verify_pack(const std::string& path, std::string_view bytes,
                                                       const PublicKey& key, Diagnostics& diagnostics);

// Reads a key file; the other alternative is what is wrong, in a sentence that begins with its name.
[[nodiscard]] std::variant<PublicKey, std::string> read_public_key(const std::string& path);
[[nodiscard]] std::variant<SecretKey, std::string> read_secret_key(const std::string& path);

}  // namespace picket
