#include "engine/lookup/table_text.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/event/json.hpp"
#include "grammar/text/suggestion.hpp"
#include "grammar/text/unicode.hpp"

namespace picket {
namespace {

constexpr std::size_t deepest_row = 64;  // objects and lists of a row within one another
constexpr std::size_t most_faults = 20;  // told of one table: a file of another kind has one in every line

SourceSpan span_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

// Gathers the rows of a file, and what is wrong with them.
class Rows {
 public:
  Rows(const SourcePtr& file, const TableLimits& limits, Diagnostics& diagnostics)
      : file_(file), limits_(limits), diagnostics_(diagnostics) {}

  // Whether more rows are wanted.
  [[nodiscard]] bool open() const { return !full_ && faults_ < most_faults; }

  void fault(SourceSpan span, std::string message, std::string help) {
    if (++faults_ == most_faults) help = "the rest of the table is not read: there are too many such rows";
    diagnostics_.add(Code::bad_table, file_, span, std::move(message)).help = std::move(help);
  }

  void add(std::string key, Value row, SourceSpan span) {
    if (rows_->size() == limits_.rows) {
      full_ = true;
      fault(span, "the table has more than " + std::to_string(limits_.rows) + " rows",
            "the rest is not read; keep in the table what rules ask for");
      return;
    }
    const std::string written = key;
    if (rows_->add(std::move(key), std::move(row)) || ++repeated_ > most_faults) return;
    diagnostics_.add(Code::duplicate_row, file_, span, "another row before has the key `" + written + "`").help =
        "the first counts; take one of the two out";
  }

  [[nodiscard]] std::shared_ptr<const RowIndex> take() { return std::move(rows_); }

 private:
  const SourcePtr& file_;
  const TableLimits& limits_;
  Diagnostics& diagnostics_;
  std::shared_ptr<RowIndex> rows_ = std::make_shared<RowIndex>();
  std::size_t faults_ = 0;
  std::size_t repeated_ = 0;
  bool full_ = false;
};

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  return text.starts_with(mark) ? text.substr(mark.size()) : text;
}

// --- CSV ---

struct CsvRecord {
  std::vector<std::string> values;
  SourceSpan span;  // its first line
  // What is wrong with a value, and where.
  std::string fault;
  SourceSpan fault_span;
};

class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text), at_(text.size() - without_mark(text).size()) {}

  // The next record that is not empty; nothing at the end.
  std::optional<CsvRecord> next() {
    while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
    if (at_ == text_.size()) return std::nullopt;
    CsvRecord record;
    const std::size_t line_end = std::min(text_.find_first_of("\r\n", at_), text_.size());
    record.span = span_of(at_, line_end);
    do {
      record.values.push_back(read_value(record));
    } while (take(','));
    if (at_ + 1 < text_.size() && text_[at_] == '\r' && text_[at_ + 1] != '\n') {
      say(record, at_, at_ + 1, "a carriage return stands here without a line feed");
    }
    // A broken value may have left the rest of the line.
    at_ = std::min(text_.find('\n', at_), text_.size());
    return record;
  }

 private:
  bool take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string read_value(CsvRecord& record) {
    if (at_ < text_.size() && text_[at_] == '"') return read_quoted(record);
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string read_quoted(CsvRecord& record) {
    const std::size_t begin = at_++;
    std::string value;
    while (true) {
      const std::size_t quote = text_.find('"', at_);
      if (quote == std::string_view::npos) {
        say(record, begin, begin + 1, "the quote that begins here is never closed");
        at_ = text_.size();
        return value;
      }
      value += text_.substr(at_, quote - at_);
      at_ = quote + 1;
      if (!take('"')) break;
      value += '"';
    }
    if (at_ == text_.size() || text_[at_] == ',' || text_[at_] == '\r' || text_[at_] == '\n') return value;
    const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    say(record, at_, end, "after the closing quote there must be a comma or the end of the line");
    at_ = end;
    return value;
  }

  static void say(CsvRecord& record, std::size_t begin, std::size_t end, std::string fault) {
    if (!record.fault.empty()) return;
    record.fault = std::move(fault);
    record.fault_span = span_of(begin, end);
  }

  std::string_view text_;
  std::size_t at_;
};

