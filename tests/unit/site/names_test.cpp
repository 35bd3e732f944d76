#include "engine/site/names.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "grammar/text/ascii.hpp"
#include "tests/catch.hpp"

namespace picket::tests {

TEST_CASE("a name that is fit for a file stays as it is") {
  CHECK(site::file_names({"AWS.CloudTrail.Stopped", "a_b-c.1"}) ==
        std::vector<std::string>{"AWS.CloudTrail.Stopped", "a_b-c.1"});
}

TEST_CASE("whatever a name is, its file stays in its folder and is one of its own") {
  const std::string long_name(1'000'000, 'x');
  std::vector<std::string> names = {
      "",    ".",   "..",       "../../x",       "/etc/passwd",  "a/b", "a\\b",  "A",
      "a",   "con", "CON.txt",  "nul",           "lpt1",         "a b", "a%2fb", "a?b",
      "a#b", "a:b", "é",        "\u202egpj.exe", "a\nb",         "-rf", "a.",    std::string("a\0b", 3),
      "<x>", "a~2", "\xff\xfe", long_name,       long_name + "y"};
  std::ranges::sort(names);
  const std::vector<std::string> files = site::file_names({names.begin(), names.end()});
  std::set<std::string> folded;
  for (std::size_t i = 0; i < names.size(); ++i) {
    INFO(names[i].substr(0, 40) << " -> " << files[i]);
    CHECK(files[i].size() <= 100);
    CHECK_FALSE(files[i].empty());
    CHECK(files[i].find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
          std::string::npos);
    CHECK(files[i].front() != '.');
    CHECK(files[i].front() != '-');
    CHECK(files[i].back() != '.');
    const std::string lower = ascii_lower(files[i]);
    CHECK(folded.insert(lower).second);
    for (const char* device : {"con", "nul", "lpt1", "con.txt"}) CHECK(lower != device);
  }
}

}  // namespace picket::tests
