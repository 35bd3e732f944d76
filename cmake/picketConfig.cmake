include(${CMAKE_CURRENT_LIST_DIR}/PicketDependencies.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/picketTargets.cmake)
