// SPDX-License-Identifier: Apache-2.0
//
// A private key on disk: its text (tlog/private_key.h) in a keybox under a passphrase
// (crypto/keybox.h), mode 0600. The log's key, officers' keys and roots' keys are all such files.
// Any thread; reading takes as long as the key derivation was told to.
#pragma once

#include <string>
#include <string_view>

#include "ledger/base/result.h"
#include "ledger/crypto/keybox.h"
#include "ledger/tlog/private_key.h"

namespace jejak::sequencer {

// kConflict: a file of that name exists; a key is never overwritten.
Result<void> WriteKeyFile(const std::string& path, const tlog::PrivateKey& key,
                          std::string_view passphrase, crypto::KdfCost cost);

// kRefused: others than the owner may read the file (chmod 600 mends it). kMalformed: not a key
// file. kForbidden: wrong passphrase.
Result<tlog::PrivateKey> ReadKeyFile(const std::string& path, std::string_view passphrase);

}  // namespace jejak::sequencer
