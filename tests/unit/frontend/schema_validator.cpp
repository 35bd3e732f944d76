#include "tests/unit/frontend/schema_validator.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <regex>
#include <stdexcept>

namespace picket::tests {
namespace {

bool has_type(const Value& value, const std::string& type) {
  if (type == "integer") return value.integer() != nullptr || value.big_integer() != nullptr;
  const std::map<std::string, Kind> kinds = {{"null", Kind::null},     {"boolean", Kind::boolean},
                                             {"number", Kind::number}, {"string", Kind::string},
                                             {"array", Kind::list},    {"object", Kind::object}};
  return value.kind() == kinds.at(type);
}

class Validator {
 public:
  explicit Validator(const Value& root) : root_(root) {}

  std::string check(const Value& value, const Value& schema, const std::string& path) const {
    for (const auto& [keyword, says] : schema.object()->entries()) {
      const auto found = checks.find(keyword);
      if (found == checks.end()) throw std::logic_error("unknown keyword " + keyword);
      std::string fault = (this->*found->second)(value, says, path, *schema.object());
      if (!fault.empty()) return fault;
    }
    return {};
  }

 private:
  using Check = std::string (Validator::*)(const Value&, const Value&, const std::string&, const Object&) const;
  static const std::map<std::string, Check> checks;

  static std::string unless(bool fine, const std::string& path, const std::string& keyword) {
    return fine ? "" : path + ": " + keyword;
  }
  [[nodiscard]] bool valid(const Value& value, const Value& schema) const { return check(value, schema, "").empty(); }

