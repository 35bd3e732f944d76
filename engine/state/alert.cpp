#include "engine/state/alert.hpp"

namespace picket {

std::string_view spelling(AlertStatus status) {
  switch (status) {
    case AlertStatus::created:
      return "created";
    case AlertStatus::updated:
      return "updated";
  }
  return {};
}

}  // namespace picket
