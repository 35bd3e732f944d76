#include "tools/plan/term_words.hpp"

#include <algorithm>
#include <string_view>

#include "grammar/ast/functions.hpp"
#include "grammar/ast/print.hpp"

namespace picket {
namespace {

std::string word_of(BinderKind kind) {
  switch (kind) {
    case BinderKind::any:
      return "any";
    case BinderKind::all:
      return "all";
    case BinderKind::none:
      return "none";
    case BinderKind::count:
      return "count";
    case BinderKind::first:
      return "first";
    case BinderKind::where:
      return "where";
    case BinderKind::map:
      return "map";
  }
  return "";
}

class TermPrinter {
 public:
  explicit TermPrinter(const CheckedPack& pack) : pack_(pack) {}

  std::string text(const Term& term) {
    // Local definitions may use each other so that the whole is far larger than what was written.
    if (terms_ == 0) return "…";
    --terms_;
    return std::visit([this](const auto& node) { return text_of(node); }, term.node);
  }

 private:
  std::string text_of(const CompareTerm& compare) {
    if (compare.site != nullptr) return written_at(*compare.site);
    return text(*compare.left) + " " + std::string(row_of(compare.op).spelling) + " " + text(*compare.right);
  }
  std::string text_of(const IsTerm& is) {
    if (is.site != nullptr) return written_at(*is.site);
    return text(*is.operand) + " is " + std::string(row_of(is.kind).spelling);
  }
  std::string text_of(const TruthTerm& truth) { return text(*truth.operand); }
  std::string text_of(const NotTerm& negation) { return "not (" + text(*negation.operand) + ")"; }
  std::string text_of(const ScopeTerm& scope) { return text(*scope.body); }
  std::string text_of(const LocalTerm& local) { return text(*local.body); }
  std::string text_of(const SharedTerm& shared) { return pack_.definitions[shared.definition].name; }
  std::string text_of(const UnfoldedTerm& call) {
    return call.definition ? pack_.definitions[*call.definition].name + "(…)" : text(*call.body);
  }
  std::string text_of(const FieldTerm& field) { return print_path(field.path); }
  std::string text_of(const UdmTerm& udm) { return "udm." + udm.name; }
  std::string text_of(const EventTerm& /*event*/) { return "$"; }
  std::string text_of(const NowTerm& /*now*/) { return "now"; }
  // An element of a binder: what is asked of it begins with a dot.
  std::string text_of(const SlotTerm& /*element*/) { return ""; }
  std::string text_of(const MemberTerm& member) { return text(*member.base) + "." + member.key; }
  std::string text_of(const EachMemberTerm& member) { return text(*member.base) + "." + member.key; }
  std::string text_of(const EachTerm& each) { return text(*each.base) + (each.deep ? "[**]" : "[*]"); }
  std::string text_of(const CallTerm& call) {
    const std::string first = call.arguments.empty() ? "" : text(call.arguments.front());
    return std::string(row_of(call.function).spelling) + "(" + first + (call.arguments.size() > 1 ? ", …)" : ")");
  }
  std::string text_of(const LogicTerm& logic) {
    const std::string word = logic.connective == Connective::conjunction ? " and " : " or ";
    std::string all;
    for (const Term& operand : logic.operands) {
      if (!all.empty()) all += word;
      if (terms_ == 0) return all + "…";
      const bool nested = std::holds_alternative<LogicTerm>(operand.node);
      all += nested ? "(" + text(operand) + ")" : text(operand);
    }
    return all;
  }
  std::string text_of(const BinderTerm& binder) {
    const std::string list = text(*binder.list);
    return word_of(binder.kind) + " " + list + " { " + text(*binder.body) + " }";
  }
  template <typename Other>
  std::string text_of(const Other& /*other*/) {
    return "…";
  }

  const CheckedPack& pack_;
  std::size_t terms_ = 100;  // that are still printed
};

}  // namespace

std::string path_text(const std::vector<std::string>& keys) {
  return print_path(std::vector<PathStep>(keys.begin(), keys.end()));
}

std::string term_text(const CheckedPack& pack, const Term& term) { return TermPrinter(pack).text(term); }

}  // namespace picket
