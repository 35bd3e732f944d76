// Text from outside made fit for Markdown that others render: a review comment, a wiki.
#pragma once

#include <string>
#include <string_view>

namespace picket {

// One line that shows as it is: no markup, no HTML, nobody mentioned, no command to a workflow's runner. Fit for the
// cells of a table.
[[nodiscard]] std::string markdown_text(std::string_view text);

// The same within a line of HTML that Markdown hands on as it is, such as a <summary>.
[[nodiscard]] std::string html_text(std::string_view text);

// A fenced block with a line end. Each line of `text` must have its control characters escaped; nothing in it ends the
// block.
[[nodiscard]] std::string markdown_block(std::string_view language, std::string_view text);

}  // namespace picket
