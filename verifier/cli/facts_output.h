// SPDX-License-Identifier: Apache-2.0
//
// The result of commands that show and don't judge: a list of names and values.
//
//   kind    checkpoint                         {"schema_version":1,"tool":"jejak-verify 0.1.0",
//   origin  golden.jejak.example/1              "inputs":[{"name":…,"sha256":…}],
//   size    333                                 "facts":[{"name":"kind","detail":"checkpoint"}…]}
//
// Threads: none.
#pragma once

#include <vector>

#include "ledger/evidence/verdict.h"
#include "verifier/cli/options.h"
#include "verifier/report.h"

namespace jejak::verifier {

// Writes them where the options say. Returns `exit_code`, or 1 when they can't be written.
int WriteFacts(const Options& options, const Input& input, const std::vector<evidence::Fact>& facts,
               int exit_code);

// Says on standard error what is wrong with a file that can't be shown; in JSON also on standard
// output, without facts. Returns `exit_code`.
int WriteFault(const Options& options, const Input& input, const Error& error, int exit_code);

}  // namespace jejak::verifier
