#include "tests/agree/respell.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar/text/unicode.hpp"
#include "tests/agree/random_scenario.hpp"

namespace picket::tests {
namespace {

std::string hex4(std::uint32_t unit, bool upper) {
  const std::string_view digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  std::string out = "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += digits[(unit >> static_cast<unsigned>(shift)) & 15U];
  return out;
}

std::string escaped(std::uint32_t code_point, bool upper) {
  if (code_point < 0x10000) return hex4(code_point, upper);
  const std::uint32_t rest = code_point - 0x10000;
  return hex4(0xd800 + (rest >> 10U), upper) + hex4(0xdc00 + (rest & 0x3ffU), !upper);
}

// The escape of two characters that a code point has; nothing for most.
std::string_view short_escape(std::uint32_t code_point) {
  constexpr std::array<std::pair<std::uint32_t, std::string_view>, 8> escapes = {{{'"', "\\\""},
                                                                                  {'\\', "\\\\"},
                                                                                  {'/', "\\/"},
                                                                                  {'\b', "\\b"},
                                                                                  {'\f', "\\f"},
                                                                                  {'\n', "\\n"},
                                                                                  {'\r', "\\r"},
                                                                                  {'\t', "\\t"}}};
  for (const auto& [character, escape] : escapes) {
    if (character == code_point) return escape;
  }
  return {};
}

std::string other_case(std::string text) {
  for (char& c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter) c = static_cast<char>(c ^ 0x20);
  }
  return text;
}

class Respeller {
 public:
  Respeller(Chance& chance, const Respelling& how) : chance_(chance), how_(how) {}

  std::string text_of(const Value& value) {
    // A text is strange in some ways, not in all: else no two would have anything in common.
    escapes_ = chance_.below(3) * chance_.below(12);
    blanks_ = chance_.one_in(2) ? 0 : 1 + chance_.below(8);
    shuffles_ = chance_.one_in(2);
    repeats_ = how_.decoys && chance_.one_in(3);
    write(value);
    return std::move(out_);
  }

 private:
  void blank() {
    if (blanks_ == 0 || !chance_.one_in(blanks_)) return;
    constexpr std::string_view kinds = " \t\r \n";
    const std::size_t offered = how_.line_ends ? kinds.size() : kinds.size() - 1;
    for (std::size_t count = chance_.one_in(30) ? 70 : 1 + chance_.below(3); count > 0; --count) {
      out_ += kinds[chance_.below(offered)];
    }
  }

  void write_string(std::string_view text) {
    const bool upper = chance_.one_in(2);
    out_ += '"';
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t begin = at;
      const std::uint32_t code_point = next_code_point(text, at);
      const bool must = code_point < 0x20 || code_point == '"' || code_point == '\\';
      const bool escape = must || (escapes_ > 0 && chance_.one_in(escapes_));
      const std::string_view shorter = short_escape(code_point);
      if (!escape) {
        out_ += text.substr(begin, at - begin);
      } else if (!shorter.empty() && !chance_.one_in(3)) {
        out_ += shorter;
      } else {
        out_ += escaped(code_point, upper);
      }
    }
    out_ += '"';
  }

  // The same number, but with decoys not always the same kind of it.
  void write_number(const Value& value) {
    const std::string digits = to_json(value);
    constexpr std::size_t longest = 40;  // twenty-nine more digits are still within a double's range
    const bool plain =
        digits.size() < longest && digits != "0" && digits != "-0" && digits.find_first_of(".eE") == std::string::npos;
    if (!how_.decoys || !plain || !chance_.one_in(3)) {
      out_ += digits;
      return;
    }
    switch (chance_.below(6)) {
      case 0:
        out_ += digits + ".0";
        return;
      case 1:
        out_ += digits + "e0";
        return;
      case 2:
        out_ += digits + "E+00";
        return;
      case 3:
        out_ += digits + "000000000000e-12";
        return;
      case 4:
        out_ += digits + "00000000000000000000000000000";  // another number, and a long one
        return;
      default:
        out_ += digits + ".00000000000000000000000000000000000000000000000000000000000000000000001";
    }
  }

  void write_list(const List& list) {
    out_ += '[';
    bool first = true;
    for (const Value& element : list) {
      if (!std::exchange(first, false)) out_ += ',';
      write(element);
    }
    blank();
    out_ += ']';
  }

  using Members = std::vector<std::pair<std::string, Value>>;

  void repeat_keys(Members& members) {
    for (std::size_t count = chance_.below(3); count > 0 && !members.empty(); --count) {
      const std::string& key = members[chance_.below(members.size())].first;
      std::pair<std::string, Value> decoy{chance_.one_in(2) ? key : other_case(key), random_json_value(chance_, 1)};
      const auto place = static_cast<std::ptrdiff_t>(chance_.below(members.size() + 1));
      members.insert(members.begin() + place, std::move(decoy));
    }
  }

  void write_object(const Object& object) {
    Members members(object.entries().begin(), object.entries().end());
    if (shuffles_) {
      for (std::size_t i = members.size(); i > 1; --i) std::swap(members[i - 1], members[chance_.below(i)]);
    }
    if (repeats_ && chance_.one_in(2)) repeat_keys(members);
    out_ += '{';
    bool first = true;
    for (const auto& [key, value] : members) {
      if (!std::exchange(first, false)) out_ += ',';
      blank();
      write_string(key);
      blank();
      out_ += ':';
      write(value);
    }
    blank();
    out_ += '}';
  }

  void write(const Value& value) {
    blank();
    if (const auto* text = value.string()) {
      write_string(*text);
    } else if (const auto* list = value.list()) {
      write_list(*list);
    } else if (const auto* object = value.object()) {
      write_object(*object);
    } else if (value.kind() == Kind::number) {
      write_number(value);
    } else {
      out_ += to_json(value);
    }
    blank();
  }

  Chance& chance_;
  const Respelling& how_;
  std::string out_;
  std::size_t escapes_ = 0;  // one character in so many; 0: none
  std::size_t blanks_ = 0;   // one place in so many; 0: none
  bool shuffles_ = false;
  bool repeats_ = false;
};

}  // namespace

std::string respelled(const Value& value, Chance& chance, const Respelling& how) {
  return Respeller(chance, how).text_of(value);
}

}  // namespace picket::tests
