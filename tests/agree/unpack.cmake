# Unpacks the archives of the data folder for the tests that judge what is in them.
#   cmake -D DATA_DIR=<folder> -D WORK=<folder> -P unpack.cmake
# PICKET_DATA_DIR of the environment wins. Where the data is absent there is nothing to unpack.
cmake_minimum_required(VERSION 3.25)

if(DEFINED ENV{PICKET_DATA_DIR})
  set(DATA_DIR "$ENV{PICKET_DATA_DIR}")
endif()
file(REMOVE_RECURSE "${WORK}")
file(GLOB archives "${DATA_DIR}/windows/*.zip" "${DATA_DIR}/panther/*.zip" "${DATA_DIR}/sigma/*.zip")
foreach(archive IN LISTS archives)
  cmake_path(GET archive PARENT_PATH folder)
  cmake_path(GET folder FILENAME folder)
  cmake_path(GET archive STEM name)
  file(ARCHIVE_EXTRACT INPUT "${archive}" DESTINATION "${WORK}/${folder}/${name}")
endforeach()
list(LENGTH archives count)
message("${count} archives unpacked")
