#include "tests/bench/words.hpp"

#include <array>
#include <cctype>

namespace picket::bench {
namespace {

constexpr std::array<std::string_view, 32> verb_list = {
    "create", "delete", "update",  "grant",  "revoke", "login",  "export", "disable", "enable",  "attach", "detach",
    "list",   "get",    "put",     "invoke", "start",  "stop",   "rotate", "share",   "approve", "reject", "import",
    "assign", "remove", "archive", "verify", "reset",  "unlock", "invite", "publish", "resolve", "scan"};
constexpr std::array<std::string_view, 48> noun_list = {
    "user",       "group",  "role",    "policy",    "bucket",  "secret",   "network",   "token",
    "session",    "device", "key",     "domain",    "cluster", "instance", "volume",    "snapshot",
    "repository", "branch", "webhook", "workspace", "project", "document", "folder",    "report",
    "pipeline",   "runner", "gateway", "tunnel",    "record",  "zone",     "mailbox",   "calendar",
    "channel",    "ticket", "invoice", "account",   "tenant",  "app",      "service",   "function",
    "queue",      "topic",  "table",   "index",     "backup",  "image",    "container", "node"};

std::string upper(std::string_view word) {
  std::string text(word);
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

std::span<const std::string_view> verbs() { return verb_list; }
std::span<const std::string_view> nouns() { return noun_list; }

std::string capitalised(std::string_view word) {
  std::string text(word);
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string vocabulary(std::uint64_t seed, std::size_t rank) {
  const std::size_t pairs = verb_list.size() * noun_list.size();
  const std::size_t pair = (rank + seed % pairs * 31) % pairs;
  const std::string_view verb = verb_list[pair % verb_list.size()];
  const std::string_view noun = noun_list[pair / verb_list.size()];
  const std::string more = rank < pairs ? "" : std::to_string(rank / pairs);
  switch (seed % 4) {
    case 0:
      return capitalised(verb) + capitalised(noun) + more;
    case 1:
      return std::string(noun) + "." + std::string(verb) + more;
    case 2:
      return upper(noun) + "_" + upper(verb) + more;
    default:
      return std::string(verb) + "-" + std::string(noun) + more;
  }
}

}  // namespace picket::bench
