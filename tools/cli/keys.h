// SPDX-License-Identifier: Apache-2.0
//
// jejak keygen: a signing key of one's own, made on one's own machine. Writes FILE.key (secret, under a passphrase, mode 0600) and
// FILE.vkey (public, one line, to be handed to who enrols it).
#pragma once

#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddKeyCommands(CommandLine& line);

}  // namespace jejak::cli
