// SPDX-License-Identifier: Apache-2.0
// A secret at rest: a text file under a passphrase.
//
//   jejak/secret/v1
//   kdf argon2id 65536 3
//   salt vwVA6Y7SvSp7cSdnzVPxPA==
//   nonce 5TxVBAzxvSkBSKQ4tWbPb5vjbyBslzHm
//   box 3JxnFmkhlO2zhI+2gYuUTNdGmG8XBoGF1ybNl8OAk0k3oI9A0ZcvYEtM7iNGuRUE
//
// | line   | meaning                                                                        |
// |--------|--------------------------------------------------------------------------------|
// | kdf    | Argon2id 1.3, one lane: memory in KiB and passes                               |
// | salt   | 16 random bytes                                                                |
// | nonce  | 24 random bytes                                                                |
// | box    | XChaCha20-Poly1305 of the secret; the four lines above it are associated data  |
//
// Each line ends with LF and nothing follows; other forms are kMalformed. The cost is bounded both
// ways before anything is derived: a planted file can ask neither for 64 GiB, which would kill the
// process, nor for 8 KiB, which would make a passphrase guessable if the file were kept on.
// Above the pure line only (random.h). Threads: may be called from any; one call uses the memory
// that its cost says.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

namespace jejak::crypto {

struct KdfCost {
  std::uint32_t memory_kib = 65536;
  std::uint32_t passes = 3;
};

// About 0.2 s of one core: for a passphrase that a person types.
inline constexpr KdfCost kInteractiveCost{65536, 3};
// The least that is accepted; for tests.
inline constexpr KdfCost kLeastCost{19456, 2};
// The most that is accepted: 1 GiB.
inline constexpr KdfCost kMostCost{1048576, 10};
// A secret is a key, not a document.
inline constexpr std::size_t kMaxSecretBytes = 4096;

// kRefused: the cost is out of bounds, or the secret is empty or longer than kMaxSecretBytes.
// kUnavailable: not enough memory for the cost.
Result<std::string> SealSecret(ByteView secret, std::string_view passphrase, KdfCost cost);

// kMalformed: not such a file. kRefused: its cost is out of bounds. kForbidden: a wrong passphrase
// or a changed file, which cannot be told apart. kUnavailable: not enough memory for the cost.
// The caller wipes the result with Wipe.
Result<Bytes> OpenSecret(std::string_view file_text, std::string_view passphrase);

// Overwrites in a way that the compiler does not remove.
void Wipe(std::span<std::uint8_t> secret);

}  // namespace jejak::crypto
