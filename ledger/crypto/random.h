// SPDX-License-Identifier: Apache-2.0
// Random bytes from the operating system: keys of commitments, seeds, case ids.
//
// Above the pure line only: a pure room that needs randomness takes it as a parameter, so that
// every computation of a verifier can be repeated. If the system has no randomness the program
// aborts; there is nothing safe to do instead. Threads: may be called from any.
#pragma once

#include <cstddef>

#include "ledger/base/bytes.h"

namespace jejak::crypto {

Bytes RandomBytes(std::size_t count);
Digest RandomDigest();

}  // namespace jejak::crypto
