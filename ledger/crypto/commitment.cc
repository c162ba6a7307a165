// SPDX-License-Identifier: Apache-2.0
#include "ledger/crypto/commitment.h"

#include "ledger/crypto/hash.h"

namespace jejak::crypto {

Digest CommitBody(const Digest& key, std::string_view action_prefix, std::string_view body) {
  return HmacSha256(key.view(),
                    {AsBytes("jejak/body/v1\n"), AsBytes(action_prefix), AsBytes(body)});
}

Digest CommitSealed(const Digest& key, std::string_view action_prefix, std::string_view pointer,
                    std::string_view value) {
  return HmacSha256(key.view(), {AsBytes("jejak/sealed/v1\n"), AsBytes(action_prefix),
                                 AsBytes(pointer), AsBytes("\n"), AsBytes(value)});
}

}  // namespace jejak::crypto
