// main() of every test executable (Catch2 3 brings its own).
#if !__has_include(<catch2/catch_all.hpp>)
#define CATCH_CONFIG_MAIN  // NOLINT(readability-identifier-naming): as Catch2 spells it
#endif
#include "tests/catch.hpp"
