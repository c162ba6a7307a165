// SPDX-License-Identifier: Apache-2.0
//
// Whether the procedure was followed in one case (design/procedure.md): the entries that evidence
// holds become acts, the definition and calendars come out of the same log, Replay judges. The
// verifier and the server call the same functions, so they can't differ.
//
//   JudgeCase(held, now, cache)  ->  {"case/5K3D…", {malang-article-2024 1.0.0, entry 9, R07 fail…}}
//
// Proofs and signatures are not looked at: judge integrity first (verify.h); of evidence that is
// not intact a judgement means nothing. Never fails: what can't be judged says why.
//
// Pure; a DocumentCache has one owner, so threads that share one read records under a lock
// (ReadCaseRecord) and judge them without (JudgeRecord).
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ledger/base/time.h"
#include "ledger/evidence/documents.h"
#include "ledger/evidence/held_case.h"
#include "ledger/evidence/judged_case.h"
#include "ledger/procedure/act.h"

namespace jejak::evidence {

// What Replay takes, with everything that it points to.
struct CaseRecord {
  std::string stream;                // "case/5K3D…"
  std::vector<procedure::Act> acts;  // log order
  // (position in acts, what that action's `under` names); the first is of act 0.
  std::vector<std::pair<std::size_t, std::shared_ptr<const BoundVersion>>> bindings;

  // As its last binding has them; none without a binding that has some.
  std::span<const procedure::CalendarVersion> calendars() const;
};

// The acts of the case that the file is about, with the contents that it holds.
CaseRecord ReadCaseRecord(const HeldCase& held, DocumentCache& cache);

// Not judged: no act, no binding, a binding that can't be judged by (documents.h), or what Replay
// declines.
CaseConformance JudgeRecord(const CaseRecord& record, UnixSeconds now);

// The two in one. Also not judged: a log whose rules this program doesn't know.
CaseConformance JudgeCase(const HeldCase& held, UnixSeconds now, DocumentCache& cache);

}  // namespace jejak::evidence
