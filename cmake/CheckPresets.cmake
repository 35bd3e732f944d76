# Fails if a preset cannot be configured: some are built too seldom for anybody to notice. Run as:
#   cmake -D ROOT=<source tree> -D WORK=<folder for build folders> -D PRESETS=<a,b> -P CheckPresets.cmake
string(REPLACE "," ";" presets "${PRESETS}")
foreach(preset IN LISTS presets)
  file(REMOVE_RECURSE ${WORK}/${preset})
  execute_process(COMMAND ${CMAKE_COMMAND} --preset ${preset} -B ${WORK}/${preset} WORKING_DIRECTORY ${ROOT}
                  RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  file(REMOVE_RECURSE ${WORK}/${preset})
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "the preset ${preset} cannot be configured:\n${output}")
  endif()
  message(STATUS "${preset} configures")
endforeach()
