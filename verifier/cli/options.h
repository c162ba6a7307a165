// SPDX-License-Identifier: Apache-2.0
//
// The command line of jejak-verify as plain values (interfaces.md). options.cc is the only file
// that knows how a command line is parsed.
//
//   jejak-verify case --policy policy --pinned checkpoint --json case-A.casefile.json
//
// Only the form is judged here: an unknown word, a missing file argument, a number that is none.
// What a value means (a time, a hash, a policy) is for trust_flags.h.
//
// Threads: none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jejak::verifier {

enum class Command {
  kReceipt,
  kCase,
  kLog,
  kConformance,
  kStats,
  kReport,
  kConsistency,
  kInspect,
  kPolicyCheck,
  kSelftest
};
enum class Format { kText, kJson, kNdjson };
enum class When { kAuto, kAlways, kNever };

struct Options {
  Command command = Command::kCase;
  std::vector<std::string> files;  // as given; "-" is standard input

  std::string policy;  // empty: not given; so below
  std::string genesis;
  std::string now;
  std::string pinned;
  std::string max_age;
  std::string procedure;
  std::string at_size;
  bool ignore_conformance = false;
  bool require_contents = false;
  bool skip_signatures = false;

  Format format = Format::kText;
  bool quiet = false;
  bool verbose = false;
  When color = When::kAuto;
  When progress = When::kAuto;
  bool indonesian = false;
  std::string output;  // empty: standard output
  unsigned jobs = 0;   // 0: as many as the machine has cores
};

// What the command line asks for: options, or an exit code after the help, the version or the
// sentence about what is wrong has been printed.
struct ParsedCommandLine {
  std::optional<Options> options;
  int exit_code = 0;
};

ParsedCommandLine ParseCommandLine(int argc, const char* const* argv);

}  // namespace jejak::verifier
