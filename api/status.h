// SPDX-License-Identifier: Apache-2.0
//
// A case by its receipt code (docs/api.md "Status by code"), on both listeners, on a restricted log
// too:
//
//   POST v1/status            {"code":"7KQ2-M4XD-9HTP-W6ZB-3RN6"}   ->  status_json.h
//   POST v1/status/proof      the same                              ->  .tlog-proof of the report
//   POST v1/status/casefile   the same                              ->  the holder's case file
//   GET  status               the form;  POST: code, lang, part     ->  status_page.h
//
// The code comes in bodies of POST only. Nothing keeps it: no URL, log, metric, error or answer has
// it, and nothing is answered that could be stored.
//
// One answer for every code that opens nothing, whether it is misspelt, unknown, of another log, or
// of a report that was erased or archived: the same octets after the same work, at the next step of
// a clock that starts with the request (step_timer.h). Codes are looked up by hashes of 100 bits
// and by public keys, which nobody can steer, so that the look-up needs no constant time.
// Attempts are limited before the code is looked at (status_limiter.h). Any thread.
#pragma once

#include <optional>
#include <string_view>

#include "api/code_index.h"
#include "api/http_handler.h"
#include "api/ledger.h"
#include "api/status_limiter.h"
#include "api/step_timer.h"
#include "api/work_queue.h"
#include "ledger/presentation/language.h"

namespace jejak::api {

inline constexpr std::size_t kMostStatusBytes = 1024;  // of a request's body

// What is asked for, and in which form the question came.
enum class StatusPart : std::uint8_t { kStatus, kProof, kCaseFile };
struct StatusForm {
  StatusPart part = StatusPart::kStatus;
  bool page = false;
};

// "v1/status" "v1/status/proof" "v1/status/casefile", and "status" for the page.
std::optional<StatusForm> StatusFormOf(std::string_view path);

class StatusDesk final {
 public:
  StatusDesk(const Ledger& ledger, WorkQueue& work);

  void Post(StatusForm form, Request request, Responder respond);

 private:
  struct Asked;
  struct Question;
  struct Found;

  Response Answer(const Asked& asked);
  Response AnswerTo(const Asked& asked, const Question& question);
  Result<std::optional<Response>> Look(const Asked& asked, const Question& question);
  Result<std::optional<Found>> Open(sequencer::LogReader& reader, std::uint64_t index,
                                    const crypto::PublicKey* by_key);
  Result<std::optional<Response>> Write(const Asked& asked, const Question& question,
                                        sequencer::LogReader& reader, Found found);
  Response Refused(const Asked& asked, presentation::Language language, int status);

  const Ledger& ledger_;
  WorkQueue& work_;
  CodeIndex index_;
  StatusLimiter limiter_;
  StepTimer timer_;
};

}  // namespace jejak::api
