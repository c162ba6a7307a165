// SPDX-License-Identifier: Apache-2.0
#include "verifier/audit_verdict.h"

#include <algorithm>

#include "ledger/base/text.h"
#include "ledger/base/time.h"
#include "ledger/registry/candidate.h"

namespace jejak::verifier {
namespace {

using evidence::Verdict;

std::string Number(std::uint64_t number) { return std::to_string(number); }

// check.format: exit 3 unless something worse comes.
void SayFiles(const AuditFindings& found, Verdict& verdict) {
  const Tally& unreadable = found.stage.unreadable();
  if (unreadable.count == 0) return;
  verdict.exit_code = evidence::WorseExit(verdict.exit_code, evidence::kExitFormat);
  verdict.Inconclusive("check.format", unreadable.Sentence());
}

void SayOrigin(const AuditFindings& found, Verdict& verdict) {
  const std::optional<Digest>& first = found.stage.first_leaf();
  if (!first) return;
  if (found.genesis && *first != *found.genesis) {
    verdict.Fail("check.genesis", "entry 0 is not the genesis that is trusted: this is another log",
                 0);
  } else if (found.genesis) {
    verdict.Pass("check.genesis", "entry 0 is the genesis that is trusted");
  }
  const auto& created = found.stage.replay().ledger().administration().created();
  if (!created) {
    verdict.NotChecked("check.log_key", "entry 0 was not admitted, so no log key is named", 0);
  } else if (created->log_key != found.trust.policy.log) {
    verdict.Fail("check.log_key", "the log key of the policy is not the one that entry 0 names", 0);
  } else {
    verdict.Pass("check.log_key", "the log key of the policy is the one that entry 0 names");
  }
}

// The fault of the replay, or that there is none; then the signatures.
void SayEntries(const AuditFindings& found, Verdict& verdict) {
  const evidence::LogReplay& replay = found.stage.replay();
  if (const auto& fault = replay.fault()) {
    verdict.Fail(fault->id, "entry " + Number(fault->index) + ": " + fault->detail, fault->index);
  } else if (!found.stage.stopped()) {
    verdict.Pass("check.headers", "index, time and seq of all entries are in order");
    verdict.Pass("check.chain", "every entry chains to the one before it");
  }
  if (const auto& wrong = found.signatures.wrong) {
    verdict.Fail("check.admission",
                 "entry " + Number(wrong->entry_index) +
                     " should not have been admitted: the signature of " + wrong->signer +
                     " doesn't verify (bad_signature)",
                 wrong->entry_index);
  }
  if (replay.fault() || found.signatures.wrong) return;
  verdict.Pass("check.admission",
               Number(found.stage.admitted()) + " entries and seals stand rightly in the log");
  if (found.trust.skip_signatures) {
    verdict.Inconclusive("check.signatures",
                         "the officers' signatures were not verified, as asked");
  } else {
    verdict.Pass("check.signatures",
                 Number(found.signatures.verified) + " signatures of officers and parties verify");
  }
}

void SayRulesAndSeals(const AuditFindings& found, Verdict& verdict) {
  const evidence::LogReplay& replay = found.stage.replay();
  if (const auto& unknown = replay.unknown_rules()) {
    verdict.Inconclusive("check.rules",
                         "entry " + Number(*unknown) +
                             " brings in rules that this program doesn't know: what follows it was "
                             "not judged; use a newer program",
                         *unknown);
  } else if (!replay.fault() && !found.stage.stopped()) {
    verdict.Pass("check.rules", "the log follows rules " + std::to_string(registry::kRules));
  }
  if (replay.fault() || found.stage.stopped()) return;
  if (!replay.sealed()) {
    verdict.Fail("check.seal", "the last entry of the checkpoint's tree is not a seal",
                 replay.size() - 1);
  } else if (!replay.unknown_rules()) {
    verdict.Pass("check.seal",
                 "every seal is the state of the entries before it; the last entry "
                 "of the checkpoint's tree is one");
  }
}

void SayTree(const AuditFindings& found, Verdict& verdict) {
  const Tally& differing = found.stage.differing_tiles();
  if (differing.count != 0) {
    verdict.Fail("check.tiles", differing.Sentence());
  } else if (found.stage.unreadable().count == 0) {
    verdict.Pass("check.tiles",
                 "all " + Number(found.stage.tiles()) + " hash tiles are those of the entries");
  }
  if (found.stage.stopped()) {
    verdict.NotChecked("check.root", "not all entries could be read");
  } else if (found.stage.tree().Root() == found.checkpoint.checkpoint.root) {
    verdict.Pass("check.root", "the entries give the checkpoint's root: they are what it signs");
  } else {
    verdict.Fail("check.root",
                 "the entries don't give the checkpoint's root: one was changed, added, left out "
                 "or moved, or the checkpoint is of another tree");
  }
}

// The replay itself knows the root at the pinned size, so no proof is needed.
void SayPinned(const AuditFindings& found, Verdict& verdict) {
  if (!found.pinned) return;
  const tlog::Checkpoint& pin = found.pinned->checkpoint;
  if (pin.size >= found.checkpoint.checkpoint.size) {
    evidence::CheckPinned(*found.pinned, found.checkpoint.checkpoint, {}, verdict);
    return;
  }
  const std::optional<Digest>& root = found.stage.tree().watched_root();
  if (pin.size == 0) {
    verdict.Fail("check.pinned", "the pinned checkpoint is of size 0, and a log never signs that");
  } else if (!root) {
    verdict.NotChecked("check.pinned", "the entries under the pinned size could not be read");
  } else if (*root == pin.root) {
    verdict.Pass("check.pinned", "the pinned checkpoint of size " + Number(pin.size) +
                                     " is a prefix: the first entries give its root");
  } else {
    verdict.Fail("check.pinned", "the first " + Number(pin.size) +
                                     " entries don't give the root of the pinned checkpoint: the "
                                     "log was rewritten or is forked");
  }
}

void SayCompromised(const AuditFindings& found, Verdict& verdict) {
  for (const Compromise& compromise : found.stage.Compromises()) {
    const std::string detail =
        "what the key " + compromise.key + " signed from entry " + Number(compromise.since) +
        " on is unknown until confirmed: " +
        (compromise.declared ? "it was declared compromised from there on"
                             : "its trust there came from a key declared compromised");
    verdict.NotChecked("check.compromised", detail, compromise.since);
    verdict.unverified.push_back({"compromised_" + compromise.key, detail});
  }
}

void SayNotJudged(const AuditFindings& found, Verdict& verdict) {
  const std::string contents =
      "bodies, openings and documents are kept beside the log: what an "
      "audit of the log alone shows of them is that they were committed to";
  if (found.trust.require_contents) {
    verdict.Inconclusive("check.contents", contents);
  } else {
    verdict.NotChecked("check.contents", contents);
  }
  verdict.unverified.push_back({"contents", contents});
  if (found.checkpoint.cosigned.empty()) {
    verdict.unverified.push_back(
        {"one_view",
         "that everybody is shown this same log: no witness of the policy has cosigned "
         "the checkpoint"});
  }
}

void SayFacts(const AuditFindings& found, Verdict& verdict) {
  if (verdict.AnyFailed() || verdict.exit_code == evidence::kExitFormat) return;
  const tlog::Checkpoint& checkpoint = found.checkpoint.checkpoint;
  const evidence::LogReplay& replay = found.stage.replay();
  verdict.verified.push_back({"origin", checkpoint.origin});
  verdict.verified.push_back({"size", Number(checkpoint.size)});
  verdict.verified.push_back({"root", EncodeHash(checkpoint.root)});
  verdict.verified.push_back({"genesis", EncodeHash(*replay.genesis())});
  if (replay.last_seal()) {
    verdict.verified.push_back({"sealed", FormatTime(replay.last_seal()->time)});
  }
  if (!replay.unknown_rules()) {
    verdict.verified.push_back({"streams", Number(replay.ledger().streams())});
  }
  if (!found.trust.skip_signatures) {
    verdict.verified.push_back({"signatures", Number(found.signatures.verified)});
  }
}

}  // namespace

void WriteAuditLines(const AuditFindings& found, Verdict& verdict) {
  SayFiles(found, verdict);
  SayOrigin(found, verdict);
  SayEntries(found, verdict);
  SayRulesAndSeals(found, verdict);
  SayTree(found, verdict);
  SayPinned(found, verdict);
  evidence::CheckClock(found.checkpoint, found.pinned, found.stage.telling_times(), verdict);
  evidence::CheckAge(found.checkpoint, found.trust, verdict);
  SayCompromised(found, verdict);
  SayNotJudged(found, verdict);
  verdict.coverage.total = found.checkpoint.checkpoint.size;
  verdict.coverage.checked = found.stage.admitted();
  if (const auto& wrong = found.signatures.wrong) {
    verdict.coverage.checked = std::min(verdict.coverage.checked, wrong->entry_index);
  }
}

void CloseAuditVerdict(const AuditFindings& found, Verdict& verdict) {
  verdict.Close();
  SayFacts(found, verdict);
}

}  // namespace jejak::verifier
