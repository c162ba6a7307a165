// SPDX-License-Identifier: Apache-2.0
//
// Files and standard streams. Every error is one sentence that names the file and what to do.
//
//   ReadInput("case.casefile.json", kMaxCaseFileBytes)  ->  bytes
//   ReadInput("-", …)                                   ->  standard input, whole
//
// kNotFound: no such file. kUnavailable: it can't be read. kMalformed: longer than allowed, which
// is noticed without reading more than that. All three are exit 3 for an input. Threads: any.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

namespace jejak::verifier {

Result<Bytes> ReadFile(const std::string& path, std::size_t max_bytes);
Result<std::string> ReadInput(const std::string& name, std::size_t max_bytes);

// Writes all of it; "" is standard output. kUnavailable names what failed: a full disk, a closed
// pipe.
Result<void> WriteOutput(const std::string& path, std::string_view text);

}  // namespace jejak::verifier
