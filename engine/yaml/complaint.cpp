#include "engine/yaml/complaint.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "engine/yaml/raw.hpp"
#include "grammar/text/backquoted.hpp"
#include "grammar/text/nearest.hpp"
#include "grammar/text/suggestion.hpp"

namespace picket::yaml {
namespace {

// One complaint in the making: the text, where the parser gave up, what it had understood.
struct Case {
  const SourcePtr& source;
  std::string_view text;
  std::uint32_t at;
  const Progress& progress;
  Diagnostics& diagnostics;

  Diagnostic& say(SourceSpan span, std::string message, std::string help) const {
    Diagnostic& diagnostic = diagnostics.add(Code::yaml_syntax, source, span, std::move(message));
    diagnostic.help = std::move(help);
    return diagnostic;
  }
  [[nodiscard]] char here() const { return at < text.size() ? text[at] : '\0'; }
  [[nodiscard]] bool in_flow() const { return !progress.open.empty() && progress.open.back().flow; }
  [[nodiscard]] SourceSpan character() const { return character_at(text, at); }
  [[nodiscard]] std::string quote(SourceSpan span) const { return backquoted(source->text(span)); }

  // Where the text begins that the parser was reading: after what it had understood and the indicators behind that.
  [[nodiscard]] std::uint32_t begin_of_unread() const {
    std::uint32_t begin = next_token(text, progress.read_to);
    while (begin < at && std::string_view("-?:,").find(text[begin]) != std::string_view::npos) {
      begin = next_token(text, begin + 1);
    }
    return std::min(skip_properties(text, begin).next, at);
  }
};

// The end of what the author would put between quotes: a comment, the line end and in brackets a comma end it.
std::uint32_t end_of_value(const Case& c, std::uint32_t begin) {
  const std::uint32_t line_end = raw_line(c.text, begin).end;
  std::uint32_t end = begin;
  for (std::uint32_t at = begin; at < line_end; ++at) {
    if (c.text[at] == '#' && at > begin && c.text[at - 1] == ' ') break;
    if (c.in_flow() && std::string_view(",]}").find(c.text[at]) != std::string_view::npos) break;
    if (c.text[at] != ' ' && c.text[at] != '\t') end = at + 1;
  }
  return end;
}

void offer_quotes(const Case& c, Diagnostic& diagnostic, SourceSpan span) {
  std::string quoted = "'";
  for (const char letter : c.source->text(span)) quoted += letter == '\'' ? std::string("''") : std::string(1, letter);
  diagnostic.fixes.push_back({"put the text in quotes", span, quoted + "'"});
}

// A colon that a letter follows where `: ` should be, as in `Severity:High`.
bool complain_of_tight_colon(const Case& c, SourceSpan span) {
  const std::string_view written = c.source->text(span);
  const std::size_t colon = written.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 >= written.size()) return false;
  if (written.substr(colon).starts_with("://")) return false;
  const std::uint32_t at = span.begin + static_cast<std::uint32_t>(colon);
  c.say({at, at + 1}, "a blank is missing after the colon", "write `key: value`")
      .fixes.push_back({"write a blank", {at + 1, at + 1}, " "});
  return true;
}

bool complain_of_tabs(const Case& c) {
  if (c.in_flow()) return false;
  for (std::uint32_t begin = c.begin_of_unread(); begin <= c.at && begin < c.text.size();) {
    const RawLine line = raw_line(c.text, begin);
    for (std::uint32_t at = line.begin; at < line.text && at <= c.at; ++at) {
      if (c.text[at] != '\t') continue;
      std::uint32_t end = at;
      while (end < line.text && c.text[end] == '\t') ++end;
      c.say({at, end}, "a tab indents this line; YAML is indented with blanks only", "write blanks instead of the tab")
          .fixes.push_back({"write two blanks for each tab", {at, end}, std::string(2 * (end - at), ' ')});
      return true;
    }
    begin = line.end + 1;
    if (begin < c.text.size() && c.text[line.end] == '\r') ++begin;
  }
  return false;
}

// Whether the bracket at `begin` is closed further on, quoted texts left out.
bool is_closed(std::string_view text, std::uint32_t begin) {
  std::size_t depth = 0;
  char quote = '\0';
  for (std::uint32_t at = begin; at < text.size(); ++at) {
    const char letter = text[at];
    if (quote != '\0') {
      if (letter == '\\' && quote == '"')
        ++at;
      else if (letter == quote)
        quote = '\0';
    } else if (letter == '"' || letter == '\'') {
      if (std::string_view(" \t\n[{,:").find(text[at - 1]) != std::string_view::npos) quote = letter;
    } else if (letter == '[' || letter == '{') {
      ++depth;
    } else if ((letter == ']' || letter == '}') && --depth == 0) {
      return true;
    }
  }
  return false;
}

// Where the key before the colon at hand begins: `1 "b": 2` is read as one text before the colon.
std::uint32_t begin_of_key(const Case& c) {
  const std::uint32_t line = raw_line(c.text, c.at).text;
  if (c.at == 0 || line >= c.at) return c.at;
  const char last = c.text[c.at - 1];
  const bool quoted = last == '"' || last == '\'';
  const std::size_t before =
      quoted ? c.text.rfind(last, c.at < 2 ? 0 : c.at - 2) : c.text.find_last_of(" ,[{", c.at - 1);
  if (before == std::string_view::npos || before < line) return line;
  return static_cast<std::uint32_t>(quoted ? before : before + 1);
}

void complain_of_open_bracket(const Case& c) {
  const std::uint32_t open = c.progress.open.empty() ? c.at : c.progress.open.back().begin;
  const std::string bracket = c.quote({open, open + 1});
  if (!is_closed(c.text, open)) {
    c.say({open, open + 1}, "the " + bracket + " is never closed",
          bracket == "`[`" ? "write `]` after the last item" : "write `}` after the last entry");
    return;
  }
  const std::uint32_t begin = c.here() == ':' ? begin_of_key(c) : c.at;
  c.say(character_at(c.text, begin), "a comma is missing before this",
        std::string("between ") + (bracket == "`[`" ? "`[` and `]` items" : "`{` and `}` entries") +
            " are separated by commas");
}

void complain_of_closing_bracket(const Case& c) {
  const SourceSpan span = c.character();
  if (!c.in_flow()) {
    c.say(span, "no bracket is open that this " + c.quote(span) + " could close",
          "take it out, or put a text that begins with a bracket in quotes");
    return;
  }
  const std::uint32_t open = c.progress.open.back().begin;
  Diagnostic& diagnostic = c.say(span, "the " + c.quote({open, open + 1}) + " is closed by a " + c.quote(span),
                                 "close the brackets in order");
  diagnostic.related.push_back({c.source, {open, open + 1}, "opened here"});
}

void complain_of_first_letter(const Case& c) {
  const std::uint32_t begin = c.begin_of_unread();
  const SourceSpan letter = c.character();
  const SourceSpan whole = cover(letter, {begin, end_of_value(c, begin)});
  Diagnostic& diagnostic =
      begin < c.at
          ? c.say(letter, "a text without quotes may not hold " + c.quote(letter) + " between brackets",
                  "put the text in quotes")
          : c.say(letter, "a text without quotes may not begin with " + c.quote(letter), "put the text in quotes");
  offer_quotes(c, diagnostic, whole);
}

// Where the value of `key: value` begins on the line, or nothing.
std::uint32_t value_on_line(const Case& c, const RawLine& line) {
  const std::size_t colon = c.text.substr(line.text, line.end - line.text).find(": ");
  return colon == std::string_view::npos ? line.end
                                         : next_token(c.text, line.text + static_cast<std::uint32_t>(colon) + 1);
}

// Whether the line is indented under a `key: text` that has its value already.
bool is_below_text(const Case& c, const RawLine& line) {
  RawLine above = line;
  while (above.begin > 0) {
    above = raw_line(c.text, above.begin - 1);
    if (above.text == above.end || c.text[above.text] == '#' || above.text - above.begin >= line.text - line.begin)
      continue;
    const std::uint32_t value = value_on_line(c, above);
    return value < above.end && std::string_view("|>&#[{").find(c.text[value]) == std::string_view::npos;
  }
  return false;
}

void complain_of_colon(const Case& c) {
  const RawLine line = raw_line(c.text, c.at);
  const std::uint32_t value = value_on_line(c, line);
  if (value < c.at) {
    const SourceSpan whole = cover(c.character(), {value, end_of_value(c, value)});
    Diagnostic& diagnostic = c.say(c.character(), "a second `: ` on the line; a text that holds one needs quotes",
                                   "put the value in quotes");
    if (c.text[value] != '"' && c.text[value] != '\'') offer_quotes(c, diagnostic, whole);
    return;
  }
  constexpr std::uint32_t longest_key = 1024;
  const std::uint32_t begin = c.begin_of_unread();
  if (c.at - line.text > longest_key) {
    c.say({line.text, c.at}, "a key is longer than 1024 characters",
          "shorten it; or is this a text that needs quotes?");
    return;
  }
  if (is_below_text(c, line)) {
    c.say({line.text, c.at}, "this line is indented as if it belonged to the text above it",
          "give it the indentation of its neighbours; or put the text above in quotes, if the colon belongs to it");
    return;
  }
  const RawLine first = raw_line(c.text, begin);
  if (first.begin < line.begin) {
    const SourceSpan written{begin, end_of_value(c, begin)};
    if (complain_of_tight_colon(c, written)) return;
    c.say(written, "a colon is missing: " + c.quote(written) + " is no key with a value", "write `key: value`");
    return;
  }
  c.say(c.character(), "a colon stands where no key is before it", "put a text that holds `: ` in quotes");
}

void complain_of_dash(const Case& c) {
  const SourceSpan span = c.character();
  if (c.in_flow()) {
    c.say(span, "`- ` stands between brackets", "items between `[` and `]` are separated by commas, without dashes");
    return;
  }
  const RawLine line = raw_line(c.text, c.at);
  if (line.text < c.at) {
    c.say(span, "a list begins in the middle of a line",
          "begin it on the next line; or put a text that begins with `- ` in quotes");
    return;
  }
  c.say(span, "a list item stands where a key is expected", "indent the items of one list alike, under their key");
}

bool complain_after_quote(const Case& c) {
  const std::uint32_t last = c.progress.read_to;
  if (last == 0 || last > c.at || raw_line(c.text, c.at).begin > last) return false;
  const char quote = c.text[last - 1];
  if (quote != '"' && quote != '\'') return false;
  const SourceSpan span = cover(c.character(), {c.at, end_of_value(c, c.at)});
  c.say(span, "there is text after the closing quote",
        quote == '"' ? "write `\\\"` for a quote inside double quotes, or put the whole value in quotes"
                     : "write `''` for a quote inside single quotes, or put the whole value in quotes");
  return true;
}

// Whether the line stands right below the items of a list, with their indentation.
bool is_below_items(const Case& c, const RawLine& line) {
  RawLine above = line;
  while (above.begin > 0) {
    above = raw_line(c.text, above.begin - 1);
    if (above.text == above.end || above.text - above.begin > line.text - line.begin) continue;
    return above.text - above.begin == line.text - line.begin && c.text.substr(above.text, 2) == "- ";
  }
  return false;
}

void complain_of_place(const Case& c) {
  if (complain_after_quote(c)) return;
  const RawLine line = raw_line(c.text, c.at);
  const SourceSpan span{c.at, std::max(line.end, c.at + 1)};
  if (line.text == c.at && !c.progress.open.empty()) {
    const RawLine above = raw_line(c.text, c.progress.open.back().begin);
    const std::uint32_t column = c.at - line.begin;
    const std::uint32_t expected = c.progress.open.back().begin - above.begin;
    const bool dash = c.here() == '-' && c.at + 1 < c.text.size() && (c.text[c.at + 1] == ' ' || c.at + 1 >= line.end);
    if (column == expected || (!dash && is_below_items(c, line))) {
      c.say(span, dash ? "a list item stands among the keys of a mapping" : "a key stands among the items of a list",
            dash ? "indent it under the key that it belongs to"
                 : "write `- ` before it, or indent it like the key of the list");
      return;
    }
    Diagnostic& diagnostic = c.say(span, "the indentation of this line fits no line above it",
                                   "give lines that belong together the same indentation");
    diagnostic.related.push_back(
        {c.source, {c.progress.open.back().begin, c.progress.open.back().begin + 1}, "the lines above begin here"});
    return;
  }
  if (line.text == c.at && c.progress.root != nullptr && c.progress.root->scalar() == nullptr) {
    const bool list = c.progress.root->sequence() != nullptr;
    const bool key = c.text.substr(c.at, line.end - c.at).find(':') != std::string_view::npos;
    c.say(span,
          std::string(key ? "a key" : "a text") + " stands after the " + (list ? "list" : "mapping") +
              " that is the whole file",
          "a file is one mapping; its keys have the same indentation and no brackets around them");
    return;
  }
  c.say(c.character(), "this stands where nothing is expected", "put a text with special characters in quotes");
}

void complain_of_escape(const Case& c) {
  const std::size_t found = c.text.rfind('\\', c.at == 0 ? 0 : c.at - 1);
  const auto begin = static_cast<std::uint32_t>(found == std::string_view::npos ? c.at : found);
  const char letter = begin + 1 < c.text.size() ? c.text[begin + 1] : '\0';
  if (letter == 'x' || letter == 'u' || letter == 'U') {
    const SourceSpan span{begin, std::max(c.at, begin + 2)};
    c.say(span, c.quote(span) + " is no character",
          "write `\\x`, `\\u` or `\\U` with 2, 4 or 8 hexadecimal digits of one code point; or write the character "
          "itself");
    return;
  }
  const SourceSpan span{begin, character_at(c.text, begin + 1).end};
  c.say(span, c.quote(span) + " is no escape",
        "write `\\\\` for a backslash, or use single quotes, in which backslashes are ordinary")
      .fixes.push_back({"write `\\\\`", {begin, begin + 1}, "\\\\"});
}

void complain_of_anchor(const Case& c) {
  const SourceSpan span{c.at, std::max(skip_word(c.text, c.at), c.at + 1)};
  std::vector<std::string> known;
  constexpr std::size_t enough = 1000;
  for (std::size_t at = c.text.find(" &"); at != std::string_view::npos && at < c.at && known.size() < enough;
       at = c.text.find(" &", at + 1)) {
    const auto begin = static_cast<std::uint32_t>(at + 2);
    known.emplace_back(c.source->text({begin, skip_word(c.text, begin)}));
  }
  const std::string written(c.source->text({span.begin + 1, span.end}));
  Diagnostic& diagnostic =
      c.diagnostics.add(Code::unknown_anchor, c.source, span, "no anchor `&" + written + "` stands before this alias");
  diagnostic.help = "put a text that begins with `*` in quotes";
  if (const auto meant = nearest(written, known)) propose(diagnostic, span, "*" + *meant);
}

void complain_of_quote(const Case& c, std::uint32_t begin) {
  c.say({begin, begin + 1}, "the quote that opens here is never closed",
        c.text[begin] == '"' ? "write `\"` at the end of the text"
                             : "write `'` at the end of the text; a quote inside it is `''`");
}

struct Row {
  std::string_view reason;  // how yaml-cpp's text begins
  void (*complain)(const Case&);
};

void unclosed_quote(const Case& c) {
  const std::uint32_t begin = c.begin_of_unread();
  if (begin < c.text.size() && (c.text[begin] == '"' || c.text[begin] == '\'')) return complain_of_quote(c, begin);
  c.say(c.character(), "the file ends in the middle of a text", "close the quote or the bracket");
}

void block_header(const Case& c) {
  const bool past = c.at > 0 && (c.here() == '\n' || c.here() == '\r' || c.here() == ' ');
  const std::uint32_t begin = past ? c.at - 1 : c.at;
  c.say(cover(character_at(c.text, begin), {begin, end_of_value(c, begin)}),
        "this does not belong after the `|` or `>` of a text",
        "after it may stand `-` or `+` and a number of blanks from 1 to 9; the text begins on the next line");
}

void property(const Case& c) {
  c.say(c.character(), "an anchor, alias or tag is not well formed here",
        "put a text that begins with `&`, `*` or `!` in quotes");
}

void directive(const Case& c) {
  c.say({c.at, std::max(raw_line(c.text, c.at).end, c.at + 1)}, "the directive (`%`) is not well formed",
        "take the line out");
}

void too_deep(const Case& c) {
  c.diagnostics.add(Code::yaml_too_deep, c.source, c.character(), "lists and mappings are nested too deep here").help =
      "flatten the data";
}

constexpr std::array<Row, 31> rows = {{
    {"end of sequence flow", complain_of_open_bracket},
    {"end of map flow", complain_of_open_bracket},
    {"illegal flow end", complain_of_closing_bracket},
    {"unknown token", complain_of_first_letter},
    {"illegal map value", complain_of_colon},
    {"illegal map key", complain_of_place},
    {"illegal block entry", complain_of_dash},
    {"end of map not found", complain_of_place},
    {"end of sequence not found", complain_of_place},
    {"illegal EOF in scalar", unclosed_quote},
    {"illegal document indicator in scalar", unclosed_quote},
    {"illegal character in scalar", complain_of_place},
    {"illegal tab", complain_of_place},
    {"unknown escape", complain_of_escape},
    {"invalid unicode", complain_of_escape},
    {"bad character found while scanning hex", complain_of_escape},
    {"unexpected character in block scalar", block_header},
    {"cannot set zero indentation", block_header},
    {"the referenced anchor", complain_of_anchor},
    {"cannot assign", property},
    {"aliases can't", property},
    {"alias not found", property},
    {"anchor not found", property},
    {"illegal character found while scanning", property},
    {"tag handle", property},
    {"end of verbatim tag", property},
    {"YAML directives", directive},
    {"bad YAML version", directive},
    {"YAML major version", directive},
    {"TAG directives", directive},
    {"bad file", too_deep},
}};

}  // namespace

