// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/seen_act.h"

#include <algorithm>
#include <utility>

#include "ledger/procedure/corrections.h"

namespace jejak::procedure {
namespace {

using Signers = std::vector<std::vector<const SignerLine*>>;

// The acts that this one says that it has read up to, the last of them: what an assent is for.
std::optional<std::size_t> AssentedTo(std::span<const Act> acts, const Act& assent) {
  if (assent.position == 0) return std::nullopt;
  const auto found =
      std::lower_bound(acts.begin(), acts.end(), assent.position - 1,
                       [](const Act& act, std::uint64_t seq) { return act.seq < seq; });
  if (found == acts.end() || found->seq != assent.position - 1) return std::nullopt;
  return static_cast<std::size_t>(found - acts.begin());
}

// Whether an assent entered at `entered` counts for `act`.
bool InTime(const Act& act, UnixSeconds entered, const Definition& definition,
            const Readings& readings) {
  if (!definition.max_assent_lag) return true;
  return readings.NotLate(readings.LocalDay(act.entered), readings.LocalDay(entered),
                          *definition.max_assent_lag, Unit::kWorkingDays,
                          act.index) == Truth::kTrue;
}

Signers SignersOf(std::span<const Act> acts, const Definition& definition, const Readings& readings,
                  const std::vector<bool>& voided) {
  Signers signers(acts.size());
  for (std::size_t i = 0; i < acts.size(); ++i) {
    for (const SignerLine& line : acts[i].by) signers[i].push_back(&line);
  }
  for (std::size_t i = 0; i < acts.size(); ++i) {
    if (acts[i].type != kAssent || voided[i]) continue;
    const auto target = AssentedTo(acts, acts[i]);
    if (!target || *target >= i) continue;
    if (!InTime(acts[*target], acts[i].entered, definition, readings)) continue;
    for (const SignerLine& line : acts[i].by) signers[*target].push_back(&line);
  }
  return signers;
}

std::vector<Correction> ReadCorrections(std::span<const Act> acts, const Signers& signers,
                                        const Definition& definition, const Readings& readings) {
  std::vector<Correction> read;
  for (std::size_t i = 0; i < acts.size(); ++i) {
    if (acts[i].type != kCorrect && acts[i].type != kVoid) continue;
    read.push_back(ReadCorrection(acts, i, signers, definition, readings));
  }
  return read;
}

void AskForAssent(SeenAct& seen, const Definition& definition, const Readings& readings,
                  UnixSeconds now) {
  if (!definition.max_assent_lag) return;
  seen.may_be_assented = InTime(*seen.act, now, definition, readings);
  if (!seen.may_be_assented) return;
  const Deadline due = readings.Due(seen.entered_day, *definition.max_assent_lag,
                                    Unit::kWorkingDays, seen.act->index);
  if (due.kind == Deadline::Kind::kDay) seen.assent_due = readings.EndOfDay(due.day);
}

void Apply(const Correction& correction, SeenAct& seen) {
  if (!seen.corrected) {
    seen.corrected = std::make_unique<Contents>(
        Contents{seen.act->body_state, seen.act->body, seen.act->opened});
  }
  ApplyCorrection(correction, *seen.corrected);
}

SeenAct See(const Act& act, std::vector<const SignerLine*> signers, const Definition& definition,
            const Readings& readings, UnixSeconds now) {
  SeenAct seen;
  seen.act = &act;
  seen.type = definition.FindAction(act.type);
  seen.signers = std::move(signers);
  seen.day = readings.LocalDay(act.at.instant);
  seen.entered_day = readings.LocalDay(act.entered);
  AskForAssent(seen, definition, readings, now);
  return seen;
}

}  // namespace

SeenRecord SeeRecord(std::span<const Act> acts, const Definition& definition,
                     const Readings& readings, UnixSeconds now, Corrections corrections) {
  SeenRecord record;
  std::vector<bool> voided(acts.size(), false);
  // Who may correct is asked of all who signed; a voided assent is no signature afterwards.
  const std::vector<Correction> read =
      ReadCorrections(acts, SignersOf(acts, definition, readings, voided), definition, readings);
  for (const Correction& correction : read) {
    record.corrections.push_back({correction.act, correction.outcome, correction.causes});
    if (correction.unreadable && corrections != Corrections::kNone) {
      record.unreadable |= correction.causes;
    }
    const bool counts = correction.is_void && correction.outcome == Outcome::kPass;
    if (counts && corrections == Corrections::kAll) voided[correction.target] = true;
  }
  Signers signers = SignersOf(acts, definition, readings, voided);
  std::vector<std::size_t> place(acts.size(), acts.size());
  for (std::size_t i = 0; i < acts.size(); ++i) {
    if (voided[i]) {
      record.voided.push_back(acts[i].index);
      continue;
    }
    place[i] = record.acts.size();
    record.acts.push_back(See(acts[i], std::move(signers[i]), definition, readings, now));
  }
  if (corrections == Corrections::kNone) return record;
  for (const Correction& correction : read) {
    const bool counts =
        !correction.is_void && correction.outcome == Outcome::kPass && correction.seen;
    if (!counts || voided[correction.act] || voided[correction.target]) continue;
    Apply(correction, record.acts[place[correction.target]]);
  }
  return record;
}

}  // namespace jejak::procedure
