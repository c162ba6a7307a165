// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>
#include <vector>

#include "ledger/base/text.h"
#include "ledger/base/time.h"
#include "ledger/evidence/case_checks.h"
#include "ledger/evidence/casefile.h"
#include "ledger/evidence/checkpoint_check.h"
#include "ledger/evidence/conformance.h"
#include "ledger/evidence/conformance_lines.h"
#include "ledger/evidence/verify.h"

namespace jejak::evidence {
namespace {

std::vector<TimedEntry> Times(const HeldCase& held) {
  std::vector<TimedEntry> times;
  times.reserve(held.entries.size() + 1);
  for (const HeldEntry& entry : held.entries)
    times.push_back({entry.entry.index, entry.entry.time});
  if (held.seal) times.push_back({held.seal->index, held.seal->time});
  return times;
}

// What follows the checkpoint and rests on it alone: earlier sizes, clock and age.
void CheckAgainstOthers(const HeldCase& held, const GenuineCheckpoint& checkpoint,
                        const Trust& trust, Verdict& verdict) {
  CheckProofForms(held.file.consistency, checkpoint.checkpoint.size, verdict);
  const std::optional<GenuineCheckpoint> pinned = ReadPinned(trust, verdict);
  if (pinned) CheckPinned(*pinned, checkpoint.checkpoint, held.file.consistency, verdict);
  CheckClock(checkpoint, pinned, Times(held), verdict);
  CheckAge(checkpoint, trust, verdict);
}

// Streams, then what needs them; with rules that nobody here knows, only what came before those.
void CheckStreamsAndContents(const HeldCase& held, const Trust& trust,
                             const SignatureRunner& runner, Verdict& verdict) {
  if (held.unknown_rules) {
    verdict.NotChecked("check.closure", "not judged: the log's rules are not known");
    verdict.NotChecked("check.stream", "not judged: the log's rules are not known");
    CheckAdmission(held, trust, runner, verdict);
    verdict.NotChecked("check.contents", "not judged: the log's rules are not known");
    return;
  }
  CheckClosure(held, verdict);
  CheckStreams(held, verdict);
  CheckAdmission(held, trust, runner, verdict);
  CheckContents(held, trust, verdict);
}

void SayFacts(const HeldCase& held, const std::optional<GenuineCheckpoint>& checkpoint,
              Verdict& verdict) {
  verdict.unverified.push_back({"completeness_of_the_map",
                                "that the log's map leaves no logged action out: only an audit of "
                                "the whole log shows that"});
  if (verdict.exit_code == kExitIntegrity || !checkpoint) return;
  verdict.verified.push_back({"origin", checkpoint->checkpoint.origin});
  verdict.verified.push_back({"size", std::to_string(checkpoint->checkpoint.size)});
  verdict.verified.push_back({"root", EncodeHash(checkpoint->checkpoint.root)});
  if (held.seal) verdict.verified.push_back({"sealed", FormatTime(held.seal->time)});
  if (!held.unknown_rules) verdict.verified.push_back({"stream", held.file.stream});
}

}  // namespace

Verdict VerifyCaseFile(std::string_view bytes, const Trust& trust, const SignatureRunner& runner) {
  DocumentCache documents;
  return VerifyCaseFile(bytes, trust, runner, documents);
}

Verdict VerifyCaseFile(std::string_view bytes, const Trust& trust, const SignatureRunner& runner,
                       DocumentCache& documents) {
  Result<CaseFile> file = ParseCaseFile(bytes);
  if (!file.ok()) return NotTheFormat(file.error());
  Verdict verdict;
  const std::optional<GenuineCheckpoint> checkpoint =
      CheckCheckpoint(file->checkpoint, trust, verdict);
  const std::optional<Digest> genesis = WantGenesis(trust, verdict);
  const HeldCase held = ReadHeldCase(std::move(*file), verdict);
  CheckOrigin(held, trust, genesis, verdict);
  if (checkpoint) {
    CheckInclusion(held, checkpoint->checkpoint, verdict);
  } else {
    verdict.NotChecked("check.inclusion", "there is no genuine checkpoint to compare with");
  }
  CheckOrder(held, verdict);
  CheckStreamsAndContents(held, trust, runner, verdict);
  if (checkpoint) CheckAgainstOthers(held, *checkpoint, trust, verdict);
  if (!SkipsConformance(trust, verdict)) {
    SayConformance(JudgeCase(held, trust.now, documents), trust, verdict);
  }
  verdict.Close();
  SayFacts(held, checkpoint, verdict);
  return verdict;
}

}  // namespace jejak::evidence
