// SPDX-License-Identifier: Apache-2.0
//
// A report as a page: nothing that a file says becomes markup, both languages say all of it, it
// asks nobody for anything, it has a size that one can open, and its days are right.
#include "verifier/report_html.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "ledger/crypto/hash.h"
#include "tests/presentation/markup_reader.h"
#include "tests/verifier/made_case.h"

namespace jejak::verifier::test {
namespace {

using namespace std::string_literals;
using presentation::test::Element;
using presentation::test::Markup;
using presentation::test::ReadMarkup;

// Each as it could stand in a title, a reason, a file name or a role.
const std::string kHostile[] = {"<script>alert(1)</script>",
                                "</script><script>alert(1)</script>",
                                "<img src=x onerror=alert(1)>",
                                "<svg onload=alert(1)>",
                                "</svg><script>x</script>",
                                "<svg><style>*{display:none}</style>",
                                "\"><script>x</script>",
                                "'><script>x</script>",
                                "\" onmouseover=\"alert(1)",
                                "' onfocus='x",
                                "` onclick=`x",
                                "\" style=\"display:none",
                                "\" href=\"javascript:alert(1)",
                                "javascript:alert(1)",
                                "<a href=javascript:x>y</a>",
                                "<a href=\"data:text/html,x\">y</a>",
                                "<iframe src=x></iframe>",
                                "<object data=x></object>",
                                "<embed src=x>",
                                "<base href=x>",
                                "<meta http-equiv=refresh content=0>",
                                "<link rel=stylesheet href=x>",
                                "<style>@import 'x'</style>",
                                "</style><script>x</script>",
                                "</title><script>x</script>",
                                "</pre><b>x",
                                "</code></dd></dl><h1>x",
                                "</td></tr></table>",
                                "</section><section id=\"en\">",
                                "</body></html>",
                                "<!--",
                                "-->",
                                "--!>",
                                "<!-- x -->",
                                "<![CDATA[x]]>",
                                "]]>",
                                "<?xml version=\"1.0\"?>",
                                "<!DOCTYPE x>",
                                "&lt;b&gt;",
                                "&amp;",
                                "&#60;b&#62;",
                                "&#x3c;b&#x3e;",
                                "&lt",
                                "&nosuch;",
                                "& <",
                                "<",
                                ">",
                                "\"",
                                "'",
                                "<b",
                                "b>",
                                "{0}{1}",
                                "${x}",
                                "{{7*7}}",
                                "\x01\x02\x1f\x7f",
                                "a\nb\tc\rd",
                                "\0x"s,
                                "\xff\xfe\xc0\xaf",
                                "\xe2\x80\xae"
                                "evil\xe2\x80\xac",
                                "\xef\xbb\xbf\xef\xbf\xbe",
                                "＜script＞",
                                "<ſcript>x</ſcript>",
                                "%3Cscript%3E",
                                "\\u003cscript\\u003e",
                                "<input class=switch id=show-en checked>",
                                "<label for=show-en>x</label>"};

std::string Rendered(const std::string& text) { return RenderCaseHtml(MadeCase(text).Page()); }

TEST(ReportHtml, TakesNoHostileTextForMarkup) {
  static_assert(std::size(kHostile) >= 60);
  const Markup harmless = ReadMarkup(Rendered("plain"));
  for (const std::string& payload : kHostile) {
    const Markup markup = ReadMarkup(Rendered(payload));
    EXPECT_EQ(markup.faults, std::vector<std::string>()) << payload;
    EXPECT_EQ(markup.tags, harmless.tags) << payload;
    EXPECT_NE(markup.text.find(Displayable(payload)), std::string::npos) << payload;
  }
}

// That the page above shows every text that MadeCase puts the payload into.
TEST(ReportHtml, ShowsEveryText) {
  const std::string text = ReadMarkup(Rendered("plain")).text;
  for (const char* place :
       {"id title",     "source",   "id role",     "role plain",   "track",        "id state",
        "en rule R1",   "id says",  "basis",       "id detail R1", "en detail R4", "id check",
        "made",         "1.0.0",    "file",        "pinned",       "policy",       "log",
        "quorum",       "detail",   "check.other", "check.new",    "origin",       "root",
        "fact",         "document", "version",     "tool",         "command",      "case",
        "unknown.type", "P2",       "r1",          "/field",       "2024-06-03"}) {
    EXPECT_NE(text.find(place), std::string::npos) << place;
  }
  EXPECT_EQ(text.find("hidden"), std::string::npos);
}

TEST(ReportHtml, AsksNobodyForAnything) {
  const std::string page = Rendered("plain");
  for (const char* word : {"http:", "https:", "<script", "<link", " src=", "url(", "@import",
                           "<form", "<base", "javascript:", "data:"}) {
    EXPECT_EQ(page.find(word), std::string::npos) << word;
  }
  const Markup markup = ReadMarkup(page);
  std::set<std::string> anchors;
  for (const Element& element : markup.elements) {
    const std::string id = element.Attribute("id");
    if (id.empty()) continue;
    EXPECT_TRUE(anchors.insert(id).second) << id << " stands twice";
  }
  for (const Element& element : markup.elements) {
    const std::string address = element.Attribute("href");
    if (!address.starts_with("#")) continue;
    EXPECT_TRUE(anchors.contains(address.substr(1))) << address;
  }
}

// Elements that say something, and attributes that stand for words.
void ExpectNothingEmpty(const Markup& markup) {
  static const std::set<std::string> kSpeaking = {"h1",  "h2",   "h3",    "dt",   "dd",
                                                  "th",  "li",   "p",     "b",    "a",
                                                  "pre", "code", "label", "text", "title"};
  for (const Element& element : markup.elements) {
    if (kSpeaking.contains(element.name)) {
      EXPECT_NE(element.text.find_first_not_of(" \n"), std::string::npos) << element.name;
    }
    for (const auto& [name, value] : element.attributes) EXPECT_NE(value, "") << name;
  }
}

TEST(ReportHtml, SaysAllOfItInBothLanguages) {
  const Markup markup = ReadMarkup(Rendered("plain"));
  ExpectNothingEmpty(markup);
  std::vector<const Element*> sections;
  for (const Element& element : markup.elements) {
    if (element.name == "section") sections.push_back(&element);
  }
  ASSERT_EQ(sections.size(), 2u);
  EXPECT_EQ(sections[0]->Attribute("lang"), "id");
  EXPECT_EQ(sections[1]->Attribute("lang"), "en");
  EXPECT_EQ(sections[0]->text.find("en rule"), std::string::npos);
  EXPECT_EQ(sections[1]->text.find("id rule"), std::string::npos);
  EXPECT_NE(sections[0]->text.find("Prosedur dilanggar"), std::string::npos);
  EXPECT_NE(sections[1]->text.find("The procedure was broken"), std::string::npos);
}

// A definition may have a text in one language only: the other page shows that, not nothing.
TEST(ReportHtml, FallsBackToTheLanguageThatThereIs) {
  MadeCase made;
  for (procedure::ActionType& type : made.definition.actions) type.title.en.clear();
  for (procedure::Rule& rule : made.definition.rules) rule.title.id.clear();
  for (procedure::RuleVerdict& verdict : made.judgement.rules) verdict.detail.en.clear();
  ExpectNothingEmpty(ReadMarkup(RenderCaseHtml(made.Page())));
}

TEST(ReportHtml, StartsInTheLanguageAskedFor) {
  const MadeCase made;
  CasePage page = made.Page();
  for (const bool english : {false, true}) {
    page.language = english ? Language::kEnglish : Language::kIndonesian;
    const Markup markup = ReadMarkup(RenderCaseHtml(page));
    EXPECT_EQ(markup.elements.front().Attribute("lang"), english ? "en" : "id");
    for (const Element& element : markup.elements) {
      if (element.name != "input") continue;
      const bool chosen = (element.Attribute("id") == "show-en") == english;
      EXPECT_EQ(element.Attribute("checked"), chosen ? "checked" : "");
    }
  }
}

TEST(ReportHtml, IsTheSameForTheSameInput) { EXPECT_EQ(Rendered("x"), Rendered("x")); }

TEST(ReportHtml, TellsDaysAndDeadlines) {
  const std::string text = ReadMarkup(Rendered("plain")).text;
  // 2024-05-09 is free: 7, 8, 10 May are the third working days after the 6th.
  EXPECT_NE(text.find("due 2024-05-10: in time"), std::string::npos);
  EXPECT_NE(text.find("due 2024-05-14: 4 working days late"), std::string::npos);
  EXPECT_NE(text.find("batas 2024-05-14: terlambat 4 hari kerja"), std::string::npos);
  EXPECT_NE(text.find("2024-05-10 · +3 working days"), std::string::npos);
  EXPECT_NE(text.find("2024-05-18 · dated earlier"), std::string::npos);
  EXPECT_NE(text.find("due 2024-06-03 plain: still open"), std::string::npos);
}

// Without a calendar nothing is counted, and nothing is claimed.
TEST(ReportHtml, ClaimsNoDaysThatItCantCount) {
  MadeCase made;
  made.calendars.clear();
  const std::string none = ReadMarkup(RenderCaseHtml(made.Page())).text;
  EXPECT_EQ(none.find(": in time"), std::string::npos);
  EXPECT_EQ(none.find("+3 working days"), std::string::npos);
  MadeCase late;
  late.calendars[0].calendar.to = *ParseDate("2024-05-08");
  const std::string short_one = ReadMarkup(RenderCaseHtml(late.Page())).text;
  EXPECT_EQ(short_one.find("due 2024-05-1"), std::string::npos);
  EXPECT_EQ(short_one.find("+3 working days"), std::string::npos);
}

TEST(ReportHtml, ShowsWhatACorrectionIsAbout) {
  const Markup markup = ReadMarkup(Rendered("plain"));
  const auto row = std::ranges::find_if(
      markup.elements, [](const Element& element) { return element.Attribute("id") == "en-27"; });
  ASSERT_NE(row, markup.elements.end());
  EXPECT_NE(row->text.find("A field corrected (entry 24)"), std::string::npos) << row->text;
}

TEST(ReportHtml, SaysWhichEntryWasVoided) {
  MadeCase made;
  EXPECT_EQ(ReadMarkup(RenderCaseHtml(made.Page())).text.find("Voided"), std::string::npos);
  made.judgement.voided = {24};
  const Markup markup = ReadMarkup(RenderCaseHtml(made.Page()));
  const auto row = [&](const char* id) {
    const auto found = std::ranges::find_if(
        markup.elements, [&](const Element& element) { return element.Attribute("id") == id; });
    return found == markup.elements.end() ? std::string() : found->text;
  };
  EXPECT_NE(row("en-24").find("Voided"), std::string::npos) << row("en-24");
  EXPECT_NE(row("id-24").find("Dibatalkan"), std::string::npos) << row("id-24");
  EXPECT_EQ(markup.text.find("Voided"), markup.text.rfind("Voided"));
}

// What a page says at its top, by what integrity and the judgement are.
std::string Top(const MadeCase& made) {
  const Markup markup = ReadMarkup(RenderCaseHtml(made.Page()));
  std::string top;
  for (const Element& element : markup.elements) {
    if (element.Attribute("class").starts_with("verdict ")) top += element.text + "\n";
  }
  return top;
}

TEST(ReportHtml, KeepsIntegrityAndConformanceApart) {
  MadeCase made;
  EXPECT_NE(Top(made).find("The record is intact"), std::string::npos);
  EXPECT_NE(Top(made).find("The procedure was broken."), std::string::npos);
  made.report.verdict.Inconclusive("check.policy", "one witness of two");
  EXPECT_EQ(Top(made).find("The record is intact"), std::string::npos);
  EXPECT_NE(Top(made).find("can't be told yet"), std::string::npos);
  EXPECT_NE(Top(made).find("Enough independent witnesses: one witness of two"), std::string::npos);
  EXPECT_NE(Top(made).find("The procedure was broken."), std::string::npos);
}

TEST(ReportHtml, JudgesNoProcedureOverWhatIsNotIntact) {
  MadeCase made;
  made.report.verdict.Fail("check.stream", "an entry is missing");
  const std::string page = ReadMarkup(RenderCaseHtml(made.Page())).text;
  EXPECT_NE(Top(made).find("The record is NOT intact"), std::string::npos);
  EXPECT_NE(Top(made).find("No entry is missing: an entry is missing"), std::string::npos);
  EXPECT_EQ(page.find("The procedure was broken"), std::string::npos);
  EXPECT_EQ(page.find("en detail R1"), std::string::npos);
}

TEST(ReportHtml, SaysWhyNothingWasJudged) {
  MadeCase made;
  made.judgement.judged = false;
  EXPECT_NE(Top(made).find("en why not"), std::string::npos);
  CasePage page = made.Page();
  page.judgement = nullptr;
  page.definition = nullptr;
  const Markup markup = ReadMarkup(RenderCaseHtml(page));
  ExpectNothingEmpty(markup);
  EXPECT_NE(markup.text.find("It was not asked for"), std::string::npos);
}

struct Row {
  const char* name;
  procedure::Outcome outcome;
  bool remedied;
  procedure::Causes causes;
  const char* says;
};

TEST(ReportHtml, PutsTheWorstInItsHeadline) {
  const Row rows[] = {
      {"pass", procedure::Outcome::kPass, false, {}, "✔ The procedure was followed."},
      {"pending",
       procedure::Outcome::kPending,
       false,
       {},
       "… The procedure has been followed so far"},
      {"sealed", procedure::Outcome::kUnknown, false, procedure::kContents,
       "? No breach of the procedure was found; some rules can't be judged"},
      {"unknown", procedure::Outcome::kUnknown, false, procedure::kOther,
       "? Whether the procedure was followed can't be told."},
      {"remedied",
       procedure::Outcome::kFail,
       true,
       {},
       "✘ The procedure was broken, then remedied"},
      {"fail", procedure::Outcome::kFail, false, {}, "✘ The procedure was broken."},
  };
  for (const Row& row : rows) {
    MadeCase made;
    made.judgement.checks.clear();
    made.judgement.rules.resize(1);
    made.judgement.rules[0].outcome = row.outcome;
    made.judgement.rules[0].remedied = row.remedied;
    made.judgement.rules[0].causes = row.causes;
    EXPECT_NE(Top(made).find(row.says), std::string::npos) << row.name << Top(made);
  }
}

// One bad track is neither hidden by good ones nor stains them.
TEST(ReportHtml, TellsAlikeVerdictsOnceAndOthersAlone) {
  const Markup markup = ReadMarkup(Rendered("plain"));
  std::vector<std::string> items;
  for (const Element& element : markup.elements) {
    if (element.name == "li" && element.text.find("en detail R1") != std::string::npos) {
      items.push_back(element.text);
    }
  }
  ASSERT_EQ(items.size(), 3u);  // in the summary, and two groups
  EXPECT_NE(items[1].find("broken report r1"), std::string::npos) << items[1];
  EXPECT_NE(items[2].find("kept report r2, r3 (2)"), std::string::npos) << items[2];
}

TEST(ReportHtml, StaysReadableForALongCase) {
  MadeCase made;
  const procedure::Act act = made.acts.back();
  const procedure::RuleVerdict fail = made.judgement.rules.front();
  const procedure::CheckVerdict check = made.judgement.checks.front();
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    made.acts.push_back(act);
    made.acts.back().index = 100 + i;
    made.acts.back().type = i % 2 == 0 ? "exam.summon" : "report.verify";
    made.judgement.rules.push_back(fail);
    made.judgement.rules.back().detail.id += std::to_string(i);
    made.judgement.checks.push_back(check);
  }
  made.acts.back().at = *ParseAt("9998-01-01T00:00:00+07:00");
  const std::string page = RenderCaseHtml(made.Page());
  EXPECT_LT(page.size(), 6'000'000u);
  const Markup markup = ReadMarkup(page);
  EXPECT_EQ(markup.faults, std::vector<std::string>());
  EXPECT_NE(markup.text.find("18006 further actions are not listed here; all were judged."),
            std::string::npos);
  EXPECT_NE(markup.text.find("Actions at fault: 20001."), std::string::npos);
}

TEST(ReportHtml, SurvivesACaseWithNothingInIt) {
  const CasePage page;
  const Markup markup = ReadMarkup(RenderCaseHtml(page));
  EXPECT_EQ(markup.faults, std::vector<std::string>());
}

TEST(DocumentUsed, SaysWhatADocumentSaysItIs) {
  const std::string text = R"({"format":"jejak/calendar/v1","id":"id-asn","version":"2026.1"})";
  const DocumentUsed document = DescribeDocument(text);
  EXPECT_EQ(document.format, "jejak/calendar/v1");
  EXPECT_EQ(document.id + " " + document.version, "id-asn 2026.1");
  EXPECT_EQ(document.sha256, crypto::Sha256(AsBytes(text)));
  EXPECT_EQ(DescribeDocument("no JSON").format, "");
}

}  // namespace
}  // namespace jejak::verifier::test
