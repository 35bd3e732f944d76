// The text of a table: one line for each tactic and technique, columns separated by tabs.
#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "engine/attack/attack_table.hpp"

namespace picket {
namespace {

constexpr std::size_t most_columns = 6;
constexpr std::size_t most_faults = 20;  // that are told

// One column of a line: what it says, and where.
struct Column {
  std::string_view text;
  SourceSpan span;
};

// Reads the lines in order, then looks whether what they name is there.
class TableReader {
 public:
  TableReader(const SourcePtr& source, Diagnostics& diagnostics) : source_(source), diagnostics_(diagnostics) {}

  // False if anything is wrong.
  bool read() {
    const std::string_view text = source_->text();
    for (std::size_t at = 0; at < text.size() && faults_ <= most_faults;) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      read_line(at, end > at && text[end - 1] == '\r' ? end - 1 : end);
      at = end + 1;
    }
    if (data_.version.empty() && faults_ == 0) {
      complain({0, 0}, "the table is empty");
    }
    if (faults_ == 0) check_references();
    return faults_ == 0;
  }

  [[nodiscard]] AttackData take() { return std::move(data_); }

 private:
  void complain(SourceSpan span, std::string message) {
    if (++faults_ > most_faults) return;
    Diagnostic& diagnostic = diagnostics_.add(Code::bad_attack_table, source_, span, std::move(message));
    if (faults_ == 1) diagnostic.help = "`picket attack import` makes a table of MITRE's own file";
  }

  void read_line(std::size_t begin, std::size_t end) {
    const std::string_view line = source_->text().substr(begin, end - begin);
    if (line.empty() || line.front() == '#') return;
    std::array<Column, most_columns> columns;
    std::size_t count = 0;
    for (std::size_t at = 0; at <= line.size(); ++count) {
      const std::size_t tab = std::min(line.find('\t', at), line.size());
      const auto from = static_cast<std::uint32_t>(begin + at);
      const Column column{line.substr(at, tab - at), {from, static_cast<std::uint32_t>(begin + tab)}};
      if (count == most_columns) return complain(column.span, "the line has more than six columns");
      columns.at(count) = column;
      at = tab + 1;
    }
    for (std::size_t i = count; i < most_columns; ++i) columns.at(i).span = columns.at(count - 1).span;
    if (data_.version.empty() && faults_ == 0 && columns[0].text != "attack") {
      complain(columns[0].span, "this is no table of ATT&CK: it does not begin with `attack`, a version and a domain");
      faults_ = most_faults + 1;  // nothing further is worth a word
    } else if (columns[0].text == "attack") {
      read_head(columns);
    } else if (columns[0].text == "tactic" && is_new_id(columns[1], is_tactic_id(columns[1].text), "tactic")) {
      data_.tactics.push_back({.id = std::string(columns[1].text),
                               .name = name_of(columns[2]),
                               .status = status_of(columns[4], columns[5]),
                               .replaced_by = std::string(columns[5].text),
                               .partial = is_partial(columns[3])});
    } else if (columns[0].text == "technique" && is_new_id(columns[1], is_technique_id(columns[1].text), "technique")) {
      data_.techniques.push_back({.id = std::string(columns[1].text),
                                  .name = name_of(columns[2]),
                                  .tactics = tactics_of(columns[3]),
                                  .status = status_of(columns[4], columns[5]),
                                  .replaced_by = std::string(columns[5].text)});
    } else if (columns[0].text != "tactic" && columns[0].text != "technique") {
      complain(columns[0].span, "a line begins with `attack`, `tactic` or `technique`, and a tab");
    }
  }

  void read_head(const std::array<Column, most_columns>& columns) {
    if (!data_.version.empty()) return complain(columns[0].span, "the line `attack` stands here a second time");
    if (columns[1].text.empty() || columns[2].text.empty()) {
      return complain(columns[0].span,
                      "the line `attack` names the version and the domain: `attack`, `19`, "
                      "`enterprise-attack`");
    }
    data_.version = columns[1].text;
    data_.domain = columns[2].text;
    data_.partial = is_partial(columns[3]);
  }

