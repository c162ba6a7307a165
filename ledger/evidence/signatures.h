// SPDX-License-Identifier: Apache-2.0
//
// Signatures, deferred. The pure rooms have no threads, and a signature costs more than everything
// else about an entry together. So admission is replayed with a check that *collects* instead of
// verifying, and what was collected is verified afterwards, by whoever has threads. A wrong
// signature found late is the same integrity failure: nothing that admission decided in between is
// reported as intact.
//
//   DeferredSignatures deferred;            // is the registry::SignatureCheck given to Admit
//   … Admit(candidate, index, time, ledger, deferred) …
//   std::vector<SignatureJob> jobs = deferred.Take();
//   std::vector<std::size_t> wrong = runner.Run(jobs);
//
// DeferredSignatures belongs to one thread; jobs own their data and may travel to others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ledger/crypto/sign.h"
#include "ledger/registry/admission.h"

namespace jejak::evidence {

// One signature to verify: `text` is shared by all signers of an action.
struct SignatureJob {
  std::uint64_t entry_index = 0;
  std::string signer;
  crypto::PublicKey key;
  crypto::Signature signature;
  std::shared_ptr<const std::string> text;

  bool Holds() const;
};

// Verifies a batch. A program with threads implements it over them; see SequentialRunner for the
// meaning.
class SignatureRunner {
 public:
  virtual ~SignatureRunner() = default;

  // Positions of the jobs whose signature doesn't verify, ascending; empty when all do.
  virtual std::vector<std::size_t> Run(std::span<const SignatureJob> jobs) const = 0;
};

class SequentialRunner final : public SignatureRunner {
 public:
  std::vector<std::size_t> Run(std::span<const SignatureJob> jobs) const override;
};

// Accepts every signature for now and remembers what has to be verified.
class DeferredSignatures final : public registry::SignatureCheck {
 public:
  // The entry that the next Verify calls are about.
  void Begin(std::uint64_t entry_index);

  bool Verify(const record::Action& action, std::size_t by,
              const crypto::PublicKey& key) const override;

  // Hands over what was collected and starts afresh.
  std::vector<SignatureJob> Take();

 private:
  std::uint64_t entry_index_ = 0;
  // Verify is const by contract: for admission the answer depends on nothing that changes.
  mutable std::shared_ptr<const std::string> text_;
  mutable std::vector<SignatureJob> jobs_;
};

// Accepts every signature and remembers nothing (`--skip-signatures`). The verdict says so.
class UncheckedSignatures final : public registry::SignatureCheck {
 public:
  bool Verify(const record::Action&, std::size_t, const crypto::PublicKey&) const override {
    return true;
  }
};

}  // namespace jejak::evidence
