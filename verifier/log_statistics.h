// SPDX-License-Identifier: Apache-2.0
//
// The statistics of a log (procedure/statistics.h) out of its static files, at any size of its
// past: what the ledger answers at `v1/stats?at_size=`, counted again from the entries themselves.
//
//   CountLog(source, 40960, workers)  ->  {"format":"jejak/statistics/v1","at_size":40960,…}
//
// Proofs are not looked at: audit the log first (log_audit.h); of a log that isn't intact its
// numbers mean nothing. A mirror holds no bodies, so every case is judged by its skeleton.
// Memory: that of CaseRecords, and a few words a case.
#pragma once

#include <cstdint>

#include "ledger/base/json.h"
#include "ledger/base/result.h"
#include "verifier/log_source.h"
#include "verifier/workers.h"

namespace jejak::verifier {

// Of the first `at_size` entries of a log of `size`, 1 <= at_size <= size. kMalformed: the files
// lack an entry, or one is not an entry.
Result<json::Value> CountLog(LogSource& source, std::uint64_t size, std::uint64_t at_size,
                             Workers& workers);

}  // namespace jejak::verifier
