// SPDX-License-Identifier: Apache-2.0
//
// C2SP tlog-cosignature, cosignature/v1 (Ed25519, key type 0x04): "at this time, this was the
// largest consistent tree of this log that I had seen".
//
//   signed bytes:  cosignature/v1                  blob:  u64be time || 64-byte signature
//                  time 1767584697
//                  jejak.contohkota.go.id/1        the note's whole text, extension lines included
//                  42
//                  BDpxh3TFcr2KJa2+sb/NXAJWrhHOz5+cP5JdDlK+r4k=
//
// The signed bytes don't name the cosigner, so a key has one role only: witness, or mirror. The
// time line is derived from the blob. A time of 0 or beyond 2^63 - 1 is refused.
//
// Threads: pure; the time is the caller's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ledger/base/bytes.h"
#include "ledger/base/time.h"
#include "ledger/crypto/sign.h"
#include "ledger/tlog/note.h"

namespace jejak::tlog {

inline constexpr std::size_t kCosignatureBytes = 72;

// Cosigns a checkpoint's text. `witness` names the key (type kCosignatureKey), `key` is its secret
// half. A time below 1 gives a line that nobody accepts.
SignatureLine Cosign(std::string_view note_text, UnixSeconds time, const VerifierKey& witness,
                     const crypto::SecretKey& key);

// True iff the blob is a cosignature of this text by a key of type kCosignatureKey.
bool VerifyCosignature(std::string_view note_text, const VerifierKey& witness, ByteView blob);

// The time that a blob claims, seconds since 1970; 0, which no cosignature has, unless it is 72
// bytes.
std::uint64_t CosignatureTime(ByteView blob);

}  // namespace jejak::tlog
