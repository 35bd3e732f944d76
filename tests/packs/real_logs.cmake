# Runs `picket run` with a shipped pack over real logs and compares the matches and alerts of each rule with an
# expectations file.
#   cmake -D PICKET=<binary> -D RULES=<folder> -D LOG_TYPE=<type> -D DATA=<folder> -D EXPECTED=<file> -D WORK=<folder>
#         [-D DATA_DIR=<folder>] -P real_logs.cmake
# DATA is a folder within DATA_DIR (or the environment's PICKET_DATA_DIR, which wins), or an absolute path. If it holds
# zip archives, each is unpacked into WORK and judged on its own, under its name; otherwise the whole folder is judged,
# under the name "all".
#
# The expectations file has lines `<name> <rule id> <matches> <alerts>`; `#` begins a comment. A rule that is not named for a
# recording must be silent on it, and every recording must be named: for one without a match, `<name> - 0 0`.
# Where the data is absent the script prints "SKIPPED:" and ends well; ctest shows the test as skipped.
cmake_minimum_required(VERSION 3.25)

cmake_policy(VERSION 3.25)

if(DEFINED ENV{PICKET_DATA_DIR})
  set(DATA_DIR "$ENV{PICKET_DATA_DIR}")
endif()
if(NOT IS_ABSOLUTE "${DATA}")
  set(DATA "${DATA_DIR}/${DATA}")
endif()
if(NOT IS_DIRECTORY "${DATA}")
  message("SKIPPED: the real logs are not at ${DATA}; set PICKET_DATA_DIR")
  return()
endif()

# --- what is expected: expected_<name>_<rule> ---
file(STRINGS "${EXPECTED}" lines)
set(expected_names)
foreach(line IN LISTS lines)
  string(REGEX REPLACE "#.*$" "" line "${line}")
  string(STRIP "${line}" line)
  if(line STREQUAL "")
    continue()
  endif()
  if(NOT line MATCHES "^([^ ]+) +([^ ]+) +([0-9]+ +[0-9]+)$")
    message(FATAL_ERROR "${EXPECTED}: cannot read the line: ${line}")
  endif()
  list(APPEND expected_names "${CMAKE_MATCH_1}")
  if(NOT CMAKE_MATCH_2 STREQUAL "-")
    list(APPEND "rules_of_${CMAKE_MATCH_1}" "${CMAKE_MATCH_2}")
    set("expected_${CMAKE_MATCH_1}_${CMAKE_MATCH_2}" "${CMAKE_MATCH_3}")
  endif()
endforeach()
list(REMOVE_DUPLICATES expected_names)

# --- what there is ---
file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")
file(GLOB archives "${DATA}/*.zip")
set(names)
if(archives)
  foreach(archive IN LISTS archives)
    cmake_path(GET archive STEM name)
    file(MAKE_DIRECTORY "${WORK}/${name}")
    execute_process(COMMAND "${CMAKE_COMMAND}" -E tar xf "${archive}" WORKING_DIRECTORY "${WORK}/${name}"
                    COMMAND_ERROR_IS_FATAL ANY)
    list(APPEND names "${name}")
    set("input_of_${name}" "${WORK}/${name}")
  endforeach()
else()
  set(names all)
  set(input_of_all "${DATA}")
endif()

# --- what is found ---
set(differences "")
foreach(name IN LISTS expected_names)
  if(NOT name IN_LIST names)
    string(APPEND differences "  ${name}: expected, but there is no such recording\n")
  endif()
endforeach()
foreach(name IN LISTS names)
  if(NOT name IN_LIST expected_names)
    string(APPEND differences "  ${name}: not in ${EXPECTED}\n")
  endif()
  execute_process(
    COMMAND "${PICKET}" run --rules "${RULES}" --log-type "${LOG_TYPE}" --format jsonl --output "${WORK}/${name}.alerts"
            --summary "${WORK}/${name}.summary" --dead-letter "${WORK}/${name}.dead" "${input_of_${name}}"
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE remarks)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "picket run ended with ${status} on ${name}:\n${output}${remarks}")
  endif()
  if(EXISTS "${WORK}/${name}.dead")
    file(SIZE "${WORK}/${name}.dead" dead)
    if(dead GREATER 0)
      string(APPEND differences "  ${name}: has lines that could not be read, see ${WORK}/${name}.dead\n")
    endif()
  endif()
  file(READ "${WORK}/${name}.summary" summary)
  set(rules ${rules_of_${name}})
  string(JSON total GET "${summary}" alerts)
  string(JSON count LENGTH "${summary}" rules)
  set(index 0)
  while(index LESS count)
    string(JSON rule GET "${summary}" rules ${index} rule_id)
    string(JSON matches GET "${summary}" rules ${index} matches)
    string(JSON alerts GET "${summary}" rules ${index} alerts)
    set("found_${name}_${rule}" "${matches} ${alerts}")
    list(APPEND rules "${rule}")
    math(EXPR index "${index} + 1")
  endwhile()
  list(REMOVE_DUPLICATES rules)
  list(SORT rules)
  foreach(rule IN LISTS rules)
    set(want "0 0")
    set(have "0 0")
    if(DEFINED "expected_${name}_${rule}")
      set(want "${expected_${name}_${rule}}")
    endif()
    if(DEFINED "found_${name}_${rule}")
      set(have "${found_${name}_${rule}}")
    endif()
    if(NOT want STREQUAL have)
      string(APPEND differences "  ${name} ${rule}: ${have} matches and alerts, expected ${want}\n")
    endif()
  endforeach()
  message("${name}: ${total} alerts")
endforeach()

if(NOT differences STREQUAL "")
  message(FATAL_ERROR "The matches differ from ${EXPECTED}:\n${differences}")
endif()
