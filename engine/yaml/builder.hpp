// From parser events to the tree: finds where each node ends, resolves aliases and merge keys, keeps the bounds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/yaml/node.hpp"

namespace picket::yaml {

// Thrown through the parser to end it once an error has been reported; never leaves engine/yaml.
struct Stop {};

// How far the parser came: what a complaint about the rest can lean on.
struct Progress {
  struct Open {
    std::uint32_t begin = 0;
    bool sequence = false;
    bool flow = false;  // between brackets
  };
  std::uint32_t read_to = 0;  // past the last thing understood
  std::vector<Open> open;     // collections, outermost first
  NodePtr root;               // the whole tree, if text follows after it
};

// Takes the events of one file in order; an offset is where the parser says that a node begins, its anchor and tag
// included. Each may report an error and throw Stop. An anchor is a number, 0 for none.
class Builder {
 public:
  // `diagnostics` must outlive the builder. `several`: the file may hold more than one document.
  Builder(SourcePtr source, std::uint32_t base, const Limits& limits, bool several, Diagnostics& diagnostics);

  void document(std::uint32_t at);
  void null(std::uint32_t at, std::size_t anchor);
  void alias(std::uint32_t at, std::size_t anchor);
  void scalar(std::uint32_t at, std::string_view tag, std::size_t anchor, std::string text);
  void begin_sequence(std::uint32_t at, std::string_view tag, std::size_t anchor, bool flow);
  void begin_mapping(std::uint32_t at, std::string_view tag, std::size_t anchor, bool flow);
  void end();

  // After the last event: the trees of the documents, at least one; none if text follows that is no YAML.
  [[nodiscard]] std::vector<NodePtr> finish();
  [[nodiscard]] Progress progress() const;

 private:
  // A node and how many nodes it stands for once its aliases are written out.
  struct Weighed {
    NodePtr node;
    std::size_t weight = 1;
  };
  struct Frame {
    Progress::Open open;
    std::size_t anchor = 0;
    std::size_t weight = 1;
    Sequence sequence;
    Mapping mapping;
    std::vector<NodePtr> merges;  // the values of `<<`, and where it stands
    std::vector<SourceSpan> merge_spans;
    bool has_key = false;
    bool merge_key = false;
    std::string key;
    SourceSpan key_span;
  };

  [[noreturn]] void stop(Code code, SourceSpan span, std::string message, std::string help);
  [[nodiscard]] bool key_expected() const;
  [[noreturn]] void complain_of_tag(std::uint32_t at);
  void finish_document();
  void pass_gap(std::uint32_t to);
  void require_colon();
  void require_indentation(SourceSpan span);
  void begin(std::uint32_t at, std::string_view tag, std::size_t anchor, bool flow, bool sequence);
  void close_flow();
  void add_key(std::string text, SourceSpan span, bool plain);
  void add(Weighed child, std::size_t anchor);
  void count(std::size_t nodes, std::uint32_t at);
  void merge(Frame& frame);
  void report_duplicates(Mapping& mapping);

  SourcePtr source_;
  std::string_view text_;
  Limits limits_;
  bool several_;
  Diagnostics& diagnostics_;
  std::uint32_t cursor_;  // past the last thing understood
  std::vector<Frame> frames_;
  std::unordered_map<std::size_t, Weighed> anchors_;
  NodePtr root_;                // of the document that is being read
  std::vector<NodePtr> roots_;  // of those before it
  std::size_t documents_ = 0;
  std::size_t nodes_ = 0;
  std::size_t aliases_ = 0;
  std::size_t duplicates_ = 0;
};

}  // namespace picket::yaml
