// SPDX-License-Identifier: Apache-2.0
//
// jejak mirror: copies the static files of a log into a folder, verified on the way and resumable, so that `jejak-verify log` can
// audit it without a network (tools/mirror/mirror.h).
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddMirrorCommands(CommandLine& line);

}  // namespace jejak::cli
