// SPDX-License-Identifier: Apache-2.0
//
// jejak mirror: a copy of a log's static files that anybody can audit offline with
// `jejak-verify log`. What it does and in which order stands in tools/mirror/mirror.h.
//
//   jejak mirror http://127.0.0.1:8080/1 /srv/mirror --policy policy --documents
//
// Exit 10 is an alarm: what was served contradicts the log's own signature.
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddMirrorCommand(CommandLine& line);

}  // namespace jejak::cli
