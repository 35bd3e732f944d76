# The site of the hostile collection and, where there is Node.js, of a rule with a title of a megabyte.
file(REMOVE_RECURSE ${FOLDER} ${FOLDER}.rules)
file(MAKE_DIRECTORY ${FOLDER}.rules)
set(more "")
if(NODE)
  execute_process(COMMAND ${NODE} ${SOURCE}/large_rule.mjs ${FOLDER}.rules/large.yml COMMAND_ERROR_IS_FATAL ANY)
  set(more ${FOLDER}.rules)
endif()
execute_process(COMMAND ${PICKET} catalog ${SOURCE}/hostile ${more} -o ${FOLDER} COMMAND_ERROR_IS_FATAL ANY)
