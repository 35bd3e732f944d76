#include "tools/new/new_command.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "engine/alert/file_writer.hpp"
#include "engine/draft/draft_rule.hpp"
#include "engine/project/project.hpp"
#include "tools/events.hpp"
#include "tools/new/proved_draft.hpp"
#include "tools/terminal/display.hpp"

namespace picket {
namespace {

namespace fs = std::filesystem;

struct NewOptions {
  std::string from;
  std::string output;
  DraftOptions draft;
  bool force = false;
};

ExitStatus complain(Console& console, const std::string& message) {
  console.err().line("picket new: " + escape_controls(message));
  return ExitStatus::could_not;
}

ExitStatus write(const std::string& text, const NewOptions& options, Console& console) {
  if (options.output.empty()) {
    console.out().write(text);
    return ExitStatus::fine;
  }
  auto created = FileWriter::create(options.output);
  if (const auto* reason = std::get_if<std::string>(&created))
    return complain(console, options.output + ": " + *reason);
  auto& writer = std::get<FileWriter>(created);
  static_cast<void>(writer.write(text));  // finish() answers for all of it
  const Delivery written = writer.finish();
  if (written.outcome == Delivery::Outcome::failed) return complain(console, options.output + ": " + written.reason);
  console.out().line("wrote " + escape_controls(options.output));
  return ExitStatus::fine;
}

// The log type that the event carries; empty for none.
std::string own_log_type(const Value& event) {
  const Value* log_type = event.object()->find_exact("p_log_type");
  return log_type != nullptr && log_type->string() != nullptr ? *log_type->string() : "";
}

ExitStatus make_rule(NewOptions options, Console& console) {
  if (options.from.empty() && options.draft.log_type.empty()) {
    return complain(console, "of what? Give an event (--from FILE) or a log type (--log-type NAME)");
  }
  if (options.draft.schema.empty()) {
    const std::string folder = options.output.empty() ? "" : fs::path(options.output).parent_path().string();
    options.draft.schema = find_upwards(folder, "picket.schema.json");
  }
  options.draft.schema = escape_controls(options.draft.schema);
  std::error_code ignored;
  if (!options.output.empty() && !options.force && fs::exists(fs::symlink_status(options.output, ignored))) {
    return complain(console, options.output + " exists; --force overwrites it");
  }
  Value event;
  if (!options.from.empty()) {
    auto read = read_events(options.from, 1);
    if (const auto* fault = std::get_if<std::string>(&read)) return complain(console, *fault);
    event = std::move(std::get<std::vector<NamedEvent>>(read).front().event);
    if (options.draft.log_type.empty()) options.draft.log_type = own_log_type(event);
    if (options.draft.log_type.empty()) {
      return complain(console, "which log type? The event has no p_log_type; give --log-type NAME");
    }
  } else {
    event = example_event(options.output, options.draft.log_type);
  }
  const ProvedDraft proved = prove_draft(event, options.draft, options.output);
  if (!proved.fault.empty()) return complain(console, "no rule could be made of this: " + proved.fault);
  return write(proved.text, options, console);
}

}  // namespace

Action declare_new(Arguments& app) {
  const auto options = std::make_shared<NewOptions>();
  app.add_option("--from", options->from,
                 "the event to begin with: a JSON object, or the first of several; - for standard input")
      .type_name("FILE");
  app.add_option("--log-type", options->draft.log_type, "the rule's log type (default: the event's p_log_type)")
      .type_name("NAME");
  app.add_option("--id", options->draft.id, "the rule's id (default: made of the log type and what happened)")
      .type_name("ID");
  app.add_option("-o,--output", options->output, "where to write the rule (default: standard output)")
      .type_name("FILE");
  app.add_flag("--force", options->force, "overwrite the file if there is one");
  app.add_option(
         "--schema", options->draft.schema,
         "name this JSON Schema to editors in the first line (default: picket.schema.json beside the rule or above, if "
         "there is one)")
      .type_name("PATH");
  app.footer(
      "Examples:\n"
      "  picket new --from event.json --output rules/shop/login.yml\n"
      "  picket new --log-type Zendesk.Audit --id Zendesk.MyRule\n");
  return [options](Console& console) { return make_rule(*options, console); };
}

}  // namespace picket
