// What a command says of a word that is none of those it knows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace picket {

// "; did you mean `word`?", of the known word nearest to what was written; if none is near, `otherwise`.
[[nodiscard]] std::string or_nearest(std::string_view written, const std::vector<std::string>& known,
                                     std::string_view otherwise = {});

// "there is no KIND `written`", and what or_nearest() says.
[[nodiscard]] std::string unknown_word(std::string_view kind, std::string_view written,
                                       const std::vector<std::string>& known, std::string_view otherwise = {});

}  // namespace picket
