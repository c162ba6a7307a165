// SPDX-License-Identifier: Apache-2.0
// Taking a report: the form, the questions, what comes next, the slip and its QR code.
#include <gtest/gtest.h>

#include <sstream>

#include "ledger/presentation/glossary.h"
#include "tests/tools/shell.h"
#include "tools/intake/declared_body.h"
#include "tools/intake/interview.h"
#include "tools/intake/outlook.h"
#include "tools/intake/reply.h"
#include "tools/intake/report_action.h"
#include "tools/intake/report_form.h"
#include "tools/intake/slip.h"

namespace jejak::intake {
namespace {

using presentation::Language;

constexpr std::string_view kAnonymous =
    R"({"mode":"anonymous","what":"Loket tutup","where":"Kelurahan","when":"Senin"})";

Published Read(const std::string& name, bool with_calendar = true) {
  const std::string docs = JEJAK_SOURCE_DIR "/docs/procedures/";
  Published published;
  auto parsed = procedure::ParseDefinition(test::ReadText(docs + name + ".json"));
  EXPECT_TRUE(parsed.definition) << parsed.Explain();
  published.definition = std::move(*parsed.definition);
  published.under.id = name;
  auto calendar = procedure::ParseCalendar(test::ReadText(docs + "id-asn.calendar.json"));
  if (with_calendar) published.calendars.push_back({0, {}, *calendar.calendar});
  return published;
}

std::int64_t Day(const std::string& text) { return DaysFromCivil(*ParseDate(text)); }

TEST(ReportForm, IsReadWithDefaults) {
  const auto form = ParseReportForm(kAnonymous);
  ASSERT_TRUE(form.ok()) << form.error().detail;
  EXPECT_EQ(form->channel, "counter");
  EXPECT_TRUE(IdentityOf(*form).is_null());
  EXPECT_EQ(ReportText(*form, Language::kIndonesian),
            "Apa yang terjadi: Loket tutup\nDi mana: Kelurahan\nKapan: Senin");
  const auto named = ParseReportForm(
      R"({"mode":"named","what":"a","where":"b","when":"c","service":"KTP","channel":"letter",)"
      R"("identity":{"name":"Siti","contact":"08"}})");
  ASSERT_TRUE(named.ok()) << named.error().detail;
  EXPECT_EQ(json::Write(IdentityOf(*named)), R"({"name":"Siti","contact":"08"})");
  EXPECT_EQ(ReportText(*named, Language::kEnglish),
            "What happened: a\nWhere: b\nWhen: c\nService: KTP");
}

TEST(ReportForm, NamesWhatIsWrongByPointerAndMend) {
  struct Row {
    const char *text, *pointer;
  };
  const Row rows[] = {
      {R"([])", "not one JSON object"},
      {R"({"mode":"anonymous","what":"a","where":"b","when":"c","colour":"x"})", "/colour "},
      {R"({"mode":"hidden","what":"a","where":"b","when":"c"})", "/mode "},
      {R"({"mode":"anonymous","where":"b","when":"c"})", "/what "},
      {R"({"mode":"anonymous","what":"a","when":"c"})", "/where "},
      {R"({"mode":"anonymous","what":"a","where":"b"})", "/when "},
      {R"({"mode":"anonymous","what":"","where":"b","when":"c"})", "/what "},
      {R"({"mode":"anonymous","what":7,"where":"b","when":"c"})", "/what "},
      {R"({"mode":"anonymous","what":"a","where":"b","when":"c","channel":"fax"})", "/channel "},
      {R"({"mode":"named","what":"a","where":"b","when":"c"})", "/identity/name "},
      {R"({"mode":"named","what":"a","where":"b","when":"c","identity":[]})", "/identity "},
      {R"({"mode":"named","what":"a","where":"b","when":"c","identity":{"nik":"1"}})",
       "/identity/nik "},
      {R"({"mode":"anonymous","what":"a","where":"b","when":"c","identity":{"name":"S"}})",
       "/identity: an anonymous report"},
      {R"({"mode":"anonymous","what":"a","where":"b","when":"c","identity":{"contact":"S"}})",
       "/identity: an anonymous report"},
      {R"({"mode":"anonymous","what":"\u0000","where":"b","when":"c"})", ""}};
  for (const Row& row : rows) {
    const auto form = ParseReportForm(row.text);
    ASSERT_FALSE(form.ok()) << row.text;
    EXPECT_EQ(form.error().code, Code::kMalformed);
    EXPECT_NE(form.error().detail.find(row.pointer), std::string::npos) << form.error().detail;
  }
  std::string longest(kAnonymous);
  longest.replace(longest.find("Loket tutup"), 11, std::string(kMostReportBytes, 'a'));
  EXPECT_FALSE(ParseReportForm(longest).ok());
}

TEST(Interview, AsksQuestionByQuestionAndAnonymousNoName) {
  std::istringstream in("9\n2\n\nLoket tutup\nsejak pagi\n\n  Kelurahan  \nSenin\n\n3\nya\n");
  std::ostringstream out;
  Interview interview(in, out, Language::kIndonesian);
  const auto form = interview.AskReport();
  ASSERT_TRUE(form.ok()) << form.error().detail;
  EXPECT_EQ(form->channel, "phone");
  EXPECT_EQ(form->what, "Loket tutup\nsejak pagi");
  EXPECT_EQ(form->where, "Kelurahan");
  EXPECT_EQ(form->service, "");
  EXPECT_TRUE(form->anonymous());
  EXPECT_EQ(out.str().find(presentation::Phrase("intake.ask_name").id), std::string::npos);
  EXPECT_TRUE(*interview.Confirm(presentation::Phrase("intake.ask_send")));
  EXPECT_EQ(interview.Confirm(presentation::Phrase("intake.ask_send")).error().code,
            Code::kRefused);
}

TEST(Interview, ANamedReportNeedsItsName) {
  std::istringstream in("1\na\n\nb\nc\n\n1\n\nSiti\n08\n");
  std::ostringstream out;
  const auto form = Interview(in, out, Language::kEnglish).AskReport();
  ASSERT_TRUE(form.ok()) << form.error().detail;
  EXPECT_EQ(form->name, "Siti");
  EXPECT_EQ(form->contact, "08");
  EXPECT_NE(out.str().find("This question needs an answer."), std::string::npos);
}

// Friday 20 November 2026: weekends don't count.
TEST(Outlook, CountsWorkingDaysOfTheCalendar) {
  const Outlook outlook = LookAhead(Read("pp94-kota"), kSubmitType, Day("2026-11-20"));
  ASSERT_EQ(outlook.dated.size(), 2u);
  EXPECT_EQ(outlook.dated[0].day, Day("2026-11-23"));
  ASSERT_EQ(outlook.dated[0].titles.size(), 1u);
  EXPECT_EQ(outlook.dated[0].titles[0].id, "Laporan didaftar, tanda terima");
  EXPECT_EQ(outlook.dated[1].day, Day("2026-11-25"));
  EXPECT_EQ(outlook.dated[1].titles.size(), 4u);
  EXPECT_TRUE(outlook.next.empty());
  EXPECT_EQ(outlook.promises.size(), 4u);
}

TEST(Outlook, SaysTheNextStepsOfAProcedureWithoutDays) {
  const Outlook outlook = LookAhead(Read("malang-article-2024"), kSubmitType, Day("2026-11-20"));
  EXPECT_TRUE(outlook.dated.empty());
  ASSERT_EQ(outlook.next.size(), 1u);
  EXPECT_EQ(outlook.next[0].id, "Sidak oleh tim");
  EXPECT_EQ(outlook.promises.size(), 1u);
}

TEST(Outlook, ClaimsNoDayThatCantBeCounted) {
  EXPECT_TRUE(LookAhead(Read("pp94-kota"), kSubmitType, Day("2030-01-02")).dated.empty());
  EXPECT_TRUE(LookAhead(Read("pp94-kota", false), kSubmitType, Day("2026-11-20")).dated.empty());
}

Slip SomeSlip(const std::string& procedure) {
  return {"7KQ2-M4XD-9HTP-W6ZB-3RN6",
          "https://jejak.contohkota.go.id/1/status",
          "Kota <Contoh>",
          Day("2026-11-20"),
          true,
          LookAhead(Read(procedure), kSubmitType, Day("2026-11-20"))};
}

TEST(Slip, SaysCodeNextStepDayAndHowToCheck) {
  const std::string text = SlipText(SomeSlip("pp94-kota"), Language::kIndonesian);
  for (const char* part :
       {"7KQ2-M4XD-9HTP-W6ZB-3RN6", "Jumat, 20 November 2026", "23 November 2026",
        "https://jejak.contohkota.go.id/1/status", "Simpan kode ini"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 50u) << line;
  EXPECT_EQ(text.find("#7KQ2"), std::string::npos) << "the address is to be typed without the code";
  Slip uncertain = SomeSlip("malang-article-2024");
  uncertain.certain = false;
  const std::string english = SlipText(uncertain, Language::kEnglish);
  EXPECT_NE(english.find("Friday, 20 November 2026"), std::string::npos) << english;
  EXPECT_NE(english.find("Not recorded for certain yet"), std::string::npos) << english;
}

TEST(Slip, ThePageEscapesAndAsksForNothing) {
  const Slip slip = SomeSlip("pp94-kota");
  EXPECT_EQ(QrTextOf(slip), "https://jejak.contohkota.go.id/1/status")
      << "no code in an address: it stays in histories";
  const auto qr = EncodeQr(QrTextOf(slip));
  ASSERT_TRUE(qr.ok());
  const std::string page = SlipHtml(slip, *qr, Language::kIndonesian);
  EXPECT_NE(page.find("<html lang=\"id\">"), std::string::npos);
  EXPECT_NE(page.find("Kota &lt;Contoh&gt;"), std::string::npos);
  EXPECT_NE(page.find("size:105mm 148mm"), std::string::npos);
  EXPECT_NE(page.find(slip.code), std::string::npos);
  for (const char* never : {"<script", "href=", "src=", "url(", "#7KQ2", "@import"})
    EXPECT_EQ(page.find(never), std::string::npos) << never;
  EXPECT_LT(page.size(), 50'000u);
}

// The three finders of a QR code, and the size that the text needs at level M.
TEST(QrCode, HasItsFindersAndItsSize) {
  const auto qr = EncodeQr(QrTextOf(SomeSlip("pp94-kota")));
  ASSERT_TRUE(qr.ok());
  EXPECT_EQ(qr->width, 29u);
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_TRUE(qr->at(i, 0));
    EXPECT_TRUE(qr->at(qr->width - 1 - i, 0));
    EXPECT_TRUE(qr->at(0, qr->width - 1 - i));
  }
  EXPECT_FALSE(EncodeQr("").ok());
  EXPECT_FALSE(EncodeQr(std::string(4000, 'a')).ok());
}

TEST(ReportAction, SealsWhatTheDefinitionSealsAndBindsTheCodesKey) {
  const tlog::PrivateKey officer{"a.example/p-1", tlog::kEd25519Key,
                                 crypto::SecretKey::FromSeed(Digest{}.view())};
  const Published published = Read("pp94-kota");
  const auto form = ParseReportForm(
      R"({"mode":"confidential","what":"CANARY-A","where":"CANARY-B","when":"CANARY-C",)"
      R"("identity":{"name":"CANARY-D"}})");
  const std::string origin = "a.example/1";
  const record::ReceiptCode code = DrawCode();
  const auto envelope = WriteReport(
      {origin, &published, &*form, &officer, *ParseAt("2026-11-20T09:00:00+07:00")}, code);
  ASSERT_TRUE(envelope.ok()) << envelope.error().detail;
  const auto action = record::ParseAction(envelope->note);
  ASSERT_TRUE(action.ok());
  EXPECT_EQ(action->by[0].role, "petugas");
  EXPECT_EQ(action->by[1].role, "pelapor");
  ASSERT_EQ(action->parties.size(), 1u);
  EXPECT_EQ(action->parties[0].key.key, PartyKey(code, origin, "x").secret.public_key());
  EXPECT_NE(envelope->body->text.find(record::LookupTag(code, origin)), std::string::npos);
  EXPECT_EQ((envelope->note + envelope->body->text).find("CANARY"), std::string::npos);
  EXPECT_EQ(envelope->openings.size(), 2u);
  const std::string whole = *record::EncodeEnvelope(*envelope);
  EXPECT_EQ(whole.find(record::Format(code)), std::string::npos);
  EXPECT_EQ(whole.find(code.canonical()), std::string::npos);
}

TEST(ReportAction, RefusesAProcedureWithoutReports) {
  const tlog::PrivateKey officer{"a.example/p-1", tlog::kEd25519Key,
                                 crypto::SecretKey::FromSeed(Digest{}.view())};
  const Published published = Read("permit-receipt");
  const auto form = ParseReportForm(kAnonymous);
  const auto envelope = WriteReport(
      {"a.example/1", &published, &*form, &officer, *ParseAt("2026-11-20T09:00:00+07:00")},
      DrawCode());
  ASSERT_FALSE(envelope.ok());
  EXPECT_EQ(envelope.error().code, Code::kRefused);
}

TEST(DrawCode, NeverTwiceTheSame) { EXPECT_NE(DrawCode().canonical(), DrawCode().canonical()); }

TEST(Reply, VerbsMeanWhatIsOffered) {
  Standing standing;
  standing.may = {{"report.withdraw", {}, ""}, {"report.complete", {}, ""}};
  EXPECT_EQ(FindOffered(standing, ReplyVerb::kAdd)->type, "report.complete");
  EXPECT_EQ(FindOffered(standing, ReplyVerb::kWithdraw)->type, "report.withdraw");
  EXPECT_EQ(FindOffered(standing, ReplyVerb::kObject), nullptr);
  EXPECT_EQ(FindOffered(standing, "appeal.banding"), nullptr);
}

TEST(Reply, SignsForTheExaminedOfficerTooWithTheLetterSealed) {
  const Published published = Read("pp94-kota");
  const procedure::ActionType* objection = published.definition.FindAction("appeal.objection");
  ASSERT_NE(objection, nullptr);
  const record::ReceiptCode code = DrawCode();
  Standing standing;
  standing.origin = "a.example/1";
  standing.case_id = author::RandomCaseId();
  standing.count = 3;
  standing.party = standing.case_id + "/t1";
  standing.role = "terperiksa";
  standing.instance = "P031";
  const At at = *ParseAt("2026-11-20T09:00:00+07:00");
  EXPECT_EQ(WriteReply(standing, published.definition, *objection, {}, code, at).error().code,
            Code::kMalformed);  // without the letter
  const ReplyContents contents{"", DescribeAttachment("k.pdf", "letter")};
  const auto envelope = WriteReply(standing, published.definition, *objection, contents, code, at);
  ASSERT_TRUE(envelope.ok()) << envelope.error().detail;
  const auto action = record::ParseAction(envelope->note);
  EXPECT_EQ(action->about, std::vector<std::string>{"P031"});
  EXPECT_EQ(action->by[0].role, "terperiksa");
  EXPECT_EQ(envelope->openings[0].pointer, "/letter");
  standing.party.clear();
  EXPECT_EQ(WriteReply(standing, published.definition, *objection, contents, code, at).error().code,
            Code::kRefused);
}

TEST(Standing, RefusesWhatIsNoStatus) {
  for (const char* text : {"", "[]", "{}", R"({"stream":"case/X","head":{"count":0}})"})
    EXPECT_EQ(ParseStanding(text).error().code, Code::kMalformed) << text;
}

}  // namespace
}  // namespace jejak::intake
