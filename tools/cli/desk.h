// SPDX-License-Identifier: Apache-2.0
//
// The officer's desk: sign an action in a case, co-sign what others wrote, send it, ask what the ledger would say, look at a case.
// An envelope is a readable file (docs/formats.md section 11): what goes round is what gets signed and logged.
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddDeskCommands(CommandLine& line);

}  // namespace jejak::cli
