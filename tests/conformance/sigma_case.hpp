// The Sigma part of the conformance suite (sigma/README.md): a detection, and events that it must find or leave.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/analyse/checked.hpp"
#include "engine/event/value.hpp"
#include "grammar/text/diagnostic.hpp"
#include "grammar/text/source.hpp"

namespace picket::tests {

struct SigmaCase {
  std::string place;               // file:line
  std::vector<SourcePtr> sources;  // the rule, and what it is loaded with
  std::vector<Value> fits;         // events on which one of the rules must match
  std::vector<Value> misses;       // … on which none may
  std::string error;               // the code with which the rule must be refused; empty if it must load

  // How many things it says.
  [[nodiscard]] std::size_t size() const { return fits.size() + misses.size() + (error.empty() ? 0 : 1); }
};

// The sources as a pack, analysed without lints by one thread.
[[nodiscard]] std::shared_ptr<const CheckedPack> check_sources(const std::vector<SourcePtr>& sources,
                                                               Diagnostics& diagnostics);

// Reads a file; what is wrong with it goes to `faults`.
[[nodiscard]] std::vector<SigmaCase> read_sigma_cases(const std::filesystem::path& path,
                                                      std::vector<std::string>& faults);

// What is wrong with the case, in words, each with its place; nothing if it holds. Both engines judge each event.
[[nodiscard]] std::vector<std::string> check_sigma_case(const SigmaCase& tested);

}  // namespace picket::tests
