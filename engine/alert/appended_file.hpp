// A file that lines are appended to, each exactly once, whenever the program ends.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "engine/alert/alert_format.hpp"
#include "engine/alert/destination.hpp"
#include "engine/alert/named_file.hpp"

namespace picket {

// What is written down says where in the file it is to stand. After a crash the file tells how much of it has arrived:
// nothing, all, or a part of a line, which is then completed. If the file was renamed meanwhile, as those do who rotate
// logs, it is looked for in its folder, by what was to stand in it. What others have written to the file, or that it is
// gone, is no loss: then all is appended that is written down.
class AppendedFile : public Destination {
 public:
  using Opened = std::variant<std::unique_ptr<AppendedFile>, std::string>;

  // Opens or creates the file; the other alternative is why that cannot be done. `write` is null for files of something
  // else than alerts.
  [[nodiscard]] static Opened open(const std::string& path, WriteAlert write);

  [[nodiscard]] const std::string& name() const override { return name_; }
  // A line with its line end.
  [[nodiscard]] std::string render(const Alert& alert) const override;
  [[nodiscard]] std::uint64_t reserve(std::size_t bytes) override;
  [[nodiscard]] Delivery recover(std::vector<Parcel> parcels) override;
  [[nodiscard]] Delivery deliver(std::vector<Parcel> parcels) override;
  [[nodiscard]] std::vector<std::uint64_t> arrived() override;

  // As NamedFile::look_again(), from any thread. What it finds is written to from the next line on that is not
  // reserved yet.
  [[nodiscard]] std::variant<bool, std::string> look_again() { return file_->look_again(); }
  [[nodiscard]] const std::string& path() const { return file_->path(); }

 private:
  AppendedFile(std::unique_ptr<NamedFile> file, WriteAlert write);
  [[nodiscard]] Delivery append(int descriptor, std::string_view text) const;
  [[nodiscard]] Delivery complete(std::uint64_t begin, std::string missing);

  std::string name_;
  std::unique_ptr<NamedFile> file_;
  WriteAlert write_;
  std::uint64_t end_ = 0;       // of the file, once all that is reserved is written
  std::uint64_t reserved_ = 0;  // bytes that are not written yet
  std::vector<std::uint64_t> arrived_;
};

}  // namespace picket
