// A file that lines are appended to, each exactly once, whenever the program ends.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "engine/alert/alert_format.hpp"
#include "engine/alert/destination.hpp"

namespace picket {

// What is written down says where in the file it is to stand. After a crash the file tells how much of it has arrived:
// nothing, all, or a part of a line, which is then completed. What others have written to the file, or that it is not
// the file it was, is no loss: then all is appended that is written down.
class AppendedFile : public Destination {
 public:
  using Opened = std::variant<std::unique_ptr<AppendedFile>, std::string>;

  // Opens or creates the file; the other alternative is why that cannot be done. `write` is null for files of something
  // else than alerts.
  [[nodiscard]] static Opened open(const std::string& path, WriteAlert write);
  ~AppendedFile() override;

  [[nodiscard]] const std::string& name() const override { return name_; }
  // A line with its line end.
  [[nodiscard]] std::string render(const Alert& alert) const override;
  [[nodiscard]] std::uint64_t reserve(std::size_t bytes) override;
  [[nodiscard]] Delivery recover(std::vector<Parcel> parcels) override;
  [[nodiscard]] Delivery deliver(std::vector<Parcel> parcels) override;
  [[nodiscard]] std::vector<std::uint64_t> arrived() override;

 private:
  AppendedFile(const std::string& path, int descriptor, WriteAlert write);
  [[nodiscard]] Delivery append(std::string_view text);
  [[nodiscard]] std::string read_at(std::uint64_t offset, std::size_t bytes) const;
  [[nodiscard]] std::uint64_t size() const;

  std::string name_;
  int descriptor_;
  WriteAlert write_;
  std::uint64_t end_ = 0;  // of the file, once all that is reserved is written
  std::vector<std::uint64_t> arrived_;
};

}  // namespace picket
