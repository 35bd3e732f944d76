// Counts allocations: the program replaces operator new.
#pragma once

#include <cstddef>

namespace picket::bench {

// How often this thread has called operator new, in any of its forms.
[[nodiscard]] std::size_t allocations_of_thread();

}  // namespace picket::bench
