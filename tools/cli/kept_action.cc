// SPDX-License-Identifier: Apache-2.0
#include "tools/cli/kept_action.h"

#include <unistd.h>

#include <utility>

#include "ledger/base/text.h"
#include "ledger/sequencer/durable_file.h"

namespace jejak::cli {
namespace {

constexpr unsigned kPrivate = 0600;

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

std::string Sending::Logged() const {
  return (before ? "logged before as entry " : "logged as entry ") + std::to_string(index);
}

std::string Sending::WithoutReceipt(const Error& why, const std::string& again) const {
  return Logged() + ", but its receipt can't be written: " + why.detail + "; for another: " + again;
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
  JEJAK_TRY(envelope, sequencer::ReadFile(path, kMaxEnvelopeFileBytes));
  return KeptAction(std::move(path), std::move(envelope));
}

Sending KeptAction::SendTo(api::LedgerClient& ledger) const {
  Result<api::SubmitAnswer> answer = ledger.Submit(envelope_);
  Sending sent;
  if (!answer.ok()) {
    sent.sentence = answer.error().detail;
  } else if (answer->logged()) {
    sent.outcome = Outcome::kLogged;
    sent.index = answer->index;
    sent.before = answer->duplicate();
    sent.receipt = std::move(answer->receipt);
  } else {
    const api::Problem& problem = *answer->problem;
    if (IsCertain(answer->status) && !problem.retryable) sent.outcome = Outcome::kRefused;
    sent.code = problem.code;
    sent.sentence = SentenceOf(problem);
  }
  return sent;
}

std::string KeptAction::AgainTo(const api::LedgerClient& ledger) const {
  return "jejak submit " + path_ + " --ledger " + ledger.base_url();
}

void KeptAction::Remove() const { ::unlink(path_.c_str()); }

}  // namespace jejak::cli
