// Files of rows: CSV (RFC 4180) and JSON lines.
#pragma once

#include <memory>

#include "engine/frontend/lookup_table.hpp"
#include "engine/lookup/row_index.hpp"
#include "engine/lookup/table_limits.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket {

// The first line names the columns; every value is a text. A quoted value may go over several lines, and holds quotes
// doubled. Line ends are LF or CRLF; a byte order mark and empty lines are passed over.
//
// The diagnostics of both stand in the file of rows: bad-table for a row that cannot be read, which is left out, and
// where a table has too many of those or of rows at all; duplicate-row. A primary key that is no column is a bad-table
// where the table names it; then there are no rows.
[[nodiscard]] std::shared_ptr<const RowIndex> read_csv(const SourcePtr& file, const LookupTable& table,
                                                       const TableLimits& limits, Diagnostics& diagnostics);

// A JSON object on each line, with the primary key a text or a number.
[[nodiscard]] std::shared_ptr<const RowIndex> read_json_lines(const SourcePtr& file, const LookupTable& table,
                                                              const TableLimits& limits, Diagnostics& diagnostics);

}  // namespace picket
