// SPDX-License-Identifier: Apache-2.0
//
// The top of a page: the two verdicts in words, what is broken, where things stand; then what was
// checked, by what.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ledger/base/text.h"
#include "verifier/report_html_sheet.h"
#include "verifier/report_html_tally.h"

namespace jejak::verifier {
namespace {

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

Headline ConformanceHeadline(Conformance conformance) {
  switch (conformance) {
    case Conformance::kBroken:
      return {kBad, {"✘ Prosedur dilanggar.", "✘ The procedure was broken."}};
    case Conformance::kRemedied:
      return {kBad,
              {"✘ Prosedur dilanggar, lalu diperbaiki dengan membuka kembali tahapnya.",
               "✘ The procedure was broken, then remedied by reopening the stage."}};
    case Conformance::kUncertain:
      return {kOpen,
              {"? Apakah prosedur diikuti tidak dapat dipastikan.",
               "? Whether the procedure was followed can't be told."}};
    case Conformance::kInPart:
      return {kOpen,
              {"? Tidak ditemukan pelanggaran prosedur; sebagian aturan tidak dapat dinilai tanpa "
               "isi yang tidak disertakan.",
               "? No breach of the procedure was found; some rules can't be judged without "
               "contents that are not held."}};
    case Conformance::kOpen:
      return {kOpen,
              {"… Sejauh ini prosedur diikuti; masih ada batas waktu yang berjalan.",
               "… The procedure has been followed so far; deadlines are still running."}};
    case Conformance::kKept:
      break;
  }
  return {kGood, {"✔ Prosedur diikuti.", "✔ The procedure was followed."}};
}

// The check that made integrity what it is. Its sentence is English in every output.
void FirstReason(Sheet& sheet, evidence::Status status) {
  for (const evidence::CheckLine& line : sheet.page.report.verdict.checks) {
    if (line.status != status || line.id == "check.conformance") continue;
    sheet.Say(IntegrityCheckWording(line.id)).Raw(": <span lang=\"en\">").Text(line.detail);
    sheet.Raw("</span>");
    return;
  }
}

void IntegrityBox(Sheet& sheet) {
  const evidence::Verdict& verdict = sheet.page.report.verdict;
  const Integrity integrity = IntegrityOf(verdict);
  const Headline headline = IntegrityHeadline(integrity);
  sheet.Raw(headline.box).Raw("<span class=\"what\">").Say({"Keutuhan", "Integrity"});
  sheet.Raw("</span><b>").Say(headline.words).Raw("</b>");
  if (integrity == Integrity::kFails) FirstReason(sheet, evidence::Status::kFail);
  if (integrity == Integrity::kUncertain) FirstReason(sheet, evidence::Status::kInconclusive);
  if (integrity == Integrity::kHolds) {
    sheet.Say({"{0} dari {1} catatan diperiksa.", "{0} of {1} entries checked."},
              {std::to_string(verdict.coverage.checked), std::to_string(verdict.coverage.total)});
  }
  sheet.Raw("</div>\n");
}

void Figure(Sheet& sheet, std::size_t count, Wording pattern) {
  if (count > 0) sheet.Say(pattern, {std::to_string(count)}).Raw(" ");
}

void ConformanceFigures(Sheet& sheet, const Tally& tally) {
  Figure(sheet, tally.broken, {"Pelanggaran aturan: {0}.", "Breaches of rules: {0}."});
  Figure(sheet, tally.remedied, {"Pelanggaran yang diperbaiki: {0}.", "Breaches remedied: {0}."});
  Figure(sheet, tally.checks, {"Tindakan yang menyimpang: {0}.", "Actions at fault: {0}."});
  Figure(sheet, tally.open, {"Masih berjalan: {0}.", "Still open: {0}."});
  Figure(sheet, tally.unknown_other, {"Tidak dapat dipastikan: {0}.", "Can't be told: {0}."});
  Figure(sheet, tally.unknown,
         {"Tidak dapat dinilai karena isinya tidak disertakan: {0}.",
          "Not to be judged, since contents are not supplied: {0}."});
  Figure(sheet, tally.kept, {"Aturan dipenuhi: {0}.", "Rules kept: {0}."});
}

// Why there is no verdict on the procedure.
void WhyNotJudged(Sheet& sheet) {
  if (IntegrityOf(sheet.page.report.verdict) == Integrity::kFails) {
    sheet.Say({"Catatan yang tidak utuh tidak membuktikan apa pun tentang prosedur.",
               "A record that isn't intact shows nothing about the procedure."});
  } else if (sheet.page.judgement != nullptr) {
    sheet.Say(WordingOf(sheet.page.judgement->why_not));
  } else {
    sheet.Say({"Penilaian prosedur tidak diminta.", "It was not asked for."});
  }
}

void ConformanceBox(Sheet& sheet) {
  if (!Judged(sheet.page)) {
    sheet.Raw(kOpen).Raw("<span class=\"what\">").Say({"Prosedur", "Procedure"});
    sheet.Raw("</span><b>")
        .Say({"? Apakah prosedur diikuti tidak dinilai.",
              "? Whether the procedure was followed was not judged."})
        .Raw("</b>");
    WhyNotJudged(sheet);
    sheet.Raw("</div>\n");
    return;
  }
  const Tally tally = Count(*sheet.page.judgement);
  const Headline headline = ConformanceHeadline(ConformanceOf(tally));
  sheet.Raw(headline.box).Raw("<span class=\"what\">").Say({"Prosedur", "Procedure"});
  sheet.Raw("</span><b>").Say(headline.words).Raw("</b>");
  ConformanceFigures(sheet, tally);
  sheet.Raw("</div>\n");
}

// "officer P311"; of many how many.
std::string BrokenFor(const Sheet& sheet, const std::vector<VerdictGroup>& groups) {
  constexpr std::size_t kNamed = 4;
  std::size_t count = 0;
  std::string names;
  for (const VerdictGroup& group : groups) {
    if (group.verdict->outcome != procedure::Outcome::kFail) continue;
    for (const std::string& instance : group.instances) {
      if (count++ >= kNamed || instance.empty()) continue;
      names += (names.empty() ? " " : ", ") + instance;
    }
  }
  std::string out(sheet.In(TrackWording(groups.front().verdict->scope)));
  if (count <= kNamed) return out + names;
  return out + " × " + std::to_string(count);
}

// One line per broken rule, for who reads no further.
void BrokenList(Sheet& sheet) {
  const procedure::Definition* definition = sheet.page.definition;
  if (!Judged(sheet.page) || definition == nullptr) return;
  const RuleGroups groups = Grouped(*sheet.page.judgement);
  HtmlWriter kept_out = std::move(sheet.out);
  sheet.out = {};
  for (const procedure::Rule& rule : definition->rules) {
    const auto found = groups.find(rule.id);
    if (found == groups.end() ||
        found->second.front().verdict->outcome != procedure::Outcome::kFail) {
      continue;
    }
    sheet.Raw("<li><b>").Text(rule.id).Raw("</b> ").Say(WordingOf(rule.title));
    sheet.Raw(" <b>(").Text(BrokenFor(sheet, found->second)).Raw(")</b>");
    sheet.Raw(": ").Say(WordingOf(found->second.front().verdict->detail)).Raw("</li>\n");
  }
  const HtmlWriter items = std::exchange(sheet.out, std::move(kept_out));
  if (items.empty()) return;
  sheet.Raw("<p><b>").Say({"Yang dilanggar", "What was broken"}).Raw("</b></p>\n<ul>\n");
  sheet.out.Add(items);
  sheet.Raw("</ul>\n");
}

// Instances that stand alike are told together.
void Standings(Sheet& sheet) {
  if (!Judged(sheet.page) || sheet.page.judgement->states.empty()) return;
  std::vector<std::pair<std::pair<std::string, std::string>, std::vector<std::string>>> groups;
  for (const procedure::InstanceState& state : sheet.page.judgement->states) {
    const Wording unknown{"tidak diketahui", "not known"};
    const std::string words(sheet.In(
        state.state ? StateWording(sheet.page.definition, state.track, *state.state) : unknown));
    const std::pair key(state.track, words);
    auto group = groups.begin();
    while (group != groups.end() && group->first != key) ++group;
    if (group == groups.end()) group = groups.insert(group, {key, {}});
    group->second.push_back(state.instance);
  }
  sheet.Raw("<p><b>").Say({"Keadaan sekarang", "Where things stand"}).Raw("</b></p>\n<ul>\n");
  for (const auto& [key, instances] : groups) {
    sheet.Raw("<li>").Say(TrackWording(key.first));
    for (std::size_t i = 0; i < instances.size() && i < kMaxListed; ++i) {
      sheet.Raw(i == 0 ? Literal(" ") : Literal(", "));
      if (instances[i] == "?") {
        sheet.Say({"yang namanya tidak terbaca", "whose name can't be read"});
      } else {
        sheet.Text(instances[i]);
      }
    }
    sheet.Raw(": <b>").Text(key.second).Raw("</b></li>\n");
  }
  sheet.Raw("</ul>\n");
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

void LogRows(Sheet& sheet) {
  const evidence::Verdict& verdict = sheet.page.report.verdict;
  TextRow(sheet, {"Log", "Log"}, FactOf(verdict, "origin"));
  TextRow(sheet, {"Ukuran checkpoint (catatan)", "Checkpoint size (entries)"},
          FactOf(verdict, "size"));
  TextRow(sheet, {"Waktu log (UTC)", "Time of the log (UTC)"}, FactOf(verdict, "sealed"));
  TextRow(sheet, {"Dinilai per (UTC)", "Judged as of (UTC)"}, FormatTime(sheet.page.now));
}

void ProcedureRow(Sheet& sheet) {
  const procedure::Judgement* judgement = sheet.page.judgement;
  if (judgement == nullptr || judgement->procedure.empty()) return;
  sheet.Term({"Prosedur", "Procedure"}).Raw("<dd>");
  if (sheet.page.definition != nullptr) {
    sheet.Say(WordingOf(sheet.page.definition->title)).Raw("<br/>");
  }
  sheet.Raw("<code>").Text(judgement->procedure).Raw("</code> ");
  sheet.Say({"versi {0}, catatan {1} dalam log", "version {0}, entry {1} of the log"},
            {judgement->version, std::to_string(judgement->publish_index)});
  if (sheet.page.definition != nullptr) {
    sheet.Raw("<br/><span class=\"small muted\">").Say({"Sumber: ", "Source: "});
    sheet.Text(sheet.page.definition->source).Raw("</span>");
  }
  sheet.Raw("</dd>\n");
}

// Definitions and calendars that the evidence holds, each with the hash of its text.
void DocumentRows(Sheet& sheet) {
  for (const DocumentUsed& document : sheet.page.documents) {
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

void WriteIntegrityBox(Sheet& sheet) {
  sheet.Raw("<div class=\"verdicts\">\n");
  IntegrityBox(sheet);
  sheet.Raw("</div>\n");
}

void WriteHead(Sheet& sheet) {
  sheet.Raw("<h1>").Say({"Laporan pemeriksaan perkara", "Report on a case"}).Raw("</h1>\n");
  sheet.Raw("<p class=\"muted\"><code>").Text(sheet.page.stream).Raw("</code></p>\n");
  sheet.Raw("<div class=\"verdicts\">\n");
  IntegrityBox(sheet);
  ConformanceBox(sheet);
  sheet.Raw("</div>\n");
  BrokenList(sheet);
  Standings(sheet);
  sheet.Raw("<p class=\"small muted\">")
      .Say({"Laporan ini menilai jalannya proses menurut catatan, bukan kesalahan seseorang.",
            "This report judges the course of the process as recorded, not anyone's guilt."})
      .Raw("</p>\n");
}

void WriteChecked(Sheet& sheet) {
  const Report& report = sheet.page.report;
  sheet.Heading({"Apa yang diperiksa", "What was checked"}).Raw("<dl>\n");
  TextRow(sheet, {"Berkas", "File"}, report.name());
  LogRows(sheet);
  ProcedureRow(sheet);
  DocumentRows(sheet);
  if (report.policy) {
    sheet.Term({"Dipercaya menurut kebijakan", "Trusted by policy"}).Raw("<dd>");
    sheet.Say({"kunci log {0}, kuorum saksi {1}", "log key {0}, quorum of witnesses {1}"},
              {report.policy->log, report.policy->quorum});
    sheet.Raw("</dd>\n");
  }
  if (report.genesis) HashRow(sheet, {"Awal log (genesis)", "Genesis of the log"}, *report.genesis);
  TextRow(sheet, {"Diperiksa dengan", "Checked with"}, sheet.page.tool);
  sheet.Raw("</dl>\n");
}

}  // namespace jejak::verifier
