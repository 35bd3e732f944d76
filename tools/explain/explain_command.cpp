#include "tools/explain/explain_command.hpp"

#include <algorithm>
#include <memory>

#include "explain_pages.hpp"
#include "grammar/text/diagnostic.hpp"
#include "tools/explain/pages.hpp"
#include "tools/terminal/unknown_word.hpp"

namespace picket {
namespace {

struct ExplainOptions {
  std::string code;
  bool list = false;
};

ExitStatus list_codes(Output& out) {
  std::size_t width = 0;
  for (const CodeRow& row : diagnostic_codes()) width = std::max(width, row.word.size());
  for (const CodeRow& row : diagnostic_codes()) {
    std::string level(spelling(row.level));
    level.resize(8, ' ');
    const std::string gap(width - row.word.size() + 2, ' ');
    out.line(out.palette()(Style::strong, row.word) + gap + level + std::string(row.title));
  }
  return ExitStatus::fine;
}

// Markdown is readable as it is; on a terminal its headings stand out and its fences step back.
void show_page(const CodeRow& row, std::string_view page, Output& out) {
  const Palette paint = out.palette();
  out.line(paint(Style::strong, row.word) + " (" + std::string(spelling(row.level)) + "): " + std::string(row.title));
  page.remove_prefix(std::min(page.find('\n'), page.size() - 1) + 1);  // its own heading
  bool example = false;
  while (!page.empty()) {
    const std::size_t length = std::min(page.find('\n'), page.size());
    const std::string_view line = page.substr(0, length);
    if (line.starts_with("```")) {
      example = !example;
      out.line(paint(Style::dim, line));
    } else if (line.starts_with('#') && !example) {
      out.line(paint(Style::strong, line));
    } else {
      out.line(line);
    }
    page.remove_prefix(std::min(length + 1, page.size()));
  }
}

ExitStatus explain(const ExplainOptions& options, Console& console) {
  if (options.list) return list_codes(console.out());
  if (options.code.empty()) {
    console.err().line("picket explain: which code? `picket explain --list` names them all.");
    return ExitStatus::could_not;
  }
  const auto code = code_from_word(options.code);
  const auto page = code ? page_of(*code) : std::nullopt;
  if (!page) {
    std::vector<std::string> words;
    for (const CodeRow& row : diagnostic_codes()) words.emplace_back(row.word);
    console.err().line("picket explain: " +
                       unknown_word("code", options.code, words, "; `picket explain --list` names them all"));
    return ExitStatus::could_not;
  }
  show_page(row_of(*code), *page, console.out());
  return ExitStatus::fine;
}

}  // namespace

std::optional<std::string_view> page_of(Code code) {
  for (const EmbeddedText& page : explain_pages()) {
    if (page.name == row_of(code).word) return page.text;
  }
  return std::nullopt;
}

Action declare_explain(Arguments& app) {
  const auto options = std::make_shared<ExplainOptions>();
  app.add_option("code", options->code, "a diagnostic code, as between brackets in `error[unknown-operator]`")
      .type_name("CODE");
  app.add_flag("--list", options->list, "list every code");
  return [options](Console& console) { return explain(*options, console); };
}

}  // namespace picket
