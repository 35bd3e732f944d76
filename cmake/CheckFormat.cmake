# Fails if a source is not as clang-format would write it. Run as:
#   cmake -D CLANG_FORMAT=<clang-format 14> -D ROOT=<source tree> -P CheckFormat.cmake
# (.def files are tables, laid out by hand.)
set(patterns "")
foreach(top IN ITEMS grammar engine tools tests)
  list(APPEND patterns ${ROOT}/${top}/*.hpp ${ROOT}/${top}/*.cpp)
endforeach()
file(GLOB_RECURSE files ${patterns})
execute_process(COMMAND ${CLANG_FORMAT} --dry-run --Werror ${files} RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "run ./dev format")
endif()
