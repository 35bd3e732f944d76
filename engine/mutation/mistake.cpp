#include "engine/mutation/mistake.hpp"

namespace picket {

std::string_view spelling(Mistake mistake) {
  switch (mistake) {
    case Mistake::dropped:
      return "dropped";
    case Mistake::negated:
      return "negated";
    case Mistake::connective:
      return "and/or";
    case Mistake::value_dropped:
      return "value";
    case Mistake::comparison:
      return "operator";
    case Mistake::case_folding:
      return "case";
    case Mistake::boundary:
      return "boundary";
    case Mistake::number:
      return "number";
    case Mistake::anchor:
      return "anchor";
    case Mistake::definition:
      return "definition";
    case Mistake::threshold:
      return "threshold";
    case Mistake::window:
      return "window";
    case Mistake::order:
      return "order";
  }
  return {};
}

}  // namespace picket
