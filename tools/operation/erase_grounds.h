// SPDX-License-Identifier: Apache-2.0
//
// On what grounds the contents of an action may be destroyed: a `privacy.shred` in the same case
// that covers it.
//
//   entry 97 privacy.shred {"report":"r1"}   covers   entry 41 report.submit {"report":"r1",…}
//                                                     entry 44 record.correct of entry 41
//                                            not      entry 43 report.submit {"report":"r2",…}
//                                                     entry 45 officer.name about P101
//                                                     entry 99 anything after it
//
// What a shred names, the case's definition says: the instance of its track, or, if it has no track
// or isn't in the definition, the whole case. It has to be readable, and to stand: not voided, signed
// in a role that may, and recorded as the procedure wants it, after the decision. Pure; one thread,
// and what it is made of outlives it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/status_course.h"
#include "ledger/evidence/conformance.h"

namespace jejak::operation {

class ErasureGrounds final {
 public:
  // `conformance` judges `record`.
  ErasureGrounds(const evidence::CaseRecord& record, const evidence::CaseConformance& conformance);

  // The newest shred that covers the act. kRefused: none does, and why. Where nothing is held of the
  // act, its own instance can't be told and needn't be: any later shred that stands will do.
  Result<const procedure::Act*> For(const procedure::Act& act, bool held) const;

 private:
  bool Stands(const procedure::Act& shred) const;
  bool Covers(const procedure::Act& shred, const procedure::Act& act) const;
  // Of the track, what an act of it is about: the instances that it names; if it names none, the only
  // one there is. What can't be read counts as one more, so then there is no only one.
  std::vector<std::string> InstancesOf(const procedure::Act& act,
                                       const procedure::Track& track) const;
  std::optional<std::string> OnlyInstance(const procedure::Track& track) const;
  // The act itself, or of a correction what it corrects in the end; nullptr: that can't be told.
  const procedure::Act* OriginOf(const procedure::Act& act) const;
  const procedure::Act* TargetOf(const procedure::Act& correction) const;
  Error WhyNot(const procedure::Act& act, const procedure::Act& shred) const;

  const evidence::CaseRecord& record_;
  const evidence::CaseConformance& conformance_;
  std::optional<api::Course> course_;  // none: the case can't be judged
};

}  // namespace jejak::operation
