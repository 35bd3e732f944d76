// As much of Markdown as the documents' tests need: fenced blocks and tables, with the lines where they stand.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace picket::tests {

struct FencedBlock {
  std::vector<std::string> words;  // after the backticks: "picket", "error", "mixed-and-or"
  std::string text;
  std::size_t line = 0;  // of its first line of text, from 1
};

struct Table {
  struct Row {
    std::vector<std::string> cells;  // without the backticks around a whole cell
    std::size_t line = 0;
  };
  std::vector<std::string> header;
  std::vector<Row> rows;
};

struct Document {
  std::vector<FencedBlock> blocks;
  std::vector<Table> tables;
};

[[nodiscard]] Document read_markdown(std::string_view text);

}  // namespace picket::tests
