// SPDX-License-Identifier: Apache-2.0
//
// A golden action as a server receives it: parsed, with the body, openings and document that belong to it.
#pragma once

#include <stdexcept>
#include <string>

#include "ledger/base/text.h"
#include "ledger/sequencer/batch.h"
#include "tests/support/golden_log.h"

namespace jejak::test {

// `index`: of the entry that the action became in the golden log; what is kept beside the log is found by it.
inline sequencer::Submission GoldenSubmission(const GoldenLog& log, const std::string& note,
                                              std::uint64_t index) {
  auto parsed = registry::ParseCandidate(note);
  if (auto* refusal = std::get_if<registry::Refusal>(&parsed))
    throw std::runtime_error(refusal->detail);
  sequencer::Submission submission{
      std::get<registry::Candidate>(std::move(parsed)), {}, {}, {}, {}, {}};
  if (const auto body = log.bodies.find(index); body != log.bodies.end())
    submission.body = body->second;
  if (const auto opening = log.openings.find(index); opening != log.openings.end())
    submission.openings = opening->second;
  std::optional<Digest> sha256;
  if (const auto* publish = submission.candidate.body<registry::ProcedurePublish>())
    sha256 = publish->sha256;
  if (const auto* publish = submission.candidate.body<registry::CalendarPublish>())
    sha256 = publish->sha256;
  if (sha256) {
    if (const auto text = log.documents.find(EncodeHash(*sha256)); text != log.documents.end()) {
      submission.document = text->second;
    }
  }
  return submission;
}

}  // namespace jejak::test
