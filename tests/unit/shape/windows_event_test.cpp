#include "engine/shape/windows_event.hpp"

#include <string>

#include "engine/event/json.hpp"
#include "engine/event/structural_index.hpp"
#include "engine/shape/windows_text.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

std::string flat(const std::string& text) {
  const auto made = flat_windows_event(std::get<Value>(read_json(text)));
  return made ? to_json(*made) : "none";
}

// As WindowsText makes it of the text.
std::string flat_text(const std::string& text) {
  const std::string padded = std::string(64, ' ') + text + std::string(64, ' ');
  const std::string_view event = std::string_view(padded).substr(64, text.size());
  StructuralIndex index;
  REQUIRE(index.build_one(event));
  return std::string(WindowsText().flat(PlacedValue(event.data(), index.places())).value_or("none"));
}

TEST_CASE("nested events of Windows become flat") {
  CHECK(flat(R"({"Event":{"System":{"Provider":{"#attributes":{"Name":"P","Guid":"G"}},"EventID":1,"Channel":"C",
                 "Correlation":null,"Execution":{"#attributes":{"ProcessID":4}}},"EventData":{"Image":"x","Empty":null}},
                 "p_log_type":"T"})") ==
        R"({"Provider_Name":"P","Provider_Guid":"G","EventID":1,"Channel":"C","Execution_ProcessID":4,)"
        R"("Image":"x","Empty":null,"p_log_type":"T"})");
}

TEST_CASE("attributes in keys of their own, with an @, and beside a text") {
  CHECK(
      flat(
          R"({"Event":{"System":{"Provider_attributes":{"Name":"P"},"EventID":{"#text":7,"#attributes":{"Qualifiers":0}},
                 "TimeCreated":{"@SystemTime":"t"}}}})") ==
      R"({"Provider_Name":"P","EventID":7,"EventID_Qualifiers":0,"TimeCreated_SystemTime":"t"})");
}

TEST_CASE("data with names are fields, and data without stay a list") {
  CHECK(flat(R"({"Event":{"System":{},"EventData":{"Data":[{"#attributes":{"Name":"A b"},"#text":"1"},
                 {"@Name":"C","#text":2},{"Name":"D","Value":"3"},{"@Name":"E"},"x","y"]}}})") ==
        R"({"Ab":"1","C":2,"D":"3","E":"","Data":["x","y"]})");
  CHECK(flat(R"({"Event":{"System":{},"EventData":{"Data":{"#text":["x"]}}}})") == R"({"Data":"x"})");
}

TEST_CASE("what System says counts before EventData, and both before what stands beside") {
  CHECK(flat(R"({"EventID":3,"Event":{"System":{"EventID":1},"EventData":{"EventID":2,"Level":"l"}},"Level":4})") ==
        R"({"EventID":1,"EventData_EventID":2,"Level":"l"})");
}

TEST_CASE("events of Winlogbeat become flat") {
  CHECK(flat(R"({"@timestamp":"t","winlog":{"channel":"C","event_id":"1","provider_name":"P","computer_name":"pc",
                 "event_data":{"Image":"x"}},"message":"m"})") ==
        R"({"Channel":"C","EventID":"1","Provider_Name":"P","Computer":"pc","Image":"x","Message":"m",)"
        R"("@timestamp":"t","message":"m"})");
}

TEST_CASE("of what Winlogbeat says beside the data nothing is lost") {
  CHECK(flat(R"({"winlog":{"channel":"C","process":{"pid":4,"thread":{"id":5}},"user":{"identifier":"S-1","name":"n"},
                 "keywords":["Audit Success"],"version":2,"api":"wineventlog"}})") ==
        R"({"Channel":"C","Version":2,"Keywords":["Audit Success"],"Execution_ProcessID":4,"Execution_ThreadID":5,)"
        R"("Security_UserID":"S-1","winlog_process":{"pid":4,"thread":{"id":5}},)"
        R"("winlog_user":{"identifier":"S-1","name":"n"},"winlog_api":"wineventlog"})");
}

TEST_CASE("other events stay as they are") {
  CHECK(flat(R"({"Event":"x","winlog":1})") == "none");
  CHECK(flat(R"({"Event":{"a":1}})") == "none");
  CHECK(flat("[]") == "none");
}

TEST_CASE("a text becomes flat as it is written") {
  CHECK(
      flat_text(R"({ "Event" : {"System":{"Provider":{"#attributes":{"Name":"P\u0041"}}, "EventID" : 1.50,"Level":null},
                 "EventData":{"Threat Name": [ 1, {"a" :2} ] ,"Data":[{"@Name":"C d"},"x",["y"]]} }, "p_log_type":"T" })") ==
      R"({"Provider_Name":"P\u0041","EventID":1.50,"ThreatName":[ 1, {"a" :2} ],"Cd":"","Data":["x","y"],"p_log_type":"T"})");
  CHECK(flat_text(R"({"winlog":{"channel":"C","event_data":{}},"message":"m"})") ==
        R"({"Channel":"C","Message":"m","message":"m"})");
  CHECK(flat_text(R"({"Event":{"System":{}}})") == "{}");
  CHECK(flat_text(R"({"EventID":1,"Event":{"System":{"EventID":1},"EventData":{"EventID":1}}})") == R"({"EventID":1})");
}

TEST_CASE("what is not plain in a text is left to who reads values") {
  CHECK(flat_text(R"({"Event":{"System":{"Ev\u0065ntID":1}}})") == "none");
  CHECK(flat_text(R"({"Event":{"System":{"EventID":1,"EventID":2}}})") == "none");
  CHECK(flat_text(R"({"Event":{"System":{"EventID":1},"EventData":{"EventID":2}}})") == "none");
  CHECK(flat_text(R"({"Event":{"System":{"EventID":{"#attributes":{"a":1},"#attributes":{"b":1}}}}})") == "none");
  CHECK(flat_text(R"({"Event":{"System":{},"EventData":{"Data":{"@Name":"\u0041","#text":1}}}})") == "none");
  CHECK(flat_text(R"({"Event":{"a":1}})") == "none");
  std::string many;  // more than could be compared with one another
  for (int i = 0; i < 200'000; ++i) many += ",\"a" + std::to_string(i) + "\":1";
  CHECK(flat_text(R"({"Event":{"System":{"x":1)" + many + "}}}") == "none");
  CHECK(flat_text(R"({"Event":{"System":{"x":1}})" + many + "}") == "none");
}

}  // namespace
}  // namespace picket
