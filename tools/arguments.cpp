#include "tools/arguments.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <sstream>
#include <system_error>
#include <utility>

#include "grammar/text/nearest.hpp"
#include "tools/terminal/display.hpp"
#include "tools/terminal/unknown_word.hpp"

namespace picket {

Argument& Argument::type_name(const std::string& name) {
  option_->type_name(name);
  return *this;
}

Argument& Argument::required() {
  option_->required();
  return *this;
}

Argument& Argument::one_at_a_time() {
  option_->allow_extra_args(false);
  return *this;
}

namespace {

// What is wrong with a text as a number of these bounds, which `kind` names; empty: nothing.
template <typename Number>
std::string fault_of_number(const std::string& written, Number least, Number most, std::string_view kind) {
  Number number{};
  const char* const end = written.data() + written.size();
  const auto read = std::from_chars(written.data(), end, number);
  if (read.ec == std::errc() && read.ptr == end && number >= least && number <= most) return {};
  std::ostringstream text;
  text << '`' << escape_controls(written) << "` is no " << kind << " from " << least << " to " << most;
  return text.str();
}

}  // namespace

Argument& Argument::between(double least, double most) {
  return check([=](const std::string& value) { return fault_of_number(value, least, most, "number"); });
}

Argument& Argument::between(std::size_t least, std::size_t most) {
  return check([=](const std::string& value) { return fault_of_number(value, least, most, "whole number"); });
}

Argument& Argument::check(std::function<std::string(const std::string&)> fault_of) {
  option_->check(
      CLI::Validator([fault_of = std::move(fault_of)](const std::string& value) { return fault_of(value); }, ""));
  return *this;
}

Argument& Argument::transform(std::function<std::string(std::string&)> rewrite) {
  option_->transform(CLI::Validator(std::move(rewrite), ""));
  return *this;
}

Argument& Argument::as_bytes() {
  option_->transform(CLI::AsSizeValue(false));
  // Asked before that.
  return transform([](const std::string& value) {
    return value.starts_with('-') ? "`" + escape_controls(value) + "` is no number of bytes" : std::string();
  });
}

namespace {

// CLI11 takes -1 for 18,446,744,073,709,551,615.
Argument not_below_zero(Argument argument) {
  return argument.check([](const std::string& value) {
    return value.starts_with('-') ? "`" + escape_controls(value) + "` is below 0" : std::string();
  });
}

}  // namespace

Argument Arguments::add_option(const std::string& name, std::string& value, const std::string& description) {
  return Argument(*app_->add_option(name, value, description));
}
Argument Arguments::add_option(const std::string& name, std::vector<std::string>& values,
                               const std::string& description) {
  return Argument(*app_->add_option(name, values, description));
}
Argument Arguments::add_option(const std::string& name, std::int64_t& value, const std::string& description) {
  return Argument(*app_->add_option(name, value, description));
}
Argument Arguments::add_option(const std::string& name, std::size_t& value, const std::string& description) {
  return not_below_zero(Argument(*app_->add_option(name, value, description)));
}
Argument Arguments::add_option(const std::string& name, double& value, const std::string& description) {
  return Argument(*app_->add_option(name, value, description));
}
Argument Arguments::add_option(const std::string& name, std::optional<std::size_t>& value,
                               const std::string& description) {
  return not_below_zero(Argument(*app_->add_option(name, value, description)));
}
Argument Arguments::add_option(const std::string& name, std::optional<double>& value, const std::string& description) {
  return Argument(*app_->add_option(name, value, description));
}

void Arguments::add_flag(const std::string& name, bool& value, const std::string& description) {
  app_->add_flag(name, value, description);
}

void Arguments::footer(const std::string& text) { app_->footer(text); }

Arguments Arguments::add_subcommand(const std::string& name, const std::string& summary, std::function<void()> chosen) {
  CLI::App* added = app_->add_subcommand(name, summary);
  added->set_help_flag("-h,--help", "show this help");
  added->callback(std::move(chosen));
  return Arguments(*added);
}

Argument add_choice(Arguments& arguments, const std::string& name, std::string& value, std::vector<std::string> choices,
                    const std::string& description) {
  std::string shown;
  for (const std::string& choice : choices) shown += (shown.empty() ? "" : "|") + choice;
  Argument declared = arguments.add_option(name, value, description);
  return declared.type_name(shown).check([shown, choices = std::move(choices)](const std::string& given) {
    if (std::find(choices.begin(), choices.end(), given) != choices.end()) return std::string();
    const std::string message = unknown_word("choice", given, choices);  // of an option that is named before
    return nearest(given, choices) ? message : message + "; choose of " + shown;
  });
}

}  // namespace picket
