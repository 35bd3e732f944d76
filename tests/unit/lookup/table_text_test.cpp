#include "engine/lookup/table_text.hpp"

#include <memory>
#include <string>
#include <vector>

#include "tests/catch.hpp"

namespace picket::tests {
namespace {

using Words = std::vector<std::string>;

struct Read {
  std::shared_ptr<const RowIndex> rows;
  Words found;  // "file:line:column code"
};

enum class Form { csv, json };

Read read(Form form, const std::string& text, const TableLimits& limits = {}, const std::string& key = "k") {
  LookupTable table;
  table.source = std::make_shared<const Source>("table.yml", "PrimaryKey: " + key);
  table.primary_key = {key, {12, static_cast<std::uint32_t>(12 + key.size())}};
  const auto file = std::make_shared<const Source>("rows", text);
  Diagnostics diagnostics;
  Read result;
  result.rows = form == Form::csv ? read_csv(file, table, limits, diagnostics)
                                  : read_json_lines(file, table, limits, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    const LineColumn place = diagnostic.source->locate(diagnostic.span.begin);
    result.found.push_back(diagnostic.source->name() + ":" + std::to_string(place.line) + ":" +
                           std::to_string(place.column) + " " + std::string(row_of(diagnostic.code).word));
  }
  return result;
}

std::string row(const Read& read, const std::string& key) {
  const Value* found = read.rows->find(key);
  return found == nullptr ? "none" : to_json(*found);
}

}  // namespace

TEST_CASE("CSV is read as RFC 4180 has it") {
  const Read plain = read(Form::csv, "k,v\r\na,1\r\n\r\nb,\"x, \"\"y\"\"\r\nz\"\r\n\"c\",");
  CHECK(plain.found == Words{});
  CHECK(plain.rows->size() == 3);
  CHECK(row(plain, "a") == R"({"k":"a","v":"1"})");
  CHECK(row(plain, "b") == R"({"k":"b","v":"x, \"y\"\r\nz"})");
  CHECK(row(plain, "c") == R"({"k":"c","v":""})");
  CHECK(row(read(Form::csv, "\xEF\xBB\xBFk\na\n"), "a") == R"({"k":"a"})");
  CHECK(row(read(Form::csv, "v,k\n ä , a \n"), " a ") == R"({"v":" ä ","k":" a "})");
  CHECK(read(Form::csv, "k,v\n").rows->size() == 0);
}

TEST_CASE("a broken row of CSV is told with its place, and the others stay") {
  const Read broken = read(Form::csv, "k,v\na,1,2\nb\n\"c\"x,1\nd,4\n\"e,5\nf,6\n");
  CHECK(broken.found == Words{"rows:2:1 bad-table", "rows:3:1 bad-table", "rows:4:4 bad-table", "rows:6:1 bad-table"});
  CHECK(broken.rows->size() == 1);
  CHECK(row(broken, "d") == R"({"k":"d","v":"4"})");
}

TEST_CASE("rows are UTF-8, and lines end as lines do") {
  const Read latin = read(Form::csv, "k,v\na,1\nb,\xE4\n");
  CHECK(latin.found == Words{"rows:3:3 bad-table"});
  CHECK(latin.rows->size() == 0);
  CHECK(read(Form::json, "{\"k\":\"\xE4\"}").found == Words{"rows:1:7 bad-table"});
  CHECK(read(Form::csv, "k,v\ra,1\rb,2\r").found == Words{"rows:1:4 bad-table"});
  CHECK(read(Form::csv, "k,v\na,1\rb,2\nc,3\n").found == Words{"rows:2:4 bad-table"});
}

TEST_CASE("a table whose columns make no sense has no rows") {
  CHECK(read(Form::csv, "").found == Words{"rows:1:1 bad-table"});
  CHECK(read(Form::csv, "\n\n").found == Words{"rows:1:1 bad-table"});
  CHECK(read(Form::csv, "\"k,v\n").found == Words{"rows:1:1 bad-table"});
  CHECK(read(Form::csv, "k,k\na,b\n").found == Words{"rows:1:1 bad-table"});
  const Read other = read(Form::csv, "key,v\na,b\n", {}, "keyy");
  CHECK(other.found == Words{"table.yml:1:13 bad-table"});
  CHECK(other.rows->size() == 0);
}

