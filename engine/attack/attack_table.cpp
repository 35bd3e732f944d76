#include "engine/attack/attack_table.hpp"

#include <algorithm>
#include <utility>

#include "attack_tables.hpp"
#include "grammar/text/ascii.hpp"
#include "grammar/text/nearest.hpp"

namespace picket {
namespace {

bool are_digits(std::string_view text, std::size_t count) {
  return text.size() == count && std::all_of(text.begin(), text.end(), is_digit);
}

template <typename T>
std::optional<std::string> nearest_active(std::string_view written, const std::vector<T>& entries) {
  std::vector<std::string_view> ids;
  for (const T& entry : entries) {
    if (entry.status == AttackStatus::active) ids.emplace_back(entry.id);
  }
  return nearest(written, ids);
}

}  // namespace

std::string_view spelling(AttackStatus status) {
  switch (status) {
    case AttackStatus::active:
      return "active";
    case AttackStatus::deprecated:
      return "deprecated";
    case AttackStatus::revoked:
      return "revoked";
  }
  return {};
}

std::string Tactic::short_name() const {
  std::string text = ascii_lower(name);
  std::ranges::replace(text, ' ', '-');
  return text;
}

std::string_view Technique::parent() const {
  const std::size_t dot = id.find('.');
  return dot == std::string::npos ? std::string_view() : std::string_view(id).substr(0, dot);
}

bool Technique::belongs_to(std::string_view tactic) const {
  return std::ranges::find(tactics, tactic) != tactics.end();
}

bool is_tactic_id(std::string_view text) { return text.starts_with("TA") && are_digits(text.substr(2), 4); }

bool is_technique_id(std::string_view text) {
  if (!text.starts_with('T')) return false;
  const std::size_t dot = text.find('.');
  return are_digits(text.substr(1, std::min(dot, text.size()) - 1), 4) &&
         (dot == std::string_view::npos || are_digits(text.substr(dot + 1), 3));
}

AttackTable::AttackTable(AttackData data) : data_(std::move(data)) {
  std::ranges::sort(data_.techniques, {}, &Technique::id);
}

std::shared_ptr<const AttackTable> AttackTable::built_in() {
  Diagnostics diagnostics;  // a unit test sees to it that there are none
  const EmbeddedText& text = attack_tables().front();
  return parse(std::make_shared<const Source>(std::string(text.name), std::string(text.text)), diagnostics);
}

std::string AttackTable::title() const {
  const std::string version = data_.version == unknown_attack_version ? "" : " v" + data_.version;
  return "ATT&CK" + version + (data_.partial ? " (in part)" : "");
}

const Tactic* AttackTable::find_tactic(std::string_view id) const {
  const auto found = std::ranges::find(data_.tactics, id, &Tactic::id);
  return found == data_.tactics.end() ? nullptr : &*found;
}

const Technique* AttackTable::find_technique(std::string_view id) const {
  const auto found = std::ranges::lower_bound(data_.techniques, id, {}, &Technique::id);
  return found == data_.techniques.end() || found->id != id ? nullptr : &*found;
}

const Tactic* AttackTable::current(const Tactic& tactic) const {
  const Tactic* at = &tactic;
  while (at != nullptr && at->status != AttackStatus::active) at = find_tactic(at->replaced_by);
  return at;
}

const Technique* AttackTable::current(const Technique& technique) const {
  const Technique* at = &technique;
  while (at != nullptr && at->status != AttackStatus::active) at = find_technique(at->replaced_by);
  return at;
}

std::optional<std::string> AttackTable::nearest_tactic(std::string_view written) const {
  return nearest_active(written, data_.tactics);
}

std::optional<std::string> AttackTable::nearest_technique(std::string_view written) const {
  return nearest_active(written, data_.techniques);
}

std::string full_name(const AttackTable& table, const Technique& technique) {
  const Technique* parent = technique.parent().empty() ? nullptr : table.find_technique(technique.parent());
  return parent == nullptr ? technique.name : parent->name + ": " + technique.name;
}

}  // namespace picket
