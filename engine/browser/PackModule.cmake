# Writes SCRIPT from TEMPLATE, with MODULE in it, packed by GZIP and written by BASE64.
execute_process(COMMAND ${GZIP} -9 -n -c ${MODULE} COMMAND ${BASE64} -w 0 OUTPUT_VARIABLE PACKED
                RESULTS_VARIABLE results)
if(NOT results STREQUAL "0;0")
  message(FATAL_ERROR "${MODULE} could not be packed")
endif()
configure_file(${TEMPLATE} ${SCRIPT} @ONLY)
