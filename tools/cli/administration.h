// SPDX-License-Identifier: Apache-2.0
//
// What administrators do: found a log, register units, enrol people's keys, grant and withdraw roles, rotate and revoke keys, publish
// procedures and calendars (docs/formats.md section 8). Each verb writes one signed action; who must sign it stands in its help.
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddAdministrationCommands(CommandLine& line);

}  // namespace jejak::cli
