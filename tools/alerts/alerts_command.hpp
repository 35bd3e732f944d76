// `picket alerts`: lists and shows the alerts of a database. The door of tools/alerts.
#pragma once

#include "tools/command.hpp"

namespace picket {

[[nodiscard]] Action declare_alerts(Arguments& app);

}  // namespace picket
