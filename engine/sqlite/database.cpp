#include "engine/sqlite/database.hpp"

#include <sqlite3.h>

#include <cstring>
#include <utility>

namespace picket {
namespace {

constexpr int busy_milliseconds = 5'000;

// "is damaged (…)", of what a check has found; the first of its lines only names the database.
std::string damaged(std::string_view found) {
  const std::size_t line_end = found.find('\n');
  if (found.starts_with("***") && line_end != std::string_view::npos) found.remove_prefix(line_end + 1);
  return "is damaged (" + std::string(found.substr(0, found.find('\n'))) +
         "); put a copy of it in its place, or take it away";
}

// What the system has said of reading or writing; SQLite says only "disk I/O error".
std::string io_reason(sqlite3* connection) {
  const int error = sqlite3_system_errno(connection);
  return std::string("cannot be read or written (") + (error == 0 ? sqlite3_errmsg(connection) : std::strerror(error)) +
         ")";
}

std::string reason_of(sqlite3* connection) {
  switch (sqlite3_errcode(connection)) {
    case SQLITE_CORRUPT:
      return damaged(sqlite3_errmsg(connection));
    case SQLITE_NOTADB:
      return "is no database of Picket";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "is in use by another program";
    case SQLITE_FULL:
      return "cannot be written: the disk is full";
    case SQLITE_READONLY:
      return "may not be written to";
    case SQLITE_CANTOPEN:
      return "cannot be opened";
    case SQLITE_IOERR:
      return io_reason(connection);
    default:
      return "cannot be used (" + std::string(sqlite3_errmsg(connection)) + ")";
  }
}

void bind_text(sqlite3_stmt* statement, int parameter, std::string_view text, sqlite3_destructor_type lifetime) {
  const char* data = text.data() == nullptr ? "" : text.data();  // a null pointer would bind NULL
  sqlite3_bind_text64(statement, parameter, data, text.size(), lifetime, SQLITE_UTF8);
}

}  // namespace

Statement::Statement(Database& database, std::string_view sql) : database_(&database) {
  if (database.fault_) return;
  if (sqlite3_prepare_v3(database.connection_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                         &statement_, nullptr) != SQLITE_OK) {
    database.note_fault();
  }
}

Statement::Statement(Statement&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)), statement_(std::exchange(other.statement_, nullptr)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(database_, other.database_);
  std::swap(statement_, other.statement_);
  return *this;
}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bind(int parameter, std::string_view text) {
  if (statement_ != nullptr) bind_text(statement_, parameter, text, SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::lend(int parameter, std::string_view text) {
  if (statement_ != nullptr) bind_text(statement_, parameter, text, SQLITE_STATIC);
  return *this;
}

Statement& Statement::bind(int parameter, std::int64_t number) {
  if (statement_ != nullptr) sqlite3_bind_int64(statement_, parameter, number);
  return *this;
}

Statement& Statement::bind_null(int parameter) {
  if (statement_ != nullptr) sqlite3_bind_null(statement_, parameter);
  return *this;
}

bool Statement::step() {
  if (statement_ == nullptr || database_->fault_) return false;
  const int status = sqlite3_step(statement_);
  if (status == SQLITE_ROW) return true;
  if (status != SQLITE_DONE) database_->note_fault();
  sqlite3_reset(statement_);
  return false;
}

std::string_view Statement::text(int column) const {
  const unsigned char* text = sqlite3_column_text(statement_, column);
  if (text == nullptr) return {};
  // SQLite's text is unsigned; char may alias it.
  return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_, column); }

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

Database::Opened Database::open(const std::string& path, DatabaseUse use, std::int32_t application,
                                std::int32_t version, const std::string& schema) {
  const int flags = use == DatabaseUse::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* connection = nullptr;
  const int status = sqlite3_open_v2(path.c_str(), &connection, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  std::unique_ptr<Database> database(new Database(connection));
  if (status != SQLITE_OK) return reason_of(connection);
  database->prepare_file(use, application, version, schema);
  if (database->fault_) return *database->fault_;
  return database;
}

// Pages take several rows that hold an event each: of SQLite's usual 4 KiB each such row takes one or two for itself,
// and the log twice as many calls of the system.
void Database::prepare_file(DatabaseUse use, std::int32_t application, std::int32_t version,
                            const std::string& schema) {
  if (use != DatabaseUse::read_only && sqlite3_db_readonly(connection_, "main") == 1) {
    fault_ = "may not be written to";
    return;
  }
  sqlite3_busy_timeout(connection_, use == DatabaseUse::exclusive ? 0 : busy_milliseconds);
  if (use == DatabaseUse::exclusive) execute("PRAGMA locking_mode = EXCLUSIVE");
  const bool empty = number_of("SELECT count(*) FROM sqlite_schema") == 0;
  if (fault_) return;
  if (empty && use != DatabaseUse::read_only) {
    execute("PRAGMA page_size = 16384");
    set_pace();
    begin();
    execute(schema);
    execute("PRAGMA application_id = " + std::to_string(application));
    execute("PRAGMA user_version = " + std::to_string(version));
    return commit();
  }
  const std::int64_t found_application = number_of("PRAGMA application_id");
  const std::int64_t found_version = number_of("PRAGMA user_version");
  if (fault_) return;
  if (found_application != application) {
    fault_ = "is no database of this kind";
    return;
  }
  if (found_version != version) {
    fault_ = "has the format " + std::to_string(found_version) + ", and this Picket reads and writes " +
             std::to_string(version);
    return;
  }
  if (use == DatabaseUse::read_only) return;
  set_pace();
  Statement check(*this, "PRAGMA quick_check(1)");
  if (check.step() && check.text(0) != "ok") fault_ = damaged(check.text(0));
}

// A write-ahead log survives the end of the process at any moment; it is not forced to the disk with each transaction,
// so that a machine that loses power may lose the last ones, whole. What one transaction changes has room in memory: of
// SQLite's usual 2 MB it overflows into the log, page by page, and each is written again when it changes again. The log
// is copied into the file every 4 MiB, so that little of it is left at the end, when the disk is waited for.
void Database::set_pace() {
  execute("PRAGMA journal_mode = WAL");
  execute("PRAGMA synchronous = NORMAL");
  execute("PRAGMA cache_size = -8192");        // KiB
  execute("PRAGMA wal_autocheckpoint = 256");  // pages
}

void Database::empty_log() { execute("PRAGMA wal_checkpoint(TRUNCATE)"); }

Database::~Database() { sqlite3_close_v2(connection_); }

std::int64_t Database::number_of(const std::string& sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.number(0) : 0;
}

void Database::execute(const std::string& sql) {
  if (fault_) return;
  if (sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) note_fault();
}

void Database::distrust(std::string_view found) {
  if (!fault_) fault_ = damaged(found);
}

void Database::commit() {
  execute("COMMIT");
  // There may be nothing left to take back; then this says so, and nobody needs to know.
  if (fault_) sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::note_fault() {
  if (!fault_) fault_ = reason_of(connection_);
}

}  // namespace picket