  bool is_new_id(const Column& column, bool formed, std::string_view kind) {
    if (!formed) {
      complain(column.span, "this is no id of a " + std::string(kind));
      return false;
    }
    if (!places_.emplace(column.text, column.span).second) {
      complain(column.span, "the id `" + std::string(column.text) + "` stands here a second time");
      return false;
    }
    return true;
  }

  bool is_partial(const Column& column) {
    if (!column.text.empty() && column.text != "partial") complain(column.span, "here stands `partial`, or nothing");
    return column.text == "partial";
  }

  std::string name_of(const Column& column) {
    if (column.text.empty()) complain(column.span, "the name is missing");
    return std::string(column.text);
  }

  AttackStatus status_of(const Column& column, const Column& replacement) {
    for (const AttackStatus status : {AttackStatus::active, AttackStatus::deprecated, AttackStatus::revoked}) {
      if (column.text != spelling(status) && !(column.text.empty() && status == AttackStatus::active)) continue;
      if (status == AttackStatus::active && !replacement.text.empty()) {
        complain(replacement.span, "what is active has no replacement");
      }
      return status;
    }
    complain(column.span, "a status is `active` (or nothing), `deprecated` or `revoked`");
    return AttackStatus::active;
  }

  static std::vector<std::string> tactics_of(const Column& column) {
    std::vector<std::string> tactics;
    for (std::string_view rest = column.text; !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      tactics.emplace_back(rest.substr(0, comma));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return tactics;
  }

  // Everything that is named is there, and replacements come to an end.
  void check_references() {
    const auto want = [this](const std::string& from, std::string_view id, std::string_view what) {
      if (!id.empty() && !places_.contains(id)) {
        complain(places_.find(from)->second,
                 "the " + std::string(what) + " `" + std::string(id) + "` of `" + from + "` is not in the table");
      }
    };
    std::map<std::string_view, std::string_view> replacements;
    for (const Technique& technique : data_.techniques) {
      want(technique.id, technique.parent(), "parent");
      want(technique.id, technique.replaced_by, "replacement");
      for (const std::string& tactic : technique.tactics) want(technique.id, tactic, "tactic");
      replacements.emplace(technique.id, technique.replaced_by);
    }
    for (const Tactic& tactic : data_.tactics) {
      want(tactic.id, tactic.replaced_by, "replacement");
      replacements.emplace(tactic.id, tactic.replaced_by);
    }
    for (const auto& [id, first] : replacements) {
      std::string_view at = first;
      std::size_t steps = 0;
      for (; !at.empty() && steps <= replacements.size(); ++steps) {
        const auto next = replacements.find(at);
        at = next == replacements.end() ? std::string_view() : next->second;
      }
      if (!at.empty()) complain(places_.find(id)->second, "the replacements go round in a circle");
    }
  }

  const SourcePtr& source_;
  Diagnostics& diagnostics_;
  AttackData data_;
  std::map<std::string, SourceSpan, std::less<>> places_;  // of ids
  std::size_t faults_ = 0;
};

void append_line(std::string& text, std::initializer_list<std::string_view> columns) {
  std::string line;
  for (const std::string_view column : columns) line += (line.empty() ? "" : "\t") + std::string(column);
  line.erase(line.find_last_not_of('\t') + 1);
  text += line + "\n";
}

std::string_view status_column(AttackStatus status) {
  return status == AttackStatus::active ? std::string_view() : spelling(status);
}

}  // namespace

std::shared_ptr<const AttackTable> AttackTable::parse(const SourcePtr& source, Diagnostics& diagnostics) {
  TableReader reader(source, diagnostics);
  if (!reader.read()) return nullptr;
  return std::shared_ptr<const AttackTable>(new AttackTable(reader.take()));
}

std::string print(const AttackData& data) {
  std::string text;
  append_line(text, {"attack", data.version, data.domain, data.partial ? "partial" : ""});
  for (const Tactic& tactic : data.tactics) {
    append_line(text, {"tactic", tactic.id, tactic.name, tactic.partial ? "partial" : "", status_column(tactic.status),
                       tactic.replaced_by});
  }
  for (const Technique& technique : data.techniques) {
    std::string tactics;
    for (const std::string& tactic : technique.tactics) tactics += (tactics.empty() ? "" : ",") + tactic;
    append_line(text, {"technique", technique.id, technique.name, tactics, status_column(technique.status),
                       technique.replaced_by});
  }
  return text;
}

}  // namespace picket
