// SPDX-License-Identifier: Apache-2.0
//
// Signs checkpoints, and nothing that the guard has not written down first: commit -> guard ->
// sign. Holds the log key; the only object that does. It may also hold local witnesses, whose keys
// live in this process: they cosign what the log signs, so that the quorum code runs in a demo; a
// local witness proves nothing about the operator, and the server says so. One thread at a time
// (that of the sequencer's which carries the batch, or recovery before it starts).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/result.h"
#include "ledger/base/time.h"
#include "ledger/crypto/sign.h"
#include "ledger/sequencer/guard.h"
#include "ledger/tlog/checkpoint.h"
#include "ledger/tlog/note.h"

namespace jejak::sequencer {

struct LocalWitness {
  tlog::VerifierKey key;  // type 0x04
  crypto::SecretKey secret;
};

class Signer final {
 public:
  // `origin` is the key's name and the log's.
  Signer(std::string origin, crypto::SecretKey log_key, Guard guard)
      : origin_(std::move(origin)), log_key_(std::move(log_key)), guard_(std::move(guard)) {}

  void AddWitness(LocalWitness witness) { witnesses_.push_back(std::move(witness)); }

  const std::string& origin() const { return origin_; }
  tlog::VerifierKey verifier_key() const;
  const GuardState& guard() const { return guard_.state(); }

  // Guard first, then the signed note with the local witnesses' cosignatures at `now`. Errors are
  // the guard's: kRefused would fork the log, kUnknownOutcome could not be written; either way
  // nothing was signed.
  Result<std::string> Sign(std::uint64_t size, const Digest& root, UnixSeconds now);

 private:
  std::string origin_;
  crypto::SecretKey log_key_;
  Guard guard_;
  std::vector<LocalWitness> witnesses_;
};

}  // namespace jejak::sequencer
