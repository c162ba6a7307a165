// SPDX-License-Identifier: Apache-2.0
//
// Many hands, as a parameter. The audit says what may be done side by side; whoever has threads
// does it (verifier/cli/worker_pool.h). Nothing in this room starts a thread itself.
//
//   workers.ForEach(3, [&](std::size_t i) { parts[i].Prepare(); });   // returns when all are done
//
// Threads: ForEach is called from one thread; `task` runs in any, each index once, in no order, and
// what it wrote is visible to the caller afterwards.
#pragma once

#include <cstddef>
#include <functional>

#include "ledger/evidence/signatures.h"

namespace jejak::verifier {

class Workers {
 public:
  virtual ~Workers() = default;
  virtual void ForEach(std::size_t count, const std::function<void(std::size_t)>& task) = 0;
};

// All of it in the caller's thread, in order.
class CallerOnly final : public Workers {
 public:
  void ForEach(std::size_t count, const std::function<void(std::size_t)>& task) override {
    for (std::size_t i = 0; i < count; ++i) task(i);
  }
};

// Signatures of a case file or an audit are verified in slices of this many: a case file of twenty
// actions has some thirty, and all hands shall have their share of them.
inline constexpr std::size_t kSignaturesPerTask = 4;

class ParallelRunner final : public evidence::SignatureRunner {
 public:
  // `workers` must outlive it.
  explicit ParallelRunner(Workers& workers) : workers_(workers) {}

  std::vector<std::size_t> Run(std::span<const evidence::SignatureJob> jobs) const override;

 private:
  Workers& workers_;
};

}  // namespace jejak::verifier
