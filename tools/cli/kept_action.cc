// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/kept_action.h"

#include <unistd.h>

#include <utility>

#include "ledger/base/text.h"
#include "ledger/sequencer/durable_file.h"

namespace jejak::cli {
namespace {

constexpr unsigned kPrivate = 0600;
constexpr std::size_t kMaxEnvelopeBytes = std::size_t{2} << 20;

// A fault of the ledger, or of what stands before it, says nothing about the log.
bool IsCertain(int status) { return status >= 400 && status < 500; }

std::string SentenceOf(const api::Problem& problem) {
  std::string sentence = problem.code + ": " + problem.detail;
  if (!problem.where.empty()) sentence += " (" + problem.where + ")";
  if (problem.head) {
    sentence += "; the stream has " + std::to_string(problem.head->count) + " actions, " +
                (problem.head->count == 0 ? "-" : EncodeHash(problem.head->root));
  }
  return sentence;
}

}  // namespace

KeptAction::KeptAction(std::string path, std::string envelope)
    : path_(std::move(path)), envelope_(std::move(envelope)) {}

std::string Sending::WithoutReceipt(const Error& why, const std::string& again) const {
  return (before ? "logged before as entry " : "logged as entry ") + std::to_string(index) +
         ", but its receipt can't be written: " + why.detail + "; for another: " + again;
}

Result<KeptAction> KeptAction::Keep(std::string path, std::string envelope) {
  const Result<void> written = sequencer::WriteNewFile(path, envelope, kPrivate);
  if (!written.ok() && written.error().code == Code::kConflict) {
    return Conflict(path + " exists already: send it with `jejak submit`, or name another file");
  }
  JEJAK_CHECKED(written);
  return KeptAction(std::move(path), std::move(envelope));
}

Result<KeptAction> KeptAction::Open(std::string path) {
  JEJAK_TRY(envelope, sequencer::ReadFile(path, kMaxEnvelopeBytes));
  return KeptAction(std::move(path), std::move(envelope));
}

Sending KeptAction::SendTo(api::LedgerClient& ledger) const {
  Result<api::SubmitAnswer> answer = ledger.Submit(envelope_);
  if (!answer.ok()) return {Outcome::kUnknown, 0, false, {}, {}, answer.error().detail};
  if (answer->logged()) {
    return {
        Outcome::kLogged, answer->index, answer->duplicate(), std::move(answer->receipt), {}, {}};
  }
  const api::Problem& problem = *answer->problem;
  const bool refused = IsCertain(answer->status) && !problem.retryable;
  return {refused ? Outcome::kRefused : Outcome::kUnknown,
          0,
          false,
          {},
          problem.code,
          SentenceOf(problem)};
}

std::string KeptAction::AgainTo(const api::LedgerClient& ledger) const {
  return "jejak submit " + path_ + " --ledger " + ledger.base_url();
}

void KeptAction::Remove() const { ::unlink(path_.c_str()); }

}  // namespace jejak::cli
