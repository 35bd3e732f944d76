#include "engine/digest/digest.hpp"

#include <sodium.h>

#include <array>
#include <cstring>

namespace picket {
namespace {

constexpr std::size_t digest_bytes = 16;

void add(crypto_generichash_state& state, std::string_view bytes) {
  // libsodium's text is unsigned; char may alias it.
  crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

using Secret = std::array<unsigned char, crypto_shorthash_KEYBYTES>;

Secret new_secret() {
  Secret secret{};
  crypto_shorthash_keygen(secret.data());
  return secret;
}

}  // namespace

std::string digest_of(std::initializer_list<std::string_view> parts) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, digest_bytes);
  for (const std::string_view part : parts) {
    add(state, std::to_string(part.size()) + ":");
    add(state, part);
  }
  std::array<unsigned char, digest_bytes> digest{};
  crypto_generichash_final(&state, digest.data(), digest.size());
  std::array<char, digest_bytes * 2 + 1> text{};
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  return text.data();
}

std::uint64_t short_digest_of(std::string_view text) {
  std::array<unsigned char, digest_bytes> digest{};
  crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                     nullptr, 0);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < sizeof bits; ++i) bits = bits << 8U | digest.at(i);
  return bits;
}

std::size_t KeyedHash::operator()(std::string_view text) const {
  static const Secret secret = new_secret();
  std::array<unsigned char, crypto_shorthash_BYTES> bytes{};
  crypto_shorthash(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), secret.data());
  std::size_t hash = 0;
  static_assert(sizeof hash <= bytes.size());
  std::memcpy(&hash, bytes.data(), sizeof hash);
  return hash;
}

}  // namespace picket
