# What `cmake --install` leaves behind: the binaries, the static libraries, their headers, and the package that
# find_package(picket CONFIG) reads. A consumer links picket::picket.
include(CMakePackageConfigHelpers)

add_library(picket_picket INTERFACE)
target_link_libraries(picket_picket INTERFACE picket_engine)
set_target_properties(picket_grammar PROPERTIES EXPORT_NAME grammar)
set_target_properties(picket_engine PROPERTIES EXPORT_NAME engine)
set_target_properties(picket_picket PROPERTIES EXPORT_NAME picket)
add_library(picket::picket ALIAS picket_picket)  # the same name for who adds Picket as a subdirectory

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/picket)
install(TARGETS picket_grammar picket_engine picket_picket EXPORT picket_targets)
install(EXPORT picket_targets FILE picketTargets.cmake NAMESPACE picket:: DESTINATION ${package_dir})
install(DIRECTORY grammar engine DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/picket
        FILES_MATCHING PATTERN "*.hpp" PATTERN "*.def")

write_basic_package_version_file(${PROJECT_BINARY_DIR}/picketConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES cmake/picketConfig.cmake cmake/PicketDependencies.cmake ${PROJECT_BINARY_DIR}/picketConfigVersion.cmake
        DESTINATION ${package_dir})

install(TARGETS picket)
# `ruletest` is `picket` under another name; it looks at its own.
install(CODE "
  file(CREATE_LINK picket \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/ruletest\" SYMBOLIC)")
# Manual pages, and completions where each shell looks for those of packages.
set(pages_dir ${PROJECT_BINARY_DIR}/tools/pages)
install(DIRECTORY ${pages_dir}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR})
set(bash_dir ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${pages_dir}/picket.bash DESTINATION ${bash_dir} RENAME picket)
install(FILES ${pages_dir}/picket.bash DESTINATION ${bash_dir} RENAME ruletest)
install(FILES ${pages_dir}/_picket DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${pages_dir}/picket.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES engine/attack/NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME NOTICE.attack)  # of the table compiled in
