// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/signatures.h"

#include <algorithm>
#include <utility>

#include "ledger/base/bytes.h"

namespace jejak::evidence {

bool SignatureJob::Holds() const {
  return text != nullptr && crypto::Verify(key, AsBytes(*text), signature);
}

std::vector<std::size_t> SequentialRunner::Run(std::span<const SignatureJob> jobs) const {
  std::vector<std::size_t> wrong;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (!jobs[i].Holds()) wrong.push_back(i);
  }
  return wrong;
}

void DeferredSignatures::Begin(std::uint64_t entry_index) {
  entry_index_ = entry_index;
  text_.reset();
}

bool DeferredSignatures::Verify(const record::Action& action, std::size_t by,
                                const crypto::PublicKey& key) const {
  const Result<crypto::Signature> signature =
      crypto::SignatureFromBytes(action.signatures[by].signature);
  if (!signature.ok()) return false;
  if (text_ == nullptr) text_ = std::make_shared<const std::string>(action.text);
  jobs_.push_back({entry_index_, action.by[by].name, key, *signature, text_});
  return true;
}

std::vector<SignatureJob> DeferredSignatures::Take() {
  text_.reset();
  return std::exchange(jobs_, {});
}

}  // namespace jejak::evidence
