// SPDX-License-Identifier: Apache-2.0
//
// The end of a page: what can't be told, what stayed sealed; each check of integrity; the digests
// of all that went in, and how anyone repeats it.
#include <string_view>
#include <utility>

#include "ledger/base/text.h"
#include "verifier/report_html_sections.h"

namespace jejak::verifier {
namespace {

using presentation::IntegrityCheckWording;
using presentation::kMaxListed;
using presentation::Phrase;
using presentation::StatusWording;

// A name of the verdict's facts, in words.
Wording FactWording(std::string_view name) {
  if (name == "conformance") return Phrase("case.procedure");
  if (name == "signatures") return Phrase("report.signatures");
  if (name == "completeness_of_the_map") return Phrase("report.map_whole");
  if (name == "contents") return Phrase("report.contents");
  return {name, name};
}

// The outcome of a rule that has the sign of this status.
procedure::Outcome SignOf(evidence::Status status) {
  switch (status) {
    case evidence::Status::kPass:
      return procedure::Outcome::kPass;
    case evidence::Status::kViolation:
    case evidence::Status::kFail:
      return procedure::Outcome::kFail;
    case evidence::Status::kInconclusive:
      return procedure::Outcome::kUnknown;
    case evidence::Status::kNotChecked:
      break;
  }
  return procedure::Outcome::kNotApplicable;
}

void IntegrityRow(Sheet& sheet, const evidence::CheckLine& line) {
  sheet.Raw("<tr><td>").Badge(SignOf(line.status), StatusWording(line.status)).Raw("</td><td><b>");
  sheet.Say(IntegrityCheckWording(line.id)).Raw("</b></td><td lang=\"en\">");
  sheet.Text(line.detail).Raw("</td></tr>\n");
}

void IntegrityTable(Sheet& sheet, const CasePage& page) {
  sheet.Heading(Phrase("report.checks_of_integrity"));
  if (sheet.language == Language::kIndonesian) {
    sheet.Raw("<p class=\"small muted\">").Say(Phrase("report.details_in_english")).Raw("</p>\n");
  }
  sheet.Raw("<table>\n<thead><tr><th>").Say(Phrase("report.result")).Raw("</th><th>");
  sheet.Say(Phrase("case.check")).Raw("</th><th>").Say(Phrase("report.detail"));
  sheet.Raw("</th></tr></thead>\n<tbody>\n");
  std::size_t listed = 0;
  for (const evidence::CheckLine& line : page.report.verdict.checks) {
    // The procedure has its own sections.
    if (line.id != "check.conformance" && listed++ < kMaxListed) IntegrityRow(sheet, line);
  }
  sheet.Raw("</tbody>\n</table>\n");
}

void DigestRow(Sheet& sheet, Wording kind, const Input& input) {
  sheet.Term(kind).Raw("<dd>").Text(input.name);
  if (input.sha256) {
    sheet.Raw("<br/><code>sha256 ").Text(EncodeHash(*input.sha256)).Raw("</code>");
    sheet.Raw("<br/><code>").Text(EncodeHex(input.sha256->bytes)).Raw("</code>");
  }
  sheet.Raw("</dd>\n");
}

void Digests(Sheet& sheet, const CasePage& page) {
  const Report& report = page.report;
  sheet.Raw("<dl>\n");
  const bool log = report.question == Question::kLog;
  for (std::size_t i = 0; i < report.inputs.size(); ++i) {
    const Wording first = log ? Phrase("report.log_checkpoint") : Phrase("report.case_file");
    const Wording other = Phrase("report.checkpoint_kept_earlier");
    DigestRow(sheet, i == 0 ? first : other, report.inputs[i]);
  }
  if (report.policy) DigestRow(sheet, Phrase("report.policy_file"), report.policy->file);
  for (const evidence::Fact& fact : report.verdict.verified) {
    if (fact.name != "root") continue;
    sheet.Term(Phrase("report.root")).Raw("<dd><code>");
    sheet.Text(fact.detail).Raw("</code></dd>\n");
  }
  sheet.Raw("</dl>\n");
}

}  // namespace

void WriteUnproven(Sheet& sheet, const CasePage& page) {
  HtmlWriter before = std::exchange(sheet.out, {});
  for (const evidence::Fact& fact : page.report.verdict.unverified) {
    if (fact.name == "conformance" && Judged(sheet.view)) continue;
    sheet.Raw("<li>").Say(FactWording(fact.name)).Raw(": <span lang=\"en\">").Text(fact.detail);
    sheet.Raw("</span></li>\n");
  }
  const HtmlWriter facts = std::exchange(sheet.out, std::move(before));
  WriteUnknown(sheet, facts);
}

void WriteEvidence(Sheet& sheet, const CasePage& page) {
  IntegrityTable(sheet, page);
  sheet.Heading(Phrase("report.evidence"));
  Digests(sheet, page);
  sheet.Heading(Phrase("report.repeat"));
  sheet.Raw("<p>")
      .Say(Phrase("report.repeat_how"))
      .Raw("</p>\n<pre>")
      .Text(page.command)
      .Raw("</pre>\n<p class=\"small muted\">")
      .Text(page.tool)
      .Raw("</p>\n");
}

}  // namespace jejak::verifier
