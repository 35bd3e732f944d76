# Proves that the layer check finds what it is there to find. Run as:
#   cmake -D CHECK=<cmake/CheckLayers.cmake> -D WORK=<scratch folder> -P check_layers_test.cmake

cmake_policy(VERSION 3.25)

# Puts one line into one file of an otherwise empty tree; `expected` is a part of the complaint, or "" for none.
function(judge file line expected)
  file(REMOVE_RECURSE ${WORK})
  file(WRITE ${WORK}/grammar/text/source.hpp "#pragma once\n")
  file(WRITE ${WORK}/${file} "// A file.\n${line}\n")
  execute_process(COMMAND ${CMAKE_COMMAND} -D ROOT=${WORK} -P ${CHECK}
                  RESULT_VARIABLE status OUTPUT_VARIABLE out ERROR_VARIABLE out)
  string(REGEX REPLACE "[ \n]+" " " out "${out}")
  if(expected STREQUAL "" AND NOT status EQUAL 0)
    message(SEND_ERROR "${file}: ${line}: expected silence, got: ${out}")
  elseif(NOT expected STREQUAL "")
    string(FIND "${out}" "${expected}" at)
    if(status EQUAL 0 OR at EQUAL -1)
      message(SEND_ERROR "${file}: ${line}: expected \"${expected}\", got: ${out}")
    endif()
  endif()
endfunction()

judge(grammar/ast/a.hpp "#include \"grammar/text/source.hpp\"" "")
judge(grammar/ast/a.hpp "#include <vector>" "")
judge(grammar/text/a.hpp "#include \"grammar/ast/a.hpp\"" "grammar/text may not include grammar/ast")
judge(grammar/condition/a.cpp "#  include \"engine/event/value.hpp\"" "grammar/condition may not include engine/event")
judge(engine/event/time/a.cpp "#include \"engine/yaml/node.hpp\"" "engine/event may not include engine/yaml")
judge(engine/event/a.cpp "#include \"tools/main.hpp\"" "engine/event may not include tools")
judge(engine/event/a.cpp "#include \"tests/catch.hpp\"" "engine/event may not include tests")
judge(engine/event/a.cpp "#include \"../yaml/node.hpp\"" "write includes from the root")
judge(engine/event/a.def "#include \"engine/yaml/node.hpp\"" "engine/event may not include engine/yaml")
judge(engine/novel/a.cpp "" "has no row in the table")
judge(engine/yaml/a.cpp "#include <yaml-cpp/yaml.h>" "")
judge(engine/yaml/a.hpp "#include <yaml-cpp/yaml.h>" "only .cpp files include other packages")
judge(engine/pack/a.cpp "#include <yaml-cpp/yaml.h>" "it belongs to engine/yaml")
judge(engine/stream/a.cpp "#include <simdjson.h>" "it belongs to engine/event")
file(REMOVE_RECURSE ${WORK})
