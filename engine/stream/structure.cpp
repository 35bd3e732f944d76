#include "engine/stream/structure.hpp"

namespace picket {
namespace {

constexpr std::array<bool, 256> table_of(std::string_view bytes) {
  std::array<bool, 256> table{};
  for (const char byte : bytes) table[static_cast<unsigned char>(byte)] = true;
  return table;
}

constexpr std::array<bool, 256> ends_string_run = table_of("\"\\\n");
constexpr std::array<bool, 256> ends_scalar = table_of(" \t\r\n,:\"[]{}");

bool is(const std::array<bool, 256>& table, char byte) { return table[static_cast<unsigned char>(byte)]; }

}  // namespace

StructureScanner StructureScanner::within_object() {
  StructureScanner scanner;
  (void)scanner.open(true);
  scanner.expect_ = Expect::comma_or_close;
  return scanner;
}

StructureScanner::Status StructureScanner::scan(std::string_view text, std::size_t& used) {
  std::size_t at = 0;
  Status status = Status::more;
  while (at < text.size() && status == Status::more) {
    if (in_string_) {
      status = skip_string(text, at);
    } else if (in_scalar_) {
      skip_scalar(text, at);
    } else {
      const char byte = text[at];
      if (byte == '\n') {
        status = Status::newline;
      } else if (byte != ' ' && byte != '\t' && byte != '\r') {
        if (!take_token(byte)) {
          status = Status::broken;
          break;
        }
        if (depth_ == 0 && !in_string_) status = Status::complete;
      }
      ++at;
    }
  }
  used = at;
  return status;
}

StructureScanner::Status StructureScanner::skip_string(std::string_view text, std::size_t& at) {
  while (at < text.size()) {
    const char byte = text[at];
    if (escaped_) {
      if (byte == '\n') return Status::broken;
      escaped_ = false;
      ++at;
    } else if (!is(ends_string_run, byte)) {
      ++at;
    } else if (byte == '\\') {
      escaped_ = true;
      ++at;
    } else if (byte == '"') {
      ++at;
      in_string_ = false;
      if (depth_ == 0) return Status::complete;
      return Status::more;
    } else {
      return Status::broken;
    }
  }
  return Status::more;
}

void StructureScanner::skip_scalar(std::string_view text, std::size_t& at) {
  while (at < text.size() && !is(ends_scalar, text[at])) ++at;
  if (at < text.size()) in_scalar_ = false;
}

// Whether the byte may stand here, outside of strings and scalars. If it may not, nothing has changed.
bool StructureScanner::take_token(char byte) {
  const bool value = lenient_ || expect_ == Expect::value || expect_ == Expect::value_or_close;
  switch (byte) {
    case '{':
      return value && open(true);
    case '[':
      return value && open(false);
    case '}':
      return (lenient_ || expect_ == Expect::key_or_close || expect_ == Expect::comma_or_close) && close(true);
    case ']':
      return (lenient_ || expect_ == Expect::value_or_close || expect_ == Expect::comma_or_close) && close(false);
    case ',':
      if (!lenient_ && expect_ != Expect::comma_or_close) return false;
      expect_ = in_object() ? Expect::key : Expect::value;
      return depth_ > 0;
    case ':':
      if (!lenient_ && expect_ != Expect::colon) return false;
      expect_ = Expect::value;
      return depth_ > 0;
    case '"': {
      const bool key = expect_ == Expect::key || expect_ == Expect::key_or_close;
      if (!key && !value) return false;
      in_string_ = true;
      expect_ = key ? Expect::colon : Expect::comma_or_close;
      return true;
    }
    default:
      if (!value) return false;
      in_scalar_ = true;
      expect_ = Expect::comma_or_close;
      return true;
  }
}

bool StructureScanner::open(bool object) {
  if (depth_ < known_depth) {
    const std::uint64_t bit = std::uint64_t{1} << (depth_ % 64);
    std::uint64_t& word = objects_[depth_ / 64];
    word = object ? word | bit : word & ~bit;
  } else if (!lenient_) {
    return false;
  }
  ++depth_;
  expect_ = object ? Expect::key_or_close : Expect::value_or_close;
  return true;
}

bool StructureScanner::close(bool object) {
  if (depth_ == 0 || (depth_ <= known_depth && in_object() != object)) return false;
  --depth_;
  expect_ = Expect::comma_or_close;
  return true;
}

bool StructureScanner::in_object() const {
  if (depth_ == 0 || depth_ > known_depth) return false;
  return ((objects_[(depth_ - 1) / 64] >> ((depth_ - 1) % 64)) & 1U) != 0;
}

}  // namespace picket
