// SPDX-License-Identifier: Apache-2.0
//
// Bench logs on disk: made, filled through a sequencer, opened, and copied out as static files.
// One thread calls; filling uses two of its own beside the sequencer's.
#pragma once

#include <string>

#include "ledger/sequencer/clock.h"
#include "ledger/sequencer/log_directory.h"
#include "tools/bench/world.h"

namespace jejak::bench {

inline constexpr const char* kPassphrase = "bench";
inline constexpr std::size_t kActionsPerCase = 10;
// What a seal holds under a load of 256 connections, as the audit has to expect.
inline constexpr std::size_t kActionsPerSeal = 256;

// Makes the log with its setup in `directory`, or opens the one that an earlier run left there.
Result<sequencer::OpenLog> OpenBenchLog(const std::string& directory, const World& world);

// Adds cases until the log holds `entries` leaves or some more; signatures are made, and not
// verified, because they were made here. Case k of a log is named "fill-<k>", k from
// `next_case` on; returns the next k. The head of `log` moves.
Result<std::uint64_t> FillLog(sequencer::OpenLog& log, const World& world, std::uint64_t entries,
                              std::uint64_t next_case);

// The name of the k-th case that FillLog makes.
std::string FilledCase(std::uint64_t k);

// Writes checkpoint, tiles and entry bundles as a mirror has them; not synced.
Result<void> WriteStaticFiles(const sequencer::OpenLog& log, const std::string& directory);

// Bytes of all files under a directory.
std::uint64_t BytesUnder(const std::string& directory);

// Some ten letters that no earlier run has used, for the names of cases.
std::string FreshTag();

}  // namespace jejak::bench