  std::string nothing(const Value&, const Value&, const std::string&, const Object&) const { return {}; }
  std::string type(const Value& value, const Value& says, const std::string& path, const Object&) const {
    const List types = says.list() != nullptr ? *says.list() : List{says};
    const auto fits = [&](const Value& one) { return has_type(value, *one.string()); };
    return unless(std::any_of(types.begin(), types.end(), fits), path, "type");
  }
  std::string enumeration(const Value& value, const Value& says, const std::string& path, const Object&) const {
    return unless(std::find(says.list()->begin(), says.list()->end(), value) != says.list()->end(), path, "enum");
  }
  std::string constant(const Value& value, const Value& says, const std::string& path, const Object&) const {
    return unless(value == says, path, "const");
  }
  std::string pattern(const Value& value, const Value& says, const std::string& path, const Object&) const {
    if (value.string() == nullptr) return {};
    return unless(std::regex_search(*value.string(), std::regex(*says.string())), path, "pattern");
  }
  std::string minimum(const Value& value, const Value& says, const std::string& path, const Object&) const {
    return unless(value.kind() != Kind::number || compare(value, says) >= 0, path, "minimum");
  }
  std::string maximum(const Value& value, const Value& says, const std::string& path, const Object&) const {
    return unless(value.kind() != Kind::number || compare(value, says) <= 0, path, "maximum");
  }
  std::string properties(const Value& value, const Value& says, const std::string& path, const Object&) const {
    if (value.object() == nullptr) return {};
    for (const auto& [key, item] : value.object()->entries()) {
      const Value* schema = says.object()->find_exact(key);
      std::string fault = schema == nullptr ? "" : check(item, *schema, path + "/" + key);
      if (!fault.empty()) return fault;
    }
    return {};
  }
  std::string required(const Value& value, const Value& says, const std::string& path, const Object&) const {
    if (value.object() == nullptr) return {};
    for (const Value& key : *says.list()) {
      if (value.object()->find_exact(*key.string()) == nullptr) return path + ": required " + *key.string();
    }
    return {};
  }
  std::string additional(const Value& value, const Value& says, const std::string& path, const Object& schema) const {
    if (value.object() == nullptr) return {};
    const Value* known = schema.find_exact("properties");
    for (const auto& [key, item] : value.object()->entries()) {
      if (known != nullptr && known->object()->find_exact(key) != nullptr) continue;
      if (says.object() == nullptr) return path + ": additionalProperties " + key;
      std::string fault = check(item, says, path + "/" + key);
      if (!fault.empty()) return fault;
    }
    return {};
  }
  std::string items(const Value& value, const Value& says, const std::string& path, const Object&) const {
    if (value.list() == nullptr) return {};
    for (const Value& item : *value.list()) {
      std::string fault = check(item, says, path + "/*");
      if (!fault.empty()) return fault;
    }
    return {};
  }
  std::string min_items(const Value& value, const Value& says, const std::string& path, const Object&) const {
    return unless(value.list() == nullptr || value.list()->size() >= static_cast<std::size_t>(*says.integer()), path,
                  "minItems");
  }
  std::string max_items(const Value& value, const Value& says, const std::string& path, const Object&) const {
    return unless(value.list() == nullptr || value.list()->size() <= static_cast<std::size_t>(*says.integer()), path,
                  "maxItems");
  }
  std::string unique_items(const Value& value, const Value&, const std::string& path, const Object&) const {
    if (value.list() == nullptr) return {};
    const List& list = *value.list();
    for (auto item = list.begin(); item != list.end(); ++item) {
      if (std::find(std::next(item), list.end(), *item) != list.end()) return path + ": uniqueItems";
    }
    return {};
  }
  std::string reference(const Value& value, const Value& says, const std::string& path, const Object& schema) const {
    const std::string prefix = "#/definitions/";
    if (schema.size() != 1) throw std::logic_error("draft-07 ignores what stands beside a $ref");
    return check(value,
                 *root_.object()->find_exact("definitions")->object()->find_exact(says.string()->substr(prefix.size())),
                 path);
  }
  std::string all_of(const Value& value, const Value& says, const std::string& path, const Object&) const {
    for (const Value& schema : *says.list()) {
      std::string fault = check(value, schema, path);
      if (!fault.empty()) return fault;
    }
    return {};
  }
  [[nodiscard]] std::ptrdiff_t fitting(const Value& value, const Value& says) const {
    return std::count_if(says.list()->begin(), says.list()->end(),
                         [&](const Value& schema) { return valid(value, schema); });
  }
  std::string any_of(const Value& value, const Value& says, const std::string& path, const Object&) const {
    return unless(fitting(value, says) > 0, path, "anyOf");
  }
  std::string one_of(const Value& value, const Value& says, const std::string& path, const Object&) const {
    return unless(fitting(value, says) == 1, path, "oneOf");
  }
  std::string negation(const Value& value, const Value& says, const std::string& path, const Object&) const {
    return unless(!valid(value, says), path, "not");
  }
  std::string condition(const Value& value, const Value& says, const std::string& path, const Object& schema) const {
    return valid(value, says) ? check(value, *schema.find_exact("then"), path) : "";
  }

  const Value& root_;
};

const std::map<std::string, Validator::Check> Validator::checks = {
    {"$schema", &Validator::nothing},
    {"title", &Validator::nothing},
    {"description", &Validator::nothing},
    {"default", &Validator::nothing},
    {"definitions", &Validator::nothing},
    {"then", &Validator::nothing},  // asked by `if`
    {"type", &Validator::type},
    {"enum", &Validator::enumeration},
    {"const", &Validator::constant},
    {"pattern", &Validator::pattern},
    {"maximum", &Validator::maximum},
    {"minimum", &Validator::minimum},
    {"properties", &Validator::properties},
    {"required", &Validator::required},
    {"additionalProperties", &Validator::additional},
    {"items", &Validator::items},
    {"minItems", &Validator::min_items},
    {"maxItems", &Validator::max_items},
    {"uniqueItems", &Validator::unique_items},
    {"$ref", &Validator::reference},
    {"allOf", &Validator::all_of},
    {"anyOf", &Validator::any_of},
    {"oneOf", &Validator::one_of},
    {"not", &Validator::negation},
    {"if", &Validator::condition},
};

}  // namespace

std::string violation_of(const Value& value, const Value& schema) { return Validator(schema).check(value, schema, ""); }

}  // namespace picket::tests
