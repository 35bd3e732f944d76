#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "engine/pattern/pattern.hpp"
#include "engine/pattern/required_run.hpp"

namespace picket {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

// RE2's program and its cache of states share one budget, of which states may take what the program leaves. This one is
// RE2's own default; the program is measured by itself afterwards.
constexpr std::int64_t memory_of_program_and_states = std::int64_t{8} << 20;
constexpr std::size_t bytes_of_instruction = 16;

std::string reason_of(RE2::ErrorCode code) {
  switch (code) {
    case RE2::NoError:
      return "";
    case RE2::ErrorInternal:
      return "the regex library failed";
    case RE2::ErrorBadEscape:
      return "unknown escape";
    case RE2::ErrorBadCharClass:
      return "malformed character class";
    case RE2::ErrorBadCharRange:
      return "character range in the wrong order";
    case RE2::ErrorMissingBracket:
      return "missing closing ]";
    case RE2::ErrorMissingParen:
      return "missing closing )";
    case RE2::ErrorUnexpectedParen:
      return "unexpected )";
    case RE2::ErrorTrailingBackslash:
      return "backslash at the end";
    case RE2::ErrorRepeatArgument:
      return "nothing to repeat";
    case RE2::ErrorRepeatSize:
      return "repetition count out of range";
    case RE2::ErrorRepeatOp:
      return "repetition of a repetition";
    case RE2::ErrorBadPerlOp:
      return "look-around and other Perl groups are not supported";
    case RE2::ErrorBadUTF8:
      return "not UTF-8";
    case RE2::ErrorBadNamedCapture:
      return "malformed or repeated group name";
    case RE2::ErrorPatternTooLarge:
      return "regex too large";
  }
  return "the regex library failed";
}

// Where `\C` stands, if it does. Within \Q…\E it would be two ordinary characters.
std::optional<std::size_t> find_single_byte(std::string_view pattern) {
  for (std::size_t i = 0; i + 1 < pattern.size(); ++i) {
    if (pattern[i] != '\\') continue;
    const char escaped = pattern[i + 1];
    if (escaped == 'C') return i;
    if (escaped == 'Q') {
      i = pattern.find("\\E", i + 2);
      if (i == std::string_view::npos) return std::nullopt;
    }
    ++i;
  }
  return std::nullopt;
}

// A replacement text taken apart: literal texts and numbers of groups. Nothing if it is malformed.
using Replacement = std::vector<std::variant<std::string, std::size_t>>;

std::optional<Replacement> parse_replacement(std::string_view by, std::size_t groups) {
  Replacement parts;
  std::string literal;
  for (std::size_t i = 0; i < by.size(); ++i) {
    if (by[i] != '\\') {
      literal += by[i];
      continue;
    }
    if (++i == by.size()) return std::nullopt;
    if (by[i] == '\\') {
      literal += '\\';
      continue;
    }
    const auto group = static_cast<std::size_t>(by[i] - '0');
    if (by[i] < '0' || by[i] > '9' || group > groups) return std::nullopt;
    parts.emplace_back(std::exchange(literal, {}));
    parts.emplace_back(group);
  }
  parts.emplace_back(std::move(literal));
  return parts;
}

// The offset after the code point at `offset`.
std::size_t after_code_point(std::string_view text, std::size_t offset) {
  ++offset;
  while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80) ++offset;
  return offset;
}

}  // namespace

struct Regex::Program {
  Program(std::string_view text, const RE2::Options& options)
      : pattern(text),
        regex(piece(text), options),
        required(regex.ok() ? RequiredRun::of(text, !options.case_sensitive()) : RequiredRun()) {}

  std::string pattern;
  RE2 regex;
  RequiredRun required;
};

