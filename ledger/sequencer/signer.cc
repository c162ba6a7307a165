// SPDX-License-Identifier: Apache-2.0
#include "ledger/sequencer/signer.h"

#include "ledger/tlog/cosignature.h"

namespace jejak::sequencer {

tlog::VerifierKey Signer::verifier_key() const { return {origin_, 0x01, log_key_.public_key()}; }

Result<std::string> Signer::Sign(std::uint64_t size, const Digest& root, UnixSeconds now) {
  JEJAK_CHECKED(guard_.Advance({size, root}));
  tlog::Note note;
  note.text = tlog::EncodeCheckpoint({origin_, size, root, {}});
  note.signatures.push_back(tlog::SignNote(note.text, origin_, log_key_));
  for (const LocalWitness& witness : witnesses_) {
    note.signatures.push_back(tlog::Cosign(note.text, now, witness.key, witness.secret));
  }
  return tlog::EncodeNote(note);
}

}  // namespace jejak::sequencer
