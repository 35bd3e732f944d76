// A file that is in memory only, for libraries that read files and nothing else.
#pragma once

#include <string>
#include <string_view>

namespace picket {

// A descriptor of memory (memfd_create(2)), which nobody else can change while it is mapped. Closed at the end.
class MemoryFile {
 public:
  // Holds a copy of the bytes. If there is no room for them, `whole()` is false and errno says why.
  explicit MemoryFile(std::string_view bytes);
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile();

  [[nodiscard]] bool whole() const { return whole_; }
  // By which this process can open it.
  [[nodiscard]] std::string path() const;

 private:
  int descriptor_;
  bool whole_ = false;
};

}  // namespace picket
