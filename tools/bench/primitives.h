// SPDX-License-Identifier: Apache-2.0
//
// What this machine can do at all, measured in the same run as everything else
// (docs/performance.md): every figure of ours is a ratio to one of these.
//
//   V  Ed25519 verifications of 400 bytes per second, one core
//   N  SHA-256 of 65 bytes per second, one core
//   F  median of append 4 KiB + fdatasync, milliseconds
//   G  GET of 1 KiB per second from Boost.Beast, 64 connections, one I/O thread
#pragma once

#include <string>
#include <vector>

#include "ledger/base/result.h"
#include "tools/bench/load_generator.h"
#include "tools/bench/server_process.h"

namespace jejak::bench {

double VerificationsPerSecond();
// Processor time of one verification, whatever else runs.
double VerificationCpuMicroseconds();
double HashesPerSecond();
// In a file of this folder, removed afterwards.
Result<double> SyncedAppendMs(const std::string& folder);

// Reads over HTTP: answers per second, and the server's processor time for one.
struct Gets {
  double per_second = 0;
  double cpu_us = 0;
};
// G. The server is a process of its own, as those of the other rows are.
Result<Gets> BeastGets(Spawner& spawner);
// The same from our own server with nothing behind it.
Result<Gets> PlainGets(Spawner& spawner);
// kInternal: an answer was other than 2xx.
Result<Gets> RunGets(const ServerProcess& server, const std::vector<Script>& scripts);

// Middle value; of an even count the upper of the two.
double Median(std::vector<double> values);

}  // namespace jejak::bench
