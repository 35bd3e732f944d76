#include "grammar/condition/comments.hpp"

#include <algorithm>

namespace picket {
namespace {

bool belongs_to_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Walks over a text by its strings and comments; everything else is of no matter.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  std::vector<SourceSpan> comments() {
    while (at_ < text_.size()) {
      if (!braces_in_holes_.empty() && text_[at_] == '}' && braces_in_holes_.back() == 0) {
        braces_in_holes_.pop_back();
        ++at_;
        skip_template();
      } else {
        step();
      }
    }
    return std::move(found_);
  }

 private:
  void step() {
    const char c = text_[at_];
    if (c == '#') {
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      found_.push_back({static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)});
      at_ = end;
    } else if (c == '\'') {
      at_ = past(at_ + 1, "'\n");
    } else if (c == '"' && at_ > 0 && text_[at_ - 1] == 'f' && (at_ == 1 || !belongs_to_word(text_[at_ - 2]))) {
      ++at_;
      skip_template();
    } else if (c == '"') {
      skip_string();
    } else {
      if (!braces_in_holes_.empty() && c == '{') ++braces_in_holes_.back();
      if (!braces_in_holes_.empty() && c == '}') --braces_in_holes_.back();
      ++at_;
    }
  }

  // Past the next of some characters.
  [[nodiscard]] std::size_t past(std::size_t from, std::string_view ends) const {
    return std::min(text_.find_first_of(ends, from), text_.size() - 1) + 1;
  }

  void skip_string() {
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\n') at_ += text_[at_] == '\\' ? 2 : 1;
    ++at_;
  }

  // To the end of the template, or into its next hole.
  void skip_template() {
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"' || c == '\n') return;
      if (c == '\\') ++at_;
      if (c != '{') continue;
      if (at_ < text_.size() && text_[at_] == '{') {
        ++at_;
      } else {
        braces_in_holes_.push_back(0);
        return;
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::size_t> braces_in_holes_;  // for each hole of a template that is open: braces open within it
  std::vector<SourceSpan> found_;
};

}  // namespace

std::vector<SourceSpan> find_comments(std::string_view text) { return Walk(text).comments(); }

}  // namespace picket
