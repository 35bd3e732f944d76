// StateStore: all that must outlive the program, in one file: what the detector knows, how far inputs have been read,
// and what is still to be delivered. Whatever of it changes together is written together, in one transaction, so that
// at no moment of a crash one of them is ahead of the others. The door of engine/store.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/alert/destination.hpp"
#include "engine/sqlite/database.hpp"
#include "engine/state/saved_state.hpp"

namespace picket {

// How far an input has been read.
struct InputPosition {
  std::string input;         // its path, as it was named
  std::uint64_t device = 0;  // which file it was then
  std::uint64_t inode = 0;
  std::string head;              // a digest of its first `head_bytes` bytes: knows it again when it has been packed
  std::uint64_t head_bytes = 0;  // at most 1,024
  std::uint64_t offset = 0;      // bytes of text, unpacked: everything before has been judged
  std::uint64_t line = 1;        // on which what follows begins
  bool lines = false;            // it is a line of its own that follows, whatever came before
  friend bool operator==(const InputPosition&, const InputPosition&) = default;
};

// Something to be delivered, and by which destination.
struct OutboxRow {
  std::string destination;
  Parcel parcel;
};

struct StoreChanges {
  std::vector<SavedState> states;
  std::vector<InputPosition> positions;
  std::vector<OutboxRow> posted;         // new in the outbox
  std::vector<std::uint64_t> delivered;  // numbers of rows that are no longer needed
  std::map<std::string, std::string> notes;
};

// For one thread at a time. The file is this program's alone while it is open. Each row has a sum of its own: what a
// disk has changed since is noticed before anything is done by it.
class StateStore {
 public:
  using Opened = std::variant<std::unique_ptr<StateStore>, std::string>;
  // Opens the file or makes a new one. The other alternative is why not, in words that follow its name.
  [[nodiscard]] static Opened open(const std::string& path);

  // What was written last. The order of states within a kind is that of their keys as numbers.
  [[nodiscard]] std::vector<SavedState> states();
  [[nodiscard]] std::vector<InputPosition> positions();
  [[nodiscard]] std::vector<OutboxRow> outbox();
  // Small texts, by their names.
  [[nodiscard]] std::map<std::string, std::string> notes();
  [[nodiscard]] std::uint64_t last_number() const { return last_number_; }

  // Writes all of it, or nothing. A body that is empty takes its state away. REQUIRES: keys of windows, of their first
  // matches and of what waits are numbers.
  void write(const StoreChanges& changes);

  // After the last write: as Database::empty_log().
  void empty_log() { database_->empty_log(); }

  [[nodiscard]] const std::string& path() const { return path_; }
  // As Database::fault(): once there is one, nothing is written any more.
  [[nodiscard]] const std::optional<std::string>& fault() const { return database_->fault(); }

 private:
  // Of one kind whose keys are numbers: how it is written.
  struct NumberedStates {
    std::string_view kind;
    Statement put;
    Statement drop;
  };

  StateStore(std::string path, std::unique_ptr<Database> database);
  void check_sums(const std::string& table, const std::string& columns, int count);
  void write_state(const SavedState& state);

  std::string path_;
  std::unique_ptr<Database> database_;
  std::vector<NumberedStates> numbered_;
  Statement put_state_;
  Statement drop_state_;
  Statement put_position_;
  Statement post_;
  Statement drop_post_;
  Statement put_note_;
  std::uint64_t last_number_ = 0;  // of the outbox
};

}  // namespace picket
