// Random YAML: the text that yaml-cpp gives for a scalar is the one that is read again from the file, and every letter
// of it is found where the map says. The seed is printed; PICKET_SEED repeats a run.
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <random>
#include <sstream>
#include <string>

#include "tests/catch.hpp"
#include "tests/unit/yaml/yaml_text.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

class Writer {
 public:
  explicit Writer(std::uint64_t seed) : random_(seed) {}

  // A block mapping with scalars of all styles.
  std::string document() {
    std::string text = mapping(0, 0);
    if (one_in(4)) text = with_windows_line_ends(text);
    if (one_in(8)) text = "\xef\xbb\xbf" + text;
    while (one_in(8) && text.ends_with('\n')) text.pop_back();
    return text;
  }

 private:
  std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <typename T>
  const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }
  static std::string blanks(std::size_t count) {
    std::string text(count, ' ');
    return text;
  }

  static std::string with_windows_line_ends(const std::string& text) {
    std::string result;
    for (const char c : text) result += c == '\n' ? "\r\n" : std::string(1, c);
    return result;
  }

  std::string empty_lines(std::size_t indentation) {
    std::string lines;
    while (one_in(3)) lines += blanks(one_in(2) ? 0 : below(indentation + 1)) + "\n";
    return lines;
  }

  std::string words() {
    const std::vector<std::string> known = {"a",   "foo", "x y",   "\xc3\xa9", "\xe6\x97\xa5", "k: v",
                                            "#h",  "- l", "\"q\"", "'s'",      "{z",           "]",
                                            "\\n", "@",   "|",     ">",        "a#b",          ","};
    std::string line = pick(known);
    while (one_in(2)) line += " " + pick(known);
    return line;
  }

  std::string block(std::size_t indentation) {
    const std::size_t depth = 1 + below(3);
    const bool explicit_depth = one_in(4);
    std::string text = pick<std::string>({"|", ">"}) + pick<std::string>({"", "-", "+"});
    if (explicit_depth) text += std::to_string(depth);
    text += pick<std::string>({"", "  ", " # remark"}) + "\n" + empty_lines(indentation + depth);
    for (std::size_t lines = below(5); lines > 0; --lines) {
      const bool first = text.find('\n') + 1 == text.size();
      const std::size_t more = (first && !explicit_depth) || !one_in(3) ? 0 : 1 + below(3);
      text += blanks(indentation + depth + more) + words() + pick<std::string>({"", "  "}) + "\n" +
              empty_lines(indentation + depth);
    }
    return text;
  }

  std::string line_break(std::size_t indentation) {
    return pick<std::string>({"", "  "}) + "\n" + empty_lines(indentation + 1) + blanks(indentation + 1 + below(3));
  }

  std::string double_quoted(std::size_t indentation) {
    std::string text;
    while (!one_in(5)) {
      text += pick<std::string>({"abc", "\xc3\xa9", "\\n", "\\t", "\\\"", "\\\\", "\\x41", "\\u00e9", "\\U0001F600",
                                 "\\/", "\\ ", "\\_", "\\N", "'", "# no", ": ", "{", " ", "\t"});
      if (one_in(4)) text += pick<std::string>({"", "\\"}) + line_break(indentation);
    }
    return "\"" + text + "\"";
  }

  std::string single_quoted(std::size_t indentation) {
    std::string text;
    while (!one_in(4)) {
      text += pick<std::string>({"abc", "\xc3\xa9", "''", "\\n", "\"", "# no", ": ", "{", " "});
      if (one_in(4)) text += line_break(indentation);
    }
    return "'" + text + "'";
  }

  std::string plain(std::size_t indentation) {
    std::string text = pick<std::string>({"a", "foo", "1.5", "\xc3\xa9"});
    while (!one_in(3)) {
      text += pick<std::string>({" ", "  "}) + pick<std::string>({"b", "c#d", "e:f", "-", "\"", "g"});
      if (one_in(4)) text += line_break(indentation) + "w";
    }
    return text;
  }

  std::string scalar(std::size_t indentation) {
    switch (below(5)) {
      case 0:
        return block(indentation);
      case 1:
        return double_quoted(indentation) + "\n";
      case 2:
        return single_quoted(indentation) + "\n";
      case 3:
        return "[" + double_quoted(indentation) + ", " + single_quoted(indentation) +
               ", {k: " + double_quoted(indentation) + "}]\n";
      default:
        return plain(indentation) + pick<std::string>({"", " # remark"}) + "\n";
    }
  }

  std::string mapping(std::size_t indentation, std::size_t depth) {
    std::string text;
    for (std::size_t i = 0, keys = 1 + below(4); i < keys; ++i) {
      text += blanks(indentation) + pick<std::string>({"k", "\"q\"", "'s'"}) + ":";
      text.insert(text.size() - 1, i == 0 || text[text.size() - 2] != 'k' ? "" : std::to_string(i));
      if (depth < 2 && one_in(4)) {
        text += "\n" + mapping(indentation + 1 + below(3), depth + 1);
      } else {
        text += " " + scalar(indentation);
      }
      if (one_in(5)) text += "# remark\n";
    }
    return text;
  }

  std::mt19937_64 random_;
};

