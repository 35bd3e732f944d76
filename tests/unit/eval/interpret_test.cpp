#include "engine/eval/interpret.hpp"

#include <string>

#include "engine/event/json.hpp"
#include "tests/catch.hpp"
#include "tests/unit/eval/terms.hpp"

namespace picket {
namespace {

using namespace tests;

Value event_of(std::string_view json) { return std::get<Value>(read_json(json)); }

// One interpreter over one event.
struct Fixture {
  explicit Fixture(std::string_view json, CheckedPack checked = {}, std::size_t steps = 1'000'000)
      : pack(std::move(checked)), event(event_of(json)), interpreter(pack) {
    input.event = &event;
    input.log_type = "Test";
    input.steps = steps;
    interpreter.start(input);
  }
  std::string json(const Term& term, Slot slots = 0) { return to_json(interpreter.evaluate(text(term, slots))); }

  CheckedPack pack;
  Value event;
  EvaluationInput input;
  Interpreter interpreter;
};

TEST_CASE("a field is a path of keys and indexes") {
  Fixture fixture(R"({"a": {"B": [1, {"c": "x\u00e9"}]}, "n": null})");
  CHECK(fixture.json(field({"a", "b", std::int64_t{0}})) == "1");
  CHECK(fixture.json(field({"a", "B", std::int64_t{-1}, "c"})) == "\"x\xC3\xA9\"");
  CHECK(fixture.json(field({"a", "B", std::int64_t{1}, "c", std::int64_t{1}})) == "\"\xC3\xA9\"");
  CHECK(fixture.json(field({"a", "B", std::int64_t{1}, "c", std::int64_t{1}, std::int64_t{-1}})) == "\"\xC3\xA9\"");
  CHECK(fixture.json(field({"a", "B", std::int64_t{2}})) == "null");
  CHECK(fixture.json(field({"n", "x"})) == "null");
}

TEST_CASE("an argument is evaluated once, and only if it is asked for") {
  // f(p, q) = p + p, where the arguments count by being observed.
  Fixture fixture(R"({"x": 2})");
  std::vector<Observation> seen;
  fixture.interpreter.observe(&seen);
  const auto counted = [](Op op) { return compare_terms(op, field({"x"}), constant(2), site()); };
  UnfoldedTerm call{.definition = std::nullopt, .arguments = {}, .body = list_of({slot(0), slot(0)})};
  call.arguments.emplace_back(0, counted(Op::eq));
  call.arguments.emplace_back(1, counted(Op::lt));
  CHECK(fixture.json({call}, 2) == "[true,true]");
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].result);
}

TEST_CASE("a local definition is evaluated once for each clearing of its slot") {
  Fixture fixture(R"({"l": [1, 2]})");
  std::vector<Observation> seen;
  fixture.interpreter.observe(&seen);
  // map x in l { y = x eq 2; [y, y] }
  const auto body = std::make_shared<const Term>(compare_terms(Op::eq, slot(0), constant(2), site()));
  const Term local{LocalTerm{1, body}};
  const Term scope{ScopeTerm{{1}, list_of({local, local})}};
  CHECK(fixture.json(binder(BinderKind::map, 0, field({"l"}), scope), 2) == "[[false,false],[true,true]]");
  CHECK(seen.size() == 2);
}

TEST_CASE("a shared definition is evaluated once per event and forgotten with it") {
  CheckedPack pack;
  const auto where = site();
  pack.definitions.push_back(definition("ok", compare_terms(Op::eq, field({"x"}), constant(1), where)));
  Fixture fixture(R"({"x": 1})", pack);
  std::vector<Observation> seen;
  fixture.interpreter.observe(&seen);
  CHECK(fixture.json({SharedTerm{0}}) == "true");
  CHECK(fixture.json({SharedTerm{0}}) == "true");
  CHECK(seen.size() == 1);
  const Value other = event_of(R"({"x": 2})");
  fixture.input.event = &other;
  fixture.interpreter.start(fixture.input);
  CHECK(fixture.json({SharedTerm{0}}) == "false");
  CHECK(seen.size() == 2);
}

TEST_CASE("a mock stands for a definition, its calls, and the patterns taken from it") {
  CheckedPack pack;
  pack.definitions.push_back(definition("NETS", constant(List{"10.0.0.0/8"})));
  Fixture fixture(R"({"ip": "192.168.0.1"})", pack);
  Term inside = compare_terms(Op::in_cidr, field({"ip"}), {SharedTerm{0}});
  std::get<CompareTerm>(inside.node).networks.push_back(*Network::parse("10.0.0.0/8"));
  CHECK(fixture.json(inside) == "false");
  const Mocks mocks = {{0, List{"192.168.0.0/16"}}};
  fixture.input.mocks = &mocks;
  fixture.interpreter.start(fixture.input);
  CHECK(fixture.json(inside) == "true");
  CHECK(fixture.json({SharedTerm{0}}) == R"(["192.168.0.0/16"])");
  CHECK(fixture.json({UnfoldedTerm{.definition = 0, .arguments = {}, .body = constant(1)}}) == R"(["192.168.0.0/16"])");
}

