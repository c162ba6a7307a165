// SPDX-License-Identifier: Apache-2.0
#include "ledger/registry/ledger_view.h"

namespace jejak::registry {

bool VerifySignatureLine(const record::Action& action, std::size_t by,
                         const crypto::PublicKey& key) {
  if (by >= action.signatures.size()) return false;
  const auto signature = crypto::SignatureFromBytes(action.signatures[by].signature);
  return signature.ok() && crypto::Verify(key, AsBytes(action.text), *signature);
}

}  // namespace jejak::registry
