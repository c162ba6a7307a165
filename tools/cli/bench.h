// SPDX-License-Identifier: Apache-2.0
//
// jejak bench: how fast the ledger is on this machine, as ratios to what the machine can do.
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddBenchCommands(CommandLine& line);

}  // namespace jejak::cli
