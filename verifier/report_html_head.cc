// SPDX-License-Identifier: Apache-2.0
//
// The top of a page: the two verdicts in words, what is broken, where things stand; then what was
// checked, by what.
#include <string>

#include "ledger/base/text.h"
#include "verifier/report_html_sections.h"

namespace jejak::verifier {
namespace {

using presentation::Headline;
using presentation::IntegrityCheckWording;
using presentation::Phrase;
using presentation::Sign;
using presentation::WordingOf;

Headline IntegrityHeadline(Integrity integrity) {
  switch (integrity) {
    case Integrity::kHolds:
      return {Sign::kGood, Phrase("report.intact")};
    case Integrity::kFails:
      return {Sign::kBad, Phrase("report.not_intact")};
    case Integrity::kUncertain:
      break;
  }
  return {Sign::kOpen, Phrase("report.integrity_uncertain")};
}

// The check that made integrity what it is. Its sentence is English in every output.
void FirstReason(Sheet& sheet, const CasePage& page, evidence::Status status) {
  for (const evidence::CheckLine& line : page.report.verdict.checks) {
    if (line.status != status || line.id == "check.conformance") continue;
    sheet.Say(IntegrityCheckWording(line.id)).Raw(": <span lang=\"en\">").Text(line.detail);
    sheet.Raw("</span>");
    return;
  }
}

void IntegrityBox(Sheet& sheet, const CasePage& page) {
  const evidence::Verdict& verdict = page.report.verdict;
  const Integrity integrity = IntegrityOf(verdict);
  sheet.BeginVerdict(Phrase("report.integrity"), IntegrityHeadline(integrity));
  if (integrity == Integrity::kFails) FirstReason(sheet, page, evidence::Status::kFail);
  if (integrity == Integrity::kUncertain) FirstReason(sheet, page, evidence::Status::kInconclusive);
  if (integrity == Integrity::kHolds) {
    sheet.Say(Phrase("report.coverage"),
              {std::to_string(verdict.coverage.checked), std::to_string(verdict.coverage.total)});
  }
  sheet.Raw("</div>\n");
}

std::string_view FactOf(const evidence::Verdict& verdict, std::string_view name) {
  for (const evidence::Fact& fact : verdict.verified) {
    if (fact.name == name) return fact.detail;
  }
  return {};
}

void TextRow(Sheet& sheet, Wording term, std::string_view value) {
  if (value.empty()) return;
  sheet.Term(term).Raw("<dd>").Text(value).Raw("</dd>\n");
}

void HashRow(Sheet& sheet, Wording term, const Digest& digest) {
  sheet.Term(term).Raw("<dd><code>").Text(EncodeHash(digest)).Raw("</code></dd>\n");
}

void LogRows(Sheet& sheet, const CasePage& page) {
  const evidence::Verdict& verdict = page.report.verdict;
  TextRow(sheet, Phrase("report.log"), FactOf(verdict, "origin"));
  TextRow(sheet, Phrase("report.size"), FactOf(verdict, "size"));
  TextRow(sheet, Phrase("report.log_time"), FactOf(verdict, "sealed"));
  TextRow(sheet, Phrase("report.judged_as_of"), FormatTime(sheet.view.now));
}

void ProcedureRow(Sheet& sheet) {
  const procedure::Judgement* judgement = sheet.view.judgement;
  if (judgement == nullptr || judgement->procedure.empty()) return;
  sheet.Term(Phrase("case.procedure")).Raw("<dd>");
  if (sheet.view.definition != nullptr) {
    sheet.Say(WordingOf(sheet.view.definition->title)).Raw("<br/>");
  }
  sheet.Raw("<code>").Text(judgement->procedure).Raw("</code> ");
  sheet.Say(Phrase("report.procedure_version"),
            {judgement->version, std::to_string(judgement->publish_index)});
  if (sheet.view.definition != nullptr) {
    sheet.Raw("<br/><span class=\"small muted\">").Say(Phrase("report.source")).Raw(" ");
    sheet.Text(sheet.view.definition->source).Raw("</span>");
  }
  sheet.Raw("</dd>\n");
}

// Definitions and calendars that the evidence holds, each with the hash of its text.
void DocumentRows(Sheet& sheet, const CasePage& page) {
  for (const DocumentUsed& document : page.documents) {
    const bool calendar = document.format == procedure::kCalendarFormat;
    const bool definition = document.format == procedure::kDefinitionFormat;
    sheet.Term(calendar     ? Phrase("report.hash_of_calendar")
               : definition ? Phrase("report.hash_of_procedure")
                            : Phrase("report.hash_of_other"));
    sheet.Raw("<dd>").Text(document.id).Raw(" ").Text(document.version);
    sheet.Raw(" <code>").Text(EncodeHash(document.sha256)).Raw("</code></dd>\n");
  }
}

}  // namespace

Integrity IntegrityOf(const evidence::Verdict& verdict) {
  Integrity worst = Integrity::kHolds;
  for (const evidence::CheckLine& line : verdict.checks) {
    if (line.id == "check.conformance") continue;
    if (line.status == evidence::Status::kFail) return Integrity::kFails;
    if (line.status == evidence::Status::kInconclusive) worst = Integrity::kUncertain;
  }
  return verdict.exit_code == evidence::kExitIntegrity ? Integrity::kFails : worst;
}

void WriteIntegrityBox(Sheet& sheet, const CasePage& page) {
  sheet.Raw("<div class=\"verdicts\">\n");
  IntegrityBox(sheet, page);
  sheet.Raw("</div>\n");
}

void WriteHead(Sheet& sheet, const CasePage& page) {
  sheet.Raw("<h1>").Say(Phrase("report.title_case")).Raw("</h1>\n");
  sheet.Raw("<p class=\"muted\"><code>").Text(sheet.view.stream).Raw("</code></p>\n");
  sheet.Raw("<div class=\"verdicts\">\n");
  IntegrityBox(sheet, page);
  WriteConformanceBox(sheet);
  sheet.Raw("</div>\n");
  WriteBroken(sheet);
  WriteStandings(sheet);
  sheet.Raw("<p class=\"small muted\">").Say(Phrase("report.judges_the_process")).Raw("</p>\n");
}

void WriteChecked(Sheet& sheet, const CasePage& page) {
  const Report& report = page.report;
  sheet.Heading(Phrase("report.what_was_checked")).Raw("<dl>\n");
  TextRow(sheet, Phrase("report.file"), report.name());
  LogRows(sheet, page);
  ProcedureRow(sheet);
  DocumentRows(sheet, page);
  if (report.policy) {
    sheet.Term(Phrase("report.trusted_by_policy")).Raw("<dd>");
    sheet.Say(Phrase("report.policy_says"), {report.policy->log, report.policy->quorum});
    sheet.Raw("</dd>\n");
  }
  if (report.genesis) HashRow(sheet, Phrase("report.genesis"), *report.genesis);
  TextRow(sheet, Phrase("report.checked_with"), page.tool);
  sheet.Raw("</dl>\n");
}

}  // namespace jejak::verifier
