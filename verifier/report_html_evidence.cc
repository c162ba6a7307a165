// SPDX-License-Identifier: Apache-2.0
//
// The end of a page: what can't be told, what stayed sealed; each check of integrity; the digests
// of all that went in, and how anyone repeats it.
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/text.h"
#include "verifier/report_html_sheet.h"

namespace jejak::verifier {
namespace {

using json::Value;

// Adds the pointers of values that are sealed and whose opening isn't at hand. Bodies are at most
// 16 deep (json.h), so this recursion ends.
void FindSealed(const Value& value, const std::string& pointer, const procedure::Act& act,
                std::vector<std::string>& sealed) {
  if (value.is_object() && value.Find("$sealed") != nullptr) {
    for (const procedure::OpenedField& opened : act.opened) {
      if (opened.pointer == pointer) return;
    }
    sealed.push_back(pointer);
    return;
  }
  for (const json::Member& member : value.members()) {
    FindSealed(member.value, pointer + "/" + member.name, act, sealed);
  }
  std::size_t number = 0;
  for (const Value& item : value.items()) {
    FindSealed(item, pointer + "/" + std::to_string(number++), act, sealed);
  }
}

void SealedItem(Sheet& sheet, const procedure::Act& act) {
  std::vector<std::string> sealed;
  if (act.body_state == procedure::BodyState::kPresent) FindSealed(act.body, "", act, sealed);
  const bool absent = act.body_state == procedure::BodyState::kAbsent;
  const bool unfit = act.body_state == procedure::BodyState::kUnfit;
  if (sealed.empty() && !absent && !unfit) return;
  sheet.Raw("<li>").Say({"Catatan ", "Entry "}).EntryLink(act.index).Raw(", ");
  sheet.Say(TypeWording(sheet.page.definition, act.type)).Raw(": ");
  if (absent) sheet.Say({"isinya tidak disertakan.", "its contents are not supplied."});
  if (unfit) sheet.Say({"isinya tidak dapat dibaca.", "its contents can't be read."});
  if (!sealed.empty()) sheet.Say({"tetap tersegel: ", "still sealed: "}).Raw("<code>");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    if (i > 0) sheet.Raw(", ");
    sheet.Text(sealed[i]);
  }
  if (!sealed.empty()) sheet.Raw("</code>");
  sheet.Raw("</li>\n");
}

void UnknownItem(Sheet& sheet, const procedure::RuleVerdict& verdict) {
  sheet.Raw("<li><b>").Text(verdict.rule).Raw("</b> ").Say(TrackWording(verdict.scope)).Raw(" ");
  if (verdict.instance == "?") {
    sheet.Say({"yang namanya tidak terbaca", "whose name can't be read"});
  } else {
    sheet.Text(verdict.instance);
  }
  sheet.Raw(": ").Say(WordingOf(verdict.detail)).Raw("</li>\n");
}

void UnknownItems(Sheet& sheet) {
  if (!Judged(sheet.page)) return;
  std::size_t listed = 0;
  for (const procedure::RuleVerdict& verdict : sheet.page.judgement->rules) {
    if (verdict.outcome != procedure::Outcome::kUnknown) continue;
    if (++listed > kMaxListed) return;
    UnknownItem(sheet, verdict);
  }
}

// A name of the verdict's facts, in words.
Wording FactWording(std::string_view name) {
  if (name == "conformance") return {"Prosedur", "Procedure"};
  if (name == "signatures") return {"Tanda tangan", "Signatures"};
  if (name == "completeness_of_the_map") return {"Kelengkapan peta log", "The log's map is whole"};
  if (name == "contents") return {"Isi", "Contents"};
  return {name, name};
}

void IntegrityRow(Sheet& sheet, const evidence::CheckLine& line) {
  sheet.Raw("<tr><td>");
  switch (line.status) {
    case evidence::Status::kPass:
      sheet.Raw("<span class=\"badge good\">✔ ");
      break;
    case evidence::Status::kViolation:
    case evidence::Status::kFail:
      sheet.Raw("<span class=\"badge bad\">✘ ");
      break;
    case evidence::Status::kInconclusive:
      sheet.Raw("<span class=\"badge open\">? ");
      break;
    case evidence::Status::kNotChecked:
      sheet.Raw("<span class=\"badge none\">– ");
      break;
  }
  sheet.Say(StatusWording(line.status)).Raw("</span></td><td><b>");
  sheet.Say(IntegrityCheckWording(line.id)).Raw("</b></td><td lang=\"en\">");
  sheet.Text(line.detail).Raw("</td></tr>\n");
}

void IntegrityTable(Sheet& sheet) {
  sheet.Heading({"Pemeriksaan keutuhan", "Checks of integrity"});
  if (sheet.language == Language::kIndonesian) {
    sheet.Raw("<p class=\"small muted\">Keterangan ditulis dalam bahasa Inggris, sama seperti ")
        .Raw("pada keluaran lain alat ini, agar semua pembaca mengutip kata yang sama.</p>\n");
  }
  sheet.Raw("<table>\n<thead><tr><th>").Say({"Hasil", "Result"}).Raw("</th><th>");
  sheet.Say({"Pemeriksaan", "Check"}).Raw("</th><th>").Say({"Keterangan", "Detail"});
  sheet.Raw("</th></tr></thead>\n<tbody>\n");
  std::size_t listed = 0;
  for (const evidence::CheckLine& line : sheet.page.report.verdict.checks) {
    // The procedure has its own sections.
    if (line.id != "check.conformance" && listed++ < kMaxListed) IntegrityRow(sheet, line);
  }
  sheet.Raw("</tbody>\n</table>\n");
}

void DigestRow(Sheet& sheet, Wording kind, const Input& input) {
  sheet.Raw("<dt>").Say(kind).Raw("</dt><dd>").Text(input.name);
  if (input.sha256) {
    sheet.Raw("<br/><code>sha256 ").Text(EncodeHash(*input.sha256)).Raw("</code>");
    sheet.Raw("<br/><code>").Text(EncodeHex(input.sha256->bytes)).Raw("</code>");
  }
  sheet.Raw("</dd>\n");
}

void Digests(Sheet& sheet) {
  const Report& report = sheet.page.report;
  sheet.Raw("<dl>\n");
  const bool log = report.question == Question::kLog;
  for (std::size_t i = 0; i < report.inputs.size(); ++i) {
    const Wording first = log ? Wording{"Checkpoint log", "The log's checkpoint"}
                              : Wording{"Berkas perkara", "Case file"};
    const Wording other{"Checkpoint simpanan", "Checkpoint kept earlier"};
    DigestRow(sheet, i == 0 ? first : other, report.inputs[i]);
  }
  if (report.policy) DigestRow(sheet, {"Berkas kebijakan", "Policy file"}, report.policy->file);
  for (const evidence::Fact& fact : report.verdict.verified) {
    if (fact.name != "root") continue;
    sheet.Term({"Akar pohon log", "Root of the log's tree"}).Raw("<dd><code>");
    sheet.Text(fact.detail).Raw("</code></dd>\n");
  }
  sheet.Raw("</dl>\n");
}

}  // namespace

