# picket_embed_text(TARGET SYMBOL FILE...)
#
# Compiles text files into TARGET. The generated header "SYMBOL.hpp" declares
#   namespace picket { std::span<const EmbeddedText> SYMBOL(); }
# which returns one {name, file, text} per file in the order given; `name` is the file's name without its extension,
# `file` with it.
function(picket_embed_text target symbol)
  list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE files)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  set(script ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/EmbedTextScript.cmake)
  add_custom_command(
    OUTPUT ${folder}/${symbol}.cpp ${folder}/${symbol}.hpp
    COMMAND ${CMAKE_COMMAND} -D SYMBOL=${symbol} -D FOLDER=${folder} "-DFILES=${files}" -P ${script}
    DEPENDS ${files} ${script}
    COMMENT "Embedding ${symbol}"
    VERBATIM)
  target_sources(${target} PRIVATE ${folder}/${symbol}.cpp ${folder}/${symbol}.hpp)
  target_include_directories(${target} PRIVATE ${folder})
endfunction()
