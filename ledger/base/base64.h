// SPDX-License-Identifier: Apache-2.0
//
// Base64 of text.h, written to the end of a text that goes on: a proof is mostly hashes, and each
// as a text of its own costs more than its digits.
//
//   AppendHash(json.append("\""), hash);     "i+hx8TeFtMgaFwBFnHasKzriyuu3h2w3biI8at/5jEc=
//
// Threads: pure functions.
#pragma once

#include <string>

#include "ledger/base/bytes.h"

namespace jejak {

// Appends what EncodeBase64 gives.
void AppendBase64(std::string& text, ByteView bytes);

// Appends what EncodeHash gives: 44 characters.
inline void AppendHash(std::string& text, const Digest& digest) {
  AppendBase64(text, digest.view());
}

}  // namespace jejak
