// SPDX-License-Identifier: Apache-2.0
#include "verifier/workers.h"

#include <algorithm>

namespace jejak::verifier {

std::vector<std::size_t> ParallelRunner::Run(std::span<const evidence::SignatureJob> jobs) const {
  const std::size_t slices = (jobs.size() + kSignaturesPerTask - 1) / kSignaturesPerTask;
  std::vector<std::vector<std::size_t>> wrong(slices);
  workers_.ForEach(slices, [&](std::size_t slice) {
    const std::size_t end = std::min(jobs.size(), (slice + 1) * kSignaturesPerTask);
    for (std::size_t i = slice * kSignaturesPerTask; i < end; ++i) {
      if (!jobs[i].Holds()) wrong[slice].push_back(i);
    }
  });
  std::vector<std::size_t> all;
  for (const auto& part : wrong) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace jejak::verifier
