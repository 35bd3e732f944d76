#include "engine/stream/followed_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <iterator>
#include <utility>

#include "engine/stream/batch_cutter.hpp"
#include "engine/stream/buffer.hpp"
#include "engine/stream/file_identity.hpp"

namespace picket {
namespace {

std::uint64_t line_ends(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

std::deque<RotatedFile> to_queue(std::vector<RotatedFile> files) {
  return {std::make_move_iterator(files.begin()), std::make_move_iterator(files.end())};
}

}  // namespace

FollowedFile::FollowedFile(std::string path, FrameLimits limits, std::optional<InputPosition> resume,
                           std::shared_ptr<BufferPool> pool)
    : path_(std::make_shared<const std::string>(std::move(path))), limits_(limits), pool_(std::move(pool)) {
  resumes_ = resume.has_value();
  if (resume) position_ = *std::move(resume);
}

FollowedFile::~FollowedFile() { close(); }

void FollowedFile::close() {
  reader_.reset();
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  current_ = false;
}

bool FollowedFile::read(Batch& batch) {
  while (ready_.empty()) {
    if (!open() || !take_chunk()) return false;
  }
  batch = std::move(ready_.front());
  ready_.pop_front();
  return true;
}

// Makes sure that there is something to read from: what is left of rotated files, then the current one.
bool FollowedFile::open() {
  if (reader_ != nullptr || current_) return true;
  if (std::exchange(resumes_, false)) {
    open_current();
    if (current_ && is_same_file(position_, descriptor_)) {
      struct stat status {};
      if (::fstat(descriptor_, &status) == 0 && static_cast<std::uint64_t>(status.st_size) >= position_.offset) {
        file_ = std::make_shared<const InputPosition>(position_);
        return true;
      }
    }
    close();
    rotated_ = to_queue(rotated_rest(*path_, position_));
    if (!rotated_.empty()) {
      file_ = std::make_shared<const InputPosition>(position_);
      open_rotated();
      return true;
    }
    ++lost_;
  }
  if (!rotated_.empty()) {
    position_ = {};
    open_rotated();
    return true;
  }
  open_current();
  if (!current_) return false;
  adopt(descriptor_);
  return true;
}

// Of a file that was read in part before, position_ says how much is to be passed over.
void FollowedFile::open_rotated() {
  RotatedFile file = std::move(rotated_.front());
  rotated_.pop_front();
  const int descriptor = file.release();
  if (position_.offset == 0) {
    position_ = identify(descriptor, *path_).value_or(InputPosition{});
    position_.head = file.head().digest;  // of the text, should it be packed
    position_.head_bytes = file.head().bytes;
    file_ = std::make_shared<const InputPosition>(position_);
  }
  reader_ = std::make_unique<ByteReader>(descriptor, true, -1);
  std::string passed(chunk_bytes, '\0');
  for (std::uint64_t left = position_.offset; left > 0;) {
    const std::size_t count = reader_->read(std::span(passed).first(std::min<std::uint64_t>(left, passed.size())));
    if (count == 0) break;
    left -= count;
  }
}

void FollowedFile::open_current() {
  descriptor_ = ::open(path_->c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (descriptor_ >= 0 && (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode))) {
    ::close(std::exchange(descriptor_, -1));
  }
  current_ = descriptor_ >= 0;
}

// Begins with a file from its first byte.
void FollowedFile::adopt(int descriptor) {
  position_ = identify(descriptor, *path_).value_or(InputPosition{});
  file_ = std::make_shared<const InputPosition>(position_);
}

// Whether another file with something in it stands where the current one stood, or the current one was written anew.
bool FollowedFile::was_replaced() {
  struct stat own {};
  struct stat now {};
  if (::fstat(descriptor_, &own) != 0) return true;
  if (static_cast<std::uint64_t>(own.st_size) < position_.offset + carry_.size()) return true;
  if (::stat(path_->c_str(), &now) != 0) return false;
  return (now.st_ino != own.st_ino || now.st_dev != own.st_dev) && now.st_size > 0;
}

// Before the first bytes of the current file are read: while the one before was being read, others may have come and
// gone. What they left is to be read first.
bool FollowedFile::skipped_files() {
  struct stat status {};
  if (!previous_ || ::fstat(descriptor_, &status) != 0 || status.st_size == 0) return false;
  std::deque<RotatedFile> files = to_queue(rotated_rest(*path_, *previous_));
  previous_.reset();
  if (files.size() < 2) return false;
  files.pop_front();
  rotated_ = std::move(files);
  close();
  return true;
}

// Reads on. False if there is nothing more just now.
bool FollowedFile::take_chunk() {
  if (current_ && skipped_files()) return true;
  if (current_ && !is_same_file(position_, descriptor_)) {
    end_file();  // truncated, and written to again
    return true;
  }
  std::string text(chunk_bytes, '\0');
  std::size_t count = 0;
  if (current_) {
    const std::uint64_t at = position_.offset + (too_long_ > 0 ? too_long_ : carry_.size());
    ssize_t got = 0;
    do {
      got = ::pread(descriptor_, text.data(), text.size(), static_cast<off_t>(at));
    } while (got < 0 && errno == EINTR);
    count = got > 0 ? static_cast<std::size_t>(got) : 0;
    if (got < 0 && !unreadable_) ++faults_;  // a disk or a server that is gone may come back
    unreadable_ = got < 0;
  } else if (reader_ != nullptr) {
    count = reader_->read(text);
    if (count == 0 && reader_->fault()) ++lost_;
  }
  if (count == 0) {
    if (current_ && !was_replaced()) return false;
    end_file();
    return true;
  }
  text.resize(count);
  bytes_ += count;
  if (current_ &&
      file_->head_bytes < most_head_bytes) {  // it was short when it was begun; by more of it it is known better
    const FileHead head = head_of(descriptor_);
    position_.head = head.digest;
    position_.head_bytes = head.bytes;
    file_ = std::make_shared<const InputPosition>(position_);
  }
  cut(std::move(text), false);
  return true;
}

// A file is at its end for good: its last line counts, ended or not. Then it is the turn of those that were begun
// after it.
void FollowedFile::end_file() {
  if (current_) rotated_ = to_queue(rotated_rest(*path_, position_));
  if (current_ && !rotated_.empty()) {
    // The first is the one that was read until now, under another name: there may be more in it by now, also of its
    // last line.
    carry_.clear();
    too_long_ = 0;
    close();
    return open_rotated();
  }
  cut({}, true);
  close();
  previous_ = position_;
}

void FollowedFile::cut(std::string text, bool ended) {
  drop_long_line(text, ended);
  if (too_long_ > 0) return;
  text.insert(0, std::exchange(carry_, {}));
  const std::size_t last = ended ? text.size() : text.rfind('\n') + 1;  // none: npos + 1 is 0
  carry_ = text.substr(last);
  text.resize(last);
  hand_over(text);
  if (carry_.size() <= limits_.longest) return;
  too_long_ = carry_.size();
  carry_.resize(limits_.shown);
}

// Passes over what belongs to a line that is too long; once it is ended, or its file is, it is handed over as such.
void FollowedFile::drop_long_line(std::string& text, bool ended) {
  if (too_long_ == 0) return;
  const std::size_t line_end = text.find('\n');
  const std::size_t dropped = std::min(line_end, text.size());
  too_long_ += dropped;
  text.erase(0, dropped);
  if (ended || line_end != std::string::npos) hand_over_long_line();
}

void FollowedFile::hand_over_long_line() {
  Batch batch;
  const auto memory = std::make_shared<Buffer>(carry_.size());
  std::copy(carry_.begin(), carry_.end(), memory->data());
  const Frame frame{.text = {memory->data(), carry_.size()},
                    .whole = false,
                    .length = too_long_,
                    .offset = position_.offset,
                    .line = position_.line};
  batch.pieces.push_back({.frame = frame, .lines = false});
  batch.memory.push_back(memory);
  position_.offset += std::exchange(too_long_, 0);
  carry_.clear();
  push(std::move(batch));
}

void FollowedFile::hand_over(const std::string& lines) {
  if (lines.empty()) return;
  std::string_view rest = lines;
  const ByteSource source{.read =
                              [&rest](std::span<char> to) {
                                const std::size_t count = rest.copy(to.data(), to.size());
                                rest.remove_prefix(count);
                                return count;
                              },
                          .ready = [] { return true; }};
  BatchCutter cutter(source, limits_, pool_);
  cutter.begin_at({.offset = position_.offset, .line = position_.line, .lines = true});
  cutter.run({.take =
                  [this](Batch& batch) {
                    push(std::exchange(batch, {}));
                    return true;
                  },
              .rest = [] { return true; }});
  position_.offset += lines.size();
  position_.line += line_ends(lines);
  if (ready_.empty()) return;
  ready_.back().end = position_.offset;
  ready_.back().end_line = position_.line;
}

void FollowedFile::push(Batch batch) {
  batch.file = file_;
  batch.input = path_;
  batch.end = std::max(batch.end, position_.offset);
  batch.end_line = std::max(batch.end_line, position_.line);
  ready_.push_back(std::move(batch));
}

}  // namespace picket
