// Random texts, written oddly, through the layout of `picket fmt`: the result means the same and stays as it is.
#include <map>

#include "grammar/condition/parse.hpp"
#include "grammar/layout/arrange.hpp"
#include "grammar/layout/layout.hpp"
#include "grammar/layout/token.hpp"
#include "tests/agree/random_conditions.hpp"
#include "tests/catch.hpp"

namespace picket::tests {
namespace {

using layout::Bracket;
using layout::Role;
using layout::Token;
using syntax::TextForm;

Block parsed(const std::string& text) {
  Diagnostics diagnostics;
  auto block = parse_condition(SourceText::standalone("random", text), diagnostics);
  CAPTURE(text);
  REQUIRE(block.has_value());
  return *std::move(block);
}

std::string blanks(std::size_t count) {
  std::string text(count, ' ');
  return text;
}

class OddPrinter {
 public:
  OddPrinter(Chance& chance, const std::string& text) : chance_(chance) {
    tokens_ = layout::tokenize(text, *syntax::parse_tree(text, TextForm::condition), 0, text.size(), {});
    enclosing_ = layout::enclosing(tokens_);
  }

  std::string print() {
    std::string out;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (i > 0) out += gap(i);
      out += odd_spelling(i);
    }
    return out;
  }

 private:
  [[nodiscard]] Bracket bracket_around(std::size_t i) const {
    return enclosing_[i] == layout::no_bracket ? Bracket::block : tokens_[enclosing_[i]].bracket;
  }

  // Newlines are blanks within round and square brackets, and where a line cannot end.
  [[nodiscard]] bool may_break(std::size_t i) const {
    const Bracket bracket = bracket_around(i);
    if (tokens_[i - 1].text == "in cidr") return false;  // one operator only if its value follows on the line
    if (bracket == Bracket::round || bracket == Bracket::list || bracket == Bracket::index) return true;
    const Token& before = tokens_[i - 1];
    const auto ends_no_line = [](const Token& token) { return token.text == "and" || token.text == "or"; };
    return ends_no_line(before) || ends_no_line(tokens_[i]) || before.role == Role::arrow ||
           before.role == Role::equals || before.role == Role::open || tokens_[i].role == Role::close;
  }

  std::string gap(std::size_t i) {
    const Token& token = tokens_[i];
    const Token& before = tokens_[i - 1];
    if (token.breaks > 0) return std::string(token.breaks, '\n') + blanks(chance_.below(5));
    const bool bracket = before.role == Role::open || token.role == Role::close;
    const bool comma = token.role == Role::comma || token.role == Role::semicolon;
    if (token.blanks == 0 && !bracket && !comma) return "";
    if (may_break(i) && chance_.one_in(6)) {
      return (chance_.one_in(3) ? "  # note\n" : "\n") + blanks(chance_.below(9));
    }
    if (token.blanks == 0) return blanks(chance_.below(3));
    return chance_.one_in(8) ? "\t " : blanks(1 + chance_.below(3));
  }

  std::string odd_spelling(std::size_t i) {
    static const std::map<std::string, std::string> aliases = {{"eq", "=="},
                                                               {"ne", "!="},
                                                               {"lt", "<"},
                                                               {"le", "<="},
                                                               {"gt", ">"},
                                                               {"ge", ">="},
                                                               {"matches", "match"},
                                                               {"starts_with", "startswith"},
                                                               {"ends_with", "endswith"},
                                                               {"like", "wildcard"},
                                                               {"and", "&&"},
                                                               {"or", "||"}};
    const Token& token = tokens_[i];
    const auto alias = aliases.find(token.text);
    if (alias != aliases.end() && token.wants_more && chance_.one_in(3)) return alias->second;
    const bool quoted = token.text.size() > 2 && token.text.front() == '"';
    const bool plain = token.text.find_first_of("\\'{}") == std::string::npos;
    if (quoted && plain && chance_.one_in(3)) return "'" + token.text.substr(1, token.text.size() - 2) + "'";
    return token.text;
  }

  Chance& chance_;
  std::vector<Token> tokens_;
  std::vector<std::size_t> enclosing_;
};

}  // namespace

TEST_CASE("random texts, written oddly, are laid out soundly") {
  KnownNames names;
  names.values = {"mine"};
  names.truths = {"holds"};
  names.lists = {"WORDS"};
  names.predicates = {"near"};
  const std::uint64_t texts = std::max<std::uint64_t>(agree_pairs() / 100, 200);
  std::size_t changed = 0;
  for (Origin origin{.test = 0, .number = 0}; origin.number < texts; ++origin.number) {
    Chance chance = origin.chance();
    RandomTexts random(chance, names);
    const std::string text = random.condition(4);
    const std::string odd = OddPrinter(chance, text).print();
    CAPTURE(origin.words(), text, odd);
    REQUIRE(parsed(odd) == parsed(text));
    const auto first = lay_out(odd, TextForm::condition);
    REQUIRE(first.has_value());
    REQUIRE(parsed(*first) == parsed(text));
    REQUIRE(lay_out(*first, TextForm::condition) == first);
    changed += *first != odd ? 1 : 0;
  }
  CHECK(changed > texts / 2);
}

}  // namespace picket::tests