namespace {
Term udm(const std::string& name) { return {UdmTerm{.name = name, .unmapped = Term{FieldTerm{.path = {name}}}}}; }
}  // namespace

TEST_CASE("udm is the data model of the log type, evaluated once, something else without one") {
  CheckedPack pack;
  CheckedModel model;
  model.mappings.emplace("user", text(field({"actor"})));
  model.mappings.emplace("loop", text(udm("loop")));
  model.mappings.emplace("twice", text(list_of({udm("user"), udm("user")})));
  pack.models.push_back(model);
  pack.model_of_log_type["Test"] = 0;
  Fixture fixture(R"({"actor": "bob"})", pack);
  CHECK(fixture.json(udm("user")) == R"("bob")");
  CHECK(fixture.json(udm("twice")) == R"(["bob","bob"])");
  CHECK(fixture.json(udm("loop")) == "null");
  CHECK(fixture.json(udm("other")) == "null");
  fixture.input.log_type = "Other";
  fixture.interpreter.start(fixture.input);
  CHECK(fixture.json(udm("actor")) == R"("bob")");
  CHECK(fixture.json(udm("user")) == "null");
}

TEST_CASE("observations tell what was compared, and nothing that was not reached") {
  Fixture fixture(R"({"a": {"x-y": [5]}, "b": 2})");
  std::vector<Observation> seen;
  fixture.interpreter.observe(&seen);
  const auto first = site();
  const auto second = site();
  Term left = compare_terms(Op::gt, field({"a", "x-y", std::int64_t{0}}), constant(9), first);
  std::get<CompareTerm>(left.node).negated = true;
  Term right = compare_terms(Op::eq, add(field({"b"}), constant(1)), constant(3), second);
  const auto either = [&](Connective connective) { return Term{LogicTerm{connective, {left, right}, {}}}; };
  CHECK(fixture.json(either(Connective::disjunction)) == "true");
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].site == first.get());
  CHECK(seen[0].result);
  CHECK(seen[0].left == Value(5));
  CHECK(seen[0].right == Value(9));
  CHECK(seen[0].path == R"(a["x-y"][0])");
  CHECK(fixture.json(either(Connective::conjunction)) == "true");
  REQUIRE(seen.size() == 3);
  CHECK(seen[2].site == second.get());
  CHECK(seen[2].path.empty());
  CHECK(seen[2].left == Value(3));
  fixture.interpreter.observe(nullptr);
  CHECK(fixture.json({IsTerm{IsKind::null, false, field({"c"}), site()}}) == "true");
  CHECK(seen.size() == 3);
}

TEST_CASE("observed thoroughly, operands and elements that decide nothing any more are evaluated all the same") {
  Fixture fixture(R"({"l": [1, 2, 3], "b": 2})");
  std::vector<Observation> seen;
  fixture.interpreter.observe(&seen, Thoroughness::every_operand);
  const auto is_two = [] { return compare_terms(Op::eq, field({"b"}), constant(2), site()); };
  const auto is_three = [] { return compare_terms(Op::eq, field({"b"}), constant(3), site()); };
  const Term either{LogicTerm{Connective::disjunction, {is_two(), is_three()}, {nullptr, nullptr}}};
  CHECK(fixture.json(either) == "true");
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].result);
  CHECK_FALSE(seen[1].result);
  CHECK(seen[1].ordinal == 1);
  CHECK(fixture.json(Term{LogicTerm{Connective::conjunction, {is_three(), is_two()}, {}}}) == "false");
  CHECK(seen.size() == 4);
  seen.clear();
  const Term found = binder(BinderKind::first, 0, field({"l"}), compare_terms(Op::gt, slot(0), constant(1), site()));
  CHECK(fixture.json(found, 1) == "2");
  CHECK(seen.size() == 3);
  CHECK(fixture.json(binder(BinderKind::all, 0, field({"l"}), compare_terms(Op::gt, slot(0), constant(1), site())),
                     1) == "false");
  CHECK(seen.size() == 6);
}

TEST_CASE("a comparison that is flipped says the opposite, until the next start") {
  Fixture fixture(R"({"a": 1, "b": 2})");
  const Term both{LogicTerm{Connective::conjunction,
                            {compare_terms(Op::eq, field({"a"}), constant(1)), {TruthTerm{field({"b"}), nullptr}}},
                            {}}};
  for (const std::size_t ordinal : {std::size_t{0}, std::size_t{1}}) {
    fixture.interpreter.start(fixture.input);
    fixture.interpreter.flip(ordinal);
    CHECK(fixture.json(both) == "false");
  }
  fixture.interpreter.start(fixture.input);
  fixture.interpreter.flip(2);
  CHECK(fixture.json(both) == "true");
  fixture.interpreter.start(fixture.input);
  CHECK(fixture.json(both) == "true");
}

