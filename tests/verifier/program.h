// SPDX-License-Identifier: Apache-2.0
//
// jejak-verify as a process: what it was given, what it said.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace jejak::verifier::test {

struct Outcome {
  int exit_code = -1;  // 128 + n when a signal n ended it
  std::string out;
  std::string err;
};

struct Invocation {
  std::vector<std::string> arguments;
  std::string input;                               // standard input
  std::map<std::string, std::string> environment;  // added to the test's own
  int interrupt_after_ms = 0;                      // SIGINT then; 0: never
};

// Runs the program that CMake has built. Standard streams are files, so colours and progress are
// off unless asked for.
Outcome RunProgram(const Invocation& invocation);
inline Outcome RunProgram(std::vector<std::string> arguments) {
  return RunProgram(Invocation{std::move(arguments), {}, {}, 0});
}

// A path of tests/vectors/jejak.
std::string Vector(const std::string& name);

}  // namespace jejak::verifier::test
