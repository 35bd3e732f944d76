// Putting a new text in the place of a file's old one, safely.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace picket {

// Replaces the content of `path`, which must still be `expected`, by `text`: written aside in the same folder, synced
// to the disk, renamed over, so that whoever reads the file finds the old text or the new one, whole. Permissions
// are kept. Signals wait until the file aside is gone or in its place; only a kill that cannot wait may leave one
// (`.NAME.XXXXXX`). Returns nothing if it is done, else why not, in words that follow "FILE is left as it was: ", and
// nothing has changed. Refuses symbolic links, files that are no regular ones, and those that have changed since.
[[nodiscard]] std::optional<std::string> replace_file(const std::string& path, std::string_view expected,
                                                      std::string_view text);

// Puts `text` into `path`, whatever was there: written aside and renamed over, as above; a new file gets the
// permissions that the process gives new files. A symbolic link keeps pointing to the file that is written; what is no
// regular file (a pipe, a terminal) is written into, and so is an open file of this process (/dev/stdout, /dev/fd/3),
// at its position. Returns nothing if it is done, else why not; a regular file has not changed then.
[[nodiscard]] std::optional<std::string> write_file(const std::string& path, std::string_view text);

}  // namespace picket
