// SPDX-License-Identifier: Apache-2.0
//
// Sends envelopes in batches, in order, and repeats what the ledger could not take just then.
//
//   BatchSender sender(client);
//   JEJAK_CHECKED(sender.Add(stream, envelope));   ... sends when a batch is full
//   JEJAK_CHECKED(sender.Flush());
//   sender.logged(), sender.duplicates()
//
// What a full queue or a limit turned away is sent again after a pause, and with it, in their order, the later ones of its stream,
// which could not be logged without it. Any other refusal ends the sending with its sentence: what was logged stays logged, and the
// same import may be given again. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "api/client.h"

namespace jejak::xes {

struct BatchLimits {
  std::size_t envelopes =
      1024;  // of 8192 that the ledger takes: progress shows, and answers stay small
  std::size_t bytes = std::size_t{4} << 20;  // of 8 MiB
  unsigned idle_rounds = 12;                 // in a row in which nothing was taken
  std::chrono::milliseconds first_pause{250};
  std::chrono::milliseconds longest_pause{15'000};
};

class BatchSender final {
 public:
  // Told after each batch how many envelopes were answered in all.
  using Progress = std::function<void(std::uint64_t)>;

  explicit BatchSender(api::LedgerClient& client, BatchLimits limits = {}, Progress progress = {})
      : client_(client), limits_(limits), progress_(std::move(progress)) {}

  // Errors of both: those of LedgerClient::SubmitBatch; kRefused with what the ledger said and for which stream; kUnavailable when
  // it takes nothing any more; kMalformed: a single envelope that is larger than a batch.
  Result<void> Add(std::string stream, std::string envelope);
  Result<void> Flush();

  std::uint64_t logged() const { return logged_; }
  std::uint64_t duplicates() const { return duplicates_; }

 private:
  struct Waiting {
    std::string stream;
    std::string envelope;
  };
  Result<std::vector<Waiting>> SendOnce(std::vector<Waiting> waiting);

  api::LedgerClient& client_;
  BatchLimits limits_;
  Progress progress_;
  std::vector<Waiting> waiting_;
  std::size_t bytes_ = 0;
  std::uint64_t logged_ = 0;
  std::uint64_t duplicates_ = 0;
};

}  // namespace jejak::xes
