// SPDX-License-Identifier: Apache-2.0
//
// jejak sign: writes an action in a case, signs it, and sends it or lets it go round. jejak show: the timeline of a case, from a
// running ledger or from a case file.
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddCaseActionCommands(CommandLine& line);

}  // namespace jejak::cli
