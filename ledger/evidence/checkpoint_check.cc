// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/checkpoint_check.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "ledger/tlog/cosignature.h"
#include "ledger/tlog/policy.h"
#include "ledger/tlog/proof.h"

namespace jejak::evidence {
namespace {

constexpr std::int64_t kClockTolerance_s = 300;

std::string Size(std::uint64_t size) { return std::to_string(size); }

// Whose word the policy still wants, for a person to ask them.
std::string Missing(const tlog::PolicyOutcome& outcome) {
  std::string names;
  for (const std::string& name : outcome.missing) names += (names.empty() ? "" : ", ") + name;
  return names;
}

// Parses and judges; a fault is returned as its sentence.
Result<GenuineCheckpoint> Genuine(tlog::Note note, const tlog::PolicyOutcome& outcome,
                                  const Trust& trust) {
  JEJAK_TRY(checkpoint, tlog::ParseCheckpoint(note.text));
  if (checkpoint.origin != trust.policy.log.name) {
    return Refused("it is a checkpoint of another log than the policy's");
  }
  if (outcome.known_signature_failed) {
    return Refused("the signature of " + outcome.failed_name + " on it doesn't verify");
  }
  if (!outcome.log_signed) {
    return Refused("it isn't signed with the log key of the policy");
  }
  GenuineCheckpoint genuine{std::move(note), std::move(checkpoint), {}};
  for (const tlog::WitnessWord& word : outcome.witnesses) genuine.cosigned.push_back(word.time);
  return genuine;
}

// The latest time at which cosignatures not older than it still meet the quorum.
std::optional<UnixSeconds> QuorumTime(const GenuineCheckpoint& checkpoint,
                                      const tlog::Policy& policy) {
  std::vector<UnixSeconds> times = checkpoint.cosigned;
  std::sort(times.rbegin(), times.rend());
  for (const UnixSeconds since : times) {
    tlog::Note recent{checkpoint.note.text, {}};
    for (const tlog::SignatureLine& line : checkpoint.note.signatures) {
      const std::uint64_t time = tlog::CosignatureTime(line.signature);  // 0 for the log's
      if (time >= static_cast<std::uint64_t>(since.value)) recent.signatures.push_back(line);
    }
    if (tlog::JudgeCheckpoint(policy, recent).quorum_met) return since;
  }
  return std::nullopt;
}

}  // namespace

std::optional<GenuineCheckpoint> CheckCheckpoint(std::string_view note, const Trust& trust,
                                                 Verdict& verdict) {
  Result<tlog::Note> parsed = tlog::ParseNote(note);
  if (!parsed.ok()) {
    verdict.Fail("check.checkpoint",
                 "the checkpoint is not a signed note: " + parsed.error().detail);
    return std::nullopt;
  }
  const tlog::PolicyOutcome outcome = tlog::JudgeCheckpoint(trust.policy, *parsed);
  Result<GenuineCheckpoint> genuine = Genuine(std::move(*parsed), outcome, trust);
  if (!genuine.ok()) {
    verdict.Fail("check.checkpoint", "the checkpoint is not genuine: " + genuine.error().detail);
    return std::nullopt;
  }
  if (genuine->checkpoint.size == 0) {
    verdict.Fail("check.checkpoint", "the checkpoint is of size 0, and a log never signs that");
    return std::nullopt;
  }
  verdict.Pass("check.checkpoint", "the checkpoint of size " + Size(genuine->checkpoint.size) +
                                       " is signed with the log key of the policy");
  if (outcome.quorum_met) {
    verdict.Pass("check.policy",
                 "the quorum of the policy is met; witnesses that have cosigned it: " +
                     std::to_string(genuine->cosigned.size()));
  } else {
    verdict.Inconclusive("check.policy",
                         "the quorum of the policy is not met; missing: " + Missing(outcome));
  }
  return std::move(*genuine);
}

std::optional<Digest> WantGenesis(const Trust& trust, Verdict& verdict) {
  const Result<std::optional<Digest>> genesis = AgreedGenesis(trust);
  if (!genesis.ok()) {
    verdict.exit_code = kExitUsage;
    verdict.Inconclusive("check.genesis", genesis.error().detail);
    return std::nullopt;
  }
  if (!genesis->has_value()) {
    verdict.Inconclusive(
        "check.genesis",
        "no genesis was given, so whoever holds the log key could have made all of "
        "it up: give --genesis or a policy with `# genesis`");
  }
  return *genesis;
}

std::optional<GenuineCheckpoint> ReadPinned(const Trust& trust, Verdict& verdict) {
  if (!trust.pinned_checkpoint) return std::nullopt;
  Result<tlog::Note> parsed = tlog::ParseNote(*trust.pinned_checkpoint);
  Result<tlog::Checkpoint> checkpoint =
      parsed.ok() ? tlog::ParseCheckpoint(parsed->text) : Result<tlog::Checkpoint>(parsed.error());
  if (!checkpoint.ok()) {
    verdict.exit_code = kExitFormat;
    verdict.Inconclusive("check.pinned",
                         "what is pinned is not a checkpoint: " + checkpoint.error().detail);
    return std::nullopt;
  }
  const tlog::PolicyOutcome outcome = tlog::JudgeCheckpoint(trust.policy, *parsed);
  Result<GenuineCheckpoint> genuine = Genuine(std::move(*parsed), outcome, trust);
  if (!genuine.ok()) {
    verdict.Fail("check.pinned", "the pinned checkpoint is not genuine: " + genuine.error().detail);
    return std::nullopt;
  }
  return std::move(*genuine);
}

void CheckProofForms(std::span<const EarlierSize> proofs, std::uint64_t size, Verdict& verdict) {
  std::set<std::int64_t> seen;
  for (const EarlierSize& proof : proofs) {
    if (proof.from < 1 || static_cast<std::uint64_t>(proof.from) >= size) {
      verdict.Fail("check.consistency",
                   "a consistency proof is from a size that is not between 1 "
                   "and the checkpoint's");
      return;
    }
    if (!seen.insert(proof.from).second) {
      verdict.Fail("check.consistency",
                   "two consistency proofs are from size " + std::to_string(proof.from));
      return;
    }
  }
}

void CheckPinned(const GenuineCheckpoint& pinned, const tlog::Checkpoint& checkpoint,
                 std::span<const EarlierSize> proofs, Verdict& verdict) {
  const tlog::Checkpoint& pin = pinned.checkpoint;
  if (pin.size > checkpoint.size) {
    verdict.Inconclusive("check.pinned", "the pinned checkpoint of size " + Size(pin.size) +
                                             " is newer than the evidence, which is of size " +
                                             Size(checkpoint.size));
    return;
  }
  if (pin.size == checkpoint.size) {
    if (pin.root == checkpoint.root) {
      verdict.Pass("check.pinned", "the checkpoint is the pinned one");
    } else {
      verdict.Fail("check.pinned",
                   "the log is forked: it has signed another tree of the pinned size");
    }
    return;
  }
  const auto proof = std::find_if(proofs.begin(), proofs.end(), [&](const EarlierSize& earlier) {
    return earlier.from >= 0 && static_cast<std::uint64_t>(earlier.from) == pin.size;
  });
  if (proof == proofs.end()) {
    verdict.Inconclusive("check.pinned",
                         "there is no consistency proof from the pinned size " + Size(pin.size));
  } else if (tlog::VerifyConsistency(pin.size, checkpoint.size, pin.root, checkpoint.root,
                                     proof->proof)) {
    verdict.Pass("check.pinned",
                 "the pinned checkpoint of size " + Size(pin.size) + " is a prefix of this one");
  } else {
    verdict.Fail("check.pinned",
                 "the consistency proof does not show that the pinned checkpoint of "
                 "size " +
                     Size(pin.size) + " is a prefix of this one");
  }
}

void CheckClock(const GenuineCheckpoint& checkpoint, const std::optional<GenuineCheckpoint>& pinned,
                std::span<const TimedEntry> entries, Verdict& verdict) {
  const auto limits = [](const GenuineCheckpoint& cosigned) {
    return std::minmax_element(cosigned.cosigned.begin(), cosigned.cosigned.end());
  };
  const auto late = [&](const GenuineCheckpoint& by, const TimedEntry& entry) {
    if (by.cosigned.empty() || entry.index >= by.checkpoint.size) return false;
    return entry.time.value - kClockTolerance_s > limits(by).first->value;
  };
  for (const TimedEntry& entry : entries) {
    if (late(checkpoint, entry) || (pinned && late(*pinned, entry))) {
      verdict.Inconclusive(
          "check.clock",
          "the log's clock failed: the entry's time is more than 300 s later than a "
          "witness's cosignature over it",
          entry.index);
      return;
    }
    if (pinned && !pinned->cosigned.empty() && entry.index >= pinned->checkpoint.size &&
        entry.time.value < limits(*pinned).second->value - kClockTolerance_s) {
      verdict.Inconclusive(
          "check.clock",
          "the log's clock failed: the entry came after the pinned checkpoint, and "
          "its time is more than 300 s before a witness's cosignature of that",
          entry.index);
      return;
    }
  }
  if (checkpoint.cosigned.empty()) {
    verdict.NotChecked("check.clock", "no witness of the policy has put a time on the checkpoint");
  } else {
    verdict.Pass("check.clock", "the log's times agree with its witnesses'");
  }
}

void CheckAge(const GenuineCheckpoint& checkpoint, const Trust& trust, Verdict& verdict) {
  if (!trust.max_age_s) return;
  const std::optional<UnixSeconds> seen = QuorumTime(checkpoint, trust.policy);
  if (!seen) {
    verdict.Inconclusive("check.age",
                         "the age is unknown: not enough witnesses of the policy have "
                         "cosigned the checkpoint");
    return;
  }
  if (seen->value > trust.now.value + kClockTolerance_s) {
    verdict.Inconclusive("check.age",
                         "the cosignatures are from the future: check --now and the clock");
    return;
  }
  const std::int64_t age = trust.now.value - seen->value;
  if (age > *trust.max_age_s) {
    verdict.Inconclusive("check.age", "the checkpoint is too old: witnesses saw it last " +
                                          std::to_string(age) + " s ago");
  } else {
    verdict.Pass("check.age",
                 "witnesses saw the checkpoint " + std::to_string(age < 0 ? 0 : age) + " s ago");
  }
}

}  // namespace jejak::evidence
