#include "engine/yaml/precheck.hpp"

#include <array>

#include "grammar/text/unicode.hpp"

namespace picket::yaml {
namespace {

enum class Byte : std::uint8_t { ordinary, opener, quote, carriage_return, control, nul };

constexpr std::array<Byte, 256> byte_kinds() {
  std::array<Byte, 256> kinds{};
  for (std::size_t c = 1; c < 0x20; ++c) kinds[c] = Byte::control;
  kinds[0] = Byte::nul;
  kinds[0x7f] = Byte::control;
  kinds['\t'] = kinds['\n'] = Byte::ordinary;
  kinds['\r'] = Byte::carriage_return;
  kinds['['] = kinds['{'] = kinds[','] = kinds['?'] = kinds['&'] = kinds['!'] = kinds['*'] = Byte::opener;
  kinds['"'] = kinds['\''] = Byte::quote;
  return kinds;
}
constexpr std::array<Byte, 256> kind_of_byte = byte_kinds();

std::string code_point_name(unsigned char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  return std::string("U+00") + digits[c >> 4] + digits[c & 15];
}

std::string with_thousands(std::size_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

Diagnostic& add_at(Diagnostics& diagnostics, Code code, const SourcePtr& source, std::size_t offset,
                   std::string message) {
  const auto begin = static_cast<std::uint32_t>(offset);
  return diagnostics.add(code, source, {begin, begin + 1}, std::move(message));
}

// Bytes with no business in a text file. Returns false after the first.
bool check_bytes(const SourcePtr& source, const Limits& limits, Diagnostics& diagnostics) {
  const std::string_view text = source->text();
  std::size_t marks = 0;  // each begins a node at most; two quotes make one
  for (std::size_t at = 0; at < text.size(); ++at) {
    switch (kind_of_byte[static_cast<unsigned char>(text[at])]) {
      case Byte::ordinary:
        break;
      case Byte::opener:
        marks += 2;
        break;
      case Byte::quote:
        marks += 1;
        break;
      case Byte::carriage_return:
        if (at + 1 < text.size() && text[at + 1] == '\n') break;
        add_at(diagnostics, Code::yaml_syntax, source, at, "a carriage return without a line feed ends no line").help =
            "end lines with a line feed (Unix) or with both (Windows)";
        return false;
      case Byte::control:
        add_at(diagnostics, Code::yaml_syntax, source, at,
               "the control character " + code_point_name(static_cast<unsigned char>(text[at])) +
                   " may not stand in a YAML file")
            .help = R"(write it as an escape in double quotes, "\x..", or take it out)";
        return false;
      case Byte::nul:
        add_at(diagnostics, Code::nul_byte, source, at, "the file holds a NUL byte").help =
            "a text file has none; is this a binary file, or UTF-16? Save it as UTF-8";
        return false;
    }
  }
  // yaml-cpp reads a whole flow collection before it tells the first of its nodes, so they must be bounded beforehand.
  if (marks / 2 <= limits.nodes) return true;
  add_at(diagnostics, Code::yaml_too_many_nodes, source, 0,
         "the file has more than " + with_thousands(limits.nodes) + " brackets, commas and quoted texts")
      .help = "split the file";
  return false;
}

}  // namespace

bool precheck(const SourcePtr& source, const Limits& limits, Diagnostics& diagnostics) {
  const std::string_view text = source->text();
  if (text.size() > limits.bytes) {
    add_at(diagnostics, Code::yaml_too_large, source, 0,
           "the file is larger than " + with_thousands(limits.bytes) + " bytes")
        .help = "split the file";
    return false;
  }
  if (const auto invalid = find_invalid_utf8(text)) {
    add_at(diagnostics, Code::not_utf8, source, *invalid, "the file is not UTF-8: this byte belongs to no character")
        .help = "save the file as UTF-8";
    return false;
  }
  return check_bytes(source, limits, diagnostics);
}

}  // namespace picket::yaml
