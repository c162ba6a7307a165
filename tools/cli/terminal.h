// SPDX-License-Identifier: Apache-2.0
//
// What every verb of `jejak` shares: how it ends, how it says what went wrong, where a passphrase
// comes from.
//
// Exit codes of `jejak` (fsck: those of jejak-verify):
//   0 done   1 internal error   2 usage   3 input missing or not its format
//   4 refused by the ledger or by a rule
//   5 unavailable, or the outcome is unknown; the same command may be given again, or, of an action
//     that was signed, the one that the message names
#pragma once

#include <string>

#include "ledger/base/result.h"

namespace jejak::cli {

inline constexpr int kDone = 0;
inline constexpr int kInternalError = 1;
inline constexpr int kUsageError = 2;
inline constexpr int kBadInput = 3;
inline constexpr int kRefusedByLedger = 4;
inline constexpr int kTryAgain = 5;

// Prints the one sentence to stderr and gives the exit code that fits.
int Fail(const Error& error);
int Fail(const std::string& sentence, int exit_code);

// The exit code of what a verb did: kDone, or the code that it gives itself; of an error as Fail.
int Ended(const Result<void>& done);
int Ended(const Result<int>& code);

// A passphrase: from the file if one is named, else from the file that JEJAK_PASSPHRASE_FILE names,
// else asked for on the terminal without echo. One line end at the end of a file does not count.
// kRefused when there is neither a file nor a terminal.
Result<std::string> ReadPassphrase(const std::string& file, const std::string& prompt);
// The same for a new one: asked twice, at least 8 characters.
Result<std::string> ReadNewPassphrase(const std::string& file, const std::string& prompt);

// One line typed without echo; kRefused with the sentence `no_terminal` where there is none to ask
// on.
Result<std::string> AskHidden(const std::string& prompt, const std::string& no_terminal);

}  // namespace jejak::cli
