// The texts in the detection language that an analysis file holds. Internal to engine/format.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/edit/edit.hpp"
#include "engine/frontend/keys.hpp"
#include "engine/yaml/node.hpp"
#include "grammar/condition/parse_tree.hpp"
#include "grammar/text/diagnostic.hpp"

namespace picket::format {

// What a mapping of the file is: nothing if it is no analysis file, Holder::none if it is of a kind that has no texts.
[[nodiscard]] std::optional<Holder> holder_of(const yaml::Node& root);

// How the text of a key is read; nothing for keys that hold none.
[[nodiscard]] std::optional<syntax::TextForm> form_of(Holder holder, std::string_view key);

struct Text {
  const yaml::Mapping::Entry* entry = nullptr;
  syntax::TextForm form{};
};

// The texts of the file, in its order. They point into `root`.
[[nodiscard]] std::vector<Text> texts_of(const yaml::Node& root);

// Parses them all; what is not well formed is said.
void check_texts(const SourcePtr& source, const yaml::Node& root, Diagnostics& diagnostics);

// The edits that lay the texts out.
[[nodiscard]] std::vector<Edit> lay_out_texts(const SourcePtr& source, const yaml::Node& root);

}  // namespace picket::format
