// SPDX-License-Identifier: Apache-2.0
//
// The top of a page: the two verdicts in words, what is broken, where things stand; then what was
// checked, by what.
#include <string>

#include "ledger/base/text.h"
#include "verifier/report_html_sections.h"

namespace jejak::verifier {
namespace {

using presentation::IntegrityCheckWording;
using presentation::WordingOf;

// What a box says about the evidence or the case, and its sign.
struct Headline {
  Literal box = "<div class=\"verdict open\">";
  Wording words;
};

constexpr Literal kGood = "<div class=\"verdict good\">";
constexpr Literal kBad = "<div class=\"verdict bad\">";
constexpr Literal kOpen = "<div class=\"verdict open\">";

Headline IntegrityHeadline(Integrity integrity) {
  switch (integrity) {
    case Integrity::kHolds:
      return {kGood,
              {"✔ Catatan ini utuh. Tidak ada yang diubah, dihapus atau disisipkan sejak dicatat.",
               "✔ The record is intact. Nothing was altered, removed or inserted since it was "
               "logged."}};
    case Integrity::kFails:
      return {kBad,
              {"✘ Catatan ini TIDAK utuh. Jangan dipakai sebagai bukti; simpan berkasnya.",
               "✘ The record is NOT intact. Don't rely on it; keep the file."}};
    case Integrity::kUncertain:
      break;
  }
  return {kOpen,
          {"? Keutuhan catatan belum dapat dipastikan.",
           "? Whether the record is intact can't be told yet."}};
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
  const Headline headline = IntegrityHeadline(integrity);
  sheet.Raw(headline.box).Raw("<span class=\"what\">").Say({"Keutuhan", "Integrity"});
  sheet.Raw("</span><b>").Say(headline.words).Raw("</b>");
  if (integrity == Integrity::kFails) FirstReason(sheet, page, evidence::Status::kFail);
  if (integrity == Integrity::kUncertain) FirstReason(sheet, page, evidence::Status::kInconclusive);
  if (integrity == Integrity::kHolds) {
    sheet.Say({"{0} dari {1} catatan diperiksa.", "{0} of {1} entries checked."},
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
  TextRow(sheet, {"Log", "Log"}, FactOf(verdict, "origin"));
  TextRow(sheet, {"Ukuran checkpoint (catatan)", "Checkpoint size (entries)"},
          FactOf(verdict, "size"));
  TextRow(sheet, {"Waktu log (UTC)", "Time of the log (UTC)"}, FactOf(verdict, "sealed"));
  TextRow(sheet, {"Dinilai per (UTC)", "Judged as of (UTC)"}, FormatTime(sheet.view.now));
}

void ProcedureRow(Sheet& sheet) {
  const procedure::Judgement* judgement = sheet.view.judgement;
  if (judgement == nullptr || judgement->procedure.empty()) return;
  sheet.Term({"Prosedur", "Procedure"}).Raw("<dd>");
  if (sheet.view.definition != nullptr) {
    sheet.Say(WordingOf(sheet.view.definition->title)).Raw("<br/>");
  }
  sheet.Raw("<code>").Text(judgement->procedure).Raw("</code> ");
  sheet.Say({"versi {0}, catatan {1} dalam log", "version {0}, entry {1} of the log"},
            {judgement->version, std::to_string(judgement->publish_index)});
  if (sheet.view.definition != nullptr) {
    sheet.Raw("<br/><span class=\"small muted\">").Say({"Sumber: ", "Source: "});
    sheet.Text(sheet.view.definition->source).Raw("</span>");
  }
  sheet.Raw("</dd>\n");
}

// Definitions and calendars that the evidence holds, each with the hash of its text.
void DocumentRows(Sheet& sheet, const CasePage& page) {
  for (const DocumentUsed& document : page.documents) {
    const bool calendar = document.format == procedure::kCalendarFormat;
    const bool definition = document.format == procedure::kDefinitionFormat;
    sheet.Term(calendar     ? Wording{"Hash kalender", "Hash of calendar"}
               : definition ? Wording{"Hash prosedur", "Hash of procedure"}
                            : Wording{"Hash naskah lain", "Hash of another document"});
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
  sheet.Raw("<h1>").Say({"Laporan pemeriksaan perkara", "Report on a case"}).Raw("</h1>\n");
  sheet.Raw("<p class=\"muted\"><code>").Text(sheet.view.stream).Raw("</code></p>\n");
  sheet.Raw("<div class=\"verdicts\">\n");
  IntegrityBox(sheet, page);
  WriteConformanceBox(sheet);
  sheet.Raw("</div>\n");
  WriteBroken(sheet);
  WriteStandings(sheet);
  sheet.Raw("<p class=\"small muted\">")
      .Say({"Laporan ini menilai jalannya proses menurut catatan, bukan kesalahan seseorang.",
            "This report judges the course of the process as recorded, not anyone's guilt."})
      .Raw("</p>\n");
}

void WriteChecked(Sheet& sheet, const CasePage& page) {
  const Report& report = page.report;
  sheet.Heading({"Apa yang diperiksa", "What was checked"}).Raw("<dl>\n");
  TextRow(sheet, {"Berkas", "File"}, report.name());
  LogRows(sheet, page);
  ProcedureRow(sheet);
  DocumentRows(sheet, page);
  if (report.policy) {
    sheet.Term({"Dipercaya menurut kebijakan", "Trusted by policy"}).Raw("<dd>");
    sheet.Say({"kunci log {0}, kuorum saksi {1}", "log key {0}, quorum of witnesses {1}"},
              {report.policy->log, report.policy->quorum});
    sheet.Raw("</dd>\n");
  }
  if (report.genesis) HashRow(sheet, {"Awal log (genesis)", "Genesis of the log"}, *report.genesis);
  TextRow(sheet, {"Diperiksa dengan", "Checked with"}, page.tool);
  sheet.Raw("</dl>\n");
}

}  // namespace jejak::verifier
