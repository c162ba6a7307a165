// SPDX-License-Identifier: Apache-2.0
//
// From evidence to the page about it (report_html.h): which acts, definition, calendars and
// documents belong to a verdict that was just given.
//
//   Verdict verdict = VerifyCaseFile(text, trust, runner, documents);
//   RenderCaseFile(text, {Question::kCase, inputs, policy, genesis, verdict}, documents, setting)
//
// Judges nothing again: the page shows what the verdict holds. Pure; a DocumentCache has one owner.
#pragma once

#include <string>
#include <string_view>

#include "ledger/base/time.h"
#include "ledger/evidence/conformance.h"
#include "ledger/evidence/documents.h"
#include "verifier/report_html.h"

namespace jejak::verifier {

// What a page says about itself.
struct ReportSetting {
  UnixSeconds now;
  std::string tool;     // "jejak-verify 0.1.0"
  std::string command;  // that makes the same page again
  std::string index;    // address of the index; "" = none
  Language language = Language::kIndonesian;
};

// `text`: a case file that is of its format (not exit 3).
std::string RenderCaseFile(std::string_view text, Report report, evidence::DocumentCache& documents,
                           const ReportSetting& setting);

// A case of a log. `conformance` may be null: nobody judged.
std::string RenderCaseRecord(const evidence::CaseRecord& record,
                             const evidence::CaseConformance* conformance, Report report,
                             std::vector<DocumentUsed> documents, const ReportSetting& setting);

}  // namespace jejak::verifier
