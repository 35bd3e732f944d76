// What the exit status of every command says.
#pragma once

namespace picket {

enum class ExitStatus : int {
  fine = 0,
  found = 1,             // tests failed, or errors were found
  could_not = 2,         // usage, unreadable input, a broken pack: the job was not done
  internal_error = 3,    // a fault of Picket's own
  nothing_selected = 4,  // no rule, test or file was left to work on
};

}  // namespace picket