TEST_CASE("an evaluation that runs out of steps is null, and never true") {
  const std::string many = "{\"l\": [" + [] {
    std::string ones = "1";
    for (int i = 0; i < 999; ++i) ones += ",1";
    return ones;
  }() + "]}";
  const Term nothing = binder(BinderKind::none, 0, field({"l"}), compare_terms(Op::eq, slot(0), constant(2)));
  Fixture enough(many);
  CHECK(enough.json(nothing, 1) == "true");
  CHECK_FALSE(enough.interpreter.exhausted());
  Fixture few(many, {}, 500);
  CHECK(few.json(nothing, 1) == "null");
  CHECK(few.interpreter.exhausted());
  CHECK(few.json(constant(true)) == "null");
  few.interpreter.start(few.input);
  CHECK(few.json(constant(true)) == "true");
}

TEST_CASE("definitions nested without end cost no stack") {
  CheckedPack pack;
  constexpr DefinitionIndex depth = 100'000;
  for (DefinitionIndex i = 0; i < depth; ++i) {
    pack.definitions.push_back(definition("d" + std::to_string(i), list_of({{SharedTerm{i + 1}}})));
  }
  pack.definitions.push_back(definition("last", constant(1)));
  Fixture fixture("{}", pack);
  CHECK(fixture.json({SharedTerm{0}}) == "null");
  CHECK(fixture.interpreter.exhausted());
  fixture.interpreter.start(fixture.input);
  CHECK(fixture.json({SharedTerm{depth - 100}}).size() == 201);
}

TEST_CASE("values that double with every definition run out of steps") {
  CheckedPack pack;
  pack.definitions.push_back(definition("d", constant(List{"x"})));
  for (DefinitionIndex i = 0; i < 100; ++i) {
    pack.definitions.push_back(definition("d", list_of({{SharedTerm{i}}, {SharedTerm{i}}})));
  }
  Fixture fixture("{}", pack);
  CHECK(fixture.json({SharedTerm{100}}) == "null");
  CHECK(fixture.interpreter.exhausted());
}

TEST_CASE("binders over every kind") {
  Fixture fixture(R"({"l": [3, null, 1], "o": {"a": 1, "b": 2}, "s": "ab", "e": []})");
  const auto map_of = [&](const char* name, bool two) {
    BinderTerm term{BinderKind::map, std::nullopt, 0, field({name}), slot(0), nullptr};
    if (two) {
      term.key = 1;
      term.body = list_of({slot(1), slot(0)});
    }
    return fixture.json({term}, 2);
  };
  CHECK(map_of("l", false) == "[3,null,1]");
  CHECK(map_of("l", true) == "[[0,3],[1,null],[2,1]]");
  CHECK(map_of("o", false) == R"([{"a":1,"b":2}])");
  CHECK(map_of("o", true) == R"([["a",1],["b",2]])");
  CHECK(map_of("s", true) == R"([[0,"ab"]])");
  CHECK(map_of("e", true) == "[]");
  CHECK(map_of("missing", true) == "[]");
  const Term above = compare_terms(Op::gt, slot(0), constant(2));
  CHECK(fixture.json(binder(BinderKind::first, 0, field({"l"}), above), 1) == "3");
  CHECK(fixture.json(binder(BinderKind::where, 0, field({"l"}), above), 1) == "[3]");
  CHECK(fixture.json(binder(BinderKind::count, 0, field({"l"}), above), 1) == "1");
  CHECK(fixture.json(binder(BinderKind::all, 0, field({"l"}), above), 1) == "false");
  CHECK(fixture.json(binder(BinderKind::all, 0, field({"e"}), above), 1) == "true");
  CHECK(fixture.json(binder(BinderKind::none, 0, field({"e"}), above), 1) == "true");
}

TEST_CASE("has asks for the key, not for its value") {
  Fixture fixture(R"({"n": null, "l": [1]})");
  const auto has = [&](Term base, PathStep key) { return fixture.json({HasTerm{std::move(base), std::move(key)}}); };
  CHECK(has({EventTerm{}}, "N") == "true");
  CHECK(has({EventTerm{}}, "x") == "false");
  CHECK(has(field({"l"}), std::int64_t{0}) == "true");
  CHECK(has(field({"l"}), std::int64_t{-1}) == "true");
  CHECK(has(field({"l"}), std::int64_t{1}) == "false");
  CHECK(has(field({"l"}), std::int64_t{INT64_MIN}) == "false");
  CHECK(has(field({"n"}), "x") == "false");
}

TEST_CASE("stars map, leave nulls out and flatten") {
  Fixture fixture(R"({"r": [{"t": [1, [2]]}, {"t": null}, {"t": 3}], "d": {"a": [true, {"b": null, "c": "x"}]}})");
  const Term rows{EachTerm{field({"r"}), false}};
  const Term tags{EachMemberTerm{rows, "t"}};
  CHECK(fixture.json(tags) == "[[1,[2]],3]");
  CHECK(fixture.json({EachTerm{tags, false}}) == "[1,[2],3]");
  CHECK(fixture.json({EachIndexTerm{tags, constant(0)}}) == "[1]");
  CHECK(fixture.json({EachTerm{field({"missing"}), false}}) == "[]");
  CHECK(fixture.json({EachTerm{field({"d"}), true}}) == R"([true,"x"])");
}

}  // namespace
}  // namespace picket
