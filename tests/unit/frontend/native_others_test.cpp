// Definition libraries, data models and pack manifests; the table of keys.
#include <set>

#include "engine/frontend/keys.hpp"
#include "grammar/path/field_path.hpp"
#include "tests/catch.hpp"
#include "tests/unit/frontend/analysis_text.hpp"

using namespace picket;
using namespace picket::tests;

namespace {

Words found_in_file(std::string text) {
  ReadText read = read_text(std::move(text));
  return found(read);
}

// Whether two paths are read as the same expression.
bool same_path(const std::string& a, const std::string& b) {
  Diagnostics diagnostics;
  const auto first = read_field_path(SourceText::standalone("a", a), diagnostics);
  const auto second = read_field_path(SourceText::standalone("b", b), diagnostics);
  return first && second && *first == *second;
}

}  // namespace

TEST_CASE("libraries have a name that conditions can use, and definitions") {
  ReadText read = read_text(
      "AnalysisType: definitions\nDefinitionsID: aws\nDescription: d\nUse: [base]\nLet: |\n  a = 1\n  f(x) = x eq 1\n");
  CHECK(found(read) == Words{});
  REQUIRE(read.pack.libraries.size() == 1);
  CHECK(read.pack.libraries[0].id.value == "aws");
  CHECK(read.pack.libraries[0].libraries.size() == 1);
  CHECK(read.pack.libraries[0].definitions.size() == 2);
  CHECK(found_in_file("AnalysisType: definitions\nDefinitionsID: a-b\nLet: a = 1\n") == Words{"bad-id 2:16"});
  CHECK(found_in_file("AnalysisType: definitions\nDefinitionsID: when\nLet: a = 1\n") == Words{"bad-id 2:16"});
  CHECK(found_in_file("AnalysisType: definitions\nDefinitionsID: udm\nLet: a = 1\n") == Words{"bad-id 2:16"});
  CHECK(found_in_file("AnalysisType: definitions\nDefinitionsID: a\n") == Words{"missing-key 1:15"});
  CHECK(found_in_file("AnalysisType: definitions\nDefinitionsID: a\nLet:\n") == Words{});
  CHECK(found_in_file("AnalysisType: definitions\nDefinitionsID: a\nLet: a eq 1\n").size() == 1);
}

TEST_CASE("data models map names by path or expression") {
  const std::string head = "AnalysisType: datamodel\nDataModelID: m\nEnabled: true\nLogTypes: [l]\n";
  ReadText read =
      read_text(head +
                "Use: [x]\nMappings:\n  - {Name: a, Path: $.b.c}\n  - {Name: d, Expression: \"b ?? c\"}\n  - "
                "{Name: e, Method: get_e}\n");
  CHECK(found(read) == Words{"python-rule 9:23"});
  REQUIRE(read.pack.data_models.size() == 1);
  REQUIRE(read.pack.data_models[0].mappings.size() == 2);
  CHECK(read.pack.data_models[0].mappings[0].path == "$.b.c");
  CHECK(read.pack.data_models[0].mappings[1].path.empty());
  CHECK(read_text(head + "Mappings: [{Name: e, Method: get_e}]\n", true).diagnostics.has_errors());
  CHECK(found_in_file(head + "Mappings:\n  - {Name: a}\n") == Words{"missing-key 6:6"});
  CHECK(found_in_file(head + "Mappings:\n  - {Path: a}\n") == Words{"missing-key 6:6"});
  CHECK(found_in_file(head + "Mappings:\n  - {Name: a, Pth: b}\n") == Words{"unknown-key 6:15"});
  CHECK(found_in_file(head + "Mappings:\n  - {Name: a, Path: b, Expression: c}\n") == Words{"conflicting-keys 6:24"});
  CHECK(found_in_file(head + "Mappings:\n  - {Name: a, Path: b}\n  - {Name: a, Path: c}\n") ==
        Words{"duplicate-item 7:12"});
  CHECK(found_in_file(head + "Mappings:\n  - x\n") == Words{"not-a-mapping 6:5"});
  CHECK(found_in_file(head + "Mappings:\n  - {Name: a, Path: \"x[?(@.b)]\"}\n") == Words{"bad-path 6:24"});
  CHECK(found_in_file(head) == Words{"missing-key 1:15"});
}

TEST_CASE("paths are read from the event, whatever their names mean elsewhere") {
  CHECK(same_path("a.b", "$.a.b"));
  CHECK(same_path("a.b", "a['b']") == false);  // the same meaning, but written as an index
  CHECK(same_path("$['a b'].c", "['a b'].c") == false);
  CHECK(same_path("count.first", "$.count.first"));
  CHECK(same_path("a.x-y", "a['x-y']"));
  CHECK(same_path("a[\"x-y\"]", "a['x-y']"));
  CHECK(same_path("a[0][-1][*]", "$.a[0][-1][*]"));
  CHECK(same_path("a.b\n", "a.b"));
  for (const std::string bad :
       {"", "a..b", "a.", ".a", "a[", "a[]", "a[b]", "a['b", "a[0", "a b", "a[?(@.b)]", "$a", "a.b()"}) {
    CAPTURE(bad);
    Diagnostics diagnostics;
    CHECK_FALSE(read_field_path(SourceText::standalone("a", bad), diagnostics));
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics.all()[0].code == Code::bad_path);
  }
  Diagnostics diagnostics;
  std::string deep = "a";
  for (int i = 0; i < 100'000; ++i) deep += ".a";
  CHECK_FALSE(read_field_path(SourceText::standalone("a", deep), diagnostics));
}

TEST_CASE("manifests name ids that exist") {
  CHECK(found_in_file("AnalysisType: pack\nPackID: p\nPackDefinition:\n  IDs: [x]\n") == Words{"unknown-pack-id 4:9"});
  CHECK(found_in_file("AnalysisType: pack\nPackID: p\nPackDefinition: {}\n") == Words{"missing-key 3:17"});
  CHECK(found_in_file("AnalysisType: pack\nPackID: p\nPackDefinition: [x]\n") == Words{"not-a-mapping 3:17"});
  CHECK(found_in_file("AnalysisType: pack\nPackID: p\nPackDefinition: {Ids: [x]}\n") == Words{"unknown-key 3:18"});
}

TEST_CASE("the table of keys is sound: no holder has a key twice, every row says what it means") {
  std::set<std::pair<int, std::string_view>> seen;
  for (const KeyRow& row : key_rows()) {
    CAPTURE(row.key);
    CHECK_FALSE(row.meaning.empty());
    CHECK(row.holders != Holder::none);
    for (int bit = 0; bit < 16; ++bit) {
      if (holds(row.holders, static_cast<Holder>(1 << bit))) CHECK(seen.emplace(bit, row.key).second);
    }
    CHECK_FALSE(in_words(row.shape).empty());
  }
}

TEST_CASE("severities have words") {
  for (const Severity severity :
       {Severity::info, Severity::low, Severity::medium, Severity::high, Severity::critical}) {
    CHECK(severity_from_word(spelling(severity)) == severity);
  }
  CHECK(severity_from_word("cRITICAL") == Severity::critical);
  CHECK_FALSE(severity_from_word("DEFAULT"));
  CHECK_FALSE(severity_from_word(""));
}
