// A destination: alerts as rows of a SQLite database, for analysts.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "engine/alert/destination.hpp"
#include "engine/sqlite/database.hpp"

namespace picket {

// One row for an alert, which its updates bring up to date; what comes twice changes nothing.
class AlertTable : public Destination {
 public:
  using Opened = std::variant<std::unique_ptr<AlertTable>, std::string>;
  // Opens or creates the database; the other alternative is why that cannot be done, in words that follow its name and
  // a blank. Others may read it meanwhile.
  [[nodiscard]] static Opened open(const std::string& path);

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] std::string render(const Alert& alert) const override;
  [[nodiscard]] Delivery recover(std::vector<Parcel> parcels) override { return deliver(std::move(parcels)); }
  [[nodiscard]] Delivery deliver(std::vector<Parcel> parcels) override;
  [[nodiscard]] std::vector<std::uint64_t> arrived() override;

 private:
  AlertTable(const std::string& path, std::unique_ptr<Database> database);

  std::string name_;
  std::string path_;
  std::unique_ptr<Database> database_;
  Statement put_;
  Statement put_mentions_;
  Statement put_techniques_;
  std::vector<std::uint64_t> arrived_;
};

}  // namespace picket
