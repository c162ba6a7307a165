// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/kept_action.h"

#include <unistd.h>

#include <utility>

#include "ledger/sequencer/durable_file.h"

namespace jejak::cli {
namespace {

constexpr unsigned kPrivate = 0600;

// A fault of the ledger, or of what stands before it, says nothing about the log.
bool IsCertain(int status) { return status >= 400 && status < 500; }

}  // namespace

KeptAction::KeptAction(std::string path, std::string envelope)
    : path_(std::move(path)), envelope_(std::move(envelope)) {}

Result<KeptAction> KeptAction::Keep(std::string path, std::string envelope) {
  const Result<void> written = sequencer::WriteNewFile(path, envelope, kPrivate);
  if (!written.ok() && written.error().code == Code::kConflict) {
    return Conflict(path + " exists already: send it with `jejak submit`, or name another file");
  }
  JEJAK_CHECKED(written);
  return KeptAction(std::move(path), std::move(envelope));
}

Sending KeptAction::SendTo(api::LedgerClient& ledger) const {
  Result<api::SubmitAnswer> answer = ledger.Submit(envelope_);
  if (!answer.ok()) return {Outcome::kUnknown, 0, {}, {}, answer.error().detail};
  if (answer->logged())
    return {Outcome::kLogged, answer->index, std::move(answer->receipt), {}, {}};
  const api::Problem& problem = *answer->problem;
  const bool refused = IsCertain(answer->status) && !problem.retryable;
  return {refused ? Outcome::kRefused : Outcome::kUnknown,
          0,
          {},
          problem.code,
          problem.code + ": " + problem.detail};
}

void KeptAction::Remove() const { ::unlink(path_.c_str()); }

}  // namespace jejak::cli
