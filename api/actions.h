// SPDX-License-Identifier: Apache-2.0
//
// Submitting actions: POST v1/actions, v1/actions:batch, v1/actions:validate (docs/api.md).
//
//   the calling thread   parse, hold the parts against the note, look for a known action id,
//                        verify the signatures: nine tenths of the work
//   sequencer            admission, order, commit, signature
//   receipt desk         the answer
//
// A known action id is answered at once with its first receipt (row 3 of the admission table, after
// rows 1 and 2). What the sequencer never took, or whose fate nobody knows, is a 503 that says that
// the same bytes may be sent again; it never is a refusal. Any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "api/http_handler.h"
#include "api/key_limiter.h"
#include "api/ledger.h"
#include "api/problem.h"
#include "api/receipt_desk.h"
#include "api/work_queue.h"
#include "ledger/sequencer/log_reader.h"
#include "ledger/sequencer/submission.h"

namespace jejak::api {

// Limits of docs/api.md, in bytes.
inline constexpr std::size_t kMaxEnvelopeBytes = 256 << 10;          // without its document
inline constexpr std::size_t kMaxDocumentedBytes = (11 << 20) / 10;  // with it: 1.1 MiB
inline constexpr std::size_t kMaxBatchBytes = 8 << 20;
inline constexpr std::size_t kMaxBatchEnvelopes = 8192;

class Actions final {
 public:
  Actions(const Ledger& ledger, ReceiptDesk& desk, WorkQueue& work);

  void Submit(const Request& request, Responder respond);
  void SubmitBatch(Request request, Responder respond);
  void Validate(Request request, Responder respond);

 private:
  struct Known {
    std::uint64_t index;  // the entry that holds this action already
  };
  using Reading = std::variant<sequencer::Submission, Known, Problem>;
  class Batch;

  Reading Read(std::string_view envelope, sequencer::LogReader& reader);
  Reading ReadAndCount(std::string_view envelope, sequencer::LogReader& reader);
  Response Foresee(const Request& request);
  Result<json::Value> Conformance(sequencer::LogReader& reader,
                                  const sequencer::Submission& submission, const Request& request);
  void RunBatch(const std::shared_ptr<Batch>& batch);

  const Ledger& ledger_;
  ReceiptDesk& desk_;
  WorkQueue& work_;
  KeyLimiter limiter_;
};

}  // namespace jejak::api
