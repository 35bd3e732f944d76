# The libraries that Picket links. The installed package's configuration includes this file too, so that a consumer
# finds the same. (Header-only packages are named in PicketBuild.cmake: a consumer does without them.)

find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc)
find_package(yaml-cpp REQUIRED)
find_package(simdjson REQUIRED)
find_package(SQLite3 REQUIRED)

if(NOT TARGET yaml-cpp::yaml-cpp)  # yaml-cpp before 0.8
  add_library(yaml-cpp::yaml-cpp INTERFACE IMPORTED)
  set_target_properties(yaml-cpp::yaml-cpp PROPERTIES INTERFACE_LINK_LIBRARIES yaml-cpp)
endif()

find_package(PkgConfig REQUIRED)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)  # its CMake package is not everywhere
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(MAXMINDDB REQUIRED IMPORTED_TARGET libmaxminddb)
pkg_check_modules(ARCHIVE REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(MD4C REQUIRED IMPORTED_TARGET md4c)
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
if("-DCPPHTTPLIB_OPENSSL_SUPPORT" IN_LIST HTTPLIB_CFLAGS_OTHER)  # then its header calls OpenSSL itself
  pkg_check_modules(HTTPLIB_OPENSSL REQUIRED IMPORTED_TARGET libssl libcrypto)
  target_link_libraries(PkgConfig::HTTPLIB INTERFACE PkgConfig::HTTPLIB_OPENSSL)
endif()

find_package(re2 CONFIG QUIET)
if(NOT TARGET re2::re2)  # Debian leaves out that file, and pkg-config does not come to an end with RE2's Abseil
  find_path(RE2_INCLUDE_DIR re2/re2.h REQUIRED)
  find_library(RE2_LIBRARY re2 REQUIRED)
  add_library(re2::re2 UNKNOWN IMPORTED)
  set_target_properties(re2::re2 PROPERTIES
    IMPORTED_LOCATION ${RE2_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${RE2_INCLUDE_DIR})
endif()
