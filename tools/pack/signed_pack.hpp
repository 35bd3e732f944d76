// Packs that are signed: an archive, and beside it a file of the same name with `.minisig` behind it.
//
// Which pack an archive is, is told by its signature alone: by the key, and by the name that was signed with it. A path
// tells nothing: a link, another spelling or a copy would make an old version of a pack another pack.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "engine/digest/signature.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

constexpr std::string_view signature_ending = ".minisig";

// A pack as its signature has it.
struct SignedPack {
  std::string path;           // of the archive, as it was given
  std::string name;           // empty: the only pack of its key
  std::uint64_t version = 0;  // 0: the signature says none
};
// By identity_of().
using SignedPacks = std::map<std::string, SignedPack>;
using PackVersions = std::map<std::string, std::uint64_t>;

// The same for all versions of a pack, whatever their archives are called, and for no other pack.
[[nodiscard]] std::string identity_of(const SignedPack& pack, const PublicKey& key);

// "signed as version 7", "signed as version 7 of `linux`": words that follow a path.
[[nodiscard]] std::string signed_as(const SignedPack& pack);

// Whether a pack can be called so: letters, digits, `.`, `_` and `-`.
[[nodiscard]] bool is_pack_name(std::string_view name);
// The version that somebody has written, if it is one: a whole number from 1 up.
[[nodiscard]] std::optional<std::uint64_t> parse_pack_version(std::string_view text);

// What the signature says beside: "picket pack version:7", "picket pack name:linux version:7".
[[nodiscard]] std::string pack_comment(std::string_view name, std::uint64_t version);

// What a valid signature says of the archive; else one error: unsigned-pack, bad-signature.
[[nodiscard]] std::optional<SignedPack> verify_pack(const std::string& path, std::string_view bytes,
                                                    const PublicKey& key, Diagnostics& diagnostics);

// Reads a key file; the other alternative is what is wrong, in a sentence that begins with its name.
[[nodiscard]] std::variant<PublicKey, std::string> read_public_key(const std::string& path);
[[nodiscard]] std::variant<SecretKey, std::string> read_secret_key(const std::string& path);

}  // namespace picket
