#include "tests/bench/yardstick.hpp"

#include <simdjson.h>

#include <algorithm>
#include <stdexcept>

namespace picket::bench {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(yardstick_padding >= simdjson::SIMDJSON_PADDING);

// Error codes, and values walked where they stand: a walk by exceptions that takes values by copy, as simdjson's
// examples do, goes at two thirds of this speed.
class Walk {
 public:
  [[nodiscard]] std::size_t values() const { return values_; }
  // False too if not a byte was found: an answer that needs all of the walk, so that nothing is optimised away.
  [[nodiscard]] bool succeeded() const { return !failed_ && bytes_ != 0; }

  template <bool decoded>
  void value(ondemand::value& value) {
    ++values_;
    auto type = value.type();
    if (!good(type)) return;
    switch (type.value_unsafe()) {
      case ondemand::json_type::object:
        if (auto object = value.get_object(); good(object)) fields<decoded>(object.value_unsafe());
        break;
      case ondemand::json_type::array:
        if (auto array = value.get_array(); good(array)) elements<decoded>(array.value_unsafe());
        break;
      default:
        if constexpr (decoded) {
          scalar(value, type.value_unsafe());
        } else {
          bytes_ += value.raw_json_token().size();
        }
        break;
    }
  }

 private:
  bool good(auto& result) {
    if (!result.error()) return true;
    failed_ = true;
    return false;
  }

  template <bool decoded>
  void fields(ondemand::object& object) {
    for (auto field : object) {
      if (!good(field)) return;
      if constexpr (decoded) {
        auto key = field.unescaped_key();
        if (!good(key)) return;
        bytes_ += key.value_unsafe().size();
      }
      value<decoded>(field.value_unsafe().value());
    }
  }

  template <bool decoded>
  void elements(ondemand::array& array) {
    for (auto element : array) {
      if (!good(element)) return;
      value<decoded>(element.value_unsafe());
    }
  }

  void scalar(ondemand::value& value, ondemand::json_type type) {
    if (type == ondemand::json_type::string) {
      if (auto text = value.get_string(); good(text)) bytes_ += text.value_unsafe().size();
    } else if (type == ondemand::json_type::number) {
      if (auto number = value.get_number(); good(number)) bytes_ += number.value_unsafe().is_double() ? 1 : 2;
    } else if (type == ondemand::json_type::boolean) {
      if (auto flag = value.get_bool(); good(flag)) bytes_ += flag.value_unsafe() ? 1 : 2;
    } else {
      bytes_ += value.raw_json_token().size();
    }
  }

  std::size_t values_ = 0;
  std::size_t bytes_ = 0;
  bool failed_ = false;
};

template <typename Work>
void for_each_line(std::string_view lines, Work work) {
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    if (end > begin) work(lines.substr(begin, end - begin));
    begin = end + 1;
  }
}

template <bool decoded>
std::size_t walk_lines(std::string_view lines) {
  ondemand::parser parser;
  Walk walk;
  bool failed = parser.allocate(1'000'000) != simdjson::SUCCESS;  // once, not when longer lines come
  for_each_line(lines, [&](std::string_view line) {
    ondemand::document document;
    ondemand::value value;
    failed = failed ||
             parser.iterate(line.data(), line.size(), line.size() + simdjson::SIMDJSON_PADDING).get(document) !=
                 simdjson::SUCCESS ||
             document.get_value().get(value) != simdjson::SUCCESS;
    if (!failed) walk.value<decoded>(value);
  });
  if (failed || !walk.succeeded()) throw std::runtime_error("simdjson finds a line that is no JSON");
  return walk.values();
}

}  // namespace

std::size_t walk_raw(std::string_view padded_lines) { return walk_lines<false>(padded_lines); }
std::size_t walk_decoded(std::string_view padded_lines) { return walk_lines<true>(padded_lines); }

std::size_t parse_tree(std::string_view padded_lines) {
  simdjson::dom::parser parser;
  std::size_t seen = 0;
  for_each_line(padded_lines, [&](std::string_view line) {
    simdjson::dom::element element;
    if (parser.parse(line.data(), line.size(), false).get(element) != simdjson::SUCCESS) {
      throw std::runtime_error("simdjson finds a line that is no JSON");
    }
    seen += element.is_object() ? 1 : 0;
  });
  return seen;
}

std::string yardstick_kernel() {
  return simdjson::get_active_implementation()->name() + " (stage 1), " +
         SIMDJSON_STRINGIFY(SIMDJSON_BUILTIN_IMPLEMENTATION) + " (walk)";
}

}  // namespace picket::bench
