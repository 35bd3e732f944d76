// In the place of what a page has no use for: each says what its header lets it say.
#include <ucase.h>
#include <ucasemap_imp.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/digest/digest.hpp"
#include "engine/event/fast_json.hpp"
#include "engine/lookup/max_mind.hpp"

namespace picket {

// One event at a time is read soon enough by the exact reader.
std::optional<Value> read_fast_json(std::string_view, const JsonLimits&) { return std::nullopt; }

// Fingerprints of files tell versions of rules apart, and a page has one.
std::string digest_of(std::initializer_list<std::string_view>) { return {}; }

struct MaxMindDatabase::File {};

MaxMindDatabase::MaxMindDatabase(std::unique_ptr<File> file) : file_(std::move(file)) {}
MaxMindDatabase::~MaxMindDatabase() = default;

std::variant<std::shared_ptr<const MaxMindDatabase>, std::string> MaxMindDatabase::open(std::string_view) {
  return "such databases are not read here";
}

bool MaxMindDatabase::knows(std::string_view) const { return false; }

std::optional<Value> MaxMindDatabase::find(std::string_view) const { return std::nullopt; }

}  // namespace picket

// Upper and lower case are asked for without a language.
std::int32_t ustrcase_getCaseLocale(const char*) { return UCASE_LOC_ROOT; }
