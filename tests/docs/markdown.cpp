#include "tests/docs/markdown.hpp"

#include <optional>
#include <sstream>
#include <utility>

namespace picket::tests {

namespace {

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

std::string cell_of(std::string_view raw) {
  std::string cell = trimmed(raw);
  if (cell.size() >= 2 && cell.front() == '`' && cell.back() == '`') cell = cell.substr(1, cell.size() - 2);
  return cell;
}

// The cells of `| a | b |`; `\|` is a bar that separates nothing.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  std::string cell;
  const std::string row = trimmed(line);
  for (std::size_t i = 1; i < row.size(); ++i) {
    if (row[i] == '\\' && i + 1 < row.size() && row[i + 1] == '|') {
      cell += row[++i];
    } else if (row[i] == '|') {
      cells.push_back(cell_of(cell));
      cell.clear();
    } else {
      cell += row[i];
    }
  }
  return cells;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

}  // namespace

Document read_markdown(std::string_view text) {
  Document document;
  std::optional<FencedBlock> block;
  bool in_table = false;
  std::istringstream stream{std::string(text)};
  std::size_t number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (line.starts_with("```")) {
      if (block) {
        document.blocks.push_back(*std::exchange(block, std::nullopt));
      } else {
        block.emplace();
        block->words = words_of(line.substr(3));
        block->line = number + 1;
      }
      in_table = false;
    } else if (block) {
      block->text += line + "\n";
    } else if (!line.starts_with("|")) {
      in_table = false;
    } else if (!in_table) {
      in_table = true;
      document.tables.push_back({cells_of(line), {}});
    } else if (line.find_first_not_of("|-: ") != std::string::npos) {
      document.tables.back().rows.push_back({cells_of(line), number});
    }
  }
  return document;
}

}  // namespace picket::tests
