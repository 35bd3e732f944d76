#include "engine/alert/product.hpp"

namespace picket {

std::string_view product_version() { return PICKET_VERSION; }

}  // namespace picket
