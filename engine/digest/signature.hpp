// Signatures as minisign makes and reads them (jedisct1.github.io/minisign): Ed25519 over a BLAKE2b hash.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <variant>

namespace picket {

struct PublicKey {
  std::array<unsigned char, 8> id{};
  std::array<unsigned char, 32> key{};
};

struct SecretKey {
  std::array<unsigned char, 8> id{};
  std::array<unsigned char, 64> key{};
};

// Why something cannot be used, in words that follow its name.
struct SignatureFault {
  std::string reason;
};

// Reads the text of a key file. Of secret keys those without a password (`minisign -G -W`).
[[nodiscard]] std::variant<PublicKey, SignatureFault> parse_public_key(std::string_view text);
[[nodiscard]] std::variant<SecretKey, SignatureFault> parse_secret_key(std::string_view text);

// The texts of two key files.
struct KeyPair {
  std::string public_key;
  std::string secret_key;
};
[[nodiscard]] KeyPair make_key_pair();

// The text of a signature file. REQUIRES: a comment of one line, which is signed, too.
[[nodiscard]] std::string sign(std::string_view bytes, std::string_view trusted_comment, const SecretKey& key);

// The trusted comment of a signature file that fits the bytes and the key.
[[nodiscard]] std::variant<std::string, SignatureFault> verify(std::string_view bytes, std::string_view signature,
                                                               const PublicKey& key);

}  // namespace picket
