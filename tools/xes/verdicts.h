// SPDX-License-Identifier: Apache-2.0
//
// Verdicts on the procedure as tools for event logs can hold them. A case is judged offline by what its case file holds, as
// `jejak-verify case` does (evidence/conformance.h); what the file says is not verified here.
//
//   trace   jejak:procedure       pp94-kota 1.0.0
//           jejak:judged          true, or false with jejak:why_not
//           jejak:verdict:R07     fail            per rule the worst of its instances, all rules of the definition
//   event   jejak:failed_checks   check.predecessor check.role
//
// They follow from a case and are no part of it: an import leaves every attribute out whose key begins with "jejak:", and an export
// writes them anew. Functions without state; a DocumentCache has one owner.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/evidence/conformance.h"
#include "tools/xes/event_log.h"
#include "tools/xes/export.h"

namespace jejak::xes {

inline constexpr std::string_view kDerived = "jejak:";

struct JudgedCase {
  evidence::CaseRecord record;
  std::optional<evidence::CaseConformance> conformance;  // nullopt: it was not asked for
};

// `now`: as of when it is judged; nullopt: it isn't. kMalformed: not a case file, or no action of its own case.
Result<JudgedCase> JudgeFile(std::string_view case_file, std::optional<UnixSeconds> now,
                             evidence::DocumentCache& documents);

// Rule ids with their outcomes, in rule order; nothing unless the case was judged. With `scope` and `instance` those of that instance
// alone, and only what applies there.
using RuleOutcomes = std::vector<std::pair<std::string, procedure::Outcome>>;
RuleOutcomes WorstByRule(const evidence::CaseConformance& conformance);
RuleOutcomes OutcomesOf(const evidence::CaseConformance& conformance, std::string_view scope,
                        std::string_view instance);

// By entry, the ids of the checks that fail, each once, with spaces between.
std::map<std::uint64_t, std::string> FailedChecks(const procedure::Judgement& judgement);

// Puts the attributes above into a trace that ReadCase gave.
void AddVerdicts(const evidence::CaseConformance& conformance, ExportedCase& exported);

// Without those whose key is `jejak:...`, and what is nested in them.
Attributes WithoutVerdicts(const Attributes& attributes);

}  // namespace jejak::xes
