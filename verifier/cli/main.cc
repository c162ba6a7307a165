// SPDX-License-Identifier: Apache-2.0
//
// jejak-verify: what an auditor runs, offline. Wires the command line to the commands.
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <exception>
#include <iostream>

#include "verifier/cli/commands.h"

namespace jejak::verifier {
namespace {

constexpr int kExitInternal = 1;
constexpr int kExitInterrupted = 130;

// Only calls that a signal handler may make. Nothing has to be cleaned up: the program only reads.
void Say(const char* text) {
  // If standard error is gone there is nobody to tell.
  [[maybe_unused]] const ssize_t ignored = write(STDERR_FILENO, text, std::strlen(text));
}

void OnInterrupt(int) {
  Say("\njejak-verify: interrupted\n");
  _exit(kExitInterrupted);
}

void OnCrash(int) {
  Say("jejak-verify: internal error: this is a fault of the program, not of your files\n");
  _exit(kExitInternal);
}

void InstallHandlers() {
  std::signal(SIGINT, OnInterrupt);
  // A closed pipe is a failed write, which is reported, and not the end of the program.
  std::signal(SIGPIPE, SIG_IGN);
  for (const int crash : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) std::signal(crash, OnCrash);
}

int Run(const Options& options) {
  switch (options.command) {
    case Command::kReceipt:
      return RunReceipt(options);
    case Command::kCase:
      return RunCase(options);
    case Command::kStats:
      return RunStats(options);
    case Command::kLog:
      return RunLog(options);
    case Command::kConformance:
      return RunConformance(options);
    case Command::kReport:
      return RunReport(options);
    case Command::kConsistency:
      return RunConsistency(options);
    case Command::kInspect:
      return RunInspect(options);
    case Command::kPolicyCheck:
      return RunPolicyCheck(options);
    case Command::kSelftest:
      break;
  }
  return RunSelftest(options);
}

}  // namespace
}  // namespace jejak::verifier

int main(int argc, char** argv) {
  using jejak::verifier::kExitInternal;
  try {
    jejak::verifier::InstallHandlers();
    const auto parsed = jejak::verifier::ParseCommandLine(argc, argv);
    return parsed.options ? jejak::verifier::Run(*parsed.options) : parsed.exit_code;
  } catch (const std::exception& fault) {
    std::cerr << "jejak-verify: internal error: " << fault.what() << "\n";
  } catch (...) {
    std::cerr << "jejak-verify: internal error\n";
  }
  return kExitInternal;
}
