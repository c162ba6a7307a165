// SPDX-License-Identifier: Apache-2.0
//
// jejak init: founds a log. The roots at hand sign `log.create`; the log key is made here and never leaves; the first checkpoint is
// signed. Needs no running ledger, because there is none yet.
#pragma once

#include <string>
#include <vector>

#include "ledger/base/result.h"
#include "ledger/tlog/private_key.h"
#include "tools/cli/command_line.h"

namespace jejak::cli {

void AddFoundCommand(CommandLine& line);

// The text of DIR/config.toml for a new log. A passphrase file is named only for a demo, whose secrets are none.
std::string NewConfig(const std::string& entries, const std::string& demo_passphrase_file = {});

}  // namespace jejak::cli
