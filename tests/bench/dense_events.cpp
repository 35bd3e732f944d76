// Events of the dense shape: Sysmon's process creation, flattened as log shippers do.
#include <string>

#include "tests/bench/dense.hpp"
#include "tests/bench/words.hpp"

namespace picket::bench {
namespace {

constexpr std::size_t natural_pool = 130'000;
constexpr std::size_t small_pool = 3'000;

struct Process {
  Program program;
  std::string command_line;
};

void append_part(std::string& out, std::string_view part) {
  if (part[0] != ' ' && part[0] != '\\') out += ' ';
  out += part;
}

void append_argument(std::string& out, Chance& chance) {
  const std::size_t kind = chance.below(100);
  if (kind < 26) {
    append_part(out, common_part(chance.zipf(common_parts)));
  } else if (kind < 44) {
    append_part(out, known_part(chance.zipf(known_parts)));
  } else if (kind < 54) {
    append_part(out, rare_part(chance.zipf(rare_parts)));
  } else if (kind < 70) {
    out += " C:\\Users\\" + std::string(nouns()[chance.below(48)]) + "\\" + capitalised(nouns()[chance.below(48)]) +
           "\\" + std::string(verbs()[chance.below(32)]) + "_" + chance.digits(1, 999) + ".log";
  } else if (kind < 80) {
    out += " --" + std::string(verbs()[chance.below(32)]) + "=" + chance.digits(1, 99999);
  } else if (kind < 88) {
    out += " {" + chance.uuid() + "}";
  } else if (kind < 94) {
    out += " \"" + std::string(nouns()[chance.below(48)]) + " " + std::string(verbs()[chance.below(32)]) + "\"";
  } else {
    out += " " + chance.hex(24 + chance.below(80));
  }
}

// The process of a rank: always the same one.
Process process(std::size_t rank) {
  Chance chance(rank * 0x2545F491U + 99);
  Process made{program(chance.zipf(programs)), {}};
  made.command_line = chance.one_in(2) ? "\"" + made.program.path + "\"" : made.program.path;
  for (std::size_t i = 0, count = 1 + chance.below(6); i < count; ++i) append_argument(made.command_line, chance);
  return made;
}

Process some_process(Repetition repetition, std::size_t unique_share, Chance& chance) {
  if (repetition == Repetition::natural) return process(chance.zipf(natural_pool));
  Process made = process(chance.zipf(small_pool));
  if (chance.percent(unique_share)) {
    made.command_line += " -Session " + chance.hex(16);
    append_argument(made.command_line, chance);
  }
  return made;
}

void append(std::string& out, std::string_view key, std::string_view value) {
  out += ",\"";
  out += key;
  out += "\":";
  append_json_string(out, value);
}

// Of a file: the same for every event of its program.
std::string hashes(const Program& program) {
  std::size_t seed = 0;
  for (const char c : program.path) seed = seed * 131 + static_cast<unsigned char>(c);
  Chance chance(seed);
  std::string text = "MD5=" + chance.hex(32) + ",SHA256=" + chance.hex(64) + ",IMPHASH=" + chance.hex(32);
  for (char& c : text) {
    if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 32);
  }
  return text;
}

void append_time(std::string& out, std::string_view key, Chance& chance) {
  append(out, key,
         "2026-03-02 " + chance.digits(10, 23) + ":" + chance.digits(10, 59) + ":" + chance.digits(10, 59) + "." +
             chance.digits(100, 999));
}

void append_process(std::string& out, const Process& process, Chance& chance) {
  append(out, "ProcessGuid", "{" + chance.uuid() + "}");
  append(out, "ProcessId", chance.digits(400, 30000));
  append(out, "Image", process.program.path);
  append(out, "FileVersion", "10.0." + chance.digits(17000, 22631) + ".1");
  append(out, "Description", "Windows " + process.program.original_name);
  append(out, "Product", "Microsoft\xC2\xAE Windows\xC2\xAE Operating System");
  append(out, "Company", "Microsoft Corporation");
  append(out, "OriginalFileName", process.program.original_name);
  append(out, "CommandLine", process.command_line);
  append(out, "Hashes", hashes(process.program));
}

}  // namespace

void append_dense_event(std::string& out, Repetition repetition, Chance& chance) {
  const Process child = some_process(repetition, 50, chance);
  const Process parent = some_process(repetition, 30, chance);
  const std::string who = user(chance.zipf(users));
  out += R"({"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","Provider":"Microsoft-Windows-Sysmon")";
  append(out, "Computer", "WS" + chance.digits(100, 999) + ".corp.example.com");
  out += R"(,"RecordNumber":)" + chance.digits(100000, 9999999) + R"(,"Level":4,"Task":1,"Opcode":0,"Version":5)";
  out += R"(,"ExecutionProcessID":)" + chance.digits(1000, 9999) + R"(,"ThreadID":)" + chance.digits(1000, 9999);
  append_time(out, "UtcTime", chance);
  append_process(out, child, chance);
  append(out, "CurrentDirectory",
         chance.percent(60) ? R"(C:\Windows\system32\)" : "C:\\Users\\" + who.substr(5) + "\\");
  append(out, "User", who);
  append(out, "LogonId", "0x" + chance.hex(6));
  out += R"(,"TerminalSessionId":)" + chance.digits(0, 3);
  append(out, "IntegrityLevel", chance.percent(50) ? "Medium" : (chance.percent(70) ? "System" : "High"));
  append(out, "ParentProcessGuid", "{" + chance.uuid() + "}");
  out += R"(,"ParentProcessId":)" + chance.digits(400, 30000);
  append(out, "ParentImage", parent.program.path);
  append(out, "ParentCommandLine", parent.command_line);
  out += R"(,"tags":["sysmon","workstation"],"p_log_type":"Windows.ProcessCreation"})"
         "\n";
}

}  // namespace picket::bench
