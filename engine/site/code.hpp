// Code in colours: YAML, the detection language, JSON.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/html/html.hpp"
#include "grammar/layout/highlight.hpp"

namespace picket::site {

// A YAML file, every byte of it; for looks only, so that what is odd is merely plain.
void add_yaml(Html& html, std::string_view text);

// Adds the name of a definition, a field or a function, with a link if there is where to; false: it has none, and was
// not added.
using LinkName = std::function<bool(Html& html, TokenKind kind, std::string_view name)>;

// A text in the detection language.
void add_condition(Html& html, std::string_view text, syntax::TextForm form, const LinkName& link);
// Its lines one by one: `begin_line` and `end_line` are called around each with its number, from 0.
void add_condition_lines(Html& html, std::string_view text, syntax::TextForm form, const LinkName& link,
                         const std::function<void(Html& html, std::size_t line)>& begin_line);

}  // namespace picket::site
