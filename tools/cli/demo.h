// SPDX-License-Identifier: Apache-2.0
//
// jejak demo DIR: makes a log full of synthetic cases to try things on, under a labelled demo origin, and prints five commands.
// jejak demo tamper FILE: changes one letter in a copy of a case file, so that one can see the verifier notice.
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddDemoCommands(CommandLine& line);

}  // namespace jejak::cli