void complain(const SourcePtr& source, std::uint32_t at, const std::string& reason, const Progress& progress,
              Diagnostics& diagnostics) {
  const auto end = static_cast<std::uint32_t>(source->text().size());
  const Case c{source, source->text(), std::min(at, end), progress, diagnostics};
  const bool flow_bracket = reason.find(" flow not found") != std::string::npos;
  if (!flow_bracket && complain_of_tabs(c)) return;
  const auto* row =
      std::find_if(rows.begin(), rows.end(), [&](const Row& one) { return reason.starts_with(one.reason); });
  if (row != rows.end()) return row->complain(c);
  c.say(c.character(), "the YAML is not well formed here", "");
}

void complain_of_text(const SourcePtr& source, std::uint32_t at, const Progress& progress, Diagnostics& diagnostics) {
  const Case c{source, source->text(), at, progress, diagnostics};
  if (c.here() == ':' && at + 1 < c.text.size() && complain_of_tight_colon(c, {at - 1, end_of_value(c, at)})) return;
  complain_of_place(c);
}

void complain_of_missing_colon(const SourcePtr& source, SourceSpan key, const Progress& progress,
                               Diagnostics& diagnostics) {
  const std::string_view text = source->text();
  // The last item before the end of the file is taken for a key.
  const auto is_bracket = [text](const Progress::Open& open) {
    return open.flow && (text[open.begin] == '[' || text[open.begin] == '{');
  };
  const auto bracket = std::find_if(progress.open.rbegin(), progress.open.rend(), is_bracket);
  if (next_token(text, key.end) == text.size() && bracket != progress.open.rend()) {
    const Progress within{key.begin, {*bracket}, nullptr};
    return complain_of_open_bracket({source, text, key.begin, within, diagnostics});
  }
  const Progress nothing{key.begin, {}, nullptr};
  const Case c{source, text, key.begin, nothing, diagnostics};
  if (complain_of_tight_colon(c, key)) return;
  c.say(key, "a colon is missing: " + c.quote(key) + " is no key with a value",
        "write `key: value`; a value on a line of its own is indented under its key");
}

void complain_of_key(const SourcePtr& source, std::uint32_t begin, bool sequence, Diagnostics& diagnostics) {
  const Progress progress{begin, {{begin, sequence, true}}, nullptr};
  const Case c{source, source->text(), begin, progress, diagnostics};
  if ((c.here() == '[' || c.here() == '{') && !is_closed(c.text, begin)) return complain_of_open_bracket(c);
  c.say(c.character(), std::string("a key is a ") + (sequence ? "list" : "mapping"),
        "keys are texts; quote a text that begins with a bracket");
}

void complain_of_scalar(const SourcePtr& source, std::uint32_t begin, Diagnostics& diagnostics) {
  const Progress progress{begin, {}, nullptr};
  const Case c{source, source->text(), begin, progress, diagnostics};
  if (c.here() == '"' || c.here() == '\'') return complain_of_quote(c, begin);
  complain_of_place(c);
}

}  // namespace picket::yaml
