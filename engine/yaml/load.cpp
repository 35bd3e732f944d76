// The loader: checks on the bytes, yaml-cpp's events, our tree. This file owns yaml-cpp.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <istream>
#include <streambuf>

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
    builder_.scalar(at(mark), tag, anchor, text);
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
    TextBuffer buffer(text.substr(base));
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