// Compares the two readings of every scalar; returns the first disagreement.
std::string disagreement(const LoadedYaml& loaded, const yaml::Node& node) {
  if (const yaml::Sequence* list = node.sequence()) {
    for (const yaml::NodePtr& item : list->items) {
      if (std::string found = disagreement(loaded, *item); !found.empty()) return found;
    }
    return {};
  }
  if (const yaml::Mapping* mapping = node.mapping()) {
    for (const auto& entry : mapping->entries) {
      if (std::string found = disagreement(loaded, *entry.value); !found.empty()) return found;
    }
    return {};
  }
  const SourceText text = yaml::source_text(loaded.source, node);
  if (text.text != node.scalar()->text)
    return "read again: " + to_json(Value(text.text)) + ", by yaml-cpp: " + to_json(Value(node.scalar()->text));
  for (std::size_t i = 0; i < text.text.size(); ++i) {
    const SourceSpan span = text.span(i, i + 1);
    if (span.begin < node.span.begin || span.begin > span.end)
      return "byte " + std::to_string(i) + " lies outside its scalar";
    const std::string_view written = loaded.source->text(span);
    const bool letter = std::isalnum(static_cast<unsigned char>(text.text[i])) != 0;
    if (letter && written != text.text.substr(i, 1) && !written.starts_with('\\'))
      return "byte " + std::to_string(i) + " is not where the map says";
  }
  return {};
}

}  // namespace

TEST_CASE("both readings of random scalars agree") {
  const char* given = std::getenv("PICKET_SEED");
  const std::uint64_t seed = given != nullptr ? std::stoull(given) : std::random_device{}();
  std::size_t loaded_documents = 0;
  constexpr std::size_t documents = 1500;
  for (std::size_t i = 0; i < documents; ++i) {
    const std::string text = Writer(seed + i).document();
    const LoadedYaml loaded = load_yaml(text);
    if (loaded.root == nullptr) continue;  // a line of the wrong indentation now and then
    ++loaded_documents;
    const std::string found = disagreement(loaded, *loaded.root);
    if (found.empty()) continue;
    FAIL("PICKET_SEED=" << seed + i << ": " << found << "\n" << text);
  }
  INFO("PICKET_SEED=" << seed);
  CHECK(loaded_documents > documents / 2);
}

TEST_CASE("both readings of the scalars of shipped rules agree") {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(project_dir() / "rules")) {
    if (entry.path().extension() != ".yml") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    const LoadedYaml loaded = load_yaml(text.str());
    CAPTURE(entry.path());
    REQUIRE(loaded.root != nullptr);
    CHECK(disagreement(loaded, *loaded.root).empty());
    ++files;
  }
  CHECK(files > 0);
}
