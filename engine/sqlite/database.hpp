// A SQLite database, as much of it as Picket needs. Owns sqlite3.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

struct sqlite3;
struct sqlite3_stmt;

namespace picket {

class Database;

// A statement, prepared once and run again and again. Parameters are numbered from 1, columns from 0. Must not outlive
// its database.
class Statement {
 public:
  Statement() = default;
  Statement(Database& database, std::string_view sql);
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;
  ~Statement();

  // Texts are copied.
  Statement& bind(int parameter, std::string_view text);
  // The same without a copy: the text must live until the statement has run.
  Statement& lend(int parameter, std::string_view text);
  Statement& bind(int parameter, std::int64_t number);
  Statement& bind_null(int parameter);

  // Goes on to the next row; false at the end, and after a fault. At the end it is ready to be bound and run anew.
  [[nodiscard]] bool step();
  // Runs it to its end.
  void run() {
    while (step()) {
    }
  }

  // Of the row that step() went to. Views live until the next call of step().
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  Database* database_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
};

enum class DatabaseUse : std::uint8_t {
  exclusive,  // created if it is not there; nobody else may have it open
  shared,     // created if it is not there; others may read meanwhile
  read_only,
};

// One connection. After a fault everything further does nothing, so that the first cause is the one that is told. Not
// for two threads at once.
class Database {
 public:
  using Opened = std::variant<std::unique_ptr<Database>, std::string>;

  // Opens a file whose `application` id and schema version are these, or makes a new one by `schema`. The other
  // alternative is why not, in words that follow the file's name and a blank.
  [[nodiscard]] static Opened open(const std::string& path, DatabaseUse use, std::int32_t application,
                                   std::int32_t version, const std::string& schema);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  void execute(const std::string& sql);
  // Everything between the two is written whole or not at all. After a fault commit() takes it back.
  void begin() { execute("BEGIN IMMEDIATE"); }
  void commit();

  // Takes what is in its log into the file itself, which then is all there is of it. It costs time, and nothing is lost
  // without it.
  void empty_log();

  // That what was found in it cannot be what was written; nothing is written to it any more.
  void distrust(std::string_view found);

  // What went wrong first, in words that follow the file's name and a blank; nothing if all went well.
  [[nodiscard]] const std::optional<std::string>& fault() const { return fault_; }

 private:
  friend class Statement;
  explicit Database(sqlite3* connection) : connection_(connection) {}
  void note_fault();
  void set_pace();
  [[nodiscard]] std::int64_t number_of(const std::string& sql);
  void prepare_file(DatabaseUse use, std::int32_t application, std::int32_t version, const std::string& schema);

  sqlite3* connection_;
  std::optional<std::string> fault_;
};

}  // namespace picket
