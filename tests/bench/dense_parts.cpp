// The programs and the parts of command lines of the dense shape.
#include <array>

#include "tests/bench/dense.hpp"
#include "tests/bench/words.hpp"

namespace picket::bench {
namespace {

constexpr std::array<std::string_view, 48> known_programs = {
    "svchost",     "conhost", "powershell", "cmd",      "rundll32", "chrome",   "msedge",     "taskhostw",
    "wmiprvse",    "net",     "reg",        "schtasks", "wscript",  "explorer", "dllhost",    "msiexec",
    "regsvr32",    "sc",      "tasklist",   "ipconfig", "whoami",   "mshta",    "certutil",   "bitsadmin",
    "wmic",        "cscript", "ping",       "findstr",  "attrib",   "icacls",   "nltest",     "curl",
    "vssadmin",    "bcdedit", "wevtutil",   "netsh",    "winword",  "excel",    "outlook",    "esentutl",
    "installutil", "msbuild", "forfiles",   "psexesvc", "procdump", "tar",      "diskshadow", "fltmc"};

constexpr std::array<std::string_view, common_parts> common = {" /c ",
                                                               " -k ",
                                                               " -p ",
                                                               " /s",
                                                               " /q",
                                                               " -nop",
                                                               " -w hidden",
                                                               " -NoProfile",
                                                               " -ExecutionPolicy Bypass",
                                                               R"(\AppData\Local\Temp\)",
                                                               R"(\Windows\System32\)",
                                                               "\\ProgramData\\",
                                                               R"(\Users\Public\)",
                                                               "http://",
                                                               "https://",
                                                               ".ps1",
                                                               ".dll",
                                                               ".exe",
                                                               ".bat",
                                                               ".vbs",
                                                               ".tmp",
                                                               ".zip",
                                                               " -enc ",
                                                               " -Command ",
                                                               " /create ",
                                                               " /tn ",
                                                               " /tr ",
                                                               " add ",
                                                               " delete ",
                                                               " query ",
                                                               "HKLM\\",
                                                               "HKCU\\Software\\",
                                                               "\\CurrentVersion\\Run",
                                                               " -s ",
                                                               " > ",
                                                               " && ",
                                                               " | ",
                                                               "localhost",
                                                               "127.0.0.1",
                                                               "administrator",
                                                               " --type=renderer",
                                                               " --lang=en-US",
                                                               " -Embedding",
                                                               " /Processid:",
                                                               "cmd.exe /c",
                                                               "powershell.exe",
                                                               "rundll32.exe",
                                                               "Start-Process",
                                                               "Invoke-Expression",
                                                               "IEX",
                                                               "DownloadString",
                                                               "FromBase64String",
                                                               "System.Net.WebClient",
                                                               "\\Downloads\\",
                                                               "\\Desktop\\",
                                                               "\\Temp\\",
                                                               " user ",
                                                               " group ",
                                                               " start ",
                                                               " config ",
                                                               " -f ",
                                                               " -o ",
                                                               " --user-data-dir",
                                                               " /i "};

constexpr std::array<std::string_view, 5> folders = {R"(C:\Windows\System32\)", R"(C:\Windows\SysWOW64\)",
                                                     "C:\\Program Files\\", "C:\\ProgramData\\", "C:\\Users\\"};

}  // namespace

Program program(std::size_t rank) {
  const bool known = rank < known_programs.size();
  const std::string name = known ? std::string(known_programs[rank])
                                 : std::string(nouns()[rank % nouns().size()]) + "svc" + std::to_string(rank);
  const std::size_t kind = known ? rank % 7 == 0 ? 1 : 0 : 2 + rank % 3;
  std::string folder(folders[kind]);
  if (kind >= 2)
    folder += capitalised(nouns()[rank * 5 % nouns().size()]) + " " + capitalised(verbs()[rank % 32]) + "\\";
  if (kind == 4) folder += "AppData\\Local\\";
  return {folder + name + ".exe", "\\" + name + ".exe", capitalised(name) + (rank % 4 == 0 ? ".EXE" : ".exe")};
}

std::string_view common_part(std::size_t rank) { return common[rank]; }

std::string known_part(std::size_t rank) {
  const std::string verb(verbs()[rank % verbs().size()]);
  const std::string noun(nouns()[rank / verbs().size() * 11 % nouns().size()]);
  const std::string turn = rank < 24 ? "" : std::to_string(rank % 7);
  switch (rank % 4) {
    case 0:
      return " " + verb + " " + noun + turn;
    case 1:
      return " /" + noun + ":" + verb + turn;
    case 2:
      return capitalised(verb) + "-" + capitalised(noun) + turn;
    default:
      return "\\" + capitalised(noun) + "\\" + verb + turn;
  }
}

std::string rare_part(std::size_t rank) {
  const std::string verb(verbs()[rank * 7 % verbs().size()]);
  const std::string noun(nouns()[rank * 5 % nouns().size()]);
  const std::string number = std::to_string(rank);
  switch (rank % 7) {
    case 0:
      return " -" + capitalised(noun) + capitalised(verb) + number;
    case 1:
      return "\\" + capitalised(noun) + number + "\\";
    case 2:
      return noun + number + ".dll";
    case 3:
      return " /" + verb + number + ":";
    case 4:
      return " --" + verb + "-" + noun + "=" + number;
    case 5:
      return capitalised(verb) + "-" + capitalised(noun) + number;
    default:
      return verb + number + ".ps1";
  }
}

std::string user(std::size_t rank) {
  static constexpr std::array<std::string_view, 5> services = {"NT AUTHORITY\\SYSTEM", "NT AUTHORITY\\LOCAL SERVICE",
                                                               "NT AUTHORITY\\NETWORK SERVICE", "CORP\\svc_backup",
                                                               "CORP\\Administrator"};
  if (rank < services.size()) return std::string(services[rank]);
  return "CORP\\" + std::string(nouns()[rank % nouns().size()]) + "." + std::string(verbs()[rank % verbs().size()]) +
         std::to_string(rank);
}

}  // namespace picket::bench