// The place of the primary key among the columns; nothing, with an error, if they make no sense.
std::optional<std::size_t> key_column(const SourcePtr& file, const CsvRecord& head, const LookupTable& table,
                                      Diagnostics& diagnostics) {
  std::vector<std::string> sorted = head.values;
  std::ranges::sort(sorted);
  if (const auto twice = std::ranges::adjacent_find(sorted); twice != sorted.end()) {
    diagnostics.add(Code::bad_table, file, head.span, "two columns are named `" + *twice + "`").help =
        "the first line names the columns, each once";
    return std::nullopt;
  }
  const std::string& key = table.primary_key.value;
  const auto found = std::ranges::find(head.values, key);
  if (found != head.values.end()) return static_cast<std::size_t>(found - head.values.begin());
  Diagnostic& diagnostic = diagnostics.add(Code::bad_table, table.source, table.primary_key.span,
                                           "`" + file->name() + "` has no column `" + key + "`");
  diagnostic.help = "its first line names the columns";
  diagnostic.related.push_back({file, head.span, "the columns are here"});
  propose_nearest(diagnostic, table.primary_key.span, key, head.values, Certainty::if_alone);
  return std::nullopt;
}

// Events are UTF-8, and so must be what they get.
bool is_utf8(const SourcePtr& file, Diagnostics& diagnostics) {
  const auto invalid = find_invalid_utf8(file->text());
  if (!invalid) return true;
  diagnostics.add(Code::bad_table, file, span_of(*invalid, *invalid + 1), "the file is not UTF-8 here").help =
      "write it anew as UTF-8; no row of it is read";
  return false;
}

std::string count_of(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace

std::shared_ptr<const RowIndex> read_csv(const SourcePtr& file, const LookupTable& table, const TableLimits& limits,
                                         Diagnostics& diagnostics) {
  Rows rows(file, limits, diagnostics);
  if (!is_utf8(file, diagnostics)) return rows.take();
  CsvReader reader(file->text());
  const std::optional<CsvRecord> head = reader.next();
  if (!head || !head->fault.empty()) {
    diagnostics
        .add(Code::bad_table, file, head ? head->fault_span : SourceSpan{}, head ? head->fault : "the file is empty")
        .help = "the first line of a CSV file names its columns";
    return rows.take();
  }
  const auto key = key_column(file, *head, table, diagnostics);
  while (key && rows.open()) {
    std::optional<CsvRecord> record = reader.next();
    if (!record) break;
    if (!record->fault.empty()) {
      rows.fault(record->fault_span, record->fault, "a quote within a value is written twice; the row is left out");
    } else if (record->values.size() != head->values.size()) {
      rows.fault(record->span,
                 "the row has " + count_of(record->values.size(), "value") + ", and there are " +
                     count_of(head->values.size(), "column"),
                 "a value with a comma in it stands in quotes; the row is left out");
    } else {
      Object row;
      row.reserve(record->values.size() + 1);
      std::string text = record->values[*key];
      for (std::size_t i = 0; i < record->values.size(); ++i) row.set(head->values[i], std::move(record->values[i]));
      rows.add(std::move(text), std::move(row), record->span);
    }
  }
  return rows.take();
}

std::shared_ptr<const RowIndex> read_json_lines(const SourcePtr& file, const LookupTable& table,
                                                const TableLimits& limits, Diagnostics& diagnostics) {
  Rows rows(file, limits, diagnostics);
  if (!is_utf8(file, diagnostics)) return rows.take();
  const std::string_view text = file->text();
  if (const std::size_t first = text.find_first_not_of(" \t\r\n", text.size() - without_mark(text).size());
      first != std::string_view::npos && text[first] == '[') {
    rows.fault(span_of(first, first + 1), "the file holds a list, and a table is an object in each line",
               "write one row a line, without the brackets and commas around; no row of it is read");
    return rows.take();
  }
  std::size_t end = 0;
  for (std::size_t at = text.size() - without_mark(text).size(); at < text.size() && rows.open(); at = end + 1) {
    end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto read = read_json(line, {.nesting = deepest_row});
    if (const auto* error = std::get_if<JsonError>(&read)) {
      const std::size_t place = std::min(at + error->offset, end);
      rows.fault(span_of(place, std::min(place + 1, end)), "this is no JSON: " + error->reason,
                 "each line holds an object; the row is left out");
      continue;
    }
    const Value& row = std::get<Value>(read);
    const Value* key = row.object() == nullptr ? nullptr : row.object()->find_exact(table.primary_key.value);
    if (key == nullptr || (key->string() == nullptr && key->kind() != Kind::number)) {
      rows.fault(span_of(at, end),
                 row.object() == nullptr ? "the row is no object"
                                         : "the row has no text and no number `" + table.primary_key.value + "`",
                 "that is the table's `PrimaryKey`; the row is left out");
      continue;
    }
    rows.add(to_text(*key), row, span_of(at, end));
  }
  return rows.take();
}

}  // namespace picket
