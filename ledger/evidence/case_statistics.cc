// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence/case_statistics.h"

namespace jejak::evidence {

procedure::CaseFacts FactsOf(const CaseRecord& record, UnixSeconds now) {
  return FactsOf(record, JudgeRecord(record, now), now);
}

procedure::CaseFacts FactsOf(const CaseRecord& record, const CaseConformance& conformance,
                             UnixSeconds now) {
  procedure::Binding binding;
  if (conformance.judgement.judged) {
    const BoundVersion& last = *record.bindings.back().second;
    binding = {record.bindings.back().first, &*last.definition->definition, last.publish_index,
               *last.calendars};
  }
  return procedure::CollectFacts(record.acts, binding, conformance.judgement, now);
}

}  // namespace jejak::evidence