void WriteUnknown(Sheet& sheet) {
  sheet.Heading({"Yang tidak diketahui dan yang tersegel", "What is unknown, and what is sealed"});
  HtmlWriter before = std::move(sheet.out);
  sheet.out = {};
  UnknownItems(sheet);
  const std::vector<ActDays>& acts = sheet.days.acts();
  for (std::size_t i = 0; i < acts.size() && i < kMaxListed; ++i) SealedItem(sheet, *acts[i].act);
  for (const evidence::Fact& fact : sheet.page.report.verdict.unverified) {
    if (fact.name == "conformance" && Judged(sheet.page)) continue;
    sheet.Raw("<li>").Say(FactWording(fact.name)).Raw(": <span lang=\"en\">").Text(fact.detail);
    sheet.Raw("</span></li>\n");
  }
  const HtmlWriter items = std::exchange(sheet.out, std::move(before));
  if (items.empty()) {
    sheet.Raw("<p>").Say({"Tidak ada.", "Nothing."}).Raw("</p>\n");
    return;
  }
  sheet.Raw("<ul>\n");
  sheet.out.Add(items);
  sheet.Raw("</ul>\n");
}

void WriteEvidence(Sheet& sheet) {
  IntegrityTable(sheet);
  sheet.Heading({"Bukti", "Evidence"});
  Digests(sheet);
  sheet.Heading({"Cara mengulang pemeriksaan ini", "How to repeat this check"});
  sheet.Raw("<p>")
      .Say({"Siapa pun yang memegang bukti ini dan kebijakannya dapat mengulangnya tanpa "
            "jaringan; hasilnya sama sampai ke tiap bita:",
            "Whoever holds this evidence and the policy can repeat it without a network, and gets "
            "the "
            "same bytes:"})
      .Raw("</p>\n<pre>")
      .Text(sheet.page.command)
      .Raw("</pre>\n<p class=\"small muted\">")
      .Text(sheet.page.tool)
      .Raw("</p>\n");
}

}  // namespace jejak::verifier
