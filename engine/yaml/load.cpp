// The loader: checks on the bytes, yaml-cpp's events, our tree. This file owns yaml-cpp.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <optional>
#include <streambuf>
#include <string>
#include <string_view>
#include <utility>

#include "engine/yaml/builder.hpp"
#include "engine/yaml/complaint.hpp"
#include "engine/yaml/node.hpp"
#include "engine/yaml/precheck.hpp"
#include "engine/yaml/scalar.hpp"

namespace picket::yaml {
namespace {

// Lets yaml-cpp read a text without a copy of it.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // NOLINT: streambuf wants it; nothing writes
    setg(begin, begin, begin + text.size());
  }
};

// Between brackets yaml-cpp ends a text at every question mark, though one within a text has no meaning to YAML (1.2.2,
// 7.3.3), and addresses in lists are written so: `[http://x/y?z=1]`. It reads a byte in its place that no file has.
constexpr char mark_within_text = '\xff';

bool is_within_text(std::string_view text, std::size_t mark) {
  const auto holds = [](std::string_view characters, char c) { return characters.find(c) != std::string_view::npos; };
  const std::size_t before = text.substr(0, mark).find_last_not_of(" \t");
  if (before == std::string_view::npos || holds(",[]{}\"'\r\n", text[before])) return false;
  if (before + 1 == mark) return true;
  // It begins a word: of a text, if neither a key nor an item begins there, and it has more letters.
  return !holds(":-", text[before]) && mark + 1 < text.size() && !holds(" \t\r\n", text[mark + 1]);
}

std::optional<std::string> without_marks_within_texts(std::string_view text) {
  std::optional<std::string> changed;
  for (std::size_t at = text.find('?'); at < text.size(); at = text.find('?', at + 1)) {
    if (!is_within_text(text, at)) continue;
    if (!changed) changed = text;
    (*changed)[at] = mark_within_text;
  }
  return changed;
}

// Hands yaml-cpp's events to the builder. yaml-cpp counts bytes of the text it reads, `base` of which it was not given.
class Events : public YAML::EventHandler {
 public:
  Events(Builder& builder, std::uint32_t base) : builder_(builder), base_(base) {}

  void OnDocumentStart(const YAML::Mark& mark) override { builder_.document(at(mark)); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { builder_.null(at(mark), anchor); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override { builder_.alias(at(mark), anchor); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    std::string whole = text;
    std::ranges::replace(whole, mark_within_text, '?');
    builder_.scalar(at(mark), tag, anchor, std::move(whole));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    builder_.begin_sequence(at(mark), tag, anchor, style == YAML::EmitterStyle::Flow);
  }
  void OnSequenceEnd() override { builder_.end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    builder_.begin_mapping(at(mark), tag, anchor, style == YAML::EmitterStyle::Flow);
  }
  void OnMapEnd() override { builder_.end(); }

 private:
  [[nodiscard]] std::uint32_t at(const YAML::Mark& mark) const { return base_ + static_cast<std::uint32_t>(mark.pos); }

  Builder& builder_;
  std::uint32_t base_;
};

std::vector<NodePtr> read(const SourcePtr& source, bool several, Diagnostics& diagnostics, const Limits& limits) {
  if (!precheck(source, limits, diagnostics)) return {};
  const std::string_view text = source->text();
  const std::uint32_t base = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
  Builder builder(source, base, limits, several, diagnostics);
  Events events(builder, base);
  try {
    const std::string_view given = text.substr(base);
    const std::optional<std::string> changed = without_marks_within_texts(given);
    TextBuffer buffer(changed ? *changed : given);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(events)) {
    }
    return builder.finish();
  } catch (const Stop&) {
    return {};  // the builder has said why
  } catch (const YAML::Exception& exception) {
    const auto offset = base + static_cast<std::uint32_t>(exception.mark.is_null() ? 0 : exception.mark.pos);
    complain(source, offset, exception.msg, builder.progress(), diagnostics);
    return {};
  }
}

}  // namespace

NodePtr load(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits) {
  std::vector<NodePtr> documents = read(source, false, diagnostics, limits);
  return documents.empty() ? nullptr : std::move(documents.front());
}

std::vector<NodePtr> load_documents(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits) {
  return read(source, true, diagnostics, limits);
}

SourceText source_text(const SourcePtr& source, const Node& node) {
  DecodedScalar decoded = decode_scalar(source->text(), node.span, node.scalar()->text);
  return {source, std::move(decoded.text), std::move(decoded.map)};
}

}  // namespace picket::yaml
