# How every target of Picket is compiled. The presets (CMakePresets.json) choose among what is offered here.

option(PICKET_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
# Compilers that this was not written with see faults where none are, each its own (GCC 14: dangling references, and
# bounds within std::string).
set(in_known_compiler OFF)
if(PROJECT_IS_TOP_LEVEL AND ((CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13) OR
                             (CMAKE_CXX_COMPILER_ID STREQUAL Clang AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 15)))
  set(in_known_compiler ON)
endif()
option(PICKET_WERROR "Treat warnings as errors" ${in_known_compiler})
option(PICKET_FUZZ "Build the libFuzzer targets of tests/fuzz (needs Clang)" OFF)
set(PICKET_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize spells them: address,undefined or thread")

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# -O1 is the level at which the compile time is near that of -O0 and the tests run several times as fast.
string(REPLACE "-O3" "-O2" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND PICKET_SANITIZE MATCHES address)
  # GCC 12 takes more than twice as long to compile for the address sanitizer at -O1 (6.3 s a file instead of 2.8).
  set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
endif()

find_program(PICKET_CCACHE ccache)
if(PICKET_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The sloppiness is what ccache's manual asks for with precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${PICKET_CCACHE})
endif()

include(GNUInstallDirs)
include(CheckLinkerFlag)
foreach(linker IN ITEMS mold lld)
  check_linker_flag(CXX -fuse-ld=${linker} PICKET_HAS_${linker})
  if(PICKET_HAS_${linker})
    add_link_options(-fuse-ld=${linker})
    break()
  endif()
endforeach()

# With a sanitizer's checks in between, GCC 12 warns of much that is sound.
set(werror "")
if(PICKET_WERROR AND NOT PICKET_SANITIZE)
  set(werror -Werror)
endif()

# Our own targets link this; what a consumer compiles does not inherit it.
add_library(picket_options INTERFACE)
target_compile_options(picket_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wimplicit-fallthrough -Wnon-virtual-dtor ${werror}
  $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
# GCC 13 takes whatever a function returns by reference for a part of its arguments.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
  target_compile_options(picket_options INTERFACE -Wno-dangling-reference)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  target_compile_options(picket_options INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
endif()

if(PICKET_SANITIZE)
  add_compile_options(-fsanitize=${PICKET_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PICKET_SANITIZE})
endif()
if(PICKET_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)  # coverage for the fuzzer in every library it reaches
endif()

# Packages of which only headers are used: whoever links Picket does not need them.
find_package(pegtl 3.2 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(date CONFIG REQUIRED)
find_package(CLI11 REQUIRED)
