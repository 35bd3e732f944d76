// Whether the tests, and the programs that they run, are built with a sanitizer: then all is larger and slower.
#pragma once

namespace picket::tests {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

}  // namespace picket::tests
