// SPDX-License-Identifier: Apache-2.0
#include "verifier/report_html_case.h"

#include <optional>
#include <utility>
#include <vector>

#include "ledger/evidence/casefile.h"
#include "ledger/evidence/held_case.h"

namespace jejak::verifier {

std::string RenderCaseRecord(const evidence::CaseRecord& record,
                             const evidence::CaseConformance* conformance, Report report,
                             std::vector<DocumentUsed> documents, const ReportSetting& setting) {
  CasePage page;
  page.report = std::move(report);
  page.stream = record.stream;
  page.acts = record.acts;
  page.calendars = record.calendars();
  if (conformance != nullptr) {
    page.judgement = &conformance->judgement;
    page.definition = conformance->judged_by();
  }
  page.documents = std::move(documents);
  page.now = setting.now;
  page.tool = setting.tool;
  page.command = setting.command;
  page.index = setting.index;
  page.language = setting.language;
  return RenderCaseHtml(page);
}

std::string RenderCaseFile(std::string_view text, Report report, evidence::DocumentCache& documents,
                           const ReportSetting& setting) {
  Result<evidence::CaseFile> file = evidence::ParseCaseFile(text);
  if (!file.ok()) return {};
  evidence::Verdict said_already;
  const evidence::HeldCase held = evidence::ReadHeldCase(std::move(*file), said_already);
  std::vector<DocumentUsed> used;
  for (const evidence::HeldDocument& document : held.file.documents) {
    used.push_back(DescribeDocument(document.text));
  }
  const std::optional<evidence::CaseConformance> judged = report.verdict.conformance;
  return RenderCaseRecord(evidence::ReadCaseRecord(held, documents), judged ? &*judged : nullptr,
                          std::move(report), std::move(used), setting);
}

}  // namespace jejak::verifier
