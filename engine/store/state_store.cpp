#include "engine/store/state_store.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "engine/digest/checksum.hpp"
#include "engine/state/members.hpp"
#include "engine/state/signal_queue.hpp"
#include "engine/state/window_table.hpp"

namespace picket {
namespace {

constexpr std::int32_t application = 0x5049'434B;  // "PICK"
constexpr std::int32_t version = 4;

// States whose keys are numbers are most of all, and have tables by number: new ones go to the end of a table, where
// SQLite writes them behind each other, and nothing is moved for them. The others are in `states`.
struct NumberedTable {
  std::string_view kind;
  std::string name;
};
const std::array<NumberedTable, 3>& numbered_tables() {
  static const std::array<NumberedTable, 3> tables = {
      {{window_kind, "windows"}, {first_match_kind, "first_matches"}, {waiting_kind, "waiting"}}};
  return tables;
}

constexpr const char* schema = R"(
CREATE TABLE windows (number INTEGER PRIMARY KEY, body TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE first_matches (number INTEGER PRIMARY KEY, body TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE waiting (number INTEGER PRIMARY KEY, body TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE states (kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, sum INTEGER NOT NULL,
                     PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE positions (
  input TEXT PRIMARY KEY, device INTEGER NOT NULL, inode INTEGER NOT NULL, head TEXT NOT NULL,
  head_bytes INTEGER NOT NULL, "offset" INTEGER NOT NULL, line INTEGER NOT NULL, lines INTEGER NOT NULL,
  sum INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE outbox (
  number INTEGER PRIMARY KEY AUTOINCREMENT, destination TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
  at INTEGER NOT NULL, sum INTEGER NOT NULL
);
CREATE TABLE notes (name TEXT PRIMARY KEY, body TEXT NOT NULL, sum INTEGER NOT NULL) WITHOUT ROWID;
)";

std::int64_t signed_bits(std::uint64_t number) { return static_cast<std::int64_t>(number); }
std::uint64_t unsigned_bits(std::int64_t number) { return static_cast<std::uint64_t>(number); }

// Of the columns of a row, as texts.
class RowSum {
 public:
  RowSum& operator<<(std::string_view column) {
    sum_ << column;
    return *this;
  }
  RowSum& operator<<(std::uint64_t column) { return *this << std::string_view(std::to_string(signed_bits(column))); }
  [[nodiscard]] std::int64_t value() const { return signed_bits(sum_.value()); }

 private:
  Checksum sum_;
};

}  // namespace

StateStore::Opened StateStore::open(const std::string& path) {
  auto opened = Database::open(path, DatabaseUse::exclusive, application, version, schema);
  if (auto* reason = std::get_if<std::string>(&opened)) return std::move(*reason);
  std::unique_ptr<StateStore> store(new StateStore(path, std::get<std::unique_ptr<Database>>(std::move(opened))));
  for (const NumberedTable& table : numbered_tables()) store->check_sums(table.name, "number, body", 2);
  store->check_sums("states", "kind, key, body", 3);
  store->check_sums("positions", R"(input, device, inode, head, head_bytes, "offset", line, lines)", 8);
  store->check_sums("outbox", "number, destination, id, body, at", 5);
  store->check_sums("notes", "name, body", 2);
  if (store->fault()) return *store->fault();
  return store;
}

StateStore::StateStore(std::string path, std::unique_ptr<Database> database)
    : path_(std::move(path)),
      database_(std::move(database)),
      put_state_(*database_, "INSERT OR REPLACE INTO states VALUES (?, ?, ?, ?)"),
      drop_state_(*database_, "DELETE FROM states WHERE kind = ? AND key = ?"),
      put_position_(*database_, "INSERT OR REPLACE INTO positions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      post_(*database_, "INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?)"),
      drop_post_(*database_, "DELETE FROM outbox WHERE number = ?"),
      put_note_(*database_, "INSERT OR REPLACE INTO notes VALUES (?, ?, ?)") {
  for (const NumberedTable& table : numbered_tables()) {
    numbered_.push_back({.kind = table.kind,
                         .put = Statement(*database_, "INSERT OR REPLACE INTO " + table.name + " VALUES (?, ?, ?)"),
                         .drop = Statement(*database_, "DELETE FROM " + table.name + " WHERE number = ?")});
  }
  // AUTOINCREMENT remembers the largest number also of rows that are gone.
  Statement last(*database_, "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'");
  if (last.step()) last_number_ = unsigned_bits(last.number(0));
}

void StateStore::check_sums(const std::string& table, const std::string& columns, int count) {
  Statement all(*database_, "SELECT " + columns + ", sum FROM " + table);
  while (all.step()) {
    RowSum sum;
    for (int column = 0; column < count; ++column) sum << all.text(column);
    if (sum.value() == all.number(count)) continue;
    return database_->distrust("a row of its table `" + table + "` is not as it was written");
  }
}

std::vector<SavedState> StateStore::states() {
  std::vector<SavedState> states;
  for (const NumberedTable& table : numbered_tables()) {
    Statement of_kind(*database_, "SELECT number, body FROM " + table.name + " ORDER BY number");
    while (of_kind.step()) {
      states.push_back({std::string(table.kind), std::string(of_kind.text(0)), std::string(of_kind.text(1))});
    }
  }
  Statement all(*database_, "SELECT kind, key, body FROM states ORDER BY kind, CAST(key AS INTEGER), key");
  while (all.step()) {
    states.push_back({std::string(all.text(0)), std::string(all.text(1)), std::string(all.text(2))});
  }
  return states;
}

std::vector<InputPosition> StateStore::positions() {
  std::vector<InputPosition> positions;
  Statement all(
      *database_,
      R"(SELECT input, device, inode, head, head_bytes, "offset", line, lines FROM positions ORDER BY input)");
  while (all.step()) {
    positions.push_back({.input = std::string(all.text(0)),
                         .device = unsigned_bits(all.number(1)),
                         .inode = unsigned_bits(all.number(2)),
                         .head = std::string(all.text(3)),
                         .head_bytes = unsigned_bits(all.number(4)),
                         .offset = unsigned_bits(all.number(5)),
                         .line = unsigned_bits(all.number(6)),
                         .lines = all.number(7) != 0});
  }
  return positions;
}

std::vector<OutboxRow> StateStore::outbox() {
  std::vector<OutboxRow> rows;
  Statement all(*database_, "SELECT number, destination, id, body, at FROM outbox ORDER BY number");
  while (all.step()) {
    rows.push_back({.destination = std::string(all.text(1)),
                    .parcel = {.number = unsigned_bits(all.number(0)),
                               .id = std::string(all.text(2)),
                               .body = std::string(all.text(3)),
                               .at = unsigned_bits(all.number(4))}});
  }
  return rows;
}

std::map<std::string, std::string> StateStore::notes() {
  std::map<std::string, std::string> notes;
  Statement all(*database_, "SELECT name, body FROM notes");
  while (all.step()) notes.emplace(all.text(0), all.text(1));
  return notes;
}

void StateStore::write_state(const SavedState& state) {
  const bool is_gone = state.body.empty();
  const auto numbered = std::ranges::find(numbered_, state.kind, &NumberedStates::kind);
  if (numbered == numbered_.end()) {
    if (is_gone) return drop_state_.lend(1, state.kind).lend(2, state.key).run();
    const std::int64_t sum = (RowSum() << state.kind << state.key << state.body).value();
    return put_state_.lend(1, state.kind).lend(2, state.key).lend(3, state.body).bind(4, sum).run();
  }
  const std::int64_t number = signed_bits(read_number(state.key).value());
  if (is_gone) return numbered->drop.bind(1, number).run();
  numbered->put.bind(1, number).lend(2, state.body).bind(3, (RowSum() << state.key << state.body).value()).run();
}

void StateStore::write(const StoreChanges& changes) {
  database_->begin();
  for (const SavedState& state : changes.states) write_state(state);
  for (const InputPosition& position : changes.positions) {
    const std::uint64_t lines = position.lines ? 1 : 0;
    const std::int64_t sum = (RowSum() << position.input << position.device << position.inode << position.head
                                       << position.head_bytes << position.offset << position.line << lines)
                                 .value();
    put_position_.bind(1, position.input)
        .bind(2, signed_bits(position.device))
        .bind(3, signed_bits(position.inode))
        .bind(4, position.head)
        .bind(5, signed_bits(position.head_bytes))
        .bind(6, signed_bits(position.offset))
        .bind(7, signed_bits(position.line))
        .bind(8, signed_bits(lines))
        .bind(9, sum)
        .run();
  }
  for (const OutboxRow& row : changes.posted) {
    const Parcel& parcel = row.parcel;
    const std::int64_t sum =
        (RowSum() << parcel.number << row.destination << parcel.id << parcel.body << parcel.at).value();
    post_.bind(1, signed_bits(parcel.number))
        .lend(2, row.destination)
        .lend(3, parcel.id)
        .lend(4, parcel.body)
        .bind(5, signed_bits(parcel.at))
        .bind(6, sum)
        .run();
    last_number_ = std::max(last_number_, parcel.number);
  }
  for (const std::uint64_t number : changes.delivered) drop_post_.bind(1, signed_bits(number)).run();
  for (const auto& [name, body] : changes.notes) {
    put_note_.bind(1, name).bind(2, body).bind(3, (RowSum() << name << body).value()).run();
  }
  database_->commit();
}

}  // namespace picket
