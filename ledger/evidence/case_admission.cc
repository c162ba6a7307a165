// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <string>
#include <vector>

#include "ledger/evidence/case_checks.h"
#include "ledger/registry/admission.h"
#include "ledger/registry/memory_ledger.h"

namespace jejak::evidence {
namespace {

std::string Entry(const HeldEntry& held) { return "entry " + std::to_string(held.entry.index); }

// Admits in log order what the file holds. False at the first entry that should not be in the log.
bool Replay(const HeldCase& held, registry::MemoryLedger& ledger,
            const registry::SignatureCheck& check, DeferredSignatures* deferred, Verdict& verdict) {
  for (std::size_t i = 0; i < held.judged(); ++i) {
    const HeldEntry& entry = held.entries[i];
    if (!entry.candidate) {
      verdict.Fail("check.admission", Entry(entry) + " is not an action: " + entry.refusal,
                   entry.entry.index);
      return false;
    }
    if (deferred != nullptr) deferred->Begin(entry.entry.index);
    const registry::Admission admission =
        registry::Admit(*entry.candidate, entry.entry.index, entry.entry.time, ledger, check);
    if (admission.kind == registry::Admission::kDuplicate) {
      verdict.Fail(
          "check.admission",
          Entry(entry) + " repeats the action of entry " + std::to_string(admission.first_index),
          entry.entry.index);
      return false;
    }
    if (admission.kind == registry::Admission::kRefused) {
      verdict.Fail("check.admission",
                   Entry(entry) + " should not have been admitted: " + admission.refusal.detail +
                       " (" + admission.refusal.code + ")",
                   entry.entry.index);
      return false;
    }
    ledger.Apply(*entry.candidate, entry.entry.index, entry.leaf);
    ++verdict.coverage.checked;
  }
  return true;
}

// Verifies what admission took on trust; one line per wrong signature would drown the report, so
// the first speaks. Returns how many were verified; nullopt when one was wrong.
std::optional<std::size_t> VerifyDeferred(const std::vector<SignatureJob>& jobs,
                                          const SignatureRunner& runner, Verdict& verdict) {
  const std::vector<std::size_t> wrong = runner.Run(jobs);
  if (wrong.empty()) return jobs.size();
  const SignatureJob& job = jobs[wrong.front()];
  verdict.Fail("check.admission",
               "entry " + std::to_string(job.entry_index) +
                   " should not have been admitted: the signature of " + job.signer +
                   " doesn't verify (bad_signature)",
               job.entry_index);
  return std::nullopt;
}

// What rests on a compromised key is unknown until confirmed (section 8): entries that it signed
// from then on, and through an enrolment, rotation or grant that it signed, those of the key
// concerned.
void ListCompromised(const HeldCase& held, const registry::Administration& administration,
                     Verdict& verdict) {
  std::map<std::string, std::uint64_t, std::less<>> since;
  for (const auto& [name, key] : administration.keys()) {
    if (const auto index = key.compromised_since()) since.emplace(name, *index);
  }
  if (since.empty()) return;
  for (std::size_t i = 0; i < held.judged(); ++i) {
    const HeldEntry& entry = held.entries[i];
    const record::Action& action = entry.candidate->action;
    for (const record::Action::By& by : action.by) {
      const auto at = since.find(by.name);
      if (by.role == "root" || at == since.end() || entry.entry.index < at->second) continue;
      const std::string detail = Entry(entry) + " rests on the key " + by.name +
                                 ", declared compromised from entry " + std::to_string(at->second) +
                                 " on: unknown until confirmed";
      verdict.NotChecked("check.compromised", detail, entry.entry.index);
      verdict.unverified.push_back({"compromised_" + std::to_string(entry.entry.index), detail});
      if (action.stream.kind == record::StreamKind::kKey && action.type != "key.revoke" &&
          action.type != "key.ungrant") {
        const auto [later, fresh] = since.emplace(action.stream.name, entry.entry.index + 1);
        if (!fresh && later->second > entry.entry.index + 1) later->second = entry.entry.index + 1;
      }
      break;
    }
  }
}

void SayRules(const HeldCase& held, Verdict& verdict) {
  if (!held.unknown_rules) {
    verdict.Pass("check.rules", "the log follows rules " + std::to_string(registry::kRules));
    return;
  }
  const HeldEntry& entry = held.entries[*held.unknown_rules];
  verdict.Inconclusive("check.rules",
                       Entry(entry) +
                           " brings in rules that this program doesn't know: what "
                           "follows it was not judged; use a newer program",
                       entry.entry.index);
}

}  // namespace

void CheckAdmission(const HeldCase& held, const Trust& trust, const SignatureRunner& runner,
                    Verdict& verdict) {
  verdict.coverage.total = held.entries.size();
  SayRules(held, verdict);
  registry::MemoryLedger ledger(trust.policy.log.name);
  DeferredSignatures deferred;
  const UncheckedSignatures unchecked;
  const registry::SignatureCheck& check =
      trust.skip_signatures ? static_cast<const registry::SignatureCheck&>(unchecked) : deferred;
  const bool admitted = Replay(held, ledger, check, &deferred, verdict);
  const std::optional<std::size_t> signatures = VerifyDeferred(deferred.Take(), runner, verdict);
  if (!admitted || !signatures) return;
  verdict.Pass("check.admission",
               std::to_string(held.judged()) + " entries were rightly admitted at their positions");
  if (trust.skip_signatures) {
    verdict.Inconclusive("check.signatures",
                         "the officers' signatures were not verified, as asked");
  } else {
    verdict.Pass("check.signatures",
                 std::to_string(*signatures) + " signatures of officers and parties verify");
  }
  ListCompromised(held, ledger.administration(), verdict);
}

}  // namespace jejak::evidence
