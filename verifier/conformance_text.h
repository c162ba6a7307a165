// SPDX-License-Identifier: Apache-2.0
//
// The procedure's part of a report for people: what failed first, then what is unknown, then what
// is still open and until when, and how many verdicts pass.
//
//     procedure     malang-article-2024 1.0.0, entry 9
//     voided        entries 27                          (that a record.void took away, if any)
//     BROKEN        A02 case           entries 21: Sidak is held within 2 working days; …
//     BROKEN        check.role         entry 24: …
//     unknown       A06 officer P202   entries 21, 24: …
//     pending       A10 report r1      until 2024-05-28, entries 20, 24: …
//     followed      7 verdicts pass
//
// The command `conformance` shows every rule with its title and legal basis, and under it every
// instance; of a whole log how many cases pass, fail, …, and which ones fail.
//
// Pure; any thread.
#pragma once

#include <string>

#include "ledger/evidence/judged_case.h"
#include "verifier/conformance_json.h"
#include "verifier/text_lines.h"

namespace jejak::verifier {

// "pp94-kota 1.0.0, entry 12".
std::string ProcedureName(const evidence::PublishedVersion& version, Language language);
// The sentence in the reader's language, safe for a screen.
std::string Sentence(const procedure::Words& words, Language language);

std::string CaseConformanceText(const evidence::CaseConformance& conformance, Rows rows,
                                const TextStyle& style);
std::string LogConformanceText(const evidence::LogConformance& conformance, Rows rows,
                               const TextStyle& style);

}  // namespace jejak::verifier
