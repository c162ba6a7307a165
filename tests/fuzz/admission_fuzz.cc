// SPDX-License-Identifier: Apache-2.0
// Notes before an empty ledger and before a ledger of the notes so far, with signatures taken for
// good: no crash, every refusal has its row, code and sentence, and the answer is the same twice.
//
// Input: notes, each after its length in two bytes.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "ledger/registry/admission.h"
#include "ledger/registry/memory_ledger.h"

namespace {

using namespace jejak;
using namespace jejak::registry;

class TakenForGood final : public SignatureCheck {
 public:
  bool Verify(const record::Action&, std::size_t, const crypto::PublicKey&) const override {
    return true;
  }
};

void Require(bool condition) {
  if (!condition) std::abort();
}

void RequireWhole(const Refusal& refusal) {
  Require(refusal.row >= 1 && refusal.row <= 13);
  Require(refusal.status >= 400 && refusal.status <= 422);
  Require(!refusal.code.empty() && !refusal.detail.empty());
  Require(refusal.head.has_value() == (refusal.code == "conflict"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  MemoryLedger ledger;
  std::uint64_t index = 0;
  for (std::size_t at = 0; at + 2 <= bytes.size();) {
    const std::size_t wanted = LoadU16(bytes.data() + at);
    at += 2;
    const std::size_t taken = std::min(wanted, bytes.size() - at);
    const auto parsed = ParseCandidate(AsText(bytes.subspan(at, taken)));
    at += taken;
    if (const auto* refusal = std::get_if<Refusal>(&parsed)) {
      RequireWhole(*refusal);
      Require(refusal->row == 1);
      continue;
    }
    const auto& candidate = std::get<Candidate>(parsed);
    const UnixSeconds now = candidate.action.at.instant;
    const Admission admission = Admit(candidate, index, now, ledger, TakenForGood{});
    const Admission again = Admit(candidate, index, now, ledger, TakenForGood{});
    Require(admission.kind == again.kind && admission.refusal.detail == again.refusal.detail);
    if (admission.kind == Admission::kRefused) RequireWhole(admission.refusal);
    if (admission.kind != Admission::kAccepted) continue;
    ledger.Apply(candidate, index++, Digest{});
    Require(Admit(candidate, index, now, ledger, TakenForGood{}).kind == Admission::kDuplicate);
  }
  return 0;
}
