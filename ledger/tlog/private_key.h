// SPDX-License-Identifier: Apache-2.0
//
// A signing key as text, in the form that the ecosystem's tools use (a convention beside C2SP
// signed-note, not part of it):
//
//   PRIVATE+KEY+jejak.contohkota.go.id/1+0df0a898+AUZ0...   name, id of the public key, b64 of type
//   byte and 32-byte seed
//
// This text is what a key file keeps under a passphrase (crypto/keybox.h); it is never written in
// the clear. The id is recomputed and compared, so a name and a seed that do not belong together
// are refused. Pure; no thread rule.
#pragma once

#include <string>
#include <string_view>

#include "ledger/base/result.h"
#include "ledger/crypto/sign.h"
#include "ledger/tlog/note.h"

namespace jejak::tlog {

struct PrivateKey {
  std::string name;
  std::uint8_t type = kEd25519Key;  // or kCosignatureKey
  crypto::SecretKey secret;

  VerifierKey verifier_key() const { return {name, type, secret.public_key()}; }
};

std::string EncodePrivateKey(const PrivateKey& key);

// kMalformed with the member that is wrong; never echoes the text.
Result<PrivateKey> ParsePrivateKey(std::string_view text);

}  // namespace jejak::tlog
