// SPDX-License-Identifier: Apache-2.0
// The page /cases: what is late first, filters, the same as CSV, and addresses that can't be read.
#include "api/cases_page.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "api/csv.h"
#include "tests/api/story_server.h"
#include "tests/procedure/stopwatch.h"

namespace jejak::api {
namespace {

UnixSeconds Time(const char* text) { return ParseTime(text).value(); }

// Ids of cases in the order in which the table has them.
std::vector<std::string> Listed(const std::string& page) {
  std::vector<std::string> ids;
  for (std::size_t at = page.find("href=\"cases/"); at != page.npos;
       at = page.find("href=\"cases/", at + 1)) {
    const std::size_t begin = at + std::string_view("href=\"cases/").size();
    ids.push_back(page.substr(begin, page.find_first_of("?\"", begin) - begin));
  }
  return ids;
}

// Where the list that a page shows is as CSV.
std::string CsvAddressIn(const std::string& page) {
  const std::size_t end = page.find('"', page.find("&amp;format=csv"));
  if (end == page.npos) return {};
  const std::size_t begin = page.rfind('"', end - 1) + 1;
  std::string address = page.substr(begin, end - begin);
  for (std::size_t amp = address.find("&amp;"); amp != address.npos; amp = address.find("&amp;"))
    address.replace(amp, 5, "&");
  return address;
}

class CasesPageTest : public testing::Test {
 protected:
  std::string Page(const std::string& query) {
    const ClientResponse answer = server_.Oversight("cases" + query);
    EXPECT_EQ(answer.status, 200) << query << answer.body;
    EXPECT_EQ(FieldOf(answer, "content-type"), "text/html; charset=utf-8");
    EXPECT_LT(answer.body.size(), 50'000u);
    return answer.body;
  }
  std::string Id(std::size_t told) { return server_.case_id(told); }

  StoryServer server_;
};

using Strings = std::vector<std::string>;

TEST_F(CasesPageTest, ShowsWhatIsLateFirstAndWhy) {
  const std::size_t one = server_.Begin(StoryServer::ReadStory("M01"));
  const std::size_t two = server_.Begin(StoryServer::ReadStory("M02"));
  server_.Tell(one, 1);
  server_.Tell(two, 2);
  EXPECT_EQ(Listed(Page("")), (Strings{Id(one), Id(two)}));
  server_.PassTo(Time("2024-05-17T12:00:00Z"));
  const std::string page = Page("?lang=en&overdue=true&rule=A02");
  EXPECT_EQ(Listed(page), Strings{Id(two)});
  EXPECT_NE(page.find("⚠ 2 working days"), std::string::npos) << page;
  EXPECT_NE(page.find("due 2024-05-15"), std::string::npos);
  EXPECT_NE(page.find("<option value=\"A02\" selected>A02 "), std::string::npos);
  EXPECT_NE(page.find("</span> A02"), std::string::npos) << "what is broken";
  EXPECT_NE(page.find("As of "), std::string::npos);
  EXPECT_NE(page.find("<time datetime=\"2024-05-17T19:00:00+07:00\">2024-05-17 19:00 WIB</time>"),
            std::string::npos);
  EXPECT_NE(Page("?overdue=true&rule=A02").find("⚠ 2 hari kerja"), std::string::npos);
  server_.PassTo(Time("2024-05-20T12:00:00Z"));
  EXPECT_NE(Page("?overdue=true&rule=A02").find("⚠ 3 hari kerja"), std::string::npos);
}

TEST_F(CasesPageTest, SaysThatNoWorkingDayHasPassedYet) {
  server_.Tell(server_.Begin(StoryServer::BegunOnAWednesday()), 2);
  EXPECT_EQ(Listed(Page("")).size(), 1u);  // judged while the deadline still ran
  server_.PassTo(Time("2024-05-19T12:00:00Z"));
  EXPECT_NE(Page("?overdue=true&lang=en").find("⚠ less than 1 working day<"), std::string::npos);
  EXPECT_NE(Page("?overdue=true").find("⚠ kurang dari 1 hari kerja<"), std::string::npos);
}

TEST_F(CasesPageTest, FiltersAndIgnoresWhatAFormLeftEmpty) {
  const std::size_t one = server_.Begin(StoryServer::ReadStory("M02"));
  const std::size_t two = server_.Begin(StoryServer::ReadStory("M03"));
  server_.TellUntil(Time("2024-05-14T12:00:00Z"));
  EXPECT_EQ(Listed(Page("?stage=CLEARED&unit=&rule=&open=&lang=en")), Strings{Id(one)});
  EXPECT_EQ(Listed(Page("?stage=CLARIFIED&unit=bkpsdm")), Strings{Id(two)});
  const std::string page = Page("?unit=kecamatan-a");
  EXPECT_EQ(Listed(page), Strings{});
  EXPECT_NE(page.find("Tidak ada perkara yang sesuai."), std::string::npos);
  EXPECT_NE(page.find("?unit=kecamatan-a&amp;lang=en"), std::string::npos) << "the other language";
}

TEST_F(CasesPageTest, IsWholeInBothLanguagesAndRunsNothing) {
  const std::size_t told = server_.Begin(StoryServer::ReadStory("M02"));
  server_.Tell(told, 2);
  server_.PassTo(Time("2024-05-17T12:00:00Z"));
  for (const std::string& query : {std::string(), std::string("?lang=en")}) {
    const std::string page = Page(query);
    for (const char* word : {"<script", "style=", "<style", "onclick", "javascript:", "http://"})
      EXPECT_EQ(page.find(word), std::string::npos) << word;
    for (const char* word : {"<h1>", "<main id=\"main\">", "href=\"#main\"", "<nav aria-label="})
      EXPECT_NE(page.find(word), std::string::npos) << word;
    EXPECT_EQ(page.find("page."), std::string::npos) << "a key without words";
  }
}

TEST_F(CasesPageTest, GivesTheSameAsCsv) {
  const std::size_t one = server_.Begin(StoryServer::ReadStory("M01"));
  const std::size_t two = server_.Begin(StoryServer::ReadStory("M02"));
  server_.Tell(one, 1);
  server_.Tell(two, 2);
  EXPECT_EQ(Listed(Page("")).size(), 2u);  // judged while the deadline still ran
  server_.PassTo(Time("2024-05-17T12:00:00Z"));
  const std::string page = Page("?lang=en&overdue=true&rule=A02");
  const std::string address = CsvAddressIn(page);
  EXPECT_TRUE(address.starts_with("cases?rule=A02&overdue=true&cursor=")) << page;
  server_.PassTo(Time("2024-05-20T12:00:00Z"));  // the list that was seen is kept
  const ClientResponse csv = server_.Oversight(address);
  EXPECT_EQ(csv.status, 200) << csv.body;
  EXPECT_EQ(FieldOf(csv, "content-type"), "text/csv; charset=utf-8");
  EXPECT_NE(FieldOf(csv, "content-disposition").find("attachment"), std::string::npos);
  const std::size_t end = csv.body.find("\r\n");
  EXPECT_EQ(
      csv.body.substr(0, end),
      "Case,Working days late,Rule,What the rule asks,Deadline,Stage,Unit,Procedure,Rules broken,"
      "Opened,Last action");
  EXPECT_TRUE(csv.body.substr(end + 2).starts_with(Id(two) + ",2,A02,")) << csv.body;
  EXPECT_NE(csv.body.find(",2024-05-15,"), std::string::npos);
  EXPECT_EQ(csv.body.find(Id(one)), std::string::npos);
}

TEST_F(CasesPageTest, NamesTheParameterAndTheMend) {
  server_.Tell(server_.Begin(StoryServer::ReadStory("M02")), 2);
  struct Row {
    const char *query, *parameter, *mend;
  };
  for (const Row& row :
       {Row{"?lang=fr", "lang", "lang=id"}, Row{"?stage=NOWHERE&lang=en", "stage", "Choose one"},
        Row{"?unit=%3Cscript%3E&lang=en", "unit", "Choose one"},
        Row{"?rule=Z9&lang=en", "rule", "Choose one"},
        Row{"?overdue=yes&lang=en", "overdue", "true or false"},
        Row{"?open=maybe&lang=en", "open", "true or false"},
        Row{"?format=xml&lang=en", "format", "format=csv"},
        Row{"?cursor=1.2&lang=en", "cursor", "begin again"},
        Row{"?cursor=9.9.9&lang=en", "cursor", "begin again"},
        Row{"?%3Cb%3E=1&lang=en", "&lt;b&gt;", "take it out"}}) {
    const ClientResponse answer = server_.Oversight(std::string("cases") + row.query);
    EXPECT_EQ(answer.status, 400) << row.query;
    EXPECT_EQ(FieldOf(answer, "content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(FieldOf(answer, "cache-control"), "no-store");
    EXPECT_NE(answer.body.find(row.parameter), std::string::npos) << row.query << answer.body;
    EXPECT_NE(answer.body.find(row.mend), std::string::npos) << row.query << answer.body;
    EXPECT_EQ(answer.body.find("<script"), std::string::npos);
  }
}

TEST_F(CasesPageTest, ThePublicIsToldByWhatIsPublicAlone) {
  const std::size_t told = server_.Begin(StoryServer::ReadStory("M02"));
  server_.Tell(told, 2);
  const ClientResponse answer = server_.Public("cases?lang=en");
  EXPECT_EQ(Listed(answer.body), Strings{Id(told)});
  EXPECT_NE(answer.body.find("Judged by the contents that are public"), std::string::npos);
  EXPECT_EQ(answer.body.find("Pages for oversight"), std::string::npos);
  EXPECT_EQ(Listed(server_.Public("cases?stage=FOUND").body), Strings{}) << "it is in a body";
}

// A rule's id is for officers, who cite it; the public reads what the rule asks.
TEST_F(CasesPageTest, IdsOfRulesAreForOversight) {
  server_.Tell(server_.Begin(StoryServer::WithoutExamination()));
  const std::string inside = Page("?lang=en&rule=A07");
  EXPECT_NE(IdsOfRules(inside), "");
  const std::string csv_inside = server_.Oversight(CsvAddressIn(inside)).body;
  EXPECT_NE(csv_inside.find(",Rule,"), std::string::npos) << csv_inside;
  for (const char* lang : {"lang=id", "lang=en"}) {
    const std::string page = server_.Public("cases?rule=A07&" + std::string(lang)).body;
    ASSERT_EQ(Listed(page).size(), 1u);
    EXPECT_EQ(IdsOfRules(page), "") << lang;
    const ClientResponse csv = server_.Public(CsvAddressIn(page));
    ASSERT_EQ(csv.status, 200) << csv.body;
    EXPECT_EQ(IdsOfRules(csv.body), "") << csv.body;
    EXPECT_EQ(csv.body.find(",Rule,"), std::string::npos) << csv.body;
    const char* title = lang == std::string("lang=en") ? "No sanction without examination"
                                                       : "Tiada sanksi tanpa pemeriksaan";
    for (const std::string* text : {&page, &csv.body})
      EXPECT_NE(text->rfind(title), std::string::npos) << *text;
  }
}

TEST(CasesPageOfARestrictedLog, ShowsThePublicNothingThatWasNotReleased) {
  StoryServer server(QuietConfig(Entries::kOversight));
  const std::size_t told = server.Begin(StoryServer::ReadStory("M02"));
  server.Tell(told, 2);
  EXPECT_EQ(Listed(server.Oversight("cases").body), Strings{server.case_id(told)});
  for (const char* query : {"", "?overdue=true", "?open=true", "?stage=FOUND"}) {
    const ClientResponse answer = server.Public(std::string("cases") + query);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body.find(server.case_id(told)), std::string::npos) << query;
    EXPECT_NE(answer.body.find("Perkara yang dirilis"), std::string::npos);
  }
}

// The long run (CMakeLists.txt) has 10,000 cases.
TEST(CasesPageOfManyCases, IsAnsweredByTheIndexAndStaysSmall) {
  const char* asked = std::getenv("JEJAK_CASES");
  const std::size_t cases = asked == nullptr ? 120 : std::stoul(asked);
  StoryServer server;
  const auto story = StoryServer::ReadStory("M02");
  for (std::size_t i = 0; i < cases; ++i) server.Tell(server.Begin(story), 2);
  for (int tries = 0; tries < 600; ++tries) {  // the index gives way to appends
    const std::string page = server.Oversight("cases?lang=en").body;
    if (page.find(std::to_string(cases) + " cases; rows 1 to 50") != page.npos) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
  server.PassTo(Time("2024-05-17T12:00:00Z"));
  for (const char* query :
       {"?overdue=true", "?overdue=true&rule=A02", "?overdue=true&unit=inspektorat",
        "?stage=FOUND&overdue=true&lang=en"}) {
    std::vector<double> times_ms;
    for (int i = 0; i < 31; ++i) {
      const Stopwatch watch;
      const ClientResponse answer = server.Oversight(std::string("cases") + query);
      times_ms.push_back(1000 * watch.Seconds());
      ASSERT_EQ(answer.status, 200);
      EXPECT_EQ(Listed(answer.body).size(), 50u);
      EXPECT_NE(answer.body.find(std::to_string(cases)), std::string::npos) << "all are late";
      EXPECT_LT(answer.body.size(), 50'000u);
    }
    std::sort(times_ms.begin(), times_ms.end());
    std::cout << query << ": " << cases << " cases, median " << times_ms[15] << " ms\n";
    EXPECT_LT(times_ms[15], 100) << query;
  }
}

TEST(Csv, QuotesAndLetsNoFieldBeAFormula) {
  Csv csv;
  csv.Add("a").Add("b,c").Add("say \"x\"").Add("two\nlines").AddNumber(-3).EndRow();
  for (const char* text : {"=1+1", "+1", "-1", "@SUM", "\tx", "  =cmd|' /C calc'!A0", ""})
    csv.Add(text);
  csv.EndRow();
  EXPECT_EQ(csv.Take(),
            "a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\",-3\r\n"
            "'=1+1,'+1,'-1,'@SUM,'\tx,'  =cmd|' /C calc'!A0,\r\n");
}

}  // namespace
}  // namespace jejak::api
