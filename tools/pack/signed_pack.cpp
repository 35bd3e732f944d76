#include "tools/pack/signed_pack.hpp"

#include <charconv>
#include <memory>

#include "engine/pack/read_file.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

constexpr std::size_t most_bytes = 4096;  // of keys and signatures: they have four lines
constexpr std::string_view version_word = "version:";

std::uint64_t version_of(std::string_view comment) {
  std::uint64_t version = 0;
  const std::size_t at = comment.find(version_word);
  if (at == std::string_view::npos) return 0;
  std::from_chars(comment.data() + at + version_word.size(), comment.data() + comment.size(), version);
  return version;
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

std::string pack_comment(std::uint64_t version) {
  return "picket pack " + std::string(version_word) + std::to_string(version);
}

std::optional<std::uint64_t> verify_pack(const std::string& path, std::string_view bytes, const PublicKey& key,
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
  return version_of(std::get<std::string>(verified));
}

std::variant<PublicKey, std::string> read_public_key(const std::string& path) {
  return read_key<PublicKey>(path, parse_public_key);
}

std::variant<SecretKey, std::string> read_secret_key(const std::string& path) {
  return read_key<SecretKey>(path, parse_secret_key);
}

}  // namespace picket
