#include "engine/shape/windows_event.hpp"

#include <string>

#include "engine/event/json.hpp"
#include "tests/catch.hpp"

namespace picket {
namespace {

std::string flat(const std::string& text) {
  const auto made = flat_windows_event(std::get<Value>(read_json(text)));
  return made ? to_json(*made) : "none";
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

}  // namespace
}  // namespace picket
