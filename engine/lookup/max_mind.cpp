#include "engine/lookup/max_mind.hpp"

#include <maxminddb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "engine/lookup/memory_file.hpp"
#include "engine/pattern/pattern.hpp"
#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

constexpr std::size_t deepest = 64;  // maps and lists of a row within one another

std::string decimal(std::uint64_t high, std::uint64_t low) {
  // NOLINTNEXTLINE(modernize-use-using): an integer of 128 bits has no other name
  __extension__ typedef unsigned __int128 Wide;
  Wide value = (static_cast<Wide>(high) << 64U) | low;
  std::string digits;
  do {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value != 0);
  return digits;
}

Value unsigned_value(std::uint64_t value) { return Value::from_number(std::to_string(value)).value_or(Value()); }

// Empty for what is no text, or not UTF-8, as events must be.
std::string text_of(const MMDB_entry_data_s& data) {
  if (data.type != MMDB_DATA_TYPE_UTF8_STRING) return {};
  std::string text(data.utf8_string, data.data_size);
  return find_invalid_utf8(text) ? std::string() : text;
}

// Reads the value that the list begins with, and moves behind it. Of what is nested too deep nothing is kept.
// NOLINTNEXTLINE(misc-no-recursion): bounded by `deepest`
Value read_value(const MMDB_entry_data_list_s*& at, std::size_t depth) {
  if (at == nullptr || depth > deepest) {
    at = nullptr;
    return {};
  }
  const MMDB_entry_data_s& data = at->entry_data;
  at = at->next;
  switch (data.type) {
    case MMDB_DATA_TYPE_MAP: {
      Object object;
      for (std::uint32_t i = 0; i < data.data_size && at != nullptr; ++i) {
        std::string key = text_of(at->entry_data);
        at = at->next;
        object.set(std::move(key), read_value(at, depth + 1));
      }
      return object;
    }
    case MMDB_DATA_TYPE_ARRAY: {
      List list;
      for (std::uint32_t i = 0; i < data.data_size && at != nullptr; ++i) list.push_back(read_value(at, depth + 1));
      return list;
    }
    case MMDB_DATA_TYPE_UTF8_STRING:
      return text_of(data);
    case MMDB_DATA_TYPE_DOUBLE:
      return Value::from_double(data.double_value);
    case MMDB_DATA_TYPE_FLOAT:
      return Value::from_double(static_cast<double>(data.float_value));
    case MMDB_DATA_TYPE_UINT16:
      return static_cast<std::int64_t>(data.uint16);
    case MMDB_DATA_TYPE_UINT32:
      return static_cast<std::int64_t>(data.uint32);
    case MMDB_DATA_TYPE_INT32:
      return static_cast<std::int64_t>(data.int32);
    case MMDB_DATA_TYPE_UINT64:
      return unsigned_value(data.uint64);
    case MMDB_DATA_TYPE_UINT128: {
      const auto wide = data.uint128;
      return Value::from_number(decimal(static_cast<std::uint64_t>(wide >> 64U), static_cast<std::uint64_t>(wide)))
          .value_or(Value());
    }
    case MMDB_DATA_TYPE_BOOLEAN:
      return data.boolean;
    default:
      return {};  // bytes, and kinds that there are not yet: JSON has no place for them
  }
}

}  // namespace

struct MaxMindDatabase::File {
  explicit File(std::string_view bytes) : memory(bytes) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (opened) MMDB_close(&database);
  }
  [[nodiscard]] std::optional<MMDB_entry_s> entry_of(std::string_view text) const;

  MemoryFile memory;
  MMDB_s database{};
  bool opened = false;
};

MaxMindDatabase::MaxMindDatabase(std::unique_ptr<File> file) : file_(std::move(file)) {}
MaxMindDatabase::~MaxMindDatabase() = default;

std::variant<std::shared_ptr<const MaxMindDatabase>, std::string> MaxMindDatabase::open(std::string_view bytes) {
  auto file = std::make_unique<File>(bytes);
  if (!file->memory.whole()) return std::string(std::strerror(errno));  // NOLINT(concurrency-mt-unsafe): known numbers
  const int status = MMDB_open(file->memory.path().c_str(), MMDB_MODE_MMAP, &file->database);
  if (status != MMDB_SUCCESS) return std::string("it is no MaxMind database, or a broken one");
  file->opened = true;
  return std::shared_ptr<const MaxMindDatabase>(new MaxMindDatabase(std::move(file)));
}

// The entry of an address in the database, if it has one.
std::optional<MMDB_entry_s> MaxMindDatabase::File::entry_of(std::string_view text) const {
  const auto address = IpAddress::parse(text);
  if (!address || (address->v6 && database.metadata.ip_version == 4)) return std::nullopt;
  sockaddr_storage storage{};
  if (address->v6) {
    auto& to = reinterpret_cast<sockaddr_in6&>(storage);  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
    to.sin6_family = AF_INET6;
    std::memcpy(&to.sin6_addr, address->bytes, sizeof to.sin6_addr);
  } else {
    auto& to = reinterpret_cast<sockaddr_in&>(storage);  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
    to.sin_family = AF_INET;
    std::memcpy(&to.sin_addr, address->bytes, sizeof to.sin_addr);
  }
  int fault = MMDB_SUCCESS;
  const MMDB_lookup_result_s found =
      MMDB_lookup_sockaddr(&database, reinterpret_cast<const sockaddr*>(&storage), &fault);  // NOLINT
  if (fault != MMDB_SUCCESS || !found.found_entry) return std::nullopt;
  return found.entry;
}

bool MaxMindDatabase::knows(std::string_view text) const { return file_->entry_of(text).has_value(); }

std::optional<Value> MaxMindDatabase::find(std::string_view text) const {
  std::optional<MMDB_entry_s> entry = file_->entry_of(text);
  if (!entry) return std::nullopt;
  MMDB_entry_data_list_s* list = nullptr;
  const int status = MMDB_get_entry_data_list(&*entry, &list);
  const MMDB_entry_data_list_s* at = list;
  Value row = status == MMDB_SUCCESS ? read_value(at, 0) : Value();
  MMDB_free_entry_data_list(list);
  if (row.object() == nullptr) return std::nullopt;
  return row;
}

}  // namespace picket
