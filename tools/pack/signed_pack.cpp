#include "tools/pack/signed_pack.hpp"

#include <algorithm>
#include <charconv>
#include <memory>

#include "engine/digest/digest.hpp"
#include "engine/pack/read_file.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t most_bytes = 4096;  // of keys and signatures: they have four lines
constexpr std::size_t longest_name = 64;
constexpr std::string_view name_word = "name:";
constexpr std::string_view version_word = "version:";

// What stands behind the first word of a comment that begins so.
std::string_view said_in(std::string_view comment, std::string_view beginning) {
  while (!comment.empty()) {
    const std::size_t end = std::min(comment.find_first_of(" \t"), comment.size());
    const std::string_view word = comment.substr(0, end);
    if (word.starts_with(beginning)) return word.substr(beginning.size());
    comment.remove_prefix(std::min(end + 1, comment.size()));
  }
  return {};
}

template <typename Key>
std::variant<Key, std::string> read_key(const std::string& path,
                                        std::variant<Key, SignatureFault> (*parse)(std::string_view)) {
  Diagnostics faults;
  const SourcePtr source = read_file(path, most_bytes, faults);
  if (source == nullptr) return escape_controls(faults.all().front().message);
  auto parsed = parse(source->text());
  if (const auto* fault = std::get_if<SignatureFault>(&parsed)) return escape_controls(path) + " " + fault->reason;
  return std::get<Key>(parsed);
}

}  // namespace

std::string identity_of(const SignedPack& pack, const PublicKey& key) {
  const std::string_view bytes(reinterpret_cast<const char*>(key.key.data()), key.key.size());
  return pack.name + " by " + digest_of({bytes});
}

std::string signed_as(const SignedPack& pack) {
  const std::string of = pack.name.empty() ? std::string() : " of `" + escape_controls(pack.name) + "`";
  return "signed as version " + std::to_string(pack.version) + of;
}

bool is_pack_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  };
  return !name.empty() && name.size() <= longest_name && std::ranges::all_of(name, fits);
}

std::optional<std::uint64_t> parse_pack_version(std::string_view text) {
  std::uint64_t version = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, version);
  return error == std::errc() && rest == end && version > 0 ? std::optional(version) : std::nullopt;
}

std::string pack_comment(std::string_view name, std::uint64_t version) {
  const std::string named = name.empty() ? std::string() : std::string(name_word) + std::string(name) + " ";
  return "picket pack " + named + std::string(version_word) + std::to_string(version);
}

std::optional<SignedPack> verify_pack(const std::string& path, std::string_view bytes, const PublicKey& key,
                                      Diagnostics& diagnostics) {
  const std::string file = path + std::string(signature_ending);
  Diagnostics faults;
  const SourcePtr signature = read_file(file, most_bytes, faults);
  if (signature == nullptr) {
    complain_of_file(Code::unsigned_pack, path, "its signature is missing: there is no `" + file + "` to read",
                     diagnostics);
    return std::nullopt;
  }
  const auto verified = verify(bytes, signature->text(), key);
  if (const auto* fault = std::get_if<SignatureFault>(&verified)) {
    complain_of_file(Code::bad_signature, path, "its signature `" + file + "` " + fault->reason, diagnostics);
    return std::nullopt;
  }
  const std::string_view comment = std::get<std::string>(verified);
  return SignedPack{.path = path,
                    .name = std::string(said_in(comment, name_word)),
                    .version = parse_pack_version(said_in(comment, version_word)).value_or(0)};
}

std::variant<PublicKey, std::string> read_public_key(const std::string& path) {
  return read_key<PublicKey>(path, parse_public_key);
}

std::variant<SecretKey, std::string> read_secret_key(const std::string& path) {
  return read_key<SecretKey>(path, parse_secret_key);
}

}  // namespace picket
