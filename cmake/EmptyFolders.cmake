# Lets targets whose folders have no sources yet configure.
file(WRITE ${PROJECT_BINARY_DIR}/empty.cpp "")
foreach(target IN ITEMS picket_grammar picket_engine picket_tools)
  target_sources(${target} PRIVATE ${PROJECT_BINARY_DIR}/empty.cpp)
endforeach()
