#include "engine/sigma/wild_text.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "grammar/text/ascii.hpp"

namespace picket::sigma {
namespace {

bool is_run(const WildText::Piece& piece) {
  const auto* wildcard = std::get_if<Wildcard>(&piece);
  return wildcard != nullptr && *wildcard == Wildcard::any_run;
}

}  // namespace

WildText WildText::parse(std::string_view written) {
  WildText text;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const char c = written[i];
    const char next = i + 1 < written.size() ? written[i + 1] : '\0';
    if (c == '\\' && (next == '*' || next == '?' || next == '\\')) {
      text.add(written.substr(++i, 1));
    } else if (c == '*') {
      text.add(Wildcard::any_run);
    } else if (c == '?') {
      text.add(Wildcard::any_one);
    } else {
      text.add(written.substr(i, 1));
    }
  }
  return text;
}

void WildText::add(std::string_view literal) {
  if (literal.empty()) return;
  auto* last = pieces_.empty() ? nullptr : std::get_if<std::string>(&pieces_.back());
  if (last != nullptr) {
    last->append(literal);
  } else {
    pieces_.emplace_back(std::string(literal));
  }
}

void WildText::add(Wildcard wildcard) {
  if (wildcard == Wildcard::any_run && !pieces_.empty() && is_run(pieces_.back())) return;
  pieces_.emplace_back(wildcard);
}

void WildText::open_begin() {
  if (!pieces_.empty() && is_run(pieces_.front())) return;
  std::vector<Piece> opened;
  opened.reserve(pieces_.size() + 1);
  opened.emplace_back(Wildcard::any_run);
  std::move(pieces_.begin(), pieces_.end(), std::back_inserter(opened));
  pieces_ = std::move(opened);
}

void WildText::open_end() { add(Wildcard::any_run); }

std::optional<std::string> WildText::literal() const {
  if (pieces_.empty()) return std::string();
  const auto* text = std::get_if<std::string>(&pieces_.front());
  return text != nullptr && pieces_.size() == 1 ? std::optional(*text) : std::nullopt;
}

std::string WildText::letters() const {
  std::string letters;
  for (const Piece& piece : pieces_) {
    if (const auto* text = std::get_if<std::string>(&piece)) letters += *text;
  }
  return letters;
}

bool WildText::is_anything() const { return pieces_.size() == 1 && is_run(pieces_.front()); }

namespace {

// With every character that a glob gives a meaning as a set of one.
std::string escaped_for_glob(std::string_view text) {
  std::string glob;
  for (const char c : text) {
    if (c == '*' || c == '?' || c == '[') {
      glob += {'[', c, ']'};
    } else {
      glob += c;
    }
  }
  return glob;
}

std::string_view glob_of(Wildcard wildcard) {
  switch (wildcard) {
    case Wildcard::any_run:
      return "*";
    case Wildcard::any_one:
      return "?";
    case Wildcard::any_dash:
      break;
  }
  return "[/\xe2\x80\x93\xe2\x80\x94\xe2\x80\x95-]";
}

}  // namespace

WildText::Question WildText::question() const {
  if (const auto whole = literal()) return {Op::eq, *whole};
  const bool opens = is_run(pieces_.front());
  const bool closes = is_run(pieces_.back());
  const std::size_t inner = pieces_.size() - (opens ? 1 : 0) - (closes ? 1 : 0);
  const auto* text = inner == 1 ? std::get_if<std::string>(&pieces_[opens ? 1 : 0]) : nullptr;
  if (text != nullptr) return {opens ? (closes ? Op::contains : Op::ends_with) : Op::starts_with, *text};
  std::string glob;
  for (const Piece& piece : pieces_) {
    if (const auto* part = std::get_if<std::string>(&piece)) {
      glob += escaped_for_glob(*part);
    } else {
      glob += glob_of(std::get<Wildcard>(piece));
    }
  }
  return {Op::like, std::move(glob)};
}

bool WildText::may_fit_a_number_or_bool() const {
  const std::string sought = ascii_lower(letters());
  const bool number = std::all_of(sought.begin(), sought.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e';
  });
  constexpr std::array<std::string_view, 2> words = {"true", "false"};
  return number || std::any_of(words.begin(), words.end(), [&](std::string_view word) {
           return std::all_of(sought.begin(), sought.end(),
                              [&](char c) { return word.find(c) != std::string_view::npos; });
         });
}

}  // namespace picket::sigma