Regex::Regex(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

std::variant<Regex, PatternError> Regex::compile(std::string_view pattern, const Options& options) {
  if (const auto offset = find_single_byte(pattern))
    return PatternError{"\\C (a single byte) is not supported", *offset};
  RE2::Options re2_options;
  re2_options.set_log_errors(false);
  re2_options.set_case_sensitive(!options.folded);
  re2_options.set_max_mem(memory_of_program_and_states);
  auto program = std::make_shared<const Program>(pattern, re2_options);
  const RE2& regex = program->regex;
  if (!regex.ok()) {
    const std::size_t at = regex.error_arg().empty() ? std::string_view::npos : pattern.find(regex.error_arg());
    return PatternError{reason_of(regex.error_code()), at == std::string_view::npos ? 0 : at};
  }
  if (static_cast<std::size_t>(regex.ProgramSize()) * bytes_of_instruction > options.memory) {
    return PatternError{reason_of(RE2::ErrorPatternTooLarge), 0};
  }
  return Regex(std::move(program));
}

bool Regex::found_in(std::string_view text) const {
  const RequiredRun::Answer known = program_->required.found_in(text);
  if (known != RequiredRun::Answer::unsure) return known == RequiredRun::Answer::yes;
  return program_->regex.Match(piece(text), 0, text.size(), RE2::UNANCHORED, nullptr, 0);
}

std::vector<Regex::Group> Regex::find(std::string_view text, std::size_t from) const {
  std::vector<re2::StringPiece> found(group_count() + 1);
  if (from > text.size() || !program_->regex.Match(piece(text), from, text.size(), RE2::UNANCHORED, found.data(),
                                                   static_cast<int>(found.size()))) {
    return {};
  }
  std::vector<Group> groups;
  groups.reserve(found.size());
  for (const re2::StringPiece& part : found) {
    if (part.data() == nullptr) {
      groups.push_back({npos, npos});
      continue;
    }
    const auto begin = static_cast<std::size_t>(part.data() - text.data());
    groups.push_back({begin, begin + part.size()});
  }
  return groups;
}

std::size_t Regex::group_count() const { return static_cast<std::size_t>(program_->regex.NumberOfCapturingGroups()); }

std::optional<std::size_t> Regex::group_named(std::string_view name) const {
  const auto& groups = program_->regex.NamedCapturingGroups();
  const auto at = groups.find(std::string(name));
  if (at == groups.end()) return std::nullopt;
  return static_cast<std::size_t>(at->second);
}

std::optional<std::string> Regex::replace_all(std::string_view text, std::string_view by, std::size_t most) const {
  const auto replacement = parse_replacement(by, group_count());
  std::string out;
  std::size_t copied = 0;  // the text up to here is in `out`
  std::size_t from = 0;
  while (replacement && from <= text.size()) {
    const auto groups = find(text, from);
    if (groups.empty()) break;
    const Group whole = groups.front();
    // As in RE2::GlobalReplace, no empty match right after another match.
    if (whole.begin < whole.end || whole.begin != copied || copied == 0) {
      out += text.substr(copied, whole.begin - copied);
      for (const auto& part : *replacement) {
        if (const auto* literal = std::get_if<std::string>(&part)) {
          out += *literal;
        } else if (const Group group = groups[std::get<std::size_t>(part)]; group.begin != npos) {
          out += text.substr(group.begin, group.end - group.begin);
        }
        if (out.size() > most) return std::nullopt;
      }
      copied = whole.end;
    }
    from = whole.end > whole.begin ? whole.end : after_code_point(text, whole.end);
  }
  out += text.substr(copied);
  if (out.size() > most) return std::nullopt;
  return out;
}

// RE2's own prefilter tells which of its atoms, texts in lower case, a match needs: one is needed if the others do not
// pass without it.
RequiredTexts Regex::required_texts() const {
  constexpr int shortest_atom = 3;
  constexpr std::size_t most_atoms = 64;  // to try one by one
  re2::FilteredRE2 filtered(shortest_atom);
  int id = 0;
  if (filtered.Add(piece(program_->pattern), program_->regex.options(), &id) != RE2::NoError) return {};
  RequiredTexts required;
  filtered.Compile(&required.any);
  const auto passes = [&filtered](const std::vector<int>& atoms) {
    std::vector<int> potentials;
    filtered.AllPotentials(atoms, &potentials);
    return !potentials.empty();
  };
  const bool ascii = std::all_of(required.any.begin(), required.any.end(), [](const std::string& atom) {
    return std::all_of(atom.begin(), atom.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  });
  if (!ascii || required.any.empty() || passes({})) return {};
  if (required.any.size() > most_atoms) return required;
  for (std::size_t atom = 0; atom < required.any.size(); ++atom) {
    std::vector<int> others;
    for (std::size_t i = 0; i < required.any.size(); ++i) {
      if (i != atom) others.push_back(static_cast<int>(i));
    }
    if (!passes(others)) required.each.push_back(required.any[atom]);
  }
  return required;
}

const std::string& Regex::pattern() const { return program_->pattern; }

}  // namespace picket
