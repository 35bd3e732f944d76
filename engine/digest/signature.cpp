#include "engine/digest/signature.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace picket {
namespace {

using Bytes = std::vector<unsigned char>;

// What stands in the files, decoded (minisign's man page, "Signature format" and "Secret key format").
constexpr std::string_view algorithm = "Ed";            // of keys
constexpr std::string_view prehashed_algorithm = "ED";  // of signatures
constexpr std::string_view no_password("\0\0", 2);
constexpr std::string_view checksum_algorithm = "B2";
constexpr std::size_t id_at = 2;
constexpr std::size_t password_at = 2;
constexpr std::size_t secret_id_at = 54;  // behind the algorithms, 32 bytes of salt and two numbers
constexpr std::size_t secret_key_at = 62;
constexpr std::size_t checksum_at = 126;
constexpr std::size_t secret_bytes = 158;
constexpr std::string_view untrusted = "untrusted comment: ";
constexpr std::string_view trusted = "trusted comment: ";

Bytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

std::string base64(const Bytes& bytes) {
  constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  text.pop_back();  // its NUL
  return text;
}

// The bytes, if there are exactly so many.
std::optional<Bytes> decode(std::string_view text, std::size_t size) {
  Bytes bytes(size);
  std::size_t got = 0;
  const bool sound = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &got, nullptr,
                                       sodium_base64_VARIANT_ORIGINAL) == 0;
  return sound && got == size ? std::optional(std::move(bytes)) : std::nullopt;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool begins_with(const Bytes& bytes, std::size_t at, std::string_view word) {
  return std::equal(word.begin(), word.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

void append(Bytes& to, const auto& bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

void copy(const Bytes& from, std::size_t at, auto& to) {
  std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(at), to.size(), to.begin());
}

std::array<unsigned char, crypto_generichash_BYTES> checksum_of(const SecretKey& key) {
  Bytes checked = bytes_of(algorithm);
  append(checked, key.id);
  append(checked, key.key);
  std::array<unsigned char, crypto_generichash_BYTES> sum{};
  crypto_generichash(sum.data(), sum.size(), checked.data(), checked.size(), nullptr, 0);
  return sum;
}

Bytes hash_of(std::string_view bytes) {
  Bytes hash(crypto_generichash_BYTES_MAX);
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                     nullptr, 0);
  return hash;
}

Bytes signature_of(const Bytes& signed_bytes, const SecretKey& key) {
  Bytes signature(crypto_sign_BYTES);
  crypto_sign_detached(signature.data(), nullptr, signed_bytes.data(), signed_bytes.size(), key.key.data());
  return signature;
}

bool fits(const Bytes& signature, const Bytes& signed_bytes, const PublicKey& key) {
  return crypto_sign_verify_detached(signature.data(), signed_bytes.data(), signed_bytes.size(), key.key.data()) == 0;
}

}  // namespace

std::variant<PublicKey, SignatureFault> parse_public_key(std::string_view text) {
  const auto lines = lines_of(text);
  PublicKey key;
  const auto bytes = lines.size() < 2 ? std::nullopt : decode(lines[1], id_at + key.id.size() + key.key.size());
  if (!bytes || !begins_with(*bytes, 0, algorithm)) return SignatureFault{"is no public key of minisign's form"};
  copy(*bytes, id_at, key.id);
  copy(*bytes, id_at + key.id.size(), key.key);
  return key;
}

std::variant<SecretKey, SignatureFault> parse_secret_key(std::string_view text) {
  const auto lines = lines_of(text);
  const auto bytes = lines.size() < 2 ? std::nullopt : decode(lines[1], secret_bytes);
  if (!bytes || !begins_with(*bytes, 0, algorithm)) return SignatureFault{"is no secret key of minisign's form"};
  if (!begins_with(*bytes, password_at, no_password)) {
    return SignatureFault{"has a password; make a key without one (`picket pack keygen`, `minisign -G -W`)"};
  }
  SecretKey key;
  copy(*bytes, secret_id_at, key.id);
  copy(*bytes, secret_key_at, key.key);
  const auto sum = checksum_of(key);
  // minisign leaves it out where there is no password, whose proof it is.
  const auto from = bytes->begin() + checksum_at;
  const bool none = std::all_of(from, bytes->end(), [](unsigned char byte) { return byte == 0; });
  if (!none && !std::equal(sum.begin(), sum.end(), from)) {
    return SignatureFault{"is damaged: its checksum does not fit"};
  }
  return key;
}

KeyPair make_key_pair() {
  PublicKey open;
  SecretKey secret;
  crypto_sign_keypair(open.key.data(), secret.key.data());
  randombytes_buf(secret.id.data(), secret.id.size());
  open.id = secret.id;
  Bytes public_bytes = bytes_of(algorithm);
  append(public_bytes, open.id);
  append(public_bytes, open.key);
  Bytes bytes = bytes_of(algorithm);
  append(bytes, no_password);
  append(bytes, checksum_algorithm);
  bytes.resize(secret_id_at);
  append(bytes, secret.id);
  append(bytes, secret.key);
  append(bytes, checksum_of(secret));
  return {.public_key = std::string(untrusted) + "picket public key\n" + base64(public_bytes) + "\n",
          .secret_key = std::string(untrusted) + "picket secret key\n" + base64(bytes) + "\n"};
}

std::string sign(std::string_view bytes, std::string_view trusted_comment, const SecretKey& key) {
  const Bytes signature = signature_of(hash_of(bytes), key);
  Bytes head = bytes_of(prehashed_algorithm);
  append(head, key.id);
  append(head, signature);
  Bytes whole = signature;
  append(whole, trusted_comment);
  return std::string(untrusted) + "signature of a picket pack\n" + base64(head) + "\n" + std::string(trusted) +
         std::string(trusted_comment) + "\n" + base64(signature_of(whole, key)) + "\n";
}

std::variant<std::string, SignatureFault> verify(std::string_view bytes, std::string_view signature,
                                                 const PublicKey& key) {
  const auto lines = lines_of(signature);
  const std::size_t size = prehashed_algorithm.size() + key.id.size() + crypto_sign_BYTES;
  const auto head = lines.size() < 4 ? std::nullopt : decode(lines[1], size);
  const auto global = lines.size() < 4 ? std::nullopt : decode(lines[3], crypto_sign_BYTES);
  if (!head || !global || !lines[2].starts_with(trusted) || !begins_with(*head, 0, prehashed_algorithm)) {
    return SignatureFault{"is no signature of minisign's form"};
  }
  if (!std::equal(key.id.begin(), key.id.end(), head->begin() + id_at)) {
    return SignatureFault{"was made by another key"};
  }
  const Bytes own(head->begin() + static_cast<std::ptrdiff_t>(id_at + key.id.size()), head->end());
  if (!fits(own, hash_of(bytes), key)) return SignatureFault{"does not fit the file"};
  const std::string_view comment = lines[2].substr(trusted.size());
  Bytes whole = own;
  append(whole, comment);
  if (!fits(*global, whole, key)) return SignatureFault{"was changed: its trusted comment is not what was signed"};
  return std::string(comment);
}

}  // namespace picket
