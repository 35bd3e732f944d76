# The libraries of which the engine needs a part in a browser, compiled from Debian's source packages, with Debian's
# patches: the same that the engine is linked with elsewhere.
set(PICKET_LIBRARY_SOURCES ${PICKET_DIR}/build/library-sources CACHE PATH
    "Folder of the source packages yaml-cpp, re2 (abseil, if that needs it) and icu, as apt-get source --download-only leaves them")

# Unpacks the newest source package of that name, with Debian's patches but those named behind; sets PATH_VARIABLE to
# where.
function(unpack_source package path_variable)
  file(GLOB upstream ${PICKET_LIBRARY_SOURCES}/${package}_*.orig.tar.*z)
  file(GLOB debian ${PICKET_LIBRARY_SOURCES}/${package}_*.debian.tar.*z)
  if(NOT upstream OR NOT debian)
    message(FATAL_ERROR "no source package of ${package} in ${PICKET_LIBRARY_SOURCES}; `./dev engine` fetches it")
  endif()
  list(SORT upstream COMPARE NATURAL ORDER DESCENDING)
  list(SORT debian COMPARE NATURAL ORDER DESCENDING)
  list(GET upstream 0 upstream)
  list(GET debian 0 debian)
  set(folder ${CMAKE_BINARY_DIR}/sources/${package})
  if(NOT EXISTS ${folder}/unpacked OR ${upstream} IS_NEWER_THAN ${folder}/unpacked)
    file(REMOVE_RECURSE ${folder})
    file(ARCHIVE_EXTRACT INPUT ${upstream} DESTINATION ${folder}/upstream)
    file(ARCHIVE_EXTRACT INPUT ${debian} DESTINATION ${folder})
    file(GLOB root ${folder}/upstream/*)
    set(patches "")
    if(EXISTS ${folder}/debian/patches/series)
      file(STRINGS ${folder}/debian/patches/series patches REGEX "^[^#]")
    endif()
    if(ARGN)
      list(REMOVE_ITEM patches ${ARGN})
    endif()
    foreach(patch IN LISTS patches)
      execute_process(COMMAND patch -p1 -s -i ${folder}/debian/patches/${patch} WORKING_DIRECTORY ${root}
                      COMMAND_ERROR_IS_FATAL ANY)
    endforeach()
    file(TOUCH ${folder}/unpacked)
  endif()
  file(GLOB root ${folder}/upstream/*)
  set(${path_variable} ${root} PARENT_SCOPE)
endfunction()

unpack_source(yaml-cpp yaml_cpp_dir)
unpack_source(re2 re2_dir)
unpack_source(icu icu_dir)

# --- yaml-cpp: reading, not writing ---
set(yaml_cpp_sources
  depthguard directives exceptions exp null parser regex_yaml scanner scanscalar scantag scantoken simplekey singledocparser stream tag)
list(TRANSFORM yaml_cpp_sources PREPEND ${yaml_cpp_dir}/src/)
list(TRANSFORM yaml_cpp_sources APPEND .cpp)
add_library(yaml_cpp STATIC ${yaml_cpp_sources})
target_include_directories(yaml_cpp SYSTEM PUBLIC ${yaml_cpp_dir}/include)
target_compile_definitions(yaml_cpp PUBLIC YAML_CPP_STATIC_DEFINE)
target_compile_options(yaml_cpp PRIVATE -w)

# --- RE2, whose tables Debian makes anew of its package unicode-data ---
set(re2_tables "")
foreach(table IN ITEMS perl_groups unicode_casefold unicode_groups)
  if(table STREQUAL perl_groups)
    set(make perl ${re2_dir}/re2/make_${table}.pl)
  else()
    set(make python3 ${re2_dir}/re2/make_${table}.py)
  endif()
  add_custom_command(OUTPUT ${table}.cc COMMAND ${make} > ${table}.cc VERBATIM)
  list(APPEND re2_tables ${CMAKE_CURRENT_BINARY_DIR}/${table}.cc)
endforeach()
file(GLOB re2_sources ${re2_dir}/re2/*.cc ${re2_dir}/util/rune.cc ${re2_dir}/util/strutil.cc)
list(FILTER re2_sources EXCLUDE REGEX "/(perl_groups|unicode_casefold|unicode_groups)\\.cc$")
add_library(re2 STATIC ${re2_sources} ${re2_tables})
target_include_directories(re2 SYSTEM PUBLIC ${re2_dir})
target_compile_options(re2 PRIVATE -w)
if(NOT EXISTS ${re2_dir}/re2/stringpiece.cc)
  # From 2023-06 on it is written with Abseil. The patch links a library that other machines need.
  unpack_source(abseil abseil_dir latomic.diff)
  set(ABSL_PROPAGATE_CXX_STD ON)
  add_subdirectory(${abseil_dir} abseil EXCLUDE_FROM_ALL SYSTEM)
  target_link_libraries(re2 PUBLIC
    absl::absl_check absl::absl_log absl::base absl::core_headers absl::fixed_array absl::flags absl::flat_hash_map
    absl::flat_hash_set absl::hash absl::inlined_vector absl::optional absl::span absl::str_format absl::strings
    absl::synchronization)
endif()

# --- ICU: the case and the properties of characters, whose tables are in the code ---
set(icu_sources bytesinkutil bytestream cmemory edits stringpiece ucase ucasemap uchar uobject ustrcase
    utf_impl utrie2 ucptrie utypes)
list(TRANSFORM icu_sources PREPEND ${icu_dir}/source/common/)
list(TRANSFORM icu_sources APPEND .cpp)
add_library(icu STATIC ${icu_sources})
target_include_directories(icu SYSTEM PUBLIC ${icu_dir}/source/common)
target_compile_definitions(icu
  PUBLIC U_STATIC_IMPLEMENTATION UCONFIG_NO_BREAK_ITERATION=1 UCONFIG_NO_SERVICE=1
  PRIVATE U_COMMON_IMPLEMENTATION)
target_compile_options(icu PRIVATE -w)

# --- header-only packages, as they are installed ---
# Linked one by one, so that no other header of the system is seen by the other compiler.
set(PICKET_HEADER_PACKAGES ${CMAKE_BINARY_DIR}/headers)
file(MAKE_DIRECTORY ${PICKET_HEADER_PACKAGES})
foreach(package IN ITEMS tao nlohmann date)
  if(NOT EXISTS /usr/include/${package})
    message(FATAL_ERROR "no /usr/include/${package}")
  endif()
  file(CREATE_LINK /usr/include/${package} ${PICKET_HEADER_PACKAGES}/${package} SYMBOLIC)
endforeach()
