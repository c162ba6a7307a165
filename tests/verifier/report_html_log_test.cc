// SPDX-License-Identifier: Apache-2.0
//
// The report on a log, and the command `report` as a shell sees it.
#include "verifier/report_html_log.h"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "tests/presentation/markup_reader.h"
#include "tests/support/temporary_directory.h"
#include "tests/verifier/made_case.h"
#include "tests/verifier/program.h"

namespace jejak::verifier::test {
namespace {

using presentation::test::Element;
using presentation::test::Markup;
using presentation::test::ReadMarkup;

// The made case as a case of a log, with its deadline of R1 missed on this day.
CaseLine LineOf(const MadeCase& made, const std::string& missed, const std::string& address) {
  evidence::CaseRecord record;
  record.stream = "case/" + address;
  record.acts = made.acts;
  auto bound = std::make_shared<evidence::BoundVersion>();
  bound->calendars =
      std::make_shared<const std::vector<procedure::CalendarVersion>>(made.calendars);
  record.bindings.emplace_back(0, bound);
  evidence::CaseConformance conformance;
  conformance.judgement = made.judgement;
  if (!missed.empty()) {
    conformance.judgement.rules[0].missed =
        procedure::Due{ParseTime(missed + "T16:59:59Z").value(), missed};
  }
  auto parsed = std::make_shared<procedure::ParsedDefinition>();
  parsed->definition = made.definition;
  conformance.definition = parsed;
  return DescribeCase(record, conformance, made.Page().now, address);
}

std::string Index(const MadeCase& made, const std::vector<CaseLine>& cases) {
  ReportSetting setting;
  setting.now = made.Page().now;
  setting.tool = made.Page().tool;
  setting.command = made.Page().command;
  return RenderLogHtml(made.report, cases, setting);
}

TEST(ReportHtmlLog, ListsMostDaysLateFirst) {
  const MadeCase made;
  // Judged on Friday 2024-05-24; 2024-05-17 is 5 working days before, 2024-05-22 two.
  const std::string text =
      ReadMarkup(Index(made, {LineOf(made, "2024-05-22", "few"), LineOf(made, "", "none"),
                              LineOf(made, "2024-05-17", "many")}))
          .text;
  const std::size_t overdue = text.find("Late (working days)");
  ASSERT_NE(overdue, std::string::npos);
  const std::size_t many = text.find("many5R1 en rule R1", overdue);
  const std::size_t few = text.find("few2R1 en rule R1", overdue);
  ASSERT_NE(many, std::string::npos) << text;
  ASSERT_NE(few, std::string::npos);
  EXPECT_LT(many, few);
  EXPECT_NE(text.find("Of which overdue2"), std::string::npos);
  EXPECT_NE(text.find("en state plain3"), std::string::npos);
}

TEST(ReportHtmlLog, CountsBreachesByRuleAndUnit) {
  const MadeCase made;
  const std::string text =
      ReadMarkup(Index(made, {LineOf(made, "", "a"), LineOf(made, "", "b")})).text;
  EXPECT_NE(text.find("R1 en rule R1 plainunit: 2"), std::string::npos) << text;
}

TEST(ReportHtmlLog, ClosesNoCaseThatWasReopened) {
  MadeCase made;
  made.definition.closes = {"report.verify"};
  EXPECT_TRUE(LineOf(made, "2024-05-17", "a").closed);
  EXPECT_FALSE(LineOf(made, "2024-05-17", "a").overdue);
  made.definition.tracks[1].reopens = {"exam.summon"};
  EXPECT_FALSE(LineOf(made, "2024-05-17", "a").closed);
  EXPECT_TRUE(LineOf(made, "2024-05-17", "a").overdue);
}

TEST(ReportHtmlLog, TakesNoHostileTextForMarkup) {
  const MadeCase plain;
  const Markup harmless = ReadMarkup(Index(plain, {LineOf(plain, "2024-05-17", "a")}));
  EXPECT_EQ(harmless.faults, std::vector<std::string>());
  for (const char* payload :
       {"<script>x</script>", "\"><b>", "' x='", "&lt;", "</table>", "\x01"}) {
    const MadeCase made(payload);
    CaseLine line = LineOf(made, "2024-05-17", "a");
    line.address = payload;
    line.units = {payload};
    const Markup markup = ReadMarkup(Index(made, {line}));
    EXPECT_EQ(markup.faults, std::vector<std::string>()) << payload;
    EXPECT_EQ(markup.tags, harmless.tags) << payload;
  }
}

TEST(ReportHtmlLog, HidesNoCaseThatWasNotJudged) {
  const MadeCase made;
  CaseLine line;
  line.stream = "case/x";
  line.address = "x.html";
  const std::string text = ReadMarkup(Index(made, {line})).text;
  EXPECT_NE(text.find("Not to be judged1"), std::string::npos);
  EXPECT_NE(text.find("Cases that could not be judged"), std::string::npos);
}

std::string TextOf(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(ReportCommand, WritesOnePageWithTheExitCodeOfItsVerdict) {
  const TemporaryDirectory directory;
  const std::string page = directory.path() + "/a.html";
  const std::vector<std::string> arguments = {"report",
                                              "--policy",
                                              Vector("policy"),
                                              "--now",
                                              "2026-07-01T00:00:00Z",
                                              "--ignore-conformance",
                                              "-o",
                                              page,
                                              Vector("case-A.casefile.json")};
  const Outcome run = RunProgram(arguments);
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_NE(run.err.find("intact"), std::string::npos);
  const std::string first = TextOf(page);
  const Markup markup = ReadMarkup(first);
  EXPECT_EQ(markup.faults, std::vector<std::string>());
  EXPECT_NE(markup.text.find("jejak-verify report --policy"), std::string::npos);
  EXPECT_NE(markup.text.find("--now 2026-07-01T00:00:00Z"), std::string::npos);
  RunProgram(arguments);
  EXPECT_EQ(TextOf(page), first);
}

TEST(ReportCommand, ShowsWhatIsNotIntact) {
  const TemporaryDirectory directory;
  const std::string page = directory.path() + "/a.html";
  const Outcome run = RunProgram({"report", "--policy", Vector("policy"), "-o", page,
                                  Vector("negative/body-twice.casefile.json")});
  EXPECT_EQ(run.exit_code, 10);
  EXPECT_NE(ReadMarkup(TextOf(page)).text.find("The record is NOT intact"), std::string::npos);
}

TEST(ReportCommand, WritesAnIndexAndAPagePerCase) {
  const TemporaryDirectory directory;
  const std::string out = directory.path() + "/report";
  const Outcome run = RunProgram({"report", "--policy", Vector("policy"), "--now",
                                  "2026-07-01T00:00:00Z", "-o", out, Vector("log")});
  EXPECT_EQ(run.exit_code, 12) << run.err;
  const Markup index = ReadMarkup(TextOf(out + "/index.html"));
  std::size_t pages = 0;
  for (const Element& element : index.elements) {
    const std::string address = element.Attribute("href");
    if (!address.starts_with("case-")) continue;
    ++pages;
    EXPECT_NE(TextOf(out + "/" + address).find("href=\"index.html\""), std::string::npos);
  }
  EXPECT_EQ(pages, 2 * 41u);
}

TEST(ReportCommand, RefusesWhatItCantWrite) {
  EXPECT_EQ(RunProgram({"report", "--policy", Vector("policy"), Vector("log")}).exit_code, 2);
  EXPECT_EQ(
      RunProgram({"report", "--json", "--policy", Vector("policy"), Vector("case-A.casefile.json")})
          .exit_code,
      2);
  EXPECT_EQ(RunProgram({"report", "--policy", Vector("policy"), "/nowhere"}).exit_code, 3);
}

}  // namespace
}  // namespace jejak::verifier::test
