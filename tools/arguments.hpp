// What a command takes, as it declares it. Hides CLI11, whose header is dear to compile: beside this only what reads
// the command line, help and the surface of all commands know it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): as CLI11 spells it
class App;
class Option;
}  // namespace CLI

namespace picket {

// An option or argument that was declared, of which there is more to say. Each returns itself.
class Argument {
 public:
  explicit Argument(CLI::Option& option) : option_(&option) {}

  // What help calls its value.
  Argument& type_name(const std::string& name);
  Argument& required();
  // One value each time that it is given: what follows is an argument.
  Argument& one_at_a_time();
  // Both may be given.
  Argument& between(double least, double most);
  Argument& between(std::size_t least, std::size_t most);
  // `fault_of` says what is wrong with a value; empty: nothing.
  Argument& check(std::function<std::string(const std::string&)> fault_of);
  // Rewrites a value before it is read, or says what is wrong with it.
  Argument& transform(std::function<std::string(std::string&)> rewrite);
  // Takes `16MiB` for a number of bytes.
  Argument& as_bytes();

 private:
  CLI::Option* option_;
};

class Arguments {
 public:
  explicit Arguments(CLI::App& app) : app_(&app) {}

  // `name`: "-o,--output" for an option, "inputs" for an argument. The value must live until the command line is read.
  Argument add_option(const std::string& name, std::string& value, const std::string& description);
  Argument add_option(const std::string& name, std::vector<std::string>& values, const std::string& description);
  Argument add_option(const std::string& name, std::int64_t& value, const std::string& description);
  Argument add_option(const std::string& name, std::size_t& value, const std::string& description);
  Argument add_option(const std::string& name, double& value, const std::string& description);
  Argument add_option(const std::string& name, std::optional<std::size_t>& value, const std::string& description);
  Argument add_option(const std::string& name, std::optional<double>& value, const std::string& description);
  void add_flag(const std::string& name, bool& value, const std::string& description);
  // What help says last.
  void footer(const std::string& text);
  // `chosen` is called if it is given.
  [[nodiscard]] Arguments add_subcommand(const std::string& name, const std::string& summary,
                                         std::function<void()> chosen);

 private:
  CLI::App* app_;
};

// Declares an option whose value is one of `choices`; another value is a usage error that suggests the nearest.
Argument add_choice(Arguments& arguments, const std::string& name, std::string& value, std::vector<std::string> choices,
                    const std::string& description);

}  // namespace picket
