#include "grammar/text/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace picket {

namespace {

constexpr std::array code_rows{
#define PICKET_CODE(name, word, level, title) CodeRow{Code::name, word, Level::level, title},
#include "grammar/text/diagnostic_codes.def"
#undef PICKET_CODE
};

}  // namespace

std::string_view spelling(Level level) {
  switch (level) {
    case Level::error:
      return "error";
    case Level::warning:
      return "warning";
    case Level::note:
      return "note";
  }
  return {};
}

std::span<const CodeRow> diagnostic_codes() { return code_rows; }

const CodeRow& row_of(Code code) { return code_rows[static_cast<std::size_t>(code)]; }

std::optional<Code> code_from_word(std::string_view word) {
  const auto* row = std::ranges::find(code_rows, word, &CodeRow::word);
  if (row == code_rows.end()) return std::nullopt;
  return row->code;
}

Diagnostic& Diagnostics::add(Code code, SourcePtr source, SourceSpan span, std::string message) {
  items_.push_back({.code = code,
                    .level = row_of(code).level,
                    .source = std::move(source),
                    .span = span,
                    .message = std::move(message),
                    .help = {},
                    .fixes = {},
                    .related = {}});
  return items_.back();
}

void Diagnostics::append(Diagnostics other) {
  items_.insert(items_.end(), std::make_move_iterator(other.items_.begin()),
                std::make_move_iterator(other.items_.end()));
}

void Diagnostics::put(Diagnostic diagnostic) { items_.push_back(std::move(diagnostic)); }

std::vector<Diagnostic> Diagnostics::take() { return std::exchange(items_, {}); }

bool Diagnostics::has_errors() const {
  return std::ranges::any_of(items_, [](const Diagnostic& item) { return item.level == Level::error; });
}

void Diagnostics::sort() {
  const auto key = [](const Diagnostic& item) {
    return std::tuple(std::string_view(item.source->name()), item.span.begin, item.span.end, item.code);
  };
  // What an alias repeats is read anew wherever it stands, and so is what a Sigma file lays under several documents;
  // the faults of both are found anew each time: one mistake, one message.
  std::set<std::pair<decltype(key(items_.front())), std::string>> said;
  std::erase_if(items_, [&](const Diagnostic& item) { return !said.emplace(key(item), item.message).second; });
  std::ranges::stable_sort(items_, [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
}

}  // namespace picket
