#include "engine/pack/lookup_tables.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include "engine/digest/digest.hpp"
#include "engine/lookup/enrichment.hpp"
#include "engine/lookup/max_mind.hpp"
#include "engine/lookup/row_index.hpp"
#include "engine/lookup/table_text.hpp"
#include "engine/pack/read_file.hpp"
#include "grammar/text/backquoted.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

enum class TableKind : std::uint8_t { csv, json_lines, max_mind };

struct Ending {
  std::string_view text;
  TableKind kind;
};
constexpr std::array<Ending, 5> endings = {{{".csv", TableKind::csv},
                                            {".jsonl", TableKind::json_lines},
                                            {".ndjson", TableKind::json_lines},
                                            {".json", TableKind::json_lines},
                                            {".mmdb", TableKind::max_mind}}};

const Ending* ending_of(std::string_view name) {
  const auto* found = std::ranges::find_if(endings, [&](const Ending& one) { return name.ends_with(one.text); });
  return found == endings.end() ? nullptr : found;
}

class TableReader {
 public:
  TableReader(const PackOptions& options, const std::map<std::string, SourcePtr>& archived, Diagnostics& diagnostics)
      : options_(options), archived_(archived), diagnostics_(diagnostics) {}

  TableRows read(LookupTable& table, Enrichment& enrichment) {
    if (!table.file) return {};
    const Ending* ending = ending_of(table.file->value);
    if (ending == nullptr) {
      say(Code::bad_table, table, backquoted(table.file->value) + " does not tell by its name what it holds",
          "a file of rows ends in `.csv`, `.jsonl`, `.json`, `.ndjson` or `.mmdb`");
      return {};
    }
    const fs::path folder = fs::path(table.source->name()).parent_path();
    const std::string name = (folder / table.file->value).lexically_normal().string();
    table.rows = std::make_shared<const Source>(name, "");
    const std::size_t most =
        ending->kind == TableKind::max_mind ? options_.tables.database_bytes : options_.tables.bytes;
    const SourcePtr file = open(table, name, most);
    if (file == nullptr) return {};
    table.rows_digest = digest_of({file->text()});
    enrichment.add(TableFile{.name = name, .digest = table.rows_digest});
    if (file->text().size() > most) {
      say(Code::bad_table, table,
          backquoted(name) + " is larger than " + std::to_string(most / (std::size_t{1} << 20U)) + " MiB",
          "keep in the table what rules ask for");
      return {};
    }
    TableRows rows = rows_of(ending->kind, file, table);
    if (const auto* index = std::get_if<std::shared_ptr<const RowIndex>>(&rows)) table.row_count = (*index)->size();
    return rows;
  }

 private:
  void say(Code code, const LookupTable& table, std::string message, std::string help) {
    diagnostics_.add(code, table.source, table.file->span, std::move(message)).help = std::move(help);
  }

  SourcePtr open(const LookupTable& table, const std::string& name, std::size_t most) {
    const auto unsaved = options_.unsaved.find(name);
    if (unsaved != options_.unsaved.end()) return unsaved->second;
    if (archived_.contains(table.source->name())) {
      const auto found = archived_.find(name);
      if (found != archived_.end()) return found->second;
      say(Code::missing_table, table, "the archive has no file " + backquoted(name),
          "`picket pack build` takes the files of tables along");
      return nullptr;
    }
    std::error_code ignored;
    const std::string help = "it is looked for from the folder of this file";
    if (fs::exists(name, ignored) && !fs::is_regular_file(name, ignored)) {
      say(Code::missing_table, table, backquoted(name) + " is no plain file", help);
      return nullptr;
    }
    Diagnostics faults;
    SourcePtr file = read_file(name, most, faults);
    if (file == nullptr) say(Code::missing_table, table, faults.all().front().message, help);
    return file;
  }

  TableRows rows_of(TableKind kind, const SourcePtr& file, const LookupTable& table) {
    switch (kind) {
      case TableKind::csv:
        return read_csv(file, table, options_.tables, diagnostics_);
      case TableKind::json_lines:
        return read_json_lines(file, table, options_.tables, diagnostics_);
      case TableKind::max_mind:
        break;
    }
    auto opened = MaxMindDatabase::open(file->text());
    if (auto* database = std::get_if<std::shared_ptr<const MaxMindDatabase>>(&opened)) return std::move(*database);
    say(Code::bad_table, table, backquoted(file->name()) + ": " + std::get<std::string>(opened),
        "a file that ends in `.mmdb` is such a database");
    return {};
  }

  const PackOptions& options_;
  const std::map<std::string, SourcePtr>& archived_;
  Diagnostics& diagnostics_;
};

}  // namespace

bool is_table_file(std::string_view name) { return ending_of(name) != nullptr; }

void read_lookup_tables(Pack& pack, const PackOptions& options, const std::map<std::string, SourcePtr>& archived,
                        Diagnostics& diagnostics) {
  auto enrichment = std::make_shared<Enrichment>();
  TableReader reader(options, archived, diagnostics);
  bool any = false;
  for (LookupTable& table : pack.lookup_tables) {
    if (!table.enabled) continue;
    any = true;
    TableRows rows = reader.read(table, *enrichment);
    enrichment->add(table, std::move(rows));
  }
  if (any) pack.enrichment = std::move(enrichment);
}

}  // namespace picket
