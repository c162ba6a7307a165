// SPDX-License-Identifier: Apache-2.0
// Commitments to bodies and sealed fields (formats.md, section 2).
//
//   body   = HMAC-SHA-256(key, "jejak/body/v1" LF, action's text up to its body line, body)
//   sealed = HMAC-SHA-256(key, "jejak/sealed/v1" LF, action's text up to its body line,
//                         pointer LF value)
//
// The key is 32 fresh random bytes per commitment: without it a structured number behind a hash is
// found by trying, and with it gone (erasure) the commitment says nothing. The action's text binds
// the commitment to one act, so an opening cannot be moved to another case, log or signer.
// A pointer holds no LF (section 2), so the parts of a sealed field cannot be shifted.
// Threads: pure functions.
#pragma once

#include <string_view>

#include "ledger/base/bytes.h"

namespace jejak::crypto {

// `action_prefix`: the text of the action up to, not including, its `body` line.
Digest CommitBody(const Digest& key, std::string_view action_prefix, std::string_view body);
Digest CommitSealed(const Digest& key, std::string_view action_prefix, std::string_view pointer,
                    std::string_view value);

}  // namespace jejak::crypto
