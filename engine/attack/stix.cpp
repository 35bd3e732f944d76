#include "engine/attack/stix.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/event/json.hpp"

namespace picket {
namespace {

std::string_view text_of(const Object& object, std::string_view key) {
  const Value* value = object.find_exact(key);
  const std::string* text = value == nullptr ? nullptr : value->string();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

bool is_true(const Object& object, std::string_view key) {
  const Value* value = object.find_exact(key);
  return value != nullptr && *value == Value(true);
}

// The objects of a list; what is no object is left out.
std::vector<const Object*> objects_of(const Object& object, std::string_view key) {
  std::vector<const Object*> objects;
  const Value* value = object.find_exact(key);
  const List* list = value == nullptr ? nullptr : value->list();
  if (list == nullptr) return objects;
  for (const Value& item : *list) {
    if (item.object() != nullptr) objects.push_back(item.object());
  }
  return objects;
}

// "T1078": what people call an object. MITRE's reference names its own source: mitre-attack, mitre-mobile-attack …
std::string attack_id(const Object& object) {
  for (const Object* reference : objects_of(object, "external_references")) {
    if (text_of(*reference, "source_name").starts_with("mitre-"))
      return std::string(text_of(*reference, "external_id"));
  }
  return {};
}

AttackStatus status_of(const Object& object) {
  if (is_true(object, "revoked")) return AttackStatus::revoked;
  return is_true(object, "x_mitre_deprecated") ? AttackStatus::deprecated : AttackStatus::active;
}

// Tabs and line ends separate columns and lines of the table.
std::string one_line(std::string_view name) {
  std::string line(name);
  std::ranges::replace_if(
      line, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return line;
}

// What of a bundle is of use, by STIX's own ids.
class Bundle {
 public:
  explicit Bundle(const std::vector<const Object*>& objects) {
    for (const Object* object : objects) {
      const std::string_view type = text_of(*object, "type");
      if (type == "x-mitre-tactic" || type == "attack-pattern") {
        ids_.emplace(text_of(*object, "id"), attack_id(*object));
        (type == "attack-pattern" ? patterns_ : tactics_).push_back(object);
      } else if (type == "relationship" && text_of(*object, "relationship_type") == "revoked-by") {
        revoked_by_.emplace(text_of(*object, "source_ref"), text_of(*object, "target_ref"));
      } else if (type == "x-mitre-matrix") {
        read_order(*object);
      } else if (type == "x-mitre-collection") {
        data_.version = one_line(text_of(*object, "x_mitre_version"));
      }
    }
  }

  [[nodiscard]] std::variant<AttackData, StixError> read() {
    if (tactics_.empty() || patterns_.empty()) {
      return StixError{"the bundle holds no tactics and techniques of ATT&CK"};
    }
    if (data_.version.empty()) data_.version = unknown_attack_version;
    std::ranges::stable_sort(tactics_, {}, [this](const Object* tactic) { return place_of(text_of(*tactic, "id")); });
    for (const Object* tactic : tactics_) add_tactic(*tactic);
    for (const Object* pattern : patterns_) {
      if (auto fault = add_technique(*pattern)) return StixError{*std::move(fault)};
    }
    if (data_.domain.empty()) data_.domain = "enterprise-attack";
    return std::move(data_);
  }

 private:
  void read_order(const Object& matrix) {
    const Value* refs = matrix.find_exact("tactic_refs");
    if (refs == nullptr || refs->list() == nullptr) return;
    for (const Value& ref : *refs->list()) {
      if (ref.string() != nullptr) order_.emplace(*ref.string(), order_.size());
    }
  }

  [[nodiscard]] std::size_t place_of(std::string_view id) const {
    const auto place = order_.find(id);
    return place == order_.end() ? order_.size() : place->second;
  }

  // The ATT&CK id of what has taken the place of an object; empty if nothing has, or what has is not in the bundle.
  [[nodiscard]] std::string replacement_of(const Object& object) const {
    const auto relation = revoked_by_.find(text_of(object, "id"));
    if (relation == revoked_by_.end() || status_of(object) != AttackStatus::revoked) return {};
    const auto id = ids_.find(relation->second);
    return id == ids_.end() ? std::string() : id->second;
  }

  void add_tactic(const Object& object) {
    Tactic tactic{.id = attack_id(object),
                  .name = one_line(text_of(object, "name")),
                  .status = status_of(object),
                  .replaced_by = replacement_of(object)};
    phases_.emplace(text_of(object, "x_mitre_shortname"), tactic.id);
    data_.tactics.push_back(std::move(tactic));
  }

  // Says what is wrong with it, if anything is.
  [[nodiscard]] std::optional<std::string> add_technique(const Object& object) {
    Technique technique{.id = attack_id(object),
                        .name = one_line(text_of(object, "name")),
                        .tactics = {},
                        .status = status_of(object),
                        .replaced_by = replacement_of(object)};
    for (const Object* phase : objects_of(object, "kill_chain_phases")) {
      const std::string_view chain = text_of(*phase, "kill_chain_name");
      if (!chain.starts_with("mitre-")) continue;
      const auto tactic = phases_.find(text_of(*phase, "phase_name"));
      if (tactic != phases_.end()) {
        technique.tactics.push_back(tactic->second);
      } else if (technique.status == AttackStatus::active) {  // what is given up may name a tactic that is no more
        return "the technique `" + technique.id + "` is in the phase `" + std::string(text_of(*phase, "phase_name")) +
               "`, which is no tactic of the bundle";
      }
      if (data_.domain.empty()) {
        data_.domain = chain == "mitre-attack" ? "enterprise-attack" : std::string(chain.substr(6));
      }
    }
    data_.techniques.push_back(std::move(technique));
    return std::nullopt;
  }

  AttackData data_;
  std::vector<const Object*> tactics_;
  std::vector<const Object*> patterns_;
  std::map<std::string, std::string, std::less<>> ids_;
  std::map<std::string, std::string, std::less<>> revoked_by_;
  std::map<std::string, std::string, std::less<>> phases_;
  std::map<std::string, std::size_t, std::less<>> order_;
};

std::string place_in(std::string_view text, std::size_t offset) {
  const LineColumn place = Source("", std::string(text.substr(0, offset))).locate(static_cast<std::uint32_t>(offset));
  return "line " + std::to_string(place.line) + ", column " + std::to_string(place.column);
}

}  // namespace

std::variant<AttackData, StixError> read_stix(std::string_view text) {
  const auto read = read_json(text);
  if (const auto* error = std::get_if<JsonError>(&read)) {
    return StixError{"it is no JSON (" + error->reason + ", " + place_in(text, error->offset) + ")"};
  }
  const Object* bundle = std::get<Value>(read).object();
  if (bundle == nullptr || text_of(*bundle, "type") != "bundle") return StixError{"it is no STIX bundle"};
  return Bundle(objects_of(*bundle, "objects")).read();
}

}  // namespace picket