TEST_CASE("JSON lines are objects with a key that is a text or a number") {
  const Read lines = read(Form::json, "{\"k\":\"a\",\"v\":[1,{\"x\":null}]}\n\n{\"k\":7}\r\n");
  CHECK(lines.found == Words{});
  CHECK(row(lines, "a") == R"({"k":"a","v":[1,{"x":null}]})");
  CHECK(row(lines, "7") == R"({"k":7})");
  const Read broken = read(Form::json, "{\"k\":\"a\"}\n{\"k\":}\n[1]\n{\"v\":1}\n{\"k\":null}\n{\"k\":\"b\"}");
  CHECK(broken.found == Words{"rows:2:6 bad-table", "rows:3:1 bad-table", "rows:4:1 bad-table", "rows:5:1 bad-table"});
  CHECK(broken.rows->size() == 2);
}

TEST_CASE("a list of rows is no table, which is said once") {
  const Read list = read(Form::json, "\n [{\"k\":\"a\"},\n{\"k\":\"b\"}]\n");
  CHECK(list.found == Words{"rows:2:2 bad-table"});
  CHECK(list.rows->size() == 0);
}

TEST_CASE("of rows with one key the first counts") {
  const Read twice = read(Form::csv, "k,v\na,1\na,2\n10.0.0.0/8,3\n10.1.2.3/8,4\n");
  CHECK(twice.found == Words{"rows:3:1 duplicate-row", "rows:5:1 duplicate-row"});
  CHECK(row(twice, "a") == R"({"k":"a","v":"1"})");
  CHECK(row(twice, "10.9.9.9") == R"({"k":"10.0.0.0/8","v":"3"})");
  CHECK(row(twice, "10.1.2.3/8") == R"({"k":"10.0.0.0/8","v":"3"})");
}

TEST_CASE("of spellings of one network the first row counts, whichever is looked up") {
  const Read twice = read(Form::csv, "k,v\n10.0.0.1/32,1\n10.0.0.1,2\n2001:db8::1,3\n2001:DB8:0::1,4\nx,5\n");
  CHECK(twice.found == Words{"rows:3:1 duplicate-row", "rows:5:1 duplicate-row"});
  CHECK(twice.rows->size() == 3);
  for (const std::string key : {"10.0.0.1", "10.0.0.1/32", "::ffff:10.0.0.1"})
    CHECK(row(twice, key) == R"({"k":"10.0.0.1/32","v":"1"})");
  for (const std::string key : {"2001:db8::1", "2001:DB8:0::1", "2001:db8:0:0::1"})
    CHECK(row(twice, key) == R"({"k":"2001:db8::1","v":"3"})");
  CHECK(row(twice, "x") == R"({"k":"x","v":"5"})");
}

TEST_CASE("in a table of addresses alone, the second spelling finds the first row") {
  const Read twice = read(Form::csv, "k,v\n::1,1\n0:0::1,2\n");
  CHECK(twice.found == Words{"rows:3:1 duplicate-row"});
  CHECK(row(twice, "0:0::1") == R"({"k":"::1","v":"1"})");
  CHECK(row(twice, "0:0:0::1") == "none");
}

TEST_CASE("a table is bounded, and so is what is said of it") {
  const Read many = read(Form::csv, "k\na\nb\nc\nd\n", {.rows = 2});
  CHECK(many.found == Words{"rows:4:1 bad-table"});
  CHECK(many.rows->size() == 2);
  std::string text;
  for (int i = 0; i < 1'000; ++i) text += "x\n";
  CHECK(read(Form::json, text).found.size() == 20);
}

TEST_CASE("networks of every length are found, the longest first") {
  std::string text = "k\n";
  for (int prefix = 0; prefix <= 32; ++prefix) text += "255.255.255.255/" + std::to_string(prefix) + "\n";
  for (int prefix = 0; prefix <= 128; ++prefix) {
    text += "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/" + std::to_string(prefix) + "\n";
  }
  const Read read_rows = read(Form::csv, text);
  CHECK(read_rows.found == Words{});
  CHECK(row(read_rows, "255.255.255.255") == R"({"k":"255.255.255.255/32"})");
  CHECK(row(read_rows, "255.255.255.254") == R"({"k":"255.255.255.255/31"})");
  CHECK(row(read_rows, "255.127.0.0") == R"({"k":"255.255.255.255/8"})");
  CHECK(row(read_rows, "1.2.3.4") == R"({"k":"255.255.255.255/0"})");
  CHECK(row(read_rows, "ffff:ffff::") == R"({"k":"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/32"})");
  CHECK(row(read_rows, "fffe::") == R"({"k":"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/15"})");
  CHECK(row(read_rows, "not an address") == "none");
}

}  // namespace picket::tests
