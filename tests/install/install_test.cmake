# Installs the build into WORK/prefix, builds the consumer against it with COMPILER and FLAGS, runs it, and looks at
# what it says and at what was installed.
file(REMOVE_RECURSE ${WORK})

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN}: ${status}\n${out}")
  endif()
  set(out "${out}" PARENT_SCOPE)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/consumer -B ${WORK}/build -G Ninja
    -DCMAKE_PREFIX_PATH=${WORK}/prefix -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_FLAGS=${FLAGS})
run(${CMAKE_COMMAND} --build ${WORK}/build)

run(${WORK}/build/consumer)
if(NOT out STREQUAL "Example.TokenCreated: Zoë did create an API token (Medium)\n")
  message(FATAL_ERROR "the consumer printed: ${out}")
endif()

foreach(binary IN ITEMS picket ruletest)
  run(${WORK}/prefix/bin/${binary} --version)
endforeach()

foreach(page IN ITEMS man/man1/picket.1 man/man1/picket-test.1 man/man1/ruletest.1 bash-completion/completions/picket
        bash-completion/completions/ruletest zsh/site-functions/_picket fish/vendor_completions.d/picket.fish)
  if(NOT EXISTS ${WORK}/prefix/share/${page})
    message(FATAL_ERROR "share/${page} was not installed")
  endif()
endforeach()
